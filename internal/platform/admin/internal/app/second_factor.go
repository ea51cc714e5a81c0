package app

import (
	"context"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// SecondFactor says whether somebody signs in with an authenticator besides the password.
type SecondFactor struct {
	Enabled           bool      `json:"enabled"`
	Since             time.Time `json:"since,omitzero"`
	RecoveryCodesLeft int       `json:"recoveryCodesLeft" doc:"Each lets in once without the authenticator"`
	Passkeys          int       `json:"passkeys" doc:"How many passkeys they have"`
}

// Enrolment is what an authenticator needs to know. It counts once a code has confirmed it.
type Enrolment struct {
	Secret  string       `json:"secret" doc:"To be typed where no picture can be taken"`
	Address string       `json:"address" doc:"What the picture says"`
	Picture auth.Picture `json:"picture" doc:"QR code as the path of an SVG of size by size units"`
}

// RecoveryCodes are shown once; only their hashes are kept.
type RecoveryCodes struct {
	Codes []string `json:"codes"`
}

// MySecondFactor tells the caller about their own.
func (a *App) MySecondFactor(ctx context.Context) (SecondFactor, error) {
	return a.SecondFactor(ctx, admin.UserID(auth.From(ctx).UserID))
}

// SecondFactor tells about somebody's.
func (a *App) SecondFactor(ctx context.Context, user admin.UserID) (SecondFactor, error) {
	if _, err := a.users.ByID(ctx, user); err != nil {
		return SecondFactor{}, err
	}
	keys, err := a.keyrings.Of(ctx, user)
	if err != nil {
		return SecondFactor{}, err
	}
	factor, err := a.factors.Of(ctx, user)
	if err != nil || !factor.Needed() {
		return SecondFactor{Passkeys: len(keys)}, err
	}
	left, err := a.factors.CodesLeft(ctx, user)
	return SecondFactor{Enabled: true, Since: *factor.ConfirmedAt, RecoveryCodesLeft: left, Passkeys: len(keys)}, err
}

// BeginSecondFactor draws a secret for the caller's authenticator. The password is asked again: a browser left open must
// not be enough to lock its owner out.
func (a *App) BeginSecondFactor(ctx context.Context, password string) (Enrolment, error) {
	user, err := a.caller(ctx)
	if err != nil {
		return Enrolment{}, err
	}
	attempt, err := a.recheck(ctx, user, password)
	if err != nil {
		return Enrolment{}, err
	}
	secret, err := auth.DrawTOTP()
	if err != nil {
		return Enrolment{}, err
	}
	sealed, err := a.box.Seal(user.ID.String(), []byte(secret))
	if err != nil {
		return Enrolment{}, err
	}
	err = a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		a.attempts.Succeeded(tx, attempt)
		found, err := a.factors.Lock(tx, user.ID)
		if err != nil {
			return err
		}
		if found.Needed() {
			return fault.New(fault.Conflict, "second-factor-exists", "You have a second factor already. Remove it first.")
		}
		return a.factors.Begin(tx, &domain.SecondFactor{UserID: user.ID, Secret: sealed, CreatedAt: a.now()})
	})
	if err != nil {
		return Enrolment{}, err
	}
	return a.enrolment(ctx, secret, user)
}

func (a *App) enrolment(ctx context.Context, secret string, user domain.User) (Enrolment, error) {
	company, err := a.companies.Load(ctx)
	if err != nil {
		return Enrolment{}, err
	}
	out := Enrolment{Secret: secret, Address: auth.TOTPAddress(secret, clipped(company.Name), user.Email)}
	out.Picture, err = auth.DrawQR(out.Address)
	return out, err
}

// clipped keeps a long name of the company from making a picture that no telephone reads.
func clipped(name string) string {
	runes := []rune(name)
	return string(runes[:min(len(runes), 40)])
}

// ConfirmSecondFactor makes the authenticator count, ends the caller's other sessions, and gives the recovery codes.
func (a *App) ConfirmSecondFactor(ctx context.Context, code string) (RecoveryCodes, error) {
	return a.withCodes(ctx, func(ctx context.Context, tx *database.Tx, user domain.User, factor domain.SecondFactor) error {
		if factor.Needed() || factor.Secret == nil {
			return fault.New(fault.Conflict, "nothing-to-confirm", "There is no new authenticator to confirm. Begin again.")
		}
		if !a.matches(ctx, &factor, code) {
			return wrongCode()
		}
		factor.Confirm(factor.LastStep, a.now())
		a.sessions.Strengthen(tx, auth.From(ctx).SessionID)
		if err := a.factors.Save(tx, &factor); err != nil {
			return err
		}
		if _, err := a.sessions.EndAll(ctx, tx, auth.UserID(user.ID), auth.From(ctx).SessionID); err != nil {
			return err
		}
		return recordFactor(tx, "second-factor.enable", user)
	})
}

// RenewRecoveryCodes gives other recovery codes in place of all before.
func (a *App) RenewRecoveryCodes(ctx context.Context, password, code string) (RecoveryCodes, error) {
	if err := a.proveBoth(ctx, password); err != nil {
		return RecoveryCodes{}, err
	}
	return a.withCodes(ctx, func(ctx context.Context, tx *database.Tx, user domain.User, factor domain.SecondFactor) error {
		if err := a.useCode(ctx, tx, user, factor, code); err != nil {
			return err
		}
		return recordFactor(tx, "second-factor.renew-codes", user)
	})
}

// withCodes runs a change that a code has to allow, bounded like signing in, and puts new recovery codes in force.
func (a *App) withCodes(ctx context.Context, change func(context.Context, *database.Tx, domain.User, domain.SecondFactor) error) (RecoveryCodes, error) {
	codes, err := auth.DrawRecoveryCodes()
	if err != nil {
		return RecoveryCodes{}, err
	}
	err = a.changeFactor(ctx, func(ctx context.Context, tx *database.Tx, user domain.User, factor domain.SecondFactor) error {
		if err := change(ctx, tx, user, factor); err != nil {
			return err
		}
		hashes := make([][]byte, len(codes))
		for i, code := range codes {
			hashes[i] = auth.HashRecoveryCode(auth.UserID(user.ID), code)
		}
		a.factors.SetCodes(tx, user.ID, hashes)
		return nil
	})
	if err != nil {
		return RecoveryCodes{}, err
	}
	return RecoveryCodes{Codes: codes}, nil
}

// RemoveSecondFactor takes the caller's own away again.
func (a *App) RemoveSecondFactor(ctx context.Context, password, code string) error {
	if err := a.proveBoth(ctx, password); err != nil {
		return err
	}
	return a.changeFactor(ctx, func(ctx context.Context, tx *database.Tx, user domain.User, factor domain.SecondFactor) error {
		if err := a.useCode(ctx, tx, user, factor, code); err != nil {
			return err
		}
		if _, err := a.factors.Remove(tx, user.ID); err != nil {
			return err
		}
		return recordFactor(tx, "second-factor.remove", user)
	})
}

// changeFactor counts a try before the code is looked at, and as a good one only when the change is made.
func (a *App) changeFactor(ctx context.Context, change func(context.Context, *database.Tx, domain.User, domain.SecondFactor) error) error {
	user, err := a.caller(ctx)
	if err != nil {
		return err
	}
	attempt, err := a.attempts.Begin(ctx, user.Email, auth.Address(ctx))
	if err != nil {
		return err
	}
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		a.attempts.Succeeded(tx, attempt)
		factor, err := a.factors.Lock(tx, user.ID)
		if err != nil {
			return err
		}
		return change(ctx, tx, user, factor)
	})
}

// ResetSecondFactor takes authenticator and passkeys of somebody away who has lost them, and ends their sessions.
func (a *App) ResetSecondFactor(ctx context.Context, user admin.UserID) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return err
		}
		if err := a.mustCover(ctx, snapshot.Rights(rbac.Person(user))); err != nil {
			return err
		}
		found, err := a.users.Lock(tx, user)
		if err != nil {
			return err
		}
		return a.dropFactor(ctx, tx, found)
	})
}

// dropFactor takes a second factor away on behalf of somebody else.
func (a *App) dropFactor(ctx context.Context, tx *database.Tx, user domain.User) error {
	removed, err := a.factors.Remove(tx, user.ID)
	if err != nil {
		return err
	}
	keys, err := a.keyrings.DeleteAll(tx, user.ID)
	if err != nil || (!removed && keys == 0) {
		return err
	}
	if _, err := a.sessions.EndAll(ctx, tx, auth.UserID(user.ID), auth.From(ctx).SessionID); err != nil {
		return err
	}
	return recordFactor(tx, "second-factor.reset", user)
}

func recordFactor(tx *database.Tx, action string, user domain.User) error {
	return audit.Record(tx, audit.Entry{Action: action, Subject: "user", SubjectID: user.ID.String(), Label: user.Name})
}
