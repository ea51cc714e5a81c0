package saga

import "context"

// Console is what somebody may see and decide of a module's processes, near or far.
type Console struct {
	List     func(ctx context.Context, q Query) ([]Entry, error)
	Entry    func(ctx context.Context, which ID) (Entry, error)
	Retry    func(ctx context.Context, which ID) (Entry, error)
	TurnBack func(ctx context.Context, which ID) (Entry, error)
	Settle   func(ctx context.Context, which ID, note string) (Entry, error)
}

// Console is the engine as the console has it.
func (e *Engine) Console() Console {
	return Console{List: e.List, Entry: e.Entry, Retry: e.Retry, TurnBack: e.TurnBack, Settle: e.Settle}
}
