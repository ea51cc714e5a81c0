package auth

import (
	"context"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
)

const lookupTimeout = 5 * time.Second

// lookups finds the sessions of requests that come together by one statement. A request that finds one under way waits for
// the next, which asks for everybody who waits. No statement serves a request that came after it began: what ended before
// a request is refused to it, as if it had asked alone.
type lookups struct {
	mu      sync.Mutex
	waiting []*lookup
	running bool
}

type lookup struct {
	hash  []byte
	found foundSession
	err   error
	done  chan struct{}
}

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
}

// find answers pgx.ErrNoRows for a secret that no living session has.
func (s *Sessions) find(ctx context.Context, hash []byte) (foundSession, error) {
	one := &lookup{hash: hash, done: make(chan struct{})}
	l := &s.lookups
	l.mu.Lock()
	l.waiting = append(l.waiting, one)
	first := !l.running
	l.running = true
	l.mu.Unlock()
	if first {
		go s.findWaiting()
	}
	select {
	case <-one.done:
		return one.found, one.err
	case <-ctx.Done():
		return foundSession{}, ctx.Err()
	}
}

// findWaiting serves groups until nobody waits.
func (s *Sessions) findWaiting() {
	l := &s.lookups
	for {
		l.mu.Lock()
		group := l.waiting
		l.waiting = nil
		if len(group) == 0 {
			l.running = false
			l.mu.Unlock()
			return
		}
		l.mu.Unlock()
		s.findGroup(group)
	}
}

func (s *Sessions) findGroup(group []*lookup) {
	// It belongs to several requests: none of them can end it for the others.
	ctx, cancel := context.WithTimeout(context.Background(), lookupTimeout)
	defer cancel()
	hashes := make([][]byte, len(group))
	for i, one := range group {
		hashes[i] = one.hash
	}
	found, err := s.living(ctx, hashes)
	for _, one := range group {
		session, known := found[string(one.hash)]
		switch {
		case err != nil:
			one.err = err
		case !known:
			one.err = pgx.ErrNoRows
		default:
			one.found = session
		}
		close(one.done)
	}
}

// living reads the sessions with these secrets that are alive, by hash, together with the version of the policy: a request
// decides by rights no older than what was committed before it.
func (s *Sessions) living(ctx context.Context, hashes [][]byte) (map[string]foundSession, error) {
	now := s.now()
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
	all := make(map[string]foundSession, len(hashes))
	for rows.Next() {
		var hash []byte
		var session, user uuid.UUID
		var employee *uuid.UUID
		var expires time.Time
		found := foundSession{principal: Principal{Kind: KindUser}}
		if err := rows.Scan(&hash, &session, &user, &employee, &found.principal.Name, &found.principal.Email, &found.mustChange, &found.seen,
			&found.principal.Method, &found.principal.Since, &found.strong, &found.authenticator, &found.passkey, &found.strict, &found.everybody,
			&found.policyVersion, &expires); err != nil {
			return nil, fmt.Errorf("read session: %w", err)
		}
		if !expires.After(now) || !found.seen.After(now.Add(-IdleFor)) { // here, or the server looks through all that live
			continue
		}
		found.principal.SessionID, found.principal.UserID = SessionID(session), UserID(user)
		if employee != nil {
			found.principal.EmployeeID = PersonID(*employee)
		}
		all[string(hash)] = found
	}
	return all, database.Fault(rows.Err())
}
