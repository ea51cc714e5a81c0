package audit_test

import (
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/audit"
	"erp/internal/platform/pgtest"
)

// TestManyEntriesAreVerifiedInSeconds checks 20,000 entries, or as many as AUDIT_ENTRIES says: the last of a million is
// named in seconds, too. The figure in docs/security.md is from here.
func TestManyEntriesAreVerifiedInSeconds(t *testing.T) {
	t.Parallel()
	many := 20_000
	if given, err := strconv.Atoi(os.Getenv("AUDIT_ENTRIES")); err == nil {
		many = given
	}
	db := pgtest.New(t, "platform")
	const batch = 10_000 // a long transaction would hold back the seals of all tests on this server
	for from := 1; from <= many; from += batch {
		_, err := db.Pool().Exec(t.Context(), `INSERT INTO audit_entry (id, at, actor_id, actor_name, actor_kind, ip, request_id, action, subject, subject_id, label, before, after)
			SELECT (lpad(to_hex(1795000000000 + i), 12, '0') || '7' || substr(md5(i::text), 1, 3) || '8' || substr(md5(i::text), 4, 15))::uuid, now() - i * interval '1 second', gen_random_uuid()::text, 'Ana Beispiel', 'user', '192.0.2.' || i % 250, md5(i::text), 'invoice.edit', 'invoice',
				gen_random_uuid()::text, 'INV-2026-' || i, jsonb_build_object('note', 'before ' || i, 'total', i), jsonb_build_object('note', 'after ' || i, 'total', i + 1)
			FROM generate_series($1::int, $2::int) AS i`, from, min(from+batch-1, many))
		require.NoError(t, err)
	}
	began := time.Now()
	require.Eventually(t, func() bool { // what runs elsewhere on the server may hold the seal back for a moment
		var sealed int
		return audit.Seal(t.Context(), db) == nil && db.Pool().QueryRow(t.Context(), `SELECT count(*) FROM audit_seal`).Scan(&sealed) == nil && sealed == many
	}, 10*time.Minute, 100*time.Millisecond)
	t.Logf("%d entries sealed in %s", many, time.Since(began).Round(time.Millisecond))

	forger := pgtest.Superuser(t, db)
	_, err := forger.Exec(t.Context(), `ANALYZE platform.audit_entry, platform.audit_seal`) // as the server does by itself, but not for tests
	require.NoError(t, err)

	verify := func(says string) {
		t.Helper()
		began := time.Now()
		r, err := audit.Verify(t.Context(), db)
		took := time.Since(began)
		require.NoError(t, err)
		require.Contains(t, r.Problem, says)
		require.Less(t, took, 10*time.Second+time.Duration(many)*50*time.Microsecond, "far more than it takes, for machines that do much else")
		t.Logf("%d entries verified in %s: %q", r.Sealed, took.Round(time.Millisecond), r.Problem)
	}
	verify("")
	_, err = forger.Exec(t.Context(), `UPDATE platform.audit_entry SET after = '{"total": 0}' WHERE id = (SELECT entry_id FROM platform.audit_seal WHERE seq = $1)`, many-1)
	require.NoError(t, err)
	verify("was changed")
	_, err = forger.Exec(t.Context(), `DELETE FROM platform.audit_entry WHERE id = (SELECT entry_id FROM platform.audit_seal WHERE seq = $1)`, many/2)
	require.NoError(t, err)
	verify("was removed")
}
