// Package admin is the contract of the administration: what other modules may ask about the company, and how they take
// a leaver's access away. It knows the employee contract's ids, no database and no HTTP.
package admin

import (
	"context"

	"erp/internal/employee"
)

// Company tells other modules about the company they work for.
type Company interface {
	// Profile returns the company's settings. Before the set-up it fails with kind NotFound; kind Unavailable means
	// that the module cannot answer.
	Profile(ctx context.Context) (CompanyProfile, error)
}

// Access gives and takes the access of the person behind an employee. Both may be called again with the same effect, and
// do nothing for somebody who cannot sign in anyway.
type Access interface {
	// Revoke closes the person's account and ends every session before it returns: the next request is refused on every
	// replica. It fails with kind Conflict when nobody else could administer the system.
	Revoke(ctx context.Context, leaver employee.ID) error

	// Restore opens an account again that Revoke closed. An account that an administrator disabled stays closed.
	Restore(ctx context.Context, leaver employee.ID) error
}
