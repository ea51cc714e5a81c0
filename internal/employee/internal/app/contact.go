package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// ChangeContact keeps somebody's private contact as it is told now. The audit trail says that it changed, not to what.
func (a *App) ChangeContact(ctx context.Context, id employee.ID, version int, in Contact) (Profile, error) {
	in.Tidy()
	var p fault.Problems
	in.Check(&p, "body")
	if err := p.Err(); err != nil {
		return Profile{}, err
	}
	return a.changeGroup(ctx, id, version, CanEditContact, "employee.change-contact", func(tx *database.Tx) error { return store.SaveContact(tx, id, in) })
}
