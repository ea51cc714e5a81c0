package audit

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// TestLink compares with the words of the promise: SHA-256 over the hash before and the entry as encoding/json writes it.
func TestLink(t *testing.T) {
	t.Parallel()
	same := func(t require.TestingT, previous []byte, e sealedEntry) {
		body, err := json.Marshal([]any{e.id, e.n, e.at.UTC().Format(time.RFC3339Nano), e.fields})
		require.NoError(t, err)
		want := sha256.Sum256(append(bytes.Clone(previous), body...))
		require.Equal(t, want[:], link(previous, e), "%q", e.fields)
	}
	for _, text := range []string{"", `"`, `\`, "<>&", "\u2028", "a\u2029b", "\u2027\u202a", "\x7f", "\x00", "\n\t\r", "é中😀", "\xe2\x80", "\xff", `{"a": "b\\c"}`, "\ufffd", "\xe2"} {
		same(t, make([]byte, 32), sealedEntry{id: text, n: -7, at: time.Unix(1, 120_000), fields: [11]string{text, "x" + text + "y"}})
	}
	rapid.Check(t, func(t *rapid.T) {
		e := sealedEntry{id: rapid.String().Draw(t, "id"), n: rapid.Int64().Draw(t, "n"), at: time.UnixMicro(rapid.Int64Range(0, 4e15).Draw(t, "at"))}
		for i := range e.fields {
			e.fields[i] = rapid.OneOf(rapid.String(), rapid.Custom(func(t *rapid.T) string { return string(rapid.SliceOf(rapid.Byte()).Draw(t, "raw")) })).Draw(t, "field")
		}
		same(t, rapid.SliceOfN(rapid.Byte(), 32, 32).Draw(t, "previous"), e)
	})
}

func BenchmarkLink(b *testing.B) {
	e := sealedEntry{id: "01890a5d-ac96-774b-bcce-b302099a8057", n: rand.Int64(), at: time.Now(), fields: [11]string{ //nolint:gosec // because any number will do
		"01890a5d-ac96-774b-bcce-b302099a8057", "Ana Beispiel", "user", "192.0.2.1", "c4ca4238a0b923820dcc509a6f75849b", "invoice.edit", "invoice",
		"01890a5d-ac96-774b-bcce-b302099a8057", "INV-2026-77", `{"note": "before 77", "total": 77}`, `{"note": "after 77", "total": 78}`,
	}}
	hash := make([]byte, sha256.Size)
	b.ReportAllocs()
	for b.Loop() {
		hash = link(hash, e)
	}
}
