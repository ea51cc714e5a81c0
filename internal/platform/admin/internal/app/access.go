package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Revoke closes the account behind a leaver and ends its sessions.
func (a *App) Revoke(ctx context.Context, leaver employee.ID) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return a.RevokeIn(ctx, tx, leaver) })
}

// RevokeIn does the same in a transaction of this module, for the event that says somebody has left.
func (a *App) RevokeIn(ctx context.Context, tx *database.Tx, leaver employee.ID) error {
	return a.switchAccess(ctx, tx, leaver, "user.revoke", (*domain.User).Revoke)
}

// Restore opens the account again that Revoke closed.
func (a *App) Restore(ctx context.Context, leaver employee.ID) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		return a.switchAccess(ctx, tx, leaver, "user.restore", (*domain.User).Restore)
	})
}

func (a *App) switchAccess(ctx context.Context, tx *database.Tx, who employee.ID, action string, change func(*domain.User) bool) error {
	snapshot, err := a.policy.Locked(ctx, tx)
	if err != nil {
		return err
	}
	user, err := a.users.LockByEmployee(tx, who)
	if fault.Is(err, fault.NotFound) {
		return nil // somebody without an account has no access to take
	}
	if err != nil {
		return err
	}
	before := user.View(nil)
	if !change(&user) {
		return nil
	}
	if err := a.saveUser(ctx, tx, &user, snapshot); err != nil {
		return err
	}
	return record(tx, action, &user, before, user.View(nil))
}
