// Package employee is the contract of the employee module: who works here, in which department, for whom. Other modules
// import this package and nothing else of the module. It knows no other module, no database and no HTTP.
package employee

import (
	"context"
	"strconv"

	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

// ID names an employee.
type ID = id.Of[Employee]

// Status is where somebody stands between the first and the last day.
type Status string

// The four stages of an employment, derived from its dates and never set by hand.
const (
	StatusUpcoming Status = "upcoming" // hired, the first day is still to come
	StatusActive   Status = "active"
	StatusLeaving  Status = "leaving" // the last day is known and still to come
	StatusLeft     Status = "left"
)

// Employee is the published view of a person: what any colleague may know. Pay, private contact and other guarded facts
// are not part of it and never travel between modules.
type Employee struct {
	ID           ID           `json:"id"`
	Number       string       `json:"number" doc:"Personnel number, unique" example:"E-0042"`
	GivenName    string       `json:"givenName"`
	FamilyName   string       `json:"familyName"`
	DisplayName  string       `json:"displayName"`
	Email        string       `json:"email,omitempty" doc:"Work e-mail address, unique where given"`
	Phone        string       `json:"phone,omitempty" doc:"Work telephone"`
	DepartmentID DepartmentID `json:"departmentId,omitzero"`
	Department   string       `json:"department,omitempty"`
	PositionID   PositionID   `json:"positionId,omitzero"`
	Position     string       `json:"position,omitempty"`
	LocationID   LocationID   `json:"locationId,omitzero"`
	Location     string       `json:"location,omitempty"`
	ManagerID    ID           `json:"managerId,omitzero"`
	Manager      string       `json:"manager,omitempty" doc:"Display name of the manager"`
	Status       Status       `json:"status" enum:"upcoming,active,leaving,left"`
	HiredOn      date.Date    `json:"hiredOn"`
	LeftOn       date.Date    `json:"leftOn,omitzero" doc:"Last day, once it is known"`
	Version      int          `json:"version"`
}

// ETag is the version as HTTP names it.
func (e Employee) ETag() string { return etag(e.Version) }

// Summary is the state of the workforce for a home page. It comes from a read model and costs the same at any size.
type Summary struct {
	Headcount   int                   `json:"headcount"`
	Upcoming    int                   `json:"upcoming" doc:"Hired, first day still to come"`
	Leaving     int                   `json:"leaving" doc:"Last day known and still to come"`
	Months      []MonthSummary        `json:"months" doc:"The last 13 months, oldest first; the last one is the current month"`
	Departments []DepartmentHeadcount `json:"departments" doc:"Largest first"`
}

// MonthSummary tells one month's movement.
type MonthSummary struct {
	Month     date.Date `json:"month" doc:"First day of the month"`
	Headcount int       `json:"headcount" doc:"At the end of the month; today for the current one"`
	Joined    int       `json:"joined"`
	Left      int       `json:"left"`
}

// DepartmentHeadcount is how many people a department has today. The zero department stands for people without one.
type DepartmentHeadcount struct {
	DepartmentID DepartmentID `json:"departmentId,omitzero"`
	Department   string       `json:"department,omitempty"`
	Headcount    int          `json:"headcount"`
}

// Directory is what other modules may ask about people.
//
// It answers modules, not persons: apart from Search it checks no permission, and the module that shows the answer
// decides who may see it. Every method fails with kind Unavailable when the module cannot answer.
type Directory interface {
	// Employees returns the people with these ids, leavers included. Ids that name nobody are absent from the answer.
	Employees(ctx context.Context, ids []ID) (map[ID]Employee, error)

	// TeamOf returns everybody who reports to this manager today, over all levels, the manager included. Somebody who
	// leads nobody, or whom nobody knows, is a team of one.
	TeamOf(ctx context.Context, manager ID) ([]ID, error)

	// DepartmentOf returns everybody who works in this member's department today, the member included. Departments
	// below it are not part of it.
	DepartmentOf(ctx context.Context, member ID) ([]ID, error)

	// Search finds people of any status but left by name, number or e-mail, the best match first, at most limit. It
	// sees only whom the caller may see, and nobody when the caller may see nobody.
	Search(ctx context.Context, q string, limit int) ([]Employee, error)

	// Summary returns the numbers for the home page.
	Summary(ctx context.Context) (Summary, error)
}

func etag(version int) string { return strconv.Quote(strconv.Itoa(version)) }
