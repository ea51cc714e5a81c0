package app

import (
	"cmp"
	"context"
	"log/slog"
	"time"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// secondStep is the second step of signing in: nothing for whoever has no second factor. strong says that one was shown.
func (a *App) secondStep(ctx context.Context, tx *database.Tx, user domain.User, code string) (strong bool, err error) {
	factor, err := a.factors.Lock(tx, user.ID)
	if err != nil || !factor.Needed() {
		return false, err
	}
	if code == "" {
		return false, fault.New(fault.Unauthenticated, codeRequired, "Enter the code that your authenticator shows.")
	}
	err = a.useCode(ctx, tx, user, factor, code)
	if fault.Is(err, fault.Invalid) {
		return false, fault.New(fault.Unauthenticated, "wrong-code", "This code is wrong or was used already.")
	}
	return err == nil, err
}

const codeRequired = "second-factor-required"

// useCode uses a code of the authenticator, or a recovery code, up.
func (a *App) useCode(ctx context.Context, tx *database.Tx, user domain.User, factor domain.SecondFactor, code string) error {
	if !factor.Needed() {
		return fault.New(fault.Conflict, "no-second-factor", "You have no second factor.")
	}
	if a.matches(ctx, &factor, code) {
		return a.factors.Save(tx, &factor)
	}
	used, err := a.factors.UseCode(tx, user.ID, auth.HashRecoveryCode(auth.UserID(user.ID), code), a.now())
	if err != nil {
		return err
	}
	if !used {
		return wrongCode()
	}
	if err := recordFactor(tx, "second-factor.use-recovery-code", user); err != nil {
		return err
	}
	return a.tellOwner(ctx, tx, user.ID, domain.RecoveryCodeUsed, a.now().Format(time.RFC3339Nano), "")
}

// matches moves the factor to the code's step when it is right. A secret that does not open, because the installation's
// secret is another one since a restore, leaves the recovery codes and the administrator.
func (a *App) matches(ctx context.Context, factor *domain.SecondFactor, code string) bool {
	secret, err := a.box.Open(factor.UserID.String(), factor.Secret)
	if err != nil {
		slog.ErrorContext(ctx, "cannot read an authenticator's secret; is the file \"secret\" of the data folder the one from before?", "error", err)
		return false
	}
	step, ok := auth.TOTPStep(string(secret), code, factor.LastStep, a.now())
	if ok {
		factor.LastStep = step
	}
	return ok
}

func wrongCode() error {
	var p fault.Problems
	p.Add("body.code", "is wrong or was used already")
	return p.Err()
}

// recheck asks for the caller's password again, bounded like signing in.
func (a *App) recheck(ctx context.Context, user domain.User, password string) (auth.Attempt, error) {
	attempt, err := a.attempts.Begin(ctx, user.Email, auth.Address(ctx))
	if err != nil {
		return 0, err
	}
	ok, _, err := a.passwords.Matches(ctx, user.PasswordHash, password)
	if err == nil && !ok {
		var p fault.Problems
		p.Add("body.password", "is not your password")
		err = cmp.Or(a.noteWrongRecheck(ctx, user), p.Err())
	}
	return attempt, err
}

// proveBoth asks for the password where a code follows. The right password alone forgives no wrong codes.
func (a *App) proveBoth(ctx context.Context, password string) error {
	user, err := a.caller(ctx)
	if err != nil {
		return err
	}
	attempt, err := a.recheck(ctx, user, password)
	if err != nil {
		return err
	}
	return a.withdraw(ctx, attempt)
}
