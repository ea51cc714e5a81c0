// Package peers asks other modules in this module's words. It is the only place where their silence is dealt with.
package peers

import (
	"context"
	"slices"

	"erp/internal/asset/internal/domain"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/resilience"
)

// People are those who can hold assets.
type People struct {
	directory employee.Directory
	peer      *resilience.Peer
}

// NewPeople asks this directory.
func NewPeople(directory employee.Directory) *People {
	return &People{directory: directory, peer: resilience.NewPeer("The employee directory", resilience.Options{})}
}

// Guard is what stands before the directory, for those who watch it.
func (p *People) Guard() *resilience.Peer { return p.peer }

// Holder is the person with this id, if they work here or soon will; Invalid at location otherwise. Nothing is handed
// to somebody who cannot be asked about: without an answer it is Unavailable.
func (p *People) Holder(ctx context.Context, who employee.ID, location string) (domain.Holder, employee.Employee, error) {
	people, err := resilience.Call(ctx, p.peer, func(ctx context.Context) (map[employee.ID]employee.Employee, error) {
		return p.directory.Employees(ctx, []employee.ID{who})
	})
	if err != nil {
		return domain.Holder{}, employee.Employee{}, err
	}
	person, known := people[who]
	switch {
	case !known:
		return domain.Holder{}, person, fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At(location, "names nobody who works here")
	case person.Status == employee.StatusLeft:
		return domain.Holder{}, person, fault.New(fault.Conflict, "employee-left", "%s left on %s and can hold no assets.", person.DisplayName, person.LeftOn).
			At(location, "no longer works here")
	}
	return domain.Holder{ID: person.ID, Name: person.DisplayName}, person, nil
}

// Career is a person with their first and, if known, their last day.
type Career struct {
	domain.Holder
	HiredOn, LeftOn date.Date
}

// peopleAtOnce is how many people one call asks about.
const peopleAtOnce = 500

// Careers are those of the people who have worked here until today, in the order asked for.
func (p *People) Careers(ctx context.Context, who []employee.ID) ([]Career, error) {
	careers := make([]Career, 0, len(who))
	for ids := range slices.Chunk(who, peopleAtOnce) {
		people, err := resilience.Call(ctx, p.peer, func(ctx context.Context) (map[employee.ID]employee.Employee, error) {
			return p.directory.Employees(ctx, ids)
		})
		if err != nil {
			return nil, err
		}
		for _, id := range ids {
			if person, ok := people[id]; ok && person.Status != employee.StatusUpcoming {
				careers = append(careers, Career{Holder: domain.Holder{ID: id, Name: person.DisplayName}, HiredOn: person.HiredOn, LeftOn: person.LeftOn})
			}
		}
	}
	return careers, nil
}

// Team is everybody below the manager, the manager included. It decides what somebody may see, so that no answer is no
// access.
func (p *People) Team(ctx context.Context, manager employee.ID) ([]employee.ID, error) {
	return resilience.Call(ctx, p.peer, func(ctx context.Context) ([]employee.ID, error) { return p.directory.TeamOf(ctx, manager) })
}

// Department is everybody in the member's department, the member included.
func (p *People) Department(ctx context.Context, member employee.ID) ([]employee.ID, error) {
	return resilience.Call(ctx, p.peer, func(ctx context.Context) ([]employee.ID, error) { return p.directory.DepartmentOf(ctx, member) })
}
