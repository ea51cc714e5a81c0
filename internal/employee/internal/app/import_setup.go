package app

import (
	"strings"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
)

// setUp adds the departments, positions and sites that the file names and the company does not have yet.
func (r *resolver) setUp() error {
	departments := map[string]employee.DepartmentID{}
	positions := map[string]employee.PositionID{}
	locations := map[string]employee.LocationID{}
	for _, d := range r.drafts {
		departments[d.department], positions[d.position], locations[d.location] =
			d.Placement.DepartmentID, d.Placement.PositionID, d.Placement.LocationID
	}
	for _, name := range r.newDepartments {
		d := domain.Department{ID: departments[name], Name: name}
		if err := r.added("department", d.ID.String(), name, store.SaveDepartment(r.tx, d)); err != nil {
			return err
		}
	}
	for _, title := range r.newPositions {
		p := domain.Position{ID: positions[title], Title: title}
		if err := r.added("position", p.ID.String(), title, store.SavePosition(r.tx, p)); err != nil {
			return err
		}
	}
	for _, name := range r.newLocations {
		l := domain.Location{ID: locations[name], Name: name}
		if err := r.added("work-location", l.ID.String(), name, store.SaveLocation(r.tx, l)); err != nil {
			return err
		}
	}
	return nil
}

func (r *resolver) added(subject, id, name string, err error) error {
	if err != nil {
		return err
	}
	return audit.Record(r.tx, audit.Entry{Action: subject + ".create", Subject: subject, SubjectID: id, Label: name})
}

// number draws personnel numbers for the rows without one. Numbers that other rows bring along are not drawn.
func (r *resolver) number() error {
	var without []int
	for i, d := range r.drafts {
		if d.Number == "" {
			without = append(without, i)
		}
	}
	for len(without) > 0 {
		drawn, err := store.NextNumbers(r.tx, len(without))
		if err != nil {
			return err
		}
		left := without[:0]
		for k, i := range without {
			if _, brought := r.rowOf[strings.ToLower(drawn[k])]; brought {
				left = append(left, i)
				continue
			}
			r.drafts[i].Number = drawn[k]
		}
		without = left
	}
	return nil
}
