package app

import (
	"context"
	"errors"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// refusedSignIn is what the audit trail keeps of a try that let nobody in: neither password nor code.
type refusedSignIn struct {
	Method auth.Method `json:"method"`
	Reason string      `json:"reason"`
}

// noteRefused writes a refused try to sign in to the audit trail, and gives the refusal back; what is no refusal passes.
// A try comes here only after auth.Attempts has counted it, so that nobody fills the trail faster than they may guess.
// email is what was tried where there is no account.
func (a *App) noteRefused(ctx context.Context, user domain.User, email string, method auth.Method, refusal error) error {
	var said *fault.Error
	if !errors.As(refusal, &said) || said.Kind != fault.Unauthenticated || said.Code == codeRequired {
		return refusal
	}
	entry := audit.Entry{Action: "session.refuse", Subject: "user", Label: user.Name, After: refusedSignIn{Method: method, Reason: reasonOf(user, said.Code)}}
	switch {
	case !user.ID.IsZero():
		entry.SubjectID = user.ID.String()
	case domain.ValidEmail(email):
		entry.Label = email
	default: // people type passwords into the field above
		entry.Label = "?"
	}
	err := a.db.Tx(auth.With(ctx, auth.Principal{}, nil), func(_ context.Context, tx *database.Tx) error { return audit.Record(tx, entry) })
	if err != nil {
		return err
	}
	return refusal
}

// reasonOf tells the trail what the answer does not tell.
func reasonOf(user domain.User, code string) string {
	switch {
	case code != codeWrongCredentials:
		return code
	case user.ID.IsZero():
		return "unknown-address"
	case !user.CanSignIn():
		return "account-closed"
	default:
		return "wrong-password"
	}
}

// noteWrongRecheck keeps that somebody who is signed in did not know the password: the browser may be in other hands.
func (a *App) noteWrongRecheck(ctx context.Context, user domain.User) error {
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		return audit.Record(tx, audit.Entry{Action: "session.refuse-recheck", Subject: "user", SubjectID: user.ID.String(), Label: user.Name})
	})
}
