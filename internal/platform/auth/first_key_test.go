package auth

import (
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/pgtest"
)

// Two copies of a process that begin at once, each with many calls to make, sign with one key: who has read the key set a
// moment ago takes all of them.
func TestTheFirstKeyIsMadeOnce(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "asset")
	var copies []*SigningKeys
	for range 2 {
		keys, err := NewSigningKeys(db, "a secret", time.Now)
		require.NoError(t, err)
		copies = append(copies, keys)
	}
	names := make([]string, 16)
	var all sync.WaitGroup
	for n := range names {
		all.Go(func() {
			if key, err := copies[n%2].signer(t.Context()); err == nil {
				names[n] = key.id
			}
		})
	}
	all.Wait()
	require.NotEmpty(t, names[0])
	for _, name := range names {
		require.Equal(t, names[0], name)
	}
}
