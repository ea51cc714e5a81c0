package pgtest_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/pgtest"
)

func TestNew(t *testing.T) {
	t.Parallel()

	t.Run("each test has a migrated database of its own", func(t *testing.T) {
		t.Parallel()
		one, other := pgtest.New(t, "platform"), pgtest.New(t, "platform")
		const insert = "INSERT INTO inbox VALUES ('x', gen_random_uuid(), now())"
		_, err := one.Pool().Exec(context.Background(), insert)
		require.NoError(t, err)
		var n int
		require.NoError(t, other.Pool().QueryRow(context.Background(), "SELECT count(*) FROM inbox").Scan(&n))
		require.Zero(t, n)
	})

	t.Run("many at once get theirs in milliseconds", func(t *testing.T) {
		t.Parallel()
		pgtest.New(t, "platform")
		began := time.Now()
		var all sync.WaitGroup
		for range 10 {
			all.Go(func() {
				db := pgtest.New(t, "platform")
				require.NoError(t, db.Ping(context.Background()))
			})
		}
		all.Wait()
		t.Logf("%v each", time.Since(began)/10)
	})
}

func TestAll(t *testing.T) {
	t.Parallel()
	for module, db := range pgtest.All(t) {
		var schema string
		require.NoError(t, db.Pool().QueryRow(context.Background(), "SELECT current_schema()").Scan(&schema))
		require.Equal(t, module, schema)
	}
}
