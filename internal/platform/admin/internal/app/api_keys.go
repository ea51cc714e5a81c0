package app

import (
	"context"
	"maps"
	"slices"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/admin/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
)

// KeyID names an API key.
type KeyID = id.Of[domain.APIKey]

// APIKey is a key as its owner and the administrators see it.
type APIKey struct {
	ID         KeyID                 `json:"id"`
	Name       string                `json:"name"`
	Start      string                `json:"start" doc:"How the key begins, to tell it from others"`
	OwnerID    admin.UserID          `json:"ownerId"`
	Owner      string                `json:"owner" doc:"Whose rights bound the key's"`
	Grants     map[string]rbac.Scope `json:"grants" doc:"Scope by permission code; never more than the owner has at that moment"`
	PerMinute  int                   `json:"perMinute" doc:"Requests a minute; more are 429"`
	Status     string                `json:"status" enum:"active,expired,revoked"`
	CreatedAt  time.Time             `json:"createdAt"`
	ExpiresAt  time.Time             `json:"expiresAt"`
	RevokedAt  time.Time             `json:"revokedAt,omitzero"`
	LastUsedAt time.Time             `json:"lastUsedAt,omitzero" doc:"Within a minute"`
	LastUsedIP string                `json:"lastUsedIp,omitempty"`
}

// ListAPIKeys narrows the list of keys.
type ListAPIKeys struct {
	Q, Status string
	OwnerID   admin.UserID
	Page      page.Request
}

// ListAPIKeys pages through the keys that the caller may see: their own, or everybody's.
func (a *App) ListAPIKeys(ctx context.Context, in ListAPIKeys) (page.Of[APIKey], error) {
	only := keysOf(ctx)
	if !only.IsZero() && !in.OwnerID.IsZero() && in.OwnerID != only {
		return page.Of[APIKey]{Items: []APIKey{}}, nil
	}
	if only.IsZero() {
		only = in.OwnerID
	}
	rows, err := a.keys.List(ctx, store.KeyQuery{Q: in.Q, Status: in.Status, Of: only, Now: a.now(), Page: in.Page})
	if err != nil {
		return page.Of[APIKey]{}, err
	}
	out := page.Of[APIKey]{Items: make([]APIKey, len(rows.Items)), Next: rows.Next, Total: rows.Total, TotalCapped: rows.TotalCapped}
	for i, row := range rows.Items {
		out.Items[i] = keyView(row, a.now())
	}
	return out, nil
}

// APIKey shows one key; somebody else's is not found unless the caller may see all.
func (a *App) APIKey(ctx context.Context, key KeyID) (APIKey, error) {
	row, err := a.keys.ByID(ctx, key, keysOf(ctx))
	return keyView(row, a.now()), err
}

// keysOf is whose keys the caller may touch; zero means everybody's.
func keysOf(ctx context.Context) admin.UserID {
	if auth.ScopeOf(ctx, CanManageKeys) == rbac.All {
		return admin.UserID{}
	}
	return admin.UserID(auth.From(ctx).UserID)
}

func keyView(row store.KeyRow, now time.Time) APIKey {
	view := APIKey{
		ID: row.ID, Name: row.Name, Start: row.Start, OwnerID: row.UserID, Owner: row.Owner, Grants: scopesOf(row.Grants),
		PerMinute: row.PerMinute, Status: row.Status(now), CreatedAt: row.CreatedAt, ExpiresAt: row.ExpiresAt, LastUsedIP: row.UsedIP,
	}
	if row.RevokedAt != nil {
		view.RevokedAt = *row.RevokedAt
	}
	if row.UsedAt != nil {
		view.LastUsedAt = *row.UsedAt
	}
	return view
}

func scopesOf(grants map[string]string) map[string]rbac.Scope {
	out := make(map[string]rbac.Scope, len(grants))
	for code, name := range grants {
		if scope, err := rbac.ParseScope(name); err == nil {
			out[code] = scope
		}
	}
	return out
}

// CreateAPIKey is the input of a new key.
type CreateAPIKey struct {
	Name      string                `json:"name" minLength:"1" maxLength:"100" doc:"What the program is called"`
	Grants    map[string]rbac.Scope `json:"grants" doc:"Scope by permission code; at most what the caller has"`
	Days      int                   `json:"days,omitempty" minimum:"1" maximum:"365" doc:"How long it works; 90 days unless said"`
	PerMinute int                   `json:"perMinute,omitempty" minimum:"1" maximum:"6000" doc:"Requests a minute; 600 unless said"`
}

// MadeAPIKey is a key just made. The secret stands in the first answer only: it is kept nowhere, not for a repeated
// request either.
type MadeAPIKey struct {
	APIKey
	Secret string `json:"secret,omitempty" doc:"Send it as Authorization: Bearer. It cannot be had again"`
}

// KeyPermissions lists what the caller can give to a key, each as far as they have it.
func (a *App) KeyPermissions(ctx context.Context) (PermissionList, error) {
	rights := auth.RightsOf(ctx)
	out := PermissionList{Items: []rbac.Permission{}}
	for _, permission := range withScopes(a.policy.Permissions()) {
		permission.Scopes = slices.DeleteFunc(slices.Clone(permission.Scopes), func(s rbac.Scope) bool { return s > rights.Scope(permission.Code) })
		if !permission.PersonOnly && len(permission.Scopes) > 0 {
			out.Items = append(out.Items, permission)
		}
	}
	return out, nil
}

// maxKeys bounds how many working keys somebody has.
const maxKeys = 50

// CreateAPIKey makes a key for the caller, with some of the caller's rights.
func (a *App) CreateAPIKey(ctx context.Context, in CreateAPIKey) (MadeAPIKey, error) {
	who := auth.From(ctx)
	wish := domain.KeyWish{Name: in.Name, Days: in.Days, PerMinute: in.PerMinute, Grants: map[string]string{}}
	for code, scope := range in.Grants {
		if scope != rbac.None {
			wish.Grants[code] = scope.String()
		}
	}
	key, err := domain.NewAPIKey(admin.UserID(who.UserID), wish, a.now())
	if err != nil {
		return MadeAPIKey{}, err
	}
	if err := a.checkKeyGrants(ctx, in.Grants); err != nil {
		return MadeAPIKey{}, err
	}
	drawn, err := auth.DrawKey()
	if err != nil {
		return MadeAPIKey{}, err
	}
	key.Start, key.SecretHash = drawn.Start, drawn.Hash
	out, err := database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (MadeAPIKey, error) {
		view, err := a.keepKey(tx, key)
		if err != nil {
			return MadeAPIKey{}, err
		}
		return MadeAPIKey{APIKey: view}, a.tellOwner(ctx, tx, key.UserID, domain.KeyMade, view.ID.String(), view.Name)
	})
	if err != nil {
		return MadeAPIKey{}, err
	}
	if out.Start == drawn.Start { // not an answer that was kept before
		out.Secret = drawn.Secret
	}
	return out, nil
}

func (a *App) keepKey(tx *database.Tx, key domain.APIKey) (APIKey, error) {
	owner, err := a.users.Lock(tx, key.UserID)
	if err != nil {
		return APIKey{}, err
	}
	have, err := a.keys.CountActive(tx, key.UserID, a.now())
	if err != nil {
		return APIKey{}, err
	}
	if have >= maxKeys {
		return APIKey{}, fault.New(fault.Conflict, "too-many-keys", "You have %d working keys. Revoke one first.", have)
	}
	if err := a.keys.Insert(tx, &key); err != nil {
		return APIKey{}, err
	}
	view := keyView(store.KeyRow{APIKey: key, Owner: owner.Name}, a.now())
	return view, recordKey(tx, "api-key.create", key, nil, view)
}

// checkKeyGrants tells what a key cannot be given, all at once.
func (a *App) checkKeyGrants(ctx context.Context, grants map[string]rbac.Scope) error {
	if err := a.checkScopes(grants); err != nil {
		return err
	}
	var p fault.Problems
	rights := auth.RightsOf(ctx)
	for _, code := range slices.Sorted(maps.Keys(grants)) {
		permission, _ := a.policy.Permission(code)
		switch {
		case permission.PersonOnly:
			p.Add("body.grants."+code, "cannot be given to a key: it needs a person who is signed in")
		case rights.Scope(code) < grants[code]:
			p.Add("body.grants."+code, "is more than you may do yourself")
		}
	}
	return p.Err()
}

// RevokeAPIKey ends a key at once on every replica. Ending it twice is fine.
func (a *App) RevokeAPIKey(ctx context.Context, key KeyID) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		found, err := a.keys.Lock(tx, key, keysOf(ctx))
		if err != nil || !found.Revoke(admin.UserID(auth.From(ctx).UserID), a.now()) {
			return err
		}
		if err := a.keys.SaveRevoked(tx, &found); err != nil {
			return err
		}
		return recordKey(tx, "api-key.revoke", found, nil, nil)
	})
}

func recordKey(tx *database.Tx, action string, key domain.APIKey, before, after any) error {
	return audit.Record(tx, audit.Entry{
		Action: action, Subject: "api-key", SubjectID: key.ID.String(), Label: key.Name + ", " + key.Start, Before: before, After: after,
	})
}
