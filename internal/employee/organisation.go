package employee

import "erp/internal/platform/id"

type (
	// DepartmentID names a department.
	DepartmentID = id.Of[Department]
	// PositionID names a position.
	PositionID = id.Of[Position]
	// LocationID names a site where people work.
	LocationID = id.Of[WorkLocation]
)

// Department is a node of the department tree.
type Department struct {
	ID       DepartmentID `json:"id"`
	Name     string       `json:"name" doc:"Unique in the company"`
	Code     string       `json:"code,omitempty" doc:"Short name, for example a cost centre"`
	ParentID DepartmentID `json:"parentId,omitzero"`
	LeadID   ID           `json:"leadId,omitzero" doc:"Who leads it; says nothing about the reporting line"`
	Lead     string       `json:"lead,omitempty" doc:"Display name of the lead"`
	Members  int          `json:"members" doc:"People who work in it today, departments below it not counted"`
	Archived bool         `json:"archived,omitempty" doc:"Kept for the past; nobody can be moved into it"`
	Version  int          `json:"version"`
}

// ETag is the version as HTTP names it.
func (d Department) ETag() string { return etag(d.Version) }

// Position is a job title that people hold.
type Position struct {
	ID       PositionID `json:"id"`
	Title    string     `json:"title" doc:"Unique in the company"`
	Members  int        `json:"members" doc:"People who hold it today"`
	Archived bool       `json:"archived,omitempty"`
	Version  int        `json:"version"`
}

// ETag is the version as HTTP names it.
func (p Position) ETag() string { return etag(p.Version) }

// WorkLocation is a site where people work. Where things stand is the asset module's affair.
type WorkLocation struct {
	ID       LocationID `json:"id"`
	Name     string     `json:"name" doc:"Unique in the company"`
	City     string     `json:"city,omitempty"`
	Country  string     `json:"country,omitempty" doc:"ISO 3166-1 alpha-2"`
	Members  int        `json:"members" doc:"People who work there today"`
	Archived bool       `json:"archived,omitempty"`
	Version  int        `json:"version"`
}

// ETag is the version as HTTP names it.
func (l WorkLocation) ETag() string { return etag(l.Version) }
