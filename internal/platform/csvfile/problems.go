package csvfile

import (
	"fmt"
	"slices"

	"erp/internal/platform/fault"
)

// Problem is what is wrong with one cell, with a row (no Column) or with the
// whole file (no Row).
type Problem struct {
	Row     int    `json:"row,omitempty" doc:"Row as a spreadsheet numbers it; the header is row 1. Absent when the whole file is meant."`
	Column  string `json:"column,omitempty" doc:"Name of the column. Absent when the whole row is meant."`
	Message string `json:"message" doc:"What is wrong, in words."`
}

// Location names the cell in an error answer: "body.rows[12].serial".
func (p Problem) Location() string {
	where := "body"
	if p.Row > 0 {
		where = fmt.Sprintf("body.rows[%d]", p.Row)
	}
	if p.Column != "" {
		where += "." + p.Column
	}
	return where
}

// most problems that are listed; a file of another kind would fill pages.
const most = 200

// Problems collects what is wrong with a file, so that a person can mend all of
// it at once. The zero value is ready.
type Problems struct {
	list []Problem
	more int
}

// Add tells one problem. Column may be empty.
func (p *Problems) Add(row int, column, format string, args ...any) {
	if len(p.list) >= most {
		p.more++
		return
	}
	p.list = append(p.list, Problem{Row: row, Column: column, Message: fmt.Sprintf(format, args...)})
}

// Blames tells whether something is wrong with this cell already.
func (p *Problems) Blames(row int, column string) bool {
	return slices.ContainsFunc(p.list, func(known Problem) bool { return known.Row == row && known.Column == column })
}

// List is every problem in the order of the rows, at most 200.
func (p *Problems) List() []Problem {
	slices.SortStableFunc(p.list, func(a, b Problem) int { return a.Row - b.Row })
	return p.list
}

// Count is how many there are, those beyond the listed ones included.
func (p *Problems) Count() int { return len(p.list) + p.more }

// Err is nil without problems, else fault.Invalid with one field for each.
func (p *Problems) Err() error {
	if p.Count() == 0 {
		return nil
	}
	var fields fault.Problems
	for _, problem := range p.List() {
		fields.Add(problem.Location(), "%s", problem.Message)
	}
	if p.more > 0 {
		fields.Add("body", "and %d more problems", p.more)
	}
	return fields.Err()
}
