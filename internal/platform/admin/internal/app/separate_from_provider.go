package app

import (
	"context"

	"erp/internal/platform/admin"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
)

// SeparateFromProvider forgets who somebody is at the company's own sign-in service, because they have another account
// there now, or because somebody else has it. Their sessions end.
func (a *App) SeparateFromProvider(ctx context.Context, user admin.UserID) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return err
		}
		if err := a.mustCover(ctx, snapshot.Rights(person(user))); err != nil {
			return err
		}
		found, err := a.users.Lock(tx, user)
		if err != nil {
			return err
		}
		removed, err := a.identities.Remove(tx, user)
		if err != nil || !removed {
			return err
		}
		if _, err := a.sessions.EndAll(ctx, tx, auth.UserID(user), auth.From(ctx).SessionID); err != nil {
			return err
		}
		return record(tx, "user.separate-provider", &found, nil, nil)
	})
}
