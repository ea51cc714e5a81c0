package app

import (
	"context"
	"errors"
	"net/http"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// SignIn is the input of a sign-in.
type SignIn struct {
	Email    string `json:"email" minLength:"1" maxLength:"254"`
	Password string `json:"password" minLength:"1" maxLength:"1000"`
	Code     string `json:"code,omitempty" maxLength:"40" doc:"Second step: of the authenticator, or a recovery code"`
}

// SignedIn is who has just signed in.
type SignedIn struct {
	User   admin.User   `json:"user"`
	Cookie *http.Cookie `json:"-"`
}

const codeWrongCredentials = "wrong-credentials"

func wrongCredentials() error {
	return fault.New(fault.Unauthenticated, codeWrongCredentials, "The e-mail address or the password is wrong.")
}

// SignIn lets a person in by password. It never says whether an address is known, neither by its words nor by the time
// it takes.
func (a *App) SignIn(ctx context.Context, in SignIn) (SignedIn, error) {
	attempt, err := a.attempts.Begin(ctx, in.Email, auth.Address(ctx))
	if err != nil {
		return SignedIn{}, err
	}
	user, err := a.users.ByEmail(ctx, in.Email)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return SignedIn{}, err
	}
	ok, outdated, err := a.passwords.Matches(ctx, user.PasswordHash, in.Password)
	if err != nil {
		return SignedIn{}, err
	}
	if !ok || !user.CanSignIn() {
		return SignedIn{}, a.noteRefused(ctx, user, in.Email, auth.ByPassword, wrongCredentials())
	}
	if user.FirstPasswordIsOver(a.now()) { // said only to who knows it
		over := fault.New(fault.Unauthenticated, "first-password-over", "This first password was good for seven days. Ask an administrator for a new one, or for a link.")
		return SignedIn{}, a.noteRefused(ctx, user, in.Email, auth.ByPassword, over)
	}
	fresh := ""
	if outdated {
		if fresh, err = a.passwords.Hash(ctx, in.Password); err != nil {
			return SignedIn{}, err
		}
	}
	var started auth.Started
	err = a.signingIn(ctx, attempt, user, func(ctx context.Context, tx *database.Tx) error {
		strong, err := a.secondStep(ctx, tx, user, in.Code)
		if err != nil {
			return err
		}
		started, err = a.letIn(ctx, tx, &user, auth.Way{Method: auth.ByPassword, SecondFactor: strong}, fresh)
		return err
	})
	if err != nil {
		return SignedIn{}, a.noteRefused(ctx, user, in.Email, auth.ByPassword, a.askForCode(ctx, attempt, err))
	}
	return a.signedIn(started, user), nil
}

// signingIn runs what lets the person in, however they signed in: as the person, who is not the one that the browser may
// have been before, whose session ends.
func (a *App) signingIn(ctx context.Context, attempt auth.Attempt, user domain.User, let func(context.Context, *database.Tx) error) error {
	before := auth.From(ctx)
	return a.db.Tx(auth.With(ctx, principal(user), nil), func(ctx context.Context, tx *database.Tx) error {
		if err := let(ctx, tx); err != nil {
			return err
		}
		a.attempts.Succeeded(tx, attempt)
		if before.Kind != auth.KindUser {
			return nil
		}
		_, err := a.sessions.End(ctx, tx, before.UserID, before.SessionID) // the browser forgets it, so nobody may find it
		return err
	})
}

// letIn starts the session unless the account was closed, or its password changed, while the person was checked.
func (a *App) letIn(ctx context.Context, tx *database.Tx, user *domain.User, way auth.Way, freshHash string) (auth.Started, error) {
	checked := user.PasswordHash
	now, err := a.users.Lock(tx, user.ID)
	if err != nil {
		return auth.Started{}, err
	}
	if !now.CanSignIn() || now.PasswordHash != checked {
		return auth.Started{}, wrongCredentials()
	}
	at := a.now()
	now.LastSignInAt = &at
	if freshHash != "" {
		now.PasswordHash = freshHash
	}
	if err := a.users.Touch(tx, &now); err != nil {
		return auth.Started{}, err
	}
	*user = now
	started, err := a.sessions.Start(ctx, tx, auth.UserID(user.ID), way)
	if err != nil {
		return auth.Started{}, err
	}
	if err := events.Publish(tx, user.ID.String(), admin.SignedIn{UserID: user.ID, SessionID: id.Of[admin.Session](started.ID)}); err != nil {
		return auth.Started{}, err
	}
	return started, audit.Record(tx, audit.Entry{
		Action: "session.start", Subject: "user", SubjectID: user.ID.String(), Label: user.Name,
		After: sessionBegun{Method: way.Method, SecondFactor: way.SecondFactor},
	})
}

// sessionBegun is what the audit trail keeps of a sign-in.
type sessionBegun struct {
	Method       auth.Method `json:"method"`
	SecondFactor bool        `json:"secondFactor"`
}

// askForCode passes the error on. Being asked for a code is no failed try, but no good one either: it forgives no wrong
// codes of before.
func (a *App) askForCode(ctx context.Context, attempt auth.Attempt, asked error) error {
	var said *fault.Error
	if !errors.As(asked, &said) || said.Code != codeRequired {
		return asked
	}
	if err := a.withdraw(ctx, attempt); err != nil {
		return err
	}
	return asked
}

// withdraw takes back a try that was neither wrong nor yet the right person.
func (a *App) withdraw(ctx context.Context, attempt auth.Attempt) error {
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		a.attempts.Withdraw(tx, attempt)
		return nil
	})
}

func (a *App) signedIn(started auth.Started, user domain.User) SignedIn {
	return SignedIn{User: a.view(user), Cookie: a.sessions.Cookie(started, a.secure)}
}

// SignOut ends the caller's session, and gives the cookie that makes the browser forget it. Nobody being signed in is
// fine.
func (a *App) SignOut(ctx context.Context) (*http.Cookie, error) {
	who := auth.From(ctx)
	if who.Kind != auth.KindUser { // a program with a key has no session either
		return a.sessions.NoCookie(a.secure), nil
	}
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		ended, err := a.sessions.End(ctx, tx, who.UserID, who.SessionID)
		if err != nil || !ended {
			return err
		}
		return audit.Record(tx, audit.Entry{Action: "session.end", Subject: "user", SubjectID: who.UserID.String(), Label: who.Name})
	})
	return a.sessions.NoCookie(a.secure), err
}
