// Package rbac decides who may do what: modules declare permissions, roles grant them with a scope, people hold roles.
// It knows no module, no session and no HTTP; what a scope means in SQL is the business of the module that asks.
package rbac

import (
	"fmt"
	"slices"
	"strings"
)

// Permission is one thing a person may be allowed to do. Modules declare theirs as package variables in
// app/permissions.go and list them through their door; a code is never reused for something else.
type Permission struct {
	// Code is what roles grant and what clients see: "asset:assign".
	Code string `json:"code"`
	// Label says it in the words of a clerk: "Assign assets to people".
	Label string `json:"label"`
	// Group is the heading under which the console shows it: "Assets".
	Group string `json:"group"`
	// Risk tells an administrator how much care a grant deserves.
	Risk Risk `json:"risk" enum:"low,medium,high"`
	// Scopes lists what a grant may be limited to, None excluded; empty means All only.
	Scopes []Scope `json:"scopes"`
	// PersonOnly keeps the permission from API keys: what it allows asks for a person with a session.
	PersonOnly bool `json:"personOnly,omitempty" doc:"Cannot be given to an API key"`
	// Default is what the built-in roles get. The administrator always has everything at its widest scope.
	Default Grants `json:"-"`
}

// SignedIn is the permission of operations that any signed-in person may call, such as reading one's own profile.
var SignedIn = Permission{Code: "signed-in", Label: "Any signed-in person"}

// Anyone is the permission of operations that need no sign-in, such as signing in.
var Anyone = Permission{Code: "anyone", Label: "Anyone"}

// IsPseudo reports whether the permission is SignedIn or Anyone, which no role grants.
func (p Permission) IsPseudo() bool { return p.Code == SignedIn.Code || p.Code == Anyone.Code }

// Kind is the kind of record that the permission is about, by the first word of its code: "employee" of
// "employee.contact:read".
func (p Permission) Kind() string {
	kind, _, _ := strings.Cut(p.Code, ":")
	kind, _, _ = strings.Cut(kind, ".")
	return kind
}

// Widest is the largest scope a grant of this permission can have.
func (p Permission) Widest() Scope {
	if len(p.Scopes) == 0 {
		return All
	}
	widest := None
	for _, s := range p.Scopes {
		widest = max(widest, s)
	}
	return widest
}

// Permits reports whether a grant of this permission may be limited to s.
func (p Permission) Permits(s Scope) bool {
	if s == None {
		return false
	}
	if len(p.Scopes) == 0 {
		return s == All
	}
	return slices.Contains(p.Scopes, s)
}

// Risk is how much harm a wrong grant can do.
type Risk string

// The three classes of risk.
const (
	Low    Risk = "low"
	Medium Risk = "medium"
	High   Risk = "high"
)

// Role is the code of a role, built-in or made by the company.
type Role string

// The six built-in roles.
const (
	Administrator Role = "administrator"
	Accountant    Role = "accountant"
	AssetManager  Role = "asset-manager"
	HRManager     Role = "hr-manager"
	Manager       Role = "manager"
	Employee      Role = "employee"
)

// BuiltIn lists the built-in roles in the order in which people see them.
func BuiltIn() []Role {
	return []Role{Administrator, Accountant, AssetManager, HRManager, Manager, Employee}
}

// Grants says which role gets a permission, and how far it reaches.
type Grants map[Role]Scope

// Scope is how far a grant reaches; each contains the ones before it.
type Scope int

// The scopes, from nothing to the whole company.
const (
	None Scope = iota
	// Own is what a person holds, made or is.
	Own
	// Team adds everybody below the person in the manager line.
	Team
	// Department adds everybody in the person's department.
	Department
	// All is the whole company.
	All
)

var scopeNames = [...]string{None: "none", Own: "own", Team: "team", Department: "department", All: "all"}

// ParseScope reads "own" and friends.
func ParseScope(s string) (Scope, error) {
	for scope, name := range scopeNames {
		if name == s {
			return Scope(scope), nil
		}
	}
	return None, fmt.Errorf("unknown scope %q", s)
}

// String is the scope's name as clients see it.
func (s Scope) String() string {
	if int(s) < len(scopeNames) {
		return scopeNames[s]
	}
	return scopeNames[None]
}

// MarshalText writes the scope's name.
func (s Scope) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the scope's name.
func (s *Scope) UnmarshalText(text []byte) error {
	parsed, err := ParseScope(string(text))
	if err != nil {
		return err
	}
	*s = parsed
	return nil
}
