package main

import (
	"os"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestDocument keeps docs/openapi.json what the program serves: a change of the API is
// seen in review. Building it registers every operation, which panics on a wrong one.
func TestDocument(t *testing.T) {
	t.Parallel()
	const golden = "../../docs/openapi.json"
	got, err := document(t.Context())
	require.NoError(t, err)
	want, err := os.ReadFile(golden)
	require.NoError(t, err)
	if string(got) != string(want) {
		t.Error("docs/openapi.json is not what the program serves; run `make generate` and review the difference")
	}
}
