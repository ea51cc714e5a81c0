// Package domain holds the rules of the administration: who can sign in, what the company is, which roles it makes. It
// knows no database, no HTTP and no clock.
package domain

import (
	"net/mail"
	"strings"
	"time"
	"unicode/utf8"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// User is somebody who can sign in.
type User struct {
	ID           admin.UserID
	Name         string
	Email        string
	EmployeeID   employee.ID
	PasswordHash string
	// MustChange is a password that somebody else chose; PasswordSetAt is when.
	MustChange    bool
	PasswordSetAt time.Time
	Status        admin.Status
	Preferences   Preferences `gorm:"serializer:json"`
	LastSignInAt  *time.Time
	// EmailVerifiedAt is when a link that was mailed to the address came back.
	EmailVerifiedAt *time.Time
	Version         int
	CreatedAt       time.Time
	UpdatedAt       time.Time
}

// TableName is not "user", which Postgres reads as the database role.
func (User) TableName() string { return "user_account" }

// NewUser makes an active account.
func NewUser(name, email string, now time.Time) User {
	return User{
		ID: id.New[admin.User](), Name: strings.TrimSpace(name), Email: strings.TrimSpace(email),
		Status: admin.StatusActive, Version: 1, CreatedAt: now, UpdatedAt: now, PasswordSetAt: now,
	}
}

// firstPasswordLasts is how long a password may wait for its owner that an administrator chose and passed on somehow.
const firstPasswordLasts = 7 * 24 * time.Hour

// FirstPasswordIsOver reports whether the password was never the person's own, and waited too long.
func (u User) FirstPasswordIsOver(now time.Time) bool {
	return u.MustChange && now.Sub(u.PasswordSetAt) > firstPasswordLasts
}

// CheckPerson adds what is wrong with a name and an address, under the location of the input.
func CheckPerson(p *fault.Problems, at, name, email string) {
	if n := utf8.RuneCountInString(strings.TrimSpace(name)); n < 1 || n > 200 {
		p.Add(at+".name", "must have 1 to 200 characters")
	}
	if !ValidEmail(email) {
		p.Add(at+".email", "must be an e-mail address such as name@example.com")
	}
}

// ValidEmail accepts a bare address with a dot in its domain.
func ValidEmail(email string) bool {
	email = strings.TrimSpace(email)
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || len(email) > 254 {
		return false
	}
	_, domain, _ := strings.Cut(email, "@")
	return strings.Contains(strings.Trim(domain, "."), ".")
}

// Edit changes who the account belongs to. Another address is yet to be verified.
func (u *User) Edit(name, email string, behind employee.ID) {
	if !strings.EqualFold(u.Email, strings.TrimSpace(email)) {
		u.EmailVerifiedAt = nil
	}
	u.Name, u.Email, u.EmployeeID = strings.TrimSpace(name), strings.TrimSpace(email), behind
}

// CanSignIn reports whether the account is open.
func (u *User) CanSignIn() bool { return u.Status == admin.StatusActive }

// SetStatus opens or closes the account on behalf of an administrator. One that is closed stays closed in its own way.
func (u *User) SetStatus(status admin.Status) {
	switch {
	case status == admin.StatusActive:
		u.Status = status
	case status == admin.StatusDisabled && u.Status == admin.StatusActive:
		u.Status = status
	}
}

// Revoke closes an open account because its person leaves; changed is false when it is closed already.
func (u *User) Revoke() (changed bool) {
	if u.Status != admin.StatusActive {
		return false
	}
	u.Status = admin.StatusRevoked
	return true
}

// Restore opens an account that Revoke closed, no other.
func (u *User) Restore() (changed bool) {
	if u.Status != admin.StatusRevoked {
		return false
	}
	u.Status = admin.StatusActive
	return true
}

// View is the published shape; roles are the policy's affair and are passed in.
func (u *User) View(roles []string) admin.User {
	if roles == nil {
		roles = []string{}
	}
	view := admin.User{
		ID: u.ID, Name: u.Name, Email: u.Email, EmployeeID: u.EmployeeID, Status: u.Status, Roles: roles,
		MustChange: u.MustChange, CreatedAt: u.CreatedAt, Version: u.Version, Invited: u.PasswordHash == "",
	}
	if u.EmailVerifiedAt != nil {
		view.VerifiedAt = *u.EmailVerifiedAt
	}
	if u.LastSignInAt != nil {
		view.LastSignInAt = *u.LastSignInAt
	}
	return view
}

// Preferences are a person's own choices for the browser; empty means the program's default.
type Preferences struct {
	Language     string `json:"language,omitempty" enum:"en,de" doc:"Absent: the company's"`
	Theme        string `json:"theme,omitempty" enum:"system,light,dark"`
	Density      string `json:"density,omitempty" enum:"compact,normal,comfortable"`
	SingleKeys   string `json:"singleKeys,omitempty" enum:"on,off" doc:"Shortcuts without Ctrl"`
	ReduceMotion string `json:"reduceMotion,omitempty" enum:"on,off"`
}
