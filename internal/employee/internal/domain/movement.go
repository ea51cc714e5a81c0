package domain

import (
	"maps"

	"erp/internal/employee"
	"erp/internal/platform/date"
)

// Employment is one stay with the company. LeftOn is zero while it runs, and while its end is only planned.
type Employment struct{ HiredOn, LeftOn date.Date }

// MonthAndDepartment is where a movement is counted. The zero department stands for people without one.
type MonthAndDepartment struct {
	Month        date.Date
	DepartmentID employee.DepartmentID
}

// Count is how many joined, left, and moved in less moved out.
type Count struct{ Joined, Gone, Moved int }

// Movement counts how people move, by month and department.
type Movement map[MonthAndDepartment]Count

// MovementOf counts what one person's employments and placements add to the company's movement.
func MovementOf(employments []Employment, placements Timeline[Placement]) Movement {
	m := Movement{}
	for _, e := range employments {
		m.add(e.HiredOn, placements.On(e.HiredOn).DepartmentID, Count{Joined: 1})
		if !e.LeftOn.IsZero() {
			m.add(e.LeftOn, placements.On(e.LeftOn).DepartmentID, Count{Gone: 1})
		}
		at := placements.On(e.HiredOn).DepartmentID
		for _, s := range placements {
			if s.From.After(e.HiredOn) && (e.LeftOn.IsZero() || !s.From.After(e.LeftOn)) && s.Value.DepartmentID != at {
				m.add(s.From, at, Count{Moved: -1})
				m.add(s.From, s.Value.DepartmentID, Count{Moved: 1})
				at = s.Value.DepartmentID
			}
		}
	}
	return m
}

// Less is what has to be added to the other movement to make it this one.
func (m Movement) Less(other Movement) Movement {
	difference := maps.Clone(m)
	for at, c := range other {
		d := difference[at]
		difference[at] = Count{d.Joined - c.Joined, d.Gone - c.Gone, d.Moved - c.Moved}
	}
	for at, c := range difference {
		if c == (Count{}) {
			delete(difference, at)
		}
	}
	return difference
}

// Add counts another person's movement in.
func (m Movement) Add(other Movement) {
	for at, c := range other {
		sum := m[at]
		m[at] = Count{sum.Joined + c.Joined, sum.Gone + c.Gone, sum.Moved + c.Moved}
	}
}

func (m Movement) add(day date.Date, department employee.DepartmentID, c Count) {
	m.Add(Movement{{day.FirstOfMonth(), department}: c})
}
