package auth

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// Standing tells what somebody may do at this moment who began something earlier that goes on without them. It fails with
// kind Forbidden for somebody whose account was closed, or whose key is no longer good, and with kind Unavailable when
// nobody can say.
type Standing func(ctx context.Context, who Principal) (Principal, *rbac.Rights, error)

// NewStanding asks where people sign in: the accounts, the keys and the policy as they are committed.
func NewStanding(db *database.DB, policy *rbac.Policy, now func() time.Time) Standing {
	return func(ctx context.Context, who Principal) (Principal, *rbac.Rights, error) {
		found, err := standingOf(ctx, db, who, now())
		if errors.Is(err, pgx.ErrNoRows) {
			return who, nil, fault.New(fault.Forbidden, "no-longer-admitted", "Whoever began this can no longer sign in, so that nothing more is done in their name.")
		}
		if err != nil {
			return who, nil, database.Fault(fmt.Errorf("find who acts: %w", err))
		}
		if err := policy.AtLeast(ctx, found.policyVersion); err != nil {
			return who, nil, err
		}
		byProvider := who.Kind == KindUser && who.Method == ByProvider // which has a password and a second factor of its own
		waits := found.mustChange || found.bare && policy.Snapshot().HoldsAny(rbac.Person(who.UserID), found.strict)
		if waits && !byProvider {
			return found.principal, nil, nil
		}
		rights := policy.Rights(rbac.Person(who.UserID))
		if who.Kind == KindKey {
			rights = rights.Within(rbac.NewRights(found.grants))
		}
		return found.principal, rights, nil
	}
}

// standingOf reads person, key and the policy's version in one statement, so that they belong together.
func standingOf(ctx context.Context, db *database.DB, who Principal, now time.Time) (foundKey, error) {
	found := foundKey{principal: who}
	var employee *uuid.UUID
	var grants []byte
	err := db.Pool().QueryRow(ctx, `
		SELECT u.employee_id, u.name, u.email, u.must_change, k.grants,
			NOT EXISTS (SELECT FROM second_factor f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
				AND NOT EXISTS (SELECT FROM passkey p WHERE p.user_id = u.id),
			ARRAY(SELECT code FROM role WHERE second_factor), (SELECT version FROM policy_version)
		FROM user_account u LEFT JOIN api_key k ON k.id = $2 AND k.user_id = u.id AND k.revoked_at IS NULL AND k.expires_at > $3
		WHERE u.id = $1 AND u.status = 'active' AND ($2::uuid IS NULL OR k.id IS NOT NULL)`,
		who.UserID.String(), nullable(who.KeyID.String()), now).
		Scan(&employee, &found.principal.Name, &found.principal.Email, &found.mustChange, &grants, &found.bare, &found.strict, &found.policyVersion)
	if err != nil {
		return found, err
	}
	found.principal.EmployeeID = PersonID{}
	if employee != nil {
		found.principal.EmployeeID = PersonID(*employee)
	}
	if grants != nil {
		found.grants, err = readGrants(ctx, grants)
	}
	return found, err
}

type awayKey struct{}

// Act returns a context in which the person acts with the rights that they hold at this moment. task says which part of
// the program does the work: what it has to ask other processes for, it asks as itself, for the person is not there to
// show a passport.
func (s Standing) Act(ctx context.Context, who Principal, task string) (context.Context, error) {
	who, rights, err := s(ctx, who)
	if err != nil {
		return ctx, err
	}
	return With(context.WithValue(ctx, awayKey{}, task), who, rights), nil
}
