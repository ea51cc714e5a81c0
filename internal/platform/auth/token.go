package auth

import (
	"crypto/rand"
	"crypto/sha256"
	"fmt"
	"hash/crc32"
	"math/big"
	"net/http"
	"strings"
)

// The text of an API key: a prefix that secret scanners find, 256 random bits, and a checksum, so that a mistyped or a
// made-up key is told without asking the database.
const (
	keyPrefix      = "erp_"
	secretLength   = 43 // 62^43 > 2^256
	checksumLength = 6  // 62^6 > 2^32
	startLength    = len(keyPrefix) + 8
)

// NewKey is a key just drawn.
type NewKey struct {
	Secret string // what the program sends; shown once
	Start  string // how it begins, for people to tell keys apart
	Hash   []byte // what is kept
}

// DrawKey makes a key of 256 random bits.
func DrawKey() (NewKey, error) {
	raw := make([]byte, 32)
	if _, err := rand.Read(raw); err != nil {
		return NewKey{}, fmt.Errorf("draw key: %w", err)
	}
	secret := base62(new(big.Int).SetBytes(raw), secretLength)
	text := keyPrefix + secret + checksum(secret)
	return NewKey{Secret: text, Start: text[:startLength], Hash: hashToken(text)}, nil
}

// wellFormed reports whether the text can be a key at all.
func wellFormed(text string) bool {
	secret, ok := strings.CutPrefix(text, keyPrefix)
	if !ok || len(secret) != secretLength+checksumLength {
		return false
	}
	return checksum(secret[:secretLength]) == secret[secretLength:]
}

func checksum(secret string) string {
	return base62(big.NewInt(int64(crc32.ChecksumIEEE([]byte(secret)))), checksumLength)
}

// base62 writes a number with digits and letters, filled up with zeros to the length.
func base62(n *big.Int, length int) string {
	text := n.Text(62)
	return strings.Repeat("0", max(0, length-len(text))) + text
}

// HasBearer reports whether the request brings a bearer token. The cookie does not count then, whatever the token is
// worth: a request acts for one caller.
func HasBearer(r *http.Request) bool {
	_, ok := bearer(r)
	return ok
}

func bearer(r *http.Request) (token string, ok bool) {
	scheme, token, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	return strings.TrimSpace(token), strings.EqualFold(scheme, "Bearer")
}

func hashToken(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}
