package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// ChangeIdentity keeps who somebody is to authorities as it is told now. The audit trail says that it changed, not to what.
func (a *App) ChangeIdentity(ctx context.Context, id employee.ID, version int, in Identity) (Profile, error) {
	in.Tidy()
	var p fault.Problems
	in.Check(&p, "body", a.today())
	if err := p.Err(); err != nil {
		return Profile{}, err
	}
	return a.changeGroup(ctx, id, version, CanEditIdentity, "employee.change-identity", func(tx *database.Tx) error { return store.SaveIdentity(tx, id, in) })
}

// ChangeBankAccount keeps where somebody's pay goes to. The audit trail says that it changed, not to what.
func (a *App) ChangeBankAccount(ctx context.Context, id employee.ID, version int, in BankAccount) (Profile, error) {
	in.Tidy()
	var p fault.Problems
	in.Check(&p, "body")
	if err := p.Err(); err != nil {
		return Profile{}, err
	}
	return a.changeGroup(ctx, id, version, CanEditBank, "employee.change-bank", func(tx *database.Tx) error { return store.SaveBankAccount(tx, id, in) })
}

// changeGroup changes a guarded group of facts of somebody inside the caller's reach. What is in it is told to nobody: it
// stands in no event, and in the trail without its values.
func (a *App) changeGroup(ctx context.Context, id employee.ID, version int, permission rbac.Permission, action string, save func(*database.Tx) error) (Profile, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Profile, error) {
		e, err := a.open(ctx, tx, id, version, permission)
		if err != nil {
			return Profile{}, err
		}
		if err := save(tx); err != nil {
			return Profile{}, err
		}
		if err := store.UpdateEmployee(tx, &e); err != nil {
			return Profile{}, err
		}
		if err := audit.Record(tx, audit.Entry{Action: action, Subject: "employee", SubjectID: id.String(), Label: e.Label()}); err != nil {
			return Profile{}, err
		}
		return a.view(ctx, tx, id)
	})
}
