package admin

import (
	"time"

	"erp/internal/employee"
	"erp/internal/platform/id"
)

// UserID names somebody who can sign in.
type UserID = id.Of[User]

// Status says whether somebody can sign in.
type Status string

// The states of an account.
const (
	StatusActive   Status = "active"
	StatusDisabled Status = "disabled" // an administrator closed it
	StatusRevoked  Status = "revoked"  // closed because the person left
)

// User is the published view of somebody who can sign in.
type User struct {
	ID         UserID      `json:"id"`
	Name       string      `json:"name"`
	Email      string      `json:"email"`
	EmployeeID employee.ID `json:"employeeId,omitzero" doc:"The employee behind the account"`
	Status     Status      `json:"status" enum:"active,disabled,revoked"`
	Roles      []string    `json:"roles" doc:"Codes of roles"`
	// RolesUntil tells when roles end by themselves.
	RolesUntil   map[string]time.Time `json:"rolesUntil,omitempty" doc:"When a role ends by itself, by its code"`
	MustChange   bool                 `json:"mustChangePassword,omitempty" doc:"A new password must be chosen at the next sign-in"`
	Invited      bool                 `json:"invited,omitempty" doc:"No password has been chosen yet"`
	VerifiedAt   time.Time            `json:"emailVerifiedAt,omitzero" doc:"When a mail to the address was answered"`
	LastSignInAt time.Time            `json:"lastSignInAt,omitzero"`
	CreatedAt    time.Time            `json:"createdAt"`
	Version      int                  `json:"version"`
}

// ETag is the version as HTTP names it.
func (u User) ETag() string { return etag(u.Version) }
