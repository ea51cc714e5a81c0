package domain

import (
	"strings"

	"erp/internal/employee"
	"erp/internal/platform/fault"
)

// Department is a node of the department tree.
type Department struct {
	ID       employee.DepartmentID
	Name     string
	Code     string
	ParentID employee.DepartmentID
	LeadID   employee.ID
	Archived bool
	Version  int
}

// Check tidies the department and notes what it may not be.
func (d *Department) Check(p *fault.Problems) {
	d.Name, d.Code = strings.TrimSpace(d.Name), strings.TrimSpace(d.Code)
	needName(p, "body.name", d.Name)
	atMost(p, "body.code", d.Code, 30)
	if !d.ParentID.IsZero() && d.ParentID == d.ID {
		p.Add("body.parentId", "a department cannot be part of itself")
	}
}

// Position is a job title.
type Position struct {
	ID       employee.PositionID
	Title    string
	Archived bool
	Version  int
}

// Check tidies the position and notes what it may not be.
func (p *Position) Check(problems *fault.Problems) {
	p.Title = strings.TrimSpace(p.Title)
	needName(problems, "body.title", p.Title)
}

// Location is a site where people work.
type Location struct {
	ID       employee.LocationID
	Name     string
	City     string
	Country  string
	Archived bool
	Version  int
}

// Check tidies the location and notes what it may not be.
func (l *Location) Check(p *fault.Problems) {
	l.Name, l.City = strings.TrimSpace(l.Name), strings.TrimSpace(l.City)
	l.Country = strings.ToUpper(strings.TrimSpace(l.Country))
	needName(p, "body.name", l.Name)
	atMost(p, "body.city", l.City, 100)
	if l.Country != "" && !isCountry(l.Country) {
		p.Add("body.country", "%q is not a country code of two letters", shorten(l.Country))
	}
}

func needName(p *fault.Problems, at, name string) {
	if name == "" {
		p.Add(at, "must not be empty")
	}
	atMost(p, at, name, 100)
}
