package auth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// Keys lets programs act for the person who made the key, with some of that person's rights. Like a session's, what the
// database says of a key is remembered for a moment that every change waits out.
type Keys struct {
	db       *database.DB
	policy   *rbac.Policy
	sessions *Sessions
	now      func() time.Time
	budget   *budget

	remembered memory[foundKey]
}

// NewKeys returns the keys kept in the platform's schema. Requests without one are left to the sessions.
func NewKeys(db *database.DB, policy *rbac.Policy, sessions *Sessions, now func() time.Time) *Keys {
	return &Keys{db: db, policy: policy, sessions: sessions, now: now, budget: newBudget(db)}
}

// Authenticate is the Authenticator of keys and sessions. A request with a bearer token is the key's or nobody's.
func (k *Keys) Authenticate(r *http.Request) (context.Context, error) {
	token, ok := bearer(r)
	if !ok {
		return k.sessions.Authenticate(r)
	}
	ctx := r.Context()
	if !wellFormed(token) {
		return ctx, badKey()
	}
	found, err := k.find(ctx, secretHash(hashToken(token)))
	if errors.Is(err, pgx.ErrNoRows) {
		return ctx, badKey()
	}
	if err != nil {
		return ctx, database.Fault(fmt.Errorf("find API key: %w", err))
	}
	if err := k.policy.AtLeast(ctx, found.policyVersion); err != nil {
		return ctx, err
	}
	if err := k.budget.spend(ctx, found.principal.KeyID, found.perMinute, k.now()); err != nil {
		return ctx, err
	}
	if found.bare && (found.everybody || k.policy.Snapshot().HoldsAny(rbac.Person(found.principal.UserID), found.strict)) {
		found.principal.Wait = WaitSetUp
	}
	var rights *rbac.Rights
	if !found.mustChange && found.principal.Wait == "" {
		rights = k.policy.Rights(rbac.Person(found.principal.UserID)).Within(rbac.NewRights(found.grants))
	}
	return With(ctx, found.principal, rights), nil
}

func badKey() error {
	return fault.New(fault.Unauthenticated, "key-refused", "This API key does not exist, has expired or was revoked.")
}

type foundKey struct {
	principal     Principal
	grants        map[string]rbac.Scope
	perMinute     int
	mustChange    bool
	bare          bool     // the owner has no second factor
	strict        []string // roles that need one
	everybody     bool     // whatever their role
	policyVersion int64
	expires       time.Time
}

// find answers pgx.ErrNoRows for a secret that no living key has.
func (k *Keys) find(ctx context.Context, hash secretHash) (foundKey, error) {
	if found, ok := k.remembered.get(hash); ok && found.expires.After(k.now()) {
		return found, nil
	}
	asked := time.Now()
	found, err := k.read(ctx, hash)
	if err == nil {
		k.remembered.put(hash, found, asked)
	}
	return found, err
}

// read takes key, owner and the policy's version in one statement, so that they belong together.
func (k *Keys) read(ctx context.Context, hash secretHash) (foundKey, error) {
	var key, user uuid.UUID
	var employee *uuid.UUID
	var name, start string
	var grants []byte
	found := foundKey{principal: Principal{Kind: KindKey}}
	err := k.db.Pool().QueryRow(ctx, `
		SELECT k.id, k.name, k.start, k.grants, k.per_minute, u.id, u.employee_id, u.name, u.email, u.must_change,
			NOT EXISTS (SELECT FROM second_factor f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
				AND NOT EXISTS (SELECT FROM passkey p WHERE p.user_id = u.id),
			ARRAY(SELECT code FROM role WHERE second_factor), EXISTS (SELECT FROM sign_in_rule WHERE second_factor), (SELECT version FROM policy_version),
			k.expires_at
		FROM api_key k JOIN user_account u ON u.id = k.user_id
		WHERE k.secret_hash = $1 AND k.revoked_at IS NULL AND k.expires_at > $2 AND u.status = 'active'`, hash[:], k.now()).
		Scan(&key, &name, &start, &grants, &found.perMinute, &user, &employee, &found.principal.Name, &found.principal.Email,
			&found.mustChange, &found.bare, &found.strict, &found.everybody, &found.policyVersion, &found.expires)
	if err != nil {
		return foundKey{}, err
	}
	if found.grants, err = readGrants(ctx, grants); err != nil {
		return foundKey{}, err
	}
	found.principal.KeyID, found.principal.UserID, found.principal.KeyName = KeyID(key), UserID(user), name+", "+start
	if employee != nil {
		found.principal.EmployeeID = PersonID(*employee)
	}
	return found, nil
}

func readGrants(ctx context.Context, stored []byte) (map[string]rbac.Scope, error) {
	grants := map[string]rbac.Scope{}
	if err := json.Unmarshal(stored, &grants); err != nil {
		slog.ErrorContext(ctx, "cannot read what an API key may do", "error", err)
		return nil, fmt.Errorf("read grants of an API key: %w", err)
	}
	return grants, nil
}
