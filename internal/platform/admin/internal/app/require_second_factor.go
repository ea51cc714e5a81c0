package app

import (
	"context"

	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/rbac"
)

// RequireSecondFactor decides whether whoever holds the role must have a second factor. It holds from the next request
// on: who has none is led to set one up, and can do nothing else until then; neither can their API keys.
func (a *App) RequireSecondFactor(ctx context.Context, code string, version int, required bool) (Role, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Role, error) {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return Role{}, err
		}
		role, err := a.roles.Lock(tx, code)
		if err != nil {
			return Role{}, err
		}
		if err := stale(version, role.Version, "role"); err != nil {
			return Role{}, err
		}
		if err := a.mustCover(ctx, snapshot.RoleRights(rbac.Role(code))); err != nil {
			return Role{}, err
		}
		before := roleView(role, snapshot, snapshot.Members())
		if role.SecondFactor == required {
			return before, nil
		}
		role.SecondFactor = required
		if err := a.roles.Update(tx, &role, a.now()); err != nil {
			return Role{}, err
		}
		after := roleView(role, snapshot, snapshot.Members())
		return after, audit.Record(tx, audit.Entry{
			Action: "role.require-second-factor", Subject: "role", SubjectID: code, Label: role.Name, Before: before, After: after,
		})
	})
}
