package domain

import "erp/internal/employee"

// Breadth is how far a permission reaches around the caller.
type Breadth int

// The breadths, each containing the ones before it.
const (
	Nobody Breadth = iota
	Self
	Team
	SameDepartment
	Everybody
)

// Reach says whose facts of one kind the caller may see or change.
type Reach struct {
	Breadth Breadth
	Caller  employee.ID // zero when the caller is nobody's employee
}

// Sight is what the caller may see of whom: one decision for display, filter, sort, search and export.
type Sight struct{ Profile, Contact, Pay, Identity, Bank Reach }

// Profile is a person as a caller may see them: the published view, and the guarded groups of facts where they are open
// to this caller.
type Profile struct {
	employee.Employee
	Contact      *Contact `json:"contact,omitempty" doc:"Absent when the caller may not see it"`
	Compensation *Pay     `json:"compensation,omitempty" doc:"Absent when the caller may not see it, or did not ask for it in a list"`

	Identity *Identity    `json:"identity,omitempty" doc:"Absent when the caller may not see it, or did not ask for it"`
	Bank     *BankAccount `json:"bank,omitempty" doc:"Absent when the caller may not see it, or did not ask for it"`
}
