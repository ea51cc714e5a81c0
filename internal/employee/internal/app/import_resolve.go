package app

import (
	"slices"
	"strings"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

// resolver finds what the rows of a file refer to, in the company and in the file itself.
type resolver struct {
	*sheetReader
	tx    *database.Tx
	today date.Date

	newDepartments, newPositions, newLocations []string
	rowOf                                      map[string]int // number or address in lower case -> index of the draft
}

func (r *resolver) resolve() error {
	if err := r.unique(); err != nil {
		return err
	}
	if err := r.places(); err != nil {
		return err
	}
	if err := r.managers(); err != nil {
		return err
	}
	r.circles()
	return nil
}

func (r *resolver) result() ImportResult {
	return ImportResult{
		Rows: len(r.drafts), Departments: orEmpty(r.newDepartments), Positions: orEmpty(r.newPositions), Locations: orEmpty(r.newLocations),
	}
}

func orEmpty(names []string) []string { return append([]string{}, names...) }

// unique refuses numbers and addresses that stand twice in the file, or belong to somebody already.
func (r *resolver) unique() error {
	r.rowOf = map[string]int{}
	keys := make([]string, 0, 2*len(r.drafts))
	for i, d := range r.drafts {
		for column, key := range map[string]string{"number": strings.ToLower(d.Number), "email": d.Email} {
			if key == "" {
				continue
			}
			if first, twice := r.rowOf[key]; twice {
				r.problems.Add(d.row, column, "stands in row %d already", r.drafts[first].row)
				continue
			}
			r.rowOf[key] = i
			keys = append(keys, key)
		}
	}
	taken, err := store.ByKeys(r.tx, keys)
	if err != nil {
		return err
	}
	for _, d := range r.drafts {
		if e, is := taken[strings.ToLower(d.Number)]; is && d.Number != "" {
			r.problems.Add(d.row, "number", "belongs to %s already", e.Label())
		}
		if e, is := taken[d.Email]; is && d.Email != "" {
			r.problems.Add(d.row, "email", "belongs to %s already", e.Label())
		}
	}
	return nil
}

// places finds departments, positions and sites by name, whatever the case. Unknown ones will be set up; archived ones
// are refused.
func (r *resolver) places() error {
	departments, err := store.Departments(r.tx.DB, r.today)
	if err != nil {
		return err
	}
	positions, err := store.Positions(r.tx.DB, r.today)
	if err != nil {
		return err
	}
	locations, err := store.Locations(r.tx.DB, r.today)
	if err != nil {
		return err
	}
	inDepartments := named(departments, func(d employee.Department) (employee.DepartmentID, string, bool) { return d.ID, d.Name, d.Archived })
	inPositions := named(positions, func(p employee.Position) (employee.PositionID, string, bool) { return p.ID, p.Title, p.Archived })
	inLocations := named(locations, func(l employee.WorkLocation) (employee.LocationID, string, bool) { return l.ID, l.Name, l.Archived })
	for i := range r.drafts {
		d := &r.drafts[i]
		d.Placement = domain.Placement{
			DepartmentID: find(r, d, "department", d.department, inDepartments, &r.newDepartments),
			PositionID:   find(r, d, "position", d.position, inPositions, &r.newPositions),
			LocationID:   find(r, d, "location", d.location, inLocations, &r.newLocations),
		}
	}
	return nil
}

type known[T any] struct {
	id       id.Of[T]
	archived bool
}

func named[R, T any](records []R, of func(R) (id.Of[T], string, bool)) map[string]known[T] {
	byName := make(map[string]known[T], len(records))
	for _, r := range records {
		id, name, archived := of(r)
		byName[strings.ToLower(name)] = known[T]{id, archived}
	}
	return byName
}

func find[T any](r *resolver, d *draft, column, name string, byName map[string]known[T], missing *[]string) id.Of[T] {
	if name == "" {
		return id.Of[T]{}
	}
	found, is := byName[strings.ToLower(name)]
	switch {
	case !is:
		found = known[T]{id: id.New[T]()}
		byName[strings.ToLower(name)] = found
		*missing = append(*missing, name)
	case found.archived:
		r.problems.Add(d.row, column, "%q is archived", name)
	}
	return found.id
}

// managers finds each manager by number or address, among the rows first and then among the people who are here.
func (r *resolver) managers() error {
	var keys []string
	for _, d := range r.drafts {
		if _, inFile := r.rowOf[d.manager]; !inFile && d.manager != "" {
			keys = append(keys, d.manager)
		}
	}
	here, err := store.ByKeys(r.tx, keys)
	if err != nil {
		return err
	}
	for i := range r.drafts {
		d := &r.drafts[i]
		if d.manager == "" {
			continue
		}
		var manager domain.Employee
		if row, inFile := r.rowOf[d.manager]; inFile {
			manager = r.drafts[row].Employee
		} else if e, is := here[d.manager]; is {
			manager = e
		} else {
			r.problems.Add(d.row, "manager", "nobody here or in the file has the number or e-mail address %q", d.manager)
			continue
		}
		switch {
		case manager.ID == d.ID:
			r.problems.Add(d.row, "manager", "nobody can be their own manager")
		case manager.Ended && !d.Ended:
			r.problems.Add(d.row, "manager", "%s has left", manager.DisplayName())
		default:
			d.Manager = manager.ID
		}
	}
	return nil
}

// circles refuses manager lines that lead back to where they start. Only rows can do that: nobody here reports to
// somebody who is still in a file.
func (r *resolver) circles() {
	index := make(map[employee.ID]int, len(r.drafts))
	for i, d := range r.drafts {
		index[d.ID] = i
	}
	const unseen, walking, fine = 0, 1, 2
	state := make([]int, len(r.drafts))
	for start := range r.drafts {
		var path []int
		for at, inFile := start, true; inFile && state[at] != fine; at, inFile = next(index, r.drafts[at].Manager) {
			if state[at] == walking {
				r.tellCircle(path[slices.Index(path, at):])
				break
			}
			state[at] = walking
			path = append(path, at)
		}
		for _, i := range path {
			state[i] = fine
		}
	}
}

func next(index map[employee.ID]int, manager employee.ID) (int, bool) {
	at, inFile := index[manager]
	return at, inFile
}

func (r *resolver) tellCircle(circle []int) {
	const most = 5
	names := make([]string, 0, most+1)
	for _, i := range circle[:min(most, len(circle))] {
		names = append(names, r.drafts[i].DisplayName())
	}
	if len(circle) > most {
		names = append(names, "...")
	}
	line := strings.Join(append(names, r.drafts[circle[0]].DisplayName()), " -> ")
	for _, i := range circle {
		r.problems.Add(r.drafts[i].row, "manager", "the manager line runs in a circle: %s", line)
	}
}
