package audit_test

import (
	"context"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/pgtest"
)

func record(t *testing.T, db *database.DB, n int) {
	t.Helper()
	ctx := auth.With(t.Context(), auth.Principal{Name: "Ana", Kind: auth.KindUser}, nil)
	require.NoError(t, db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		return audit.Record(tx, audit.Entry{Action: "thing.change", Subject: "thing", SubjectID: "1", Label: fmt.Sprintf("T-%d", n),
			Before: map[string]int{"same": 1, "n": n}, After: map[string]int{"same": 1, "n": n + 1}})
	}))
}

func TestRecord(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")
	record(t, db, 1)
	rows, err := audit.List(t.Context(), db, audit.Query{Action: "thing.", Limit: 10})
	require.NoError(t, err)
	require.Len(t, rows, 1)
	require.Equal(t, "Ana", rows[0].ActorName)
	require.JSONEq(t, `{"n":1}`, string(rows[0].Before), "only what differs is kept")
	require.JSONEq(t, `{"n":2}`, string(rows[0].After))
}

func TestAppendOnly(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")
	record(t, db, 1)
	for _, attempt := range []string{"UPDATE audit_entry SET label = 'x'", "DELETE FROM audit_entry", "TRUNCATE audit_entry", "DELETE FROM audit_seal"} {
		_, err := db.Pool().Exec(t.Context(), attempt)
		require.ErrorContains(t, err, "42501", attempt)
	}
}

func TestChain(t *testing.T) {
	t.Parallel()

	// sealed returns a module's database with 100 sealed entries of 8 writers, and a superuser who can forge.
	sealed := func(t *testing.T) (*database.DB, *pgx.Conn) {
		t.Helper()
		db := pgtest.New(t, "platform")
		var wait sync.WaitGroup
		for w := range 8 {
			wait.Go(func() {
				for i := range 13 {
					record(t, db, w*100+i)
					if i%5 == 0 {
						if err := audit.Seal(t.Context(), db); err != nil {
							t.Error(err)
						}
					}
				}
			})
		}
		wait.Wait()
		require.Eventually(t, func() bool { // what runs elsewhere on the server may hold the seal back for a moment
			require.NoError(t, audit.Seal(t.Context(), db))
			r, err := audit.Verify(t.Context(), db)
			require.NoError(t, err)
			return r.Unsealed == 0
		}, 20*time.Second, 20*time.Millisecond)
		return db, pgtest.Superuser(t, db)
	}
	forge := func(t *testing.T, conn *pgx.Conn, sql string) {
		t.Helper()
		tag, err := conn.Exec(t.Context(), sql)
		require.NoError(t, err)
		require.EqualValues(t, 1, tag.RowsAffected())
	}

	t.Run("an honest chain holds all entries", func(t *testing.T) {
		t.Parallel()
		db, _ := sealed(t)
		r, err := audit.Verify(t.Context(), db)
		require.NoError(t, err)
		require.Empty(t, r.Problem)
		require.EqualValues(t, 104, r.Sealed)
		require.Zero(t, r.Unsealed)
	})

	for name, c := range map[string]struct{ forgery, says string }{
		"a changed entry is named":  {`UPDATE platform.audit_entry SET after = '{"n":0}' WHERE n = (SELECT min(n) + 50 FROM platform.audit_entry)`, "was changed"},
		"a changed author is named": {`UPDATE platform.audit_entry SET actor_name = 'Eve' WHERE n = (SELECT max(n) FROM platform.audit_entry)`, "was changed"},
		"a removed entry is named":  {`DELETE FROM platform.audit_entry WHERE n = (SELECT min(n) + 7 FROM platform.audit_entry)`, "was removed"},
		"a removed seal is named":   {`DELETE FROM platform.audit_seal WHERE seq = 60`, "seal 60 is missing"},
		"an entry put in late is named": {`INSERT INTO platform.audit_entry (id, xid, at, actor_id, actor_name, actor_kind, ip, request_id, action, subject, subject_id, label)
			SELECT gen_random_uuid(), '3', at, actor_id, actor_name, actor_kind, ip, request_id, action, subject, subject_id, label FROM platform.audit_entry LIMIT 1`, "was put in"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			db, conn := sealed(t)
			forge(t, conn, c.forgery)
			r, err := audit.Verify(t.Context(), db)
			require.NoError(t, err)
			require.Contains(t, r.Problem, c.says)
		})
	}
}

// TestWhatACopyBroughtBackUnsealedIsSealed: in a copy, an entry that waited for its seal may have a lower number than one that
// had it, and all are of one transaction.
func TestWhatACopyBroughtBackUnsealedIsSealed(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "platform")
	forger := pgtest.Superuser(t, db)
	record(t, db, 1)
	var late int64
	require.NoError(t, forger.QueryRow(t.Context(), `SELECT nextval(pg_get_serial_sequence('platform.audit_entry', 'n'))`).Scan(&late))
	record(t, db, 2)
	sealAll(t, db)
	for _, statement := range []string{
		`UPDATE platform.audit_entry SET xid = (SELECT max(xid::text::bigint)::text::xid8 FROM platform.audit_entry)`,
		fmt.Sprintf(`INSERT INTO platform.audit_entry (id, n, xid, at, actor_id, actor_name, actor_kind, ip, request_id, action, subject, subject_id, label)
			OVERRIDING SYSTEM VALUE SELECT gen_random_uuid(), %d, xid, at, actor_id, actor_name, actor_kind, ip, request_id, action, subject, subject_id, 'late'
			FROM platform.audit_entry LIMIT 1`, late),
	} {
		_, err := forger.Exec(t.Context(), statement)
		require.NoError(t, err)
	}
	sealAll(t, db)
	record(t, db, 3)
	sealAll(t, db)
	r, err := audit.Verify(t.Context(), db)
	require.NoError(t, err)
	require.Empty(t, r.Problem)
	require.EqualValues(t, 4, r.Sealed)
}
