package auth

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
	"erp/internal/platform/gather"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
	"erp/internal/platform/telemetry"
)

// How long a session lives.
const (
	// IdleFor ends a session that nobody used.
	IdleFor = 12 * time.Hour
	// LivesFor ends every session, however busy.
	LivesFor = 7 * 24 * time.Hour

	seenEvery = time.Minute
	keptFor   = 30 * 24 * time.Hour // ended sessions stay visible in the console this long
)

const cookieName = "erp_session"

// Sessions lets people stay signed in. The cookie carries a 256-bit secret of which only the hash is stored. What the
// database says of it is remembered for a moment, which every change waits out: a session whose end was answered is refused
// on every replica.
type Sessions struct {
	db         *database.DB
	policy     *rbac.Policy
	now        func() time.Time
	lookups    *gather.Reads[secretHash, foundSession]
	remembered memory[foundSession]
}

// NewSessions returns the sessions kept in the platform's schema.
func NewSessions(db *database.DB, policy *rbac.Policy, now func() time.Time) *Sessions {
	s := &Sessions{db: db, policy: policy, now: now}
	s.lookups = gather.New(lookupTimeout, s.living)
	waitOut(db)
	return s
}

// Started is a session just made. Token is the secret for the cookie; it cannot be had again.
type Started struct {
	ID      SessionID
	Token   string
	Expires time.Time
}

// Start makes a session for the person, in the transaction that checked who it is.
func (s *Sessions) Start(ctx context.Context, tx *database.Tx, user UserID, way Way) (Started, error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return Started{}, fmt.Errorf("draw session secret: %w", err)
	}
	now := s.now()
	started := Started{ID: id.New[Session](), Token: base64.RawURLEncoding.EncodeToString(secret), Expires: now.Add(LivesFor)}
	_, err := tx.Conn().Exec(ctx, `
		INSERT INTO session (id, token_hash, user_id, ip, agent, created_at, seen_at, expires_at, method, second_factor)
		VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, $9)`,
		started.ID.String(), hashToken(started.Token), user.String(), Address(ctx), clip(strings.ToValidUTF8(telemetry.RequestOf(ctx).Agent, "?"), 300),
		now, started.Expires, way.Method, way.SecondFactor)
	if err != nil {
		return Started{}, fmt.Errorf("start session: %w", err)
	}
	return started, nil
}

// Authenticate is the Authenticator of sessions. A person who must choose a new password first is known, but may do
// nothing beyond what any signed-in person may; one whose second factor is still to come not even that.
func (s *Sessions) Authenticate(r *http.Request) (context.Context, error) {
	ctx := r.Context()
	token := tokenOf(r)
	if token == "" {
		return ctx, nil
	}
	found, read, err := s.find(ctx, secretHash(hashToken(token)))
	if errors.Is(err, pgx.ErrNoRows) {
		return ctx, nil
	}
	if err != nil {
		return ctx, database.Fault(fmt.Errorf("find session: %w", err))
	}
	if err := s.policy.AtLeast(ctx, found.policyVersion); err != nil {
		return ctx, err
	}
	if now := s.now(); read && now.Sub(found.seen) > seenEvery {
		_, err := s.db.Pool().Exec(ctx, `UPDATE session SET seen_at = $2 WHERE id = $1 AND seen_at < $2`, found.principal.SessionID.String(), now)
		if err != nil && ctx.Err() == nil {
			slog.WarnContext(ctx, "cannot note when a session was used", "error", err)
		}
	}
	if !found.strong {
		strict := found.everybody || s.policy.Snapshot().HoldsAny(rbac.Person(found.principal.UserID), found.strict)
		found.principal.Wait = waitOf(found.authenticator, found.passkey, strict)
	}
	var rights *rbac.Rights
	if !found.mustChange && found.principal.Wait == "" {
		rights = s.policy.Rights(rbac.Person(found.principal.UserID))
	}
	return With(ctx, found.principal, rights), nil
}

// tokenOf is the secret in the cookie; empty without one, and for what no session ever had.
func tokenOf(r *http.Request) string {
	cookie, err := r.Cookie(cookieName)
	if err != nil || len(cookie.Value) > 100 {
		return ""
	}
	return cookie.Value
}

// EndAll ends the person's sessions but the one to keep (zero keeps none), and says how many ended.
func (s *Sessions) EndAll(ctx context.Context, tx *database.Tx, user UserID, keep SessionID) (int, error) {
	tag, err := tx.Conn().Exec(ctx, `
		UPDATE session SET revoked_at = $2 WHERE user_id = $1 AND revoked_at IS NULL AND expires_at > $2 AND ($3::uuid IS NULL OR id <> $3::uuid)`,
		user.String(), s.now(), nullable(keep.String()))
	if err != nil {
		return 0, fmt.Errorf("end sessions: %w", err)
	}
	return int(tag.RowsAffected()), nil
}

// End ends one session of the person; ended reports whether it was alive.
func (s *Sessions) End(ctx context.Context, tx *database.Tx, user UserID, session SessionID) (ended bool, err error) {
	tag, err := tx.Conn().Exec(ctx, `
		UPDATE session SET revoked_at = $3 WHERE id = $1 AND user_id = $2 AND revoked_at IS NULL AND expires_at > $3`,
		session.String(), user.String(), s.now())
	if err != nil {
		return false, fmt.Errorf("end session: %w", err)
	}
	return tag.RowsAffected() == 1, nil
}

// Strengthen notes that a second factor was set up in the session, which needs to show none any more.
func (s *Sessions) Strengthen(tx *database.Tx, session SessionID) {
	tx.Queue(`UPDATE session SET second_factor = true WHERE id = $1`, session.String())
}

// Purge forgets sessions that ended long ago.
func (s *Sessions) Purge(ctx context.Context) error {
	_, err := s.db.Pool().Exec(ctx, `DELETE FROM session WHERE expires_at < $1`, s.now().Add(-keptFor))
	return database.Fault(err)
}

// Cookie keeps the person signed in: out of reach for scripts, not sent along by other sites, and only over TLS when the
// request came that way.
func (s *Sessions) Cookie(started Started, secure bool) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // because Secure follows how the program is reached: without TLS nobody could sign in
		Name: cookieName, Value: started.Token, Path: "/", Expires: started.Expires, MaxAge: int(LivesFor / time.Second),
		HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	}
}

// NoCookie makes the browser forget the session.
func (s *Sessions) NoCookie(secure bool) *http.Cookie {
	//nolint:gosec // because Secure follows how the program is reached, as above
	return &http.Cookie{Name: cookieName, Path: "/", MaxAge: -1, HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
}

// Address is where the request in ctx came from, as far as the trusted proxies tell.
func Address(ctx context.Context) string { return telemetry.RequestOf(ctx).IP }

func clip(s string, n int) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), n)])
}

func nullable(s string) any {
	if s == "" {
		return nil
	}
	return s
}
