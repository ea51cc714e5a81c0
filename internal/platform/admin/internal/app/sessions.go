package app

import (
	"context"

	"erp/internal/platform/admin"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Sessions is a list of living sessions.
type Sessions struct {
	Items []auth.Device `json:"items"`
}

// Sessions lists the living sessions of a user.
func (a *App) Sessions(ctx context.Context, user admin.UserID) (Sessions, error) {
	if _, err := a.users.ByID(ctx, user); err != nil {
		return Sessions{}, err
	}
	devices, err := a.sessions.Devices(ctx, auth.UserID(user))
	return Sessions{Items: devices}, err
}

// MySessions lists the caller's own.
func (a *App) MySessions(ctx context.Context) (Sessions, error) {
	devices, err := a.sessions.Devices(ctx, auth.From(ctx).UserID)
	return Sessions{Items: devices}, err
}

// EndSession ends one session of the user; NotFound when it is not alive.
func (a *App) EndSession(ctx context.Context, user admin.UserID, session auth.SessionID) error {
	found, err := a.users.ByID(ctx, user)
	if err != nil {
		return err
	}
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		ended, err := a.sessions.End(ctx, tx, auth.UserID(user), session)
		if err != nil {
			return err
		}
		if !ended {
			return fault.New(fault.NotFound, "no-such-session", "There is no such session; it may have ended already.")
		}
		return audit.Record(tx, audit.Entry{Action: "session.revoke", Subject: "user", SubjectID: user.String(), Label: found.Name})
	})
}

// EndMySession ends one of the caller's own.
func (a *App) EndMySession(ctx context.Context, session auth.SessionID) error {
	return a.EndSession(ctx, admin.UserID(auth.From(ctx).UserID), session)
}

// EndSessions ends every session of the user; of the caller's own all but this one.
func (a *App) EndSessions(ctx context.Context, user admin.UserID) error {
	found, err := a.users.ByID(ctx, user)
	if err != nil {
		return err
	}
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		n, err := a.sessions.EndAll(ctx, tx, auth.UserID(user), auth.From(ctx).SessionID)
		if err != nil || n == 0 {
			return err
		}
		return audit.Record(tx, audit.Entry{Action: "session.revoke-all", Subject: "user", SubjectID: user.String(), Label: found.Name})
	})
}

// EndMyOtherSessions ends all of the caller's sessions but this one.
func (a *App) EndMyOtherSessions(ctx context.Context) error {
	return a.EndSessions(ctx, admin.UserID(auth.From(ctx).UserID))
}

// SessionID names a session.
type SessionID = auth.SessionID
