// Package auth tells who is calling: the principal in the context, passwords, sessions and limits against guessing.
// It knows no module and decides nothing; what the caller may do comes from rbac.
package auth

import (
	"context"
	"net/http"
	"time"

	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
)

// User marks ids of people who can sign in.
type User struct{}

// UserID names a person who can sign in.
type UserID = id.Of[User]

// Person marks the id of the employee behind a user. The employee module's ID converts to and from it:
// employee.ID(principal.EmployeeID).
type Person struct{}

// PersonID names the employee behind a user; zero when the user is nobody's employee.
type PersonID = id.Of[Person]

// Session marks ids of sessions as the console shows them; they are not the secret in the cookie.
type Session struct{}

// SessionID names a session.
type SessionID = id.Of[Session]

// Key marks ids of API keys; they are not the secret that a program sends.
type Key struct{}

// KeyID names an API key.
type KeyID = id.Of[Key]

// Kind says what sort of caller a principal is.
type Kind string

// The kinds of callers.
const (
	// KindUser is a person with a session.
	KindUser Kind = "user"
	// KindKey is a program with the API key of a person.
	KindKey Kind = "key"
	// KindSystem is the program itself: jobs, event handlers, commands.
	KindSystem Kind = "system"
)

// Principal is who is calling. The zero Principal is nobody.
type Principal struct {
	UserID     UserID
	EmployeeID PersonID
	SessionID  SessionID
	KeyID      KeyID
	KeyName    string // what the owner calls the key, and how it begins
	Name       string
	Email      string
	Kind       Kind
	Method     Method // how the session was begun
	Since      time.Time
	Wait       Wait // what the session still waits for
	// ViewingAs is the role as which the person looks at the application; whoever does changes nothing.
	ViewingAs rbac.Role
}

// Label is the name as the audit trail keeps it: of a program, the person and which of their keys.
func (p Principal) Label() string {
	if p.Kind == KindKey {
		return p.Name + " (key " + p.KeyName + ")"
	}
	return p.Name
}

// Client names the credential, for what must not be shared between two of the same person: "user:…", "key:…".
func (p Principal) Client() string {
	if p.Kind == KindKey {
		return string(p.Kind) + ":" + p.KeyID.String()
	}
	return string(p.Kind) + ":" + p.UserID.String()
}

// IsZero reports whether nobody is signed in.
func (p Principal) IsZero() bool { return p.Kind == "" }

// Authenticator turns a request into a context that carries its principal. A request without credentials, or with a
// session that has ended, gives its context back without a principal; the operation's permission decides what then.
type Authenticator func(r *http.Request) (context.Context, error)

type key struct{}

type identity struct {
	principal Principal
	rights    *rbac.Rights
}

// With returns a context in which p acts with the given rights.
func With(ctx context.Context, p Principal, rights *rbac.Rights) context.Context {
	return context.WithValue(ctx, key{}, &identity{principal: p, rights: rights})
}

// WithSystem returns a context in which the program itself acts, with every right. The name says which part of it, and
// stands in the audit trail: "asset.return-on-leave".
func WithSystem(ctx context.Context, name string) context.Context {
	return With(ctx, Principal{Name: name, Kind: KindSystem}, rbac.Everything())
}

// From is who is calling; the zero Principal when nobody is signed in.
func From(ctx context.Context) Principal {
	if who, ok := ctx.Value(key{}).(*identity); ok {
		return who.principal
	}
	return Principal{}
}

// ScopeOf is how far the caller's grant of the permission reaches; None when it is not granted.
func ScopeOf(ctx context.Context, permission rbac.Permission) rbac.Scope {
	who, ok := ctx.Value(key{}).(*identity)
	if permission.Code == rbac.Anyone.Code || (ok && permission.Code == rbac.SignedIn.Code) {
		return rbac.All
	}
	if !ok {
		return rbac.None
	}
	return who.rights.Scope(permission.Code)
}

// Allowed reports whether the caller may do it at all, at whatever scope.
func Allowed(ctx context.Context, permission rbac.Permission) bool {
	return ScopeOf(ctx, permission) != rbac.None
}

// RightsOf is everything the caller may do; nil when nobody is signed in.
func RightsOf(ctx context.Context) *rbac.Rights {
	if who, ok := ctx.Value(key{}).(*identity); ok {
		return who.rights
	}
	return nil
}
