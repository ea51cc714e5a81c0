package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
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
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Profile, error) {
		e, err := a.open(ctx, tx, id, version, CanEditContact)
		if err != nil {
			return Profile{}, err
		}
		if err := store.SaveContact(tx, id, in); err != nil {
			return Profile{}, err
		}
		if err := store.UpdateEmployee(tx, &e); err != nil {
			return Profile{}, err
		}
		if err := audit.Record(tx, audit.Entry{Action: "employee.change-contact", Subject: "employee", SubjectID: id.String(), Label: e.Label()}); err != nil {
			return Profile{}, err
		}
		return a.view(ctx, tx, id)
	})
}
