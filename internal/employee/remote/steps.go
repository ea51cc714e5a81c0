package remote

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/remote/employeewire"
	"erp/internal/platform/fault"
	"erp/internal/platform/rpc"
)

// owner is the module that lets people leave, and the only one that may have a step done.
const owner = "employee"

// NewStep is a module's step at the other end of the link. What like does not do is asked of nobody.
func NewStep(link *rpc.Link, like employee.OffboardingStep) employee.OffboardingStep {
	link = link.As(owner)
	steps := employeewire.NewOffboardingStepsClient(link.HTTP(), link.URL(), link.Options())
	name := like.Name
	step := employee.OffboardingStep{Name: name}
	if like.Do != nil {
		step.Do = func(ctx context.Context, leaver employee.ID) error {
			_, err := steps.Do(ctx, &employeewire.DoRequest{Step: name, Leaver: leaver.String()})
			return err
		}
	}
	if like.Undo != nil {
		step.Undo = func(ctx context.Context, leaver employee.ID) error {
			_, err := steps.Undo(ctx, &employeewire.UndoRequest{Step: name, Leaver: leaver.String()})
			return err
		}
	}
	if like.Open != nil {
		step.Open = func(ctx context.Context, leaver employee.ID) ([]employee.OpenItem, error) {
			answer, err := steps.Open(ctx, &employeewire.OpenRequest{Step: name, Leaver: leaver.String()})
			if err != nil {
				return nil, err
			}
			return rpc.Values[employee.OpenItem](answer.GetItems())
		}
	}
	if like.Settle != nil {
		step.Settle = func(ctx context.Context, leaver employee.ID, items []employee.Settlement) error {
			sent, err := rpc.Messages(items, func() *employeewire.Settlement { return &employeewire.Settlement{} })
			if err == nil {
				_, err = steps.Settle(ctx, &employeewire.SettleRequest{Step: name, Leaver: leaver.String(), Items: sent})
			}
			return err
		}
	}
	return step
}

// ServeSteps lets the employee module in another process do the steps of the modules hosted here.
func ServeSteps(s *rpc.Server, steps ...employee.OffboardingStep) {
	byName := nearSteps{}
	for _, step := range steps {
		byName[step.Name] = step
	}
	s.Mount(employeewire.NewOffboardingStepsHandler(byName, s.Options()))
}

type nearSteps map[string]employee.OffboardingStep

// find refuses every caller but the employee module: a step takes somebody's access away.
func (n nearSteps) find(ctx context.Context, name, leaver string) (employee.OffboardingStep, employee.ID, error) {
	step, ok := n[name]
	if !ok {
		return step, employee.ID{}, fault.New(fault.NotFound, "no-such-step", "There is no step %q here.", name)
	}
	if caller := rpc.CallerOf(ctx); caller != owner {
		return step, employee.ID{}, fault.New(fault.Forbidden, "foreign-step", "Only the employee module lets people leave, not %s.", caller)
	}
	id, err := rpc.ID[employee.Employee](leaver)
	return step, id, err
}

// Do implements employeewire.OffboardingStepsHandler.
func (n nearSteps) Do(ctx context.Context, in *employeewire.DoRequest) (*employeewire.DoResponse, error) {
	step, leaver, err := n.find(ctx, in.GetStep(), in.GetLeaver())
	if err == nil && step.Do != nil {
		err = step.Do(ctx, leaver)
	}
	return &employeewire.DoResponse{}, err
}

// Undo implements employeewire.OffboardingStepsHandler.
func (n nearSteps) Undo(ctx context.Context, in *employeewire.UndoRequest) (*employeewire.UndoResponse, error) {
	step, leaver, err := n.find(ctx, in.GetStep(), in.GetLeaver())
	if err == nil && step.Undo != nil {
		err = step.Undo(ctx, leaver)
	}
	return &employeewire.UndoResponse{}, err
}

// Open implements employeewire.OffboardingStepsHandler.
func (n nearSteps) Open(ctx context.Context, in *employeewire.OpenRequest) (*employeewire.OpenResponse, error) {
	step, leaver, err := n.find(ctx, in.GetStep(), in.GetLeaver())
	if err != nil || step.Open == nil {
		return &employeewire.OpenResponse{}, err
	}
	open, err := step.Open(ctx, leaver)
	if err != nil {
		return nil, err
	}
	items, err := rpc.Messages(open, func() *employeewire.OpenItem { return &employeewire.OpenItem{} })
	return &employeewire.OpenResponse{Items: items}, err
}

// Settle implements employeewire.OffboardingStepsHandler.
func (n nearSteps) Settle(ctx context.Context, in *employeewire.SettleRequest) (*employeewire.SettleResponse, error) {
	step, leaver, err := n.find(ctx, in.GetStep(), in.GetLeaver())
	if err != nil || step.Settle == nil {
		return &employeewire.SettleResponse{}, err
	}
	items, err := rpc.Values[employee.Settlement](in.GetItems())
	if err == nil {
		err = step.Settle(ctx, leaver, items)
	}
	return &employeewire.SettleResponse{}, err
}
