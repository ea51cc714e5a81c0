package app

import (
	"context"
	"errors"
	"net/http"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// BeginPasskeySignIn asks the browser for any passkey that it has for this place.
func (a *App) BeginPasskeySignIn(context.Context) (Ceremony, error) {
	if a.passkeys == nil {
		return Ceremony{}, noPasskeys()
	}
	begun, err := a.passkeys.BeginSignIn()
	return Ceremony(begun), err
}

// PasskeyAnswer is the input of a sign-in by passkey.
type PasskeyAnswer struct {
	Credential string `json:"credential" minLength:"2" maxLength:"20000" doc:"JSON, as PublicKeyCredential.toJSON gives it"`
}

// ForgetCeremony is the cookie that ends a question, whatever came of it.
func (a *App) ForgetCeremony() *http.Cookie { return a.passkeys.Forget() }

// SignInByPasskey lets in whoever holds the passkey. It counts as two factors: the device has it, and has checked whose
// it is. A passkey that counts backwards was copied, and lets nobody in.
func (a *App) SignInByPasskey(ctx context.Context, in PasskeyAnswer, asked string) (SignedIn, error) {
	if a.passkeys == nil {
		return SignedIn{}, noPasskeys()
	}
	address := auth.Address(ctx)
	attempt, err := a.attempts.Begin(ctx, "passkey from "+address, address)
	if err != nil {
		return SignedIn{}, err
	}
	who, key, used, err := a.passkeys.FinishSignIn(asked, in.Credential, func(credential []byte) (auth.UserID, auth.Credential, error) {
		found, err := a.keyrings.ByCredential(ctx, credential)
		return auth.UserID(found.UserID), credentialOf(found), err
	})
	if err != nil && !errors.Is(err, auth.ErrCloned) {
		return SignedIn{}, a.noteRefused(ctx, domain.User{}, "", auth.ByPasskey, err)
	}
	cloned := err != nil
	user, err := a.users.ByID(ctx, admin.UserID(who))
	if err != nil {
		return SignedIn{}, err
	}
	if cloned {
		return SignedIn{}, errors.Join(refusedClone(), a.noteClone(ctx, user, key))
	}
	if !user.CanSignIn() {
		closed := fault.New(fault.Unauthenticated, "account-closed", "This account is closed. Ask an administrator.")
		return SignedIn{}, a.noteRefused(ctx, user, user.Email, auth.ByPasskey, closed)
	}
	var started auth.Started
	err = a.signingIn(ctx, attempt, user, func(ctx context.Context, tx *database.Tx) error {
		if err := a.answered.Use(ctx, tx, used.Once, used.Until); err != nil {
			return err
		}
		if err := a.usePasskey(tx, key); err != nil {
			return err
		}
		started, err = a.letIn(ctx, tx, &user, auth.Way{Method: auth.ByPasskey, SecondFactor: true}, "")
		return err
	})
	if err != nil {
		return SignedIn{}, a.noteRefused(ctx, user, user.Email, auth.ByPasskey, err)
	}
	return a.signedIn(started, user), nil
}

func refusedClone() error {
	return fault.New(fault.Unauthenticated, "passkey-copied",
		"This passkey seems to have been copied. Sign in another way, and remove it under your security settings.")
}

// usePasskey keeps the counter. Another use may have come between: it must not go back.
func (a *App) usePasskey(tx *database.Tx, key auth.Credential) error {
	found, err := a.keyrings.LockByCredential(tx, key.ID)
	if fault.Is(err, fault.NotFound) {
		return wrongCredentials()
	}
	if err != nil {
		return err
	}
	if key.SignCount != 0 && int64(key.SignCount) <= found.SignCount {
		return refusedClone()
	}
	at := a.now()
	found.SignCount, found.BackedUp, found.UsedAt = int64(key.SignCount), key.BackedUp, &at
	return a.keyrings.Update(tx, &found)
}

// noteClone leaves a trace of a copied passkey.
func (a *App) noteClone(ctx context.Context, user domain.User, key auth.Credential) error {
	return a.db.Tx(auth.WithSystem(ctx, "admin.sign-in"), func(_ context.Context, tx *database.Tx) error {
		found, err := a.keyrings.LockByCredential(tx, key.ID)
		if err != nil {
			return err
		}
		return recordPasskey(tx, "passkey.refuse-copy", user, found.Name)
	})
}
