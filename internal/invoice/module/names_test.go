package module_test

import (
	"errors"
	"testing"

	"github.com/stretchr/testify/require"
)

// While the directory does not answer, a document says who made it by the name last heard.
func TestNamesLastHeard(t *testing.T) {
	t.Parallel()
	h := start(t)
	known := h.draft(h.customer("Globex AG"), "10")
	require.Equal(t, "Ann Noor", h.get(known).Owner)
	h.people.Fail(errors.New("gone"))
	for range 7 { // the breaker opens on the way
		require.Equal(t, "Ann Noor", h.get(known).Owner)
	}
}
