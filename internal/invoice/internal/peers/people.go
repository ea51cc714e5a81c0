package peers

import (
	"context"
	"time"

	"erp/internal/employee"
	"erp/internal/platform/resilience"
)

// People asks the employee directory who made an invoice and who leads whom.
type People struct {
	directory employee.Directory
	guard     *resilience.Peer
	names     *resilience.Peer
}

// NewPeople guards the employee directory.
func NewPeople(d employee.Directory) *People {
	return &People{
		directory: d,
		guard:     resilience.NewPeer("The employee directory", resilience.Options{}),
		names:     resilience.NewPeer("The employee directory, for names,", resilience.Options{Timeout: 250 * time.Millisecond}),
	}
}

// Guards are what stands before the directory, for those who watch it.
func (p *People) Guards() []*resilience.Peer { return []*resilience.Peer{p.guard, p.names} }

// Names gives display names; whom nobody knows is absent. It waits no longer than a page may.
func (p *People) Names(ctx context.Context, ids ...employee.ID) (map[employee.ID]string, error) {
	found, err := resilience.Call(ctx, p.names, func(ctx context.Context) (map[employee.ID]employee.Employee, error) {
		return p.directory.Employees(ctx, ids)
	})
	if err != nil {
		return nil, err
	}
	names := make(map[employee.ID]string, len(found))
	for i, e := range found {
		names[i] = e.DisplayName
	}
	return names, nil
}

// Team gives everybody below a person, the person included.
func (p *People) Team(ctx context.Context, of employee.ID) ([]employee.ID, error) {
	return resilience.Call(ctx, p.guard, func(ctx context.Context) ([]employee.ID, error) { return p.directory.TeamOf(ctx, of) })
}

// Department gives everybody in a person's department, the person included.
func (p *People) Department(ctx context.Context, of employee.ID) ([]employee.ID, error) {
	return resilience.Call(ctx, p.guard, func(ctx context.Context) ([]employee.ID, error) { return p.directory.DepartmentOf(ctx, of) })
}
