package app

import (
	"context"
	"slices"
	"strings"
	"sync"

	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
	"erp/internal/platform/saga"
)

type (
	// Process is one run of a process of several steps.
	Process = saga.Entry
	// ProcessID names one.
	ProcessID = saga.ID
)

// ProcessSource gives the processes of one module.
type ProcessSource struct {
	Module    string
	Processes saga.Console
}

// ShowProcesses sets whose processes the console shows, before anything starts: their modules are built after this one.
func (a *App) ShowProcesses(sources []ProcessSource) { a.processes = sources }

// ListProcesses narrows the list; empty fields do not.
type ListProcesses struct {
	Module, State, Subject, SubjectID string
	Open                              bool
	Page                              page.Request
}

// ProcessPage is a page of the processes of all modules, the newest first.
type ProcessPage struct {
	Items   []saga.Entry `json:"items"`
	Next    string       `json:"next,omitempty"`
	Missing []string     `json:"missing,omitempty" doc:"Modules that could not answer; their processes are not in the list"`
}

// SettleProcess says how a person settled a step that the program could not.
type SettleProcess struct {
	Note string `json:"note" minLength:"1" maxLength:"500" doc:"What was done instead; it stands beside the step and in the audit trail"`
}

const processSort = "-started"

// ListProcesses pages through the processes of several steps, done and open. Ids grow with time in every module, so that
// the lists merge by id.
func (a *App) ListProcesses(ctx context.Context, in ListProcesses) (ProcessPage, error) {
	after, err := page.Decode(in.Page.Cursor, processSort, 1)
	if err != nil {
		return ProcessPage{}, err
	}
	q := saga.Query{State: saga.State(in.State), Open: in.Open, Subject: in.Subject, SubjectID: in.SubjectID, Limit: in.Page.Size() + 1}
	if after != nil {
		if _, err := id.Parse[saga.Entry](after[0]); err != nil {
			var p fault.Problems
			p.Add("query.cursor", "does not belong to this list and sort order; start from the first page")
			return ProcessPage{}, p.Err()
		}
		q.BeforeID = after[0]
	}
	entries, missing, err := a.gatherProcesses(ctx, in.Module, q)
	if err != nil {
		return ProcessPage{}, err
	}
	cut := page.Cut(entries, in.Page.Size(), func(e saga.Entry) string { return page.Encode(processSort, e.ID.String()) })
	return ProcessPage{Items: cut.Items, Next: cut.Next, Missing: missing}, nil
}

// gatherProcesses asks the modules at once and merges what they say.
func (a *App) gatherProcesses(ctx context.Context, module string, q saga.Query) (entries []saga.Entry, missing []string, err error) {
	answers := make([][]saga.Entry, len(a.processes))
	problems := make([]error, len(a.processes))
	var asked sync.WaitGroup
	for i, source := range a.processes {
		if module == "" || module == source.Module {
			asked.Go(func() { answers[i], problems[i] = source.Processes.List(ctx, q) })
		}
	}
	asked.Wait()
	for i, problem := range problems {
		switch {
		case problem == nil:
		case fault.Is(problem, fault.Unavailable):
			missing = append(missing, a.processes[i].Module)
		default:
			return nil, nil, problem
		}
	}
	entries = slices.Concat(answers...)
	slices.SortFunc(entries, func(x, y saga.Entry) int { return strings.Compare(y.ID.String(), x.ID.String()) })
	return entries[:min(len(entries), q.Limit)], missing, nil
}

// OneProcess is one of them.
func (a *App) OneProcess(ctx context.Context, module string, which saga.ID) (saga.Entry, error) {
	processes, err := a.processesOf(module)
	if err != nil {
		return saga.Entry{}, err
	}
	return processes.Entry(ctx, which)
}

// RetryProcess tries the failed step again, now. The module's own trail keeps who decided.
func (a *App) RetryProcess(ctx context.Context, module string, which saga.ID) (saga.Entry, error) {
	processes, err := a.processesOf(module)
	if err != nil {
		return saga.Entry{}, err
	}
	return processes.Retry(ctx, which)
}

// TurnProcessBack undoes what was done so far.
func (a *App) TurnProcessBack(ctx context.Context, module string, which saga.ID) (saga.Entry, error) {
	processes, err := a.processesOf(module)
	if err != nil {
		return saga.Entry{}, err
	}
	return processes.TurnBack(ctx, which)
}

// SettleProcess takes the failed step as settled by hand and goes on.
func (a *App) SettleProcess(ctx context.Context, module string, which saga.ID, in SettleProcess) (saga.Entry, error) {
	processes, err := a.processesOf(module)
	if err != nil {
		return saga.Entry{}, err
	}
	return processes.Settle(ctx, which, in.Note)
}

func (a *App) processesOf(module string) (saga.Console, error) {
	for _, source := range a.processes {
		if source.Module == module {
			return source.Processes, nil
		}
	}
	return saga.Console{}, fault.New(fault.NotFound, "process-not-found", "There is no such process.")
}
