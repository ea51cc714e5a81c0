package domain

import (
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"erp/internal/platform/fault"
)

// Role is a bundle of permissions with a name; what it grants stands in the policy.
type Role struct {
	Code        string `gorm:"primaryKey"`
	Name        string
	Description string
	BuiltIn     bool
	// SecondFactor says that whoever holds the role must have a second factor.
	SecondFactor bool
	Position     int
	Version      int
	CreatedAt    time.Time
	UpdatedAt    time.Time
}

// NewRole makes a role of the company's own. Its code comes from the name and never changes.
func NewRole(name, description string, now time.Time) (Role, error) {
	role := Role{Name: strings.TrimSpace(name), Description: strings.TrimSpace(description), Position: 100, Version: 1, CreatedAt: now, UpdatedAt: now}
	role.Code = codeOf(role.Name)
	if len(role.Code) < 2 {
		var p fault.Problems
		p.Add("body.name", "must have at least two letters")
		return Role{}, p.Err()
	}
	return role, nil
}

// codeOf makes "leiter-einkauf" of "Leiter Einkauf!".
func codeOf(name string) string {
	var b strings.Builder
	for _, r := range norm.NFKD.String(strings.ToLower(name)) {
		switch {
		case (r >= 'a' && r <= 'z') || (r >= '0' && r <= '9' && b.Len() > 0):
			b.WriteRune(r)
		case unicode.Is(unicode.Mn, r):
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-"):
			b.WriteByte('-')
		}
		if b.Len() == 50 {
			break
		}
	}
	return strings.Trim(b.String(), "-")
}
