package app

import (
	"context"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// ConfirmSignIn shows the second factor in a session that waits for it. The session ends, and one that waits for nothing
// begins, so that whoever has seen the old secret has nothing.
func (a *App) ConfirmSignIn(ctx context.Context, code string) (SignedIn, error) {
	user, err := a.caller(ctx)
	if err != nil {
		return SignedIn{}, err
	}
	attempt, err := a.attempts.Begin(ctx, user.Email, auth.Address(ctx))
	if err != nil {
		return SignedIn{}, err
	}
	method := auth.From(ctx).Method
	var started auth.Started
	err = a.signingIn(ctx, attempt, user, func(ctx context.Context, tx *database.Tx) error {
		strong, err := a.secondStep(ctx, tx, user, code)
		if err != nil {
			return err
		}
		if !strong {
			return fault.New(fault.Conflict, "no-second-factor", "You have no authenticator. Sign in with your passkey instead.")
		}
		started, err = a.letIn(ctx, tx, &user, auth.Way{Method: method, SecondFactor: true}, "")
		return err
	})
	if err != nil {
		return SignedIn{}, a.noteRefused(ctx, user, user.Email, method, err)
	}
	return a.signedIn(started, user), nil
}
