package database_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/database"
	"erp/internal/platform/id"
	"erp/internal/platform/pgtest"
)

type thing struct{}

func TestIDsReachTheServer(t *testing.T) {
	t.Parallel()
	pool := pgtest.New(t, "platform").Pool()
	one, other := id.New[thing](), id.New[thing]()

	t.Run("as themselves, as text where text is asked for, and none as NULL", func(t *testing.T) {
		var same [16]byte
		var text string
		var none *[16]byte
		require.NoError(t, pool.QueryRow(t.Context(), "SELECT $1::uuid, $2::text, $3::uuid", one, other, id.Of[thing]{}).Scan(&same, &text, &none))
		require.Equal(t, [16]byte(one), same)
		require.Equal(t, other.String(), text)
		require.Nil(t, none)
	})

	t.Run("as lists, with what is none in them", func(t *testing.T) {
		var list []*[16]byte
		ids := []id.Of[thing]{one, {}, other}
		require.NoError(t, pool.QueryRow(t.Context(), "SELECT $1::uuid[]", database.Array(ids)).Scan(&list))
		require.Len(t, list, 3)
		require.Equal(t, [16]byte(one), *list[0])
		require.Nil(t, list[1])
		require.Equal(t, [16]byte(other), *list[2])
	})

	t.Run("as an empty list, and a list of words stays one", func(t *testing.T) {
		var n int
		require.NoError(t, pool.QueryRow(t.Context(), "SELECT cardinality($1::uuid[])", database.Array([]id.Of[thing]{})).Scan(&n))
		require.Zero(t, n)
		require.NoError(t, pool.QueryRow(t.Context(), "SELECT cardinality($1::text[])", database.Array([]string{"a", `b"\`})).Scan(&n))
		require.Equal(t, 2, n)
	})

	t.Run("as one value of a nil list", func(t *testing.T) {
		var n int
		require.NoError(t, pool.QueryRow(t.Context(), "SELECT cardinality($1::uuid[])", database.Array[id.Of[thing]](nil)).Scan(&n))
		require.Zero(t, n)
	})
}

// Not parallel: allocations are counted.
func TestIDsAreWrittenOnce(t *testing.T) {
	pool := pgtest.New(t, "platform").Pool()
	one := id.New[thing]()
	ask := func(value any) func() {
		return func() {
			rows, err := pool.Query(t.Context(), "SELECT $1::uuid", value)
			require.NoError(t, err)
			rows.Close()
		}
	}
	require.LessOrEqual(t, testing.AllocsPerRun(200, ask(one)), testing.AllocsPerRun(200, ask([16]byte(one)))+1)
}
