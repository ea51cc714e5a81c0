// Package employeetest lets other modules test against people without the employee module: an in-memory Directory, and
// the promise that every Directory must keep. It knows no database.
package employeetest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"erp/internal/employee"
)

// Directory is an employee.Directory in memory. The zero value is an empty company.
type Directory struct {
	mu     sync.RWMutex
	people []employee.Employee
	fail   error
}

// New returns a Directory of these people.
func New(people ...employee.Employee) *Directory {
	d := &Directory{}
	for _, p := range people {
		d.Put(p)
	}
	return d
}

// Put adds a person, or replaces the one with the same id. A missing display name is made from the two names, a missing
// status is active.
func (d *Directory) Put(p employee.Employee) {
	p.DisplayName = cmp.Or(p.DisplayName, strings.TrimSpace(p.GivenName+" "+p.FamilyName))
	p.Status = cmp.Or(p.Status, employee.StatusActive)
	d.mu.Lock()
	defer d.mu.Unlock()
	if i := d.index(p.ID); i >= 0 {
		d.people[i] = p
		return
	}
	d.people = append(d.people, p)
}

// Erase makes a person one whom nobody has ever heard of.
func (d *Directory) Erase(who employee.ID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.people = slices.DeleteFunc(d.people, func(p employee.Employee) bool { return p.ID == who })
}

// Fail makes every following call answer with err; nil ends it.
func (d *Directory) Fail(err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.fail = err
}

// Employees implements employee.Directory.
func (d *Directory) Employees(_ context.Context, ids []employee.ID) (map[employee.ID]employee.Employee, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	found := make(map[employee.ID]employee.Employee, len(ids))
	for _, id := range ids {
		if i := d.index(id); i >= 0 {
			found[id] = d.people[i]
		}
	}
	return found, d.fail
}

// TeamOf implements employee.Directory.
func (d *Directory) TeamOf(_ context.Context, manager employee.ID) ([]employee.ID, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	team := []employee.ID{manager}
	for i := 0; i < len(team); i++ {
		for _, p := range d.people {
			if p.ManagerID == team[i] && p.Status != employee.StatusLeft {
				team = append(team, p.ID)
			}
		}
	}
	return team, d.fail
}

// DepartmentOf implements employee.Directory.
func (d *Directory) DepartmentOf(_ context.Context, member employee.ID) ([]employee.ID, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	colleagues := []employee.ID{member}
	i := d.index(member)
	if i < 0 || d.people[i].DepartmentID.IsZero() {
		return colleagues, d.fail
	}
	for _, p := range d.people {
		if p.ID != member && p.DepartmentID == d.people[i].DepartmentID && p.Status != employee.StatusLeft {
			colleagues = append(colleagues, p.ID)
		}
	}
	return colleagues, d.fail
}

// Search implements employee.Directory. It finds whoever has q in name, number or e-mail, in order of name; everybody may
// see everybody.
func (d *Directory) Search(_ context.Context, q string, limit int) ([]employee.Employee, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	q = strings.ToLower(strings.TrimSpace(q))
	var found []employee.Employee
	for _, p := range d.people {
		text := strings.ToLower(p.DisplayName + " " + p.Number + " " + p.Email)
		if q != "" && p.Status != employee.StatusLeft && strings.Contains(text, q) {
			found = append(found, p)
		}
	}
	slices.SortFunc(found, func(a, b employee.Employee) int { return cmp.Compare(a.DisplayName, b.DisplayName) })
	return found[:min(limit, len(found))], d.fail
}

// Summary implements employee.Directory. It counts heads and departments and tells no months.
func (d *Directory) Summary(context.Context) (employee.Summary, error) {
	d.mu.RLock()
	defer d.mu.RUnlock()
	var s employee.Summary
	for _, p := range d.people {
		switch p.Status {
		case employee.StatusUpcoming:
			s.Upcoming++
			continue
		case employee.StatusLeft:
			continue
		case employee.StatusLeaving:
			s.Leaving++
		case employee.StatusActive:
		}
		s.Headcount++
		i := slices.IndexFunc(s.Departments, func(c employee.DepartmentHeadcount) bool {
			return c.DepartmentID == p.DepartmentID
		})
		if i < 0 {
			s.Departments = append(s.Departments, employee.DepartmentHeadcount{DepartmentID: p.DepartmentID, Department: p.Department})
			i = len(s.Departments) - 1
		}
		s.Departments[i].Headcount++
	}
	return s, d.fail
}

func (d *Directory) index(id employee.ID) int {
	return slices.IndexFunc(d.people, func(p employee.Employee) bool { return p.ID == id })
}
