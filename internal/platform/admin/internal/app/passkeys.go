package app

import (
	"context"
	"net/http"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/admin/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// PasskeyID names a passkey.
type PasskeyID = store.PasskeyID

// Passkey is a key that somebody's device keeps.
type Passkey struct {
	ID        PasskeyID `json:"id"`
	Name      string    `json:"name"`
	Synced    bool      `json:"synced" doc:"Its owner's other devices have it too"`
	CreatedAt time.Time `json:"createdAt"`
	UsedAt    time.Time `json:"usedAt,omitzero"`
}

// Passkeys is a list of passkeys.
type Passkeys struct {
	Items []Passkey `json:"items"`
}

// MyPasskeys lists the caller's own.
func (a *App) MyPasskeys(ctx context.Context) (Passkeys, error) {
	found, err := a.keyrings.Of(ctx, admin.UserID(auth.From(ctx).UserID))
	out := Passkeys{Items: make([]Passkey, len(found))}
	for i, key := range found {
		out.Items[i] = passkeyView(key)
	}
	return out, err
}

func passkeyView(key domain.Passkey) Passkey {
	view := Passkey{ID: key.ID, Name: key.Name, Synced: key.BackedUp, CreatedAt: key.CreatedAt}
	if key.UsedAt != nil {
		view.UsedAt = *key.UsedAt
	}
	return view
}

// Ceremony is a question to the browser's keys.
type Ceremony struct {
	Options string       `json:"options" doc:"JSON, as PublicKeyCredential.parse…OptionsFromJSON reads it"`
	Cookie  *http.Cookie `json:"-"`
}

func noPasskeys() error {
	return fault.New(fault.NotFound, "no-passkeys", "Passkeys do not work at this address: browsers want a name, and HTTPS.")
}

// BeginPasskey asks the caller's browser for a new passkey. It needs the password, or a sign-in a moment ago: a browser
// left open must not be enough to let somebody in for good.
func (a *App) BeginPasskey(ctx context.Context, password string) (Ceremony, error) {
	if a.passkeys == nil {
		return Ceremony{}, noPasskeys()
	}
	user, err := a.caller(ctx)
	if err != nil {
		return Ceremony{}, err
	}
	if err := a.prove(ctx, user, password); err != nil {
		return Ceremony{}, err
	}
	have, err := a.keyrings.Of(ctx, user.ID)
	if err != nil {
		return Ceremony{}, err
	}
	keys := make([]auth.Credential, len(have))
	for i, key := range have {
		keys[i] = credentialOf(key)
	}
	begun, err := a.passkeys.BeginRegistration(auth.UserID(user.ID), user.Email, user.Name, keys)
	return Ceremony(begun), err
}

// lately is how long a sign-in speaks for itself.
const lately = 5 * time.Minute

// prove asks for the password unless the caller has signed in a moment ago.
func (a *App) prove(ctx context.Context, user domain.User, password string) error {
	if password == "" {
		if a.now().Sub(auth.From(ctx).Since) <= lately {
			return nil
		}
		var p fault.Problems
		p.Add("body.password", "is needed, because you have signed in a while ago")
		return p.Err()
	}
	attempt, err := a.recheck(ctx, user, password)
	if err != nil {
		return err
	}
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		a.attempts.Succeeded(tx, attempt)
		return nil
	})
}

func credentialOf(key domain.Passkey) auth.Credential {
	return auth.Credential{
		ID: key.CredentialID, PublicKey: key.PublicKey, SignCount: uint32(key.SignCount), //nolint:gosec // because it was one when it was written
		BackupEligible: key.BackupEligible, BackedUp: key.BackedUp,
	}
}

// NewPasskey is the input of a passkey just made by the browser.
type NewPasskey struct {
	Name       string `json:"name" minLength:"1" maxLength:"100" doc:"What its owner calls it"`
	Credential string `json:"credential" minLength:"2" maxLength:"20000" doc:"JSON, as PublicKeyCredential.toJSON gives it"`
}

// AddPasskey keeps the passkey that the browser has made. The session counts as one with a second factor from now on.
func (a *App) AddPasskey(ctx context.Context, in NewPasskey, asked string) (Passkey, error) {
	if a.passkeys == nil {
		return Passkey{}, noPasskeys()
	}
	name, err := domain.PasskeyName(in.Name)
	if err != nil {
		return Passkey{}, err
	}
	user, err := a.caller(ctx)
	if err != nil {
		return Passkey{}, err
	}
	made, used, err := a.passkeys.FinishRegistration(auth.UserID(user.ID), asked, in.Credential)
	if err != nil {
		return Passkey{}, err
	}
	key := domain.Passkey{
		ID: id.New[domain.Passkey](), UserID: user.ID, Name: name, CredentialID: made.ID, PublicKey: made.PublicKey,
		SignCount: int64(made.SignCount), BackupEligible: made.BackupEligible, BackedUp: made.BackedUp, CreatedAt: a.now(),
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Passkey, error) {
		if err := a.answered.Use(ctx, tx, used.Once, used.Until); err != nil {
			return Passkey{}, err
		}
		if _, err := a.users.Lock(tx, user.ID); err != nil {
			return Passkey{}, err
		}
		if err := a.keyrings.Insert(tx, &key); err != nil {
			return Passkey{}, err
		}
		a.sessions.Strengthen(tx, auth.From(ctx).SessionID)
		if err := a.tellOwner(ctx, tx, user.ID, domain.PasskeyAdded, key.ID.String(), name); err != nil {
			return Passkey{}, err
		}
		return passkeyView(key), recordPasskey(tx, "passkey.add", user, name)
	})
}

type passkeyChange struct {
	Passkey string `json:"passkey"`
}

func recordPasskey(tx *database.Tx, action string, user domain.User, name string) error {
	return audit.Record(tx, audit.Entry{
		Action: action, Subject: "user", SubjectID: user.ID.String(), Label: user.Name, After: passkeyChange{Passkey: name},
	})
}

// RenamePasskey calls one of the caller's own otherwise.
func (a *App) RenamePasskey(ctx context.Context, key PasskeyID, name string) (Passkey, error) {
	name, err := domain.PasskeyName(name)
	if err != nil {
		return Passkey{}, err
	}
	user, err := a.caller(ctx)
	if err != nil {
		return Passkey{}, err
	}
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (Passkey, error) {
		found, err := a.keyrings.Lock(tx, user.ID, key)
		if err != nil {
			return Passkey{}, err
		}
		found.Name = name
		if err := a.keyrings.Update(tx, &found); err != nil {
			return Passkey{}, err
		}
		return passkeyView(found), recordPasskey(tx, "passkey.rename", user, name)
	})
}

// RemovePasskey takes one of the caller's own away: it lets nobody in any more.
func (a *App) RemovePasskey(ctx context.Context, key PasskeyID, password string) error {
	user, err := a.caller(ctx)
	if err != nil {
		return err
	}
	if err := a.prove(ctx, user, password); err != nil {
		return err
	}
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		found, err := a.keyrings.Lock(tx, user.ID, key)
		if err != nil {
			return err
		}
		if err := a.keyrings.Delete(tx, key); err != nil {
			return err
		}
		return recordPasskey(tx, "passkey.remove", user, found.Name)
	})
}
