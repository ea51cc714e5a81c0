package auth

import (
	"context"
	"fmt"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
)

const lookupTimeout = 5 * time.Second

type foundSession struct {
	principal     Principal
	seen          time.Time
	mustChange    bool
	strong        bool     // a second factor was shown
	authenticator bool     // the person has one; not read when one was shown
	passkey       bool     // likewise
	strict        []string // roles that need a second factor; likewise
	everybody     bool     // whatever their role; likewise
	policyVersion int64
	expires       time.Time
}

// alive tells whether the session has neither come to its end nor been left alone for too long.
func (f foundSession) alive(now time.Time) bool {
	return f.expires.After(now) && f.seen.After(now.Add(-IdleFor))
}

// find answers pgx.ErrNoRows for a secret that no living session has. read tells that the database was asked just now.
func (s *Sessions) find(ctx context.Context, hash secretHash) (found foundSession, read bool, err error) {
	if found, ok := s.remembered.get(hash); ok && found.alive(s.now()) {
		return found, false, nil
	}
	asked := time.Now()
	found, known, err := s.lookups.Ask(ctx, hash)
	if err == nil && !known {
		err = pgx.ErrNoRows
	}
	if err != nil {
		return foundSession{}, false, err
	}
	s.remembered.put(hash, found, asked)
	return found, true, nil
}

// living reads the sessions with these secrets that are alive, by hash, together with the version of the policy: a request
// decides by rights no older than what was committed before it.
func (s *Sessions) living(ctx context.Context, secrets []secretHash) (map[secretHash]foundSession, error) {
	now := s.now()
	hashes := make([][]byte, len(secrets))
	for i := range secrets {
		hashes[i] = secrets[i][:]
	}
	rows, err := s.db.Pool().Query(ctx, `
		SELECT s.token_hash, s.id, u.id, u.employee_id, u.name, u.email, u.must_change AND s.method <> 'provider', s.seen_at, s.method,
			s.created_at, s.second_factor,
			NOT s.second_factor AND EXISTS (SELECT FROM second_factor f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL),
			NOT s.second_factor AND EXISTS (SELECT FROM passkey p WHERE p.user_id = u.id),
			CASE WHEN s.second_factor THEN '{}' ELSE ARRAY(SELECT code FROM role WHERE second_factor) END,
			NOT s.second_factor AND EXISTS (SELECT FROM sign_in_rule WHERE second_factor),
			(SELECT version FROM policy_version), s.expires_at
		FROM session s JOIN user_account u ON u.id = s.user_id
		WHERE s.token_hash = ANY($1) AND s.revoked_at IS NULL AND u.status = 'active'`, hashes)
	if err != nil {
		return nil, database.Fault(fmt.Errorf("find sessions: %w", err))
	}
	defer rows.Close()
	all := make(map[secretHash]foundSession, len(hashes))
	for rows.Next() {
		var hash []byte
		var session, user uuid.UUID
		var employee *uuid.UUID
		found := foundSession{principal: Principal{Kind: KindUser}}
		if err := rows.Scan(&hash, &session, &user, &employee, &found.principal.Name, &found.principal.Email, &found.mustChange, &found.seen,
			&found.principal.Method, &found.principal.Since, &found.strong, &found.authenticator, &found.passkey, &found.strict, &found.everybody,
			&found.policyVersion, &found.expires); err != nil {
			return nil, fmt.Errorf("read session: %w", err)
		}
		if !found.alive(now) { // here, or the server looks through all that live
			continue
		}
		found.principal.SessionID, found.principal.UserID = SessionID(session), UserID(user)
		if employee != nil {
			found.principal.EmployeeID = PersonID(*employee)
		}
		all[secretHash(hash)] = found
	}
	return all, database.Fault(rows.Err())
}
