package auth_test

import (
	"encoding/base64"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"golang.org/x/crypto/argon2"

	"erp/internal/platform/auth"
)

func TestWrongPassword(t *testing.T) {
	t.Parallel()
	for password, complaint := range map[string]string{
		"short":                            "at least 12",
		"ünïcödé-só":                       "at least 12",
		strings.Repeat("long secret ", 30): "at most 256",
		"Password2026!!":                   "most common",
		"P@ssw0rd12345":                    "most common",
		"passwordpassword":                 "most common",
		"QwertyUiop123":                    "most common",
		"aaaaaaaaaaaaaaa":                  "sequence",
		"abcabcabcabcabc":                  "sequence",
		"123456789012345":                  "sequence",
		"Northwind2026":                    "company's name",
		"nul\x00nul\x00nul\x00":            "NUL",
		"test password for the admin":      "",
		"violet tram 7 soup":               "",
		"Überraschung im Garten":           "",
		"密码很长而且没有人会猜到它":                    "",
	} {
		got := auth.WrongPassword(password, "Northwind", "mila@example.com")
		if complaint == "" {
			require.Empty(t, got, password)
			continue
		}
		require.Contains(t, got, complaint, password)
	}
}

func TestPasswords(t *testing.T) {
	t.Parallel()
	passwords := auth.NewPasswords()
	hash, err := passwords.Hash(t.Context(), "violet tram 7 soup")
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(hash, "$argon2id$v=19$m=19456,t=2,p=1$"), hash)

	check := func(hash, password string) (bool, bool) {
		ok, stale, err := passwords.Matches(t.Context(), hash, password)
		require.NoError(t, err)
		return ok, stale
	}
	ok, stale := check(hash, "violet tram 7 soup")
	require.True(t, ok)
	require.False(t, stale)
	ok, _ = check(hash, "violet tram 8 soup")
	require.False(t, ok)
	ok, _ = check("", "")
	require.False(t, ok, "an account without a password lets nobody in")

	t.Run("composed and decomposed characters are the same password", func(t *testing.T) {
		t.Parallel()
		hash, err := passwords.Hash(t.Context(), "Gr\u00fc\u00dfe aus Bremen")
		require.NoError(t, err)
		ok, _, err := passwords.Matches(t.Context(), hash, "Gru\u0308\u00dfe aus Bremen")
		require.NoError(t, err)
		require.True(t, ok)
	})
	t.Run("a cheaper hash still matches and asks to be renewed", func(t *testing.T) {
		t.Parallel()
		salt := []byte("sixteen byte salt")[:16]
		key := argon2.IDKey([]byte("violet tram 7 soup"), salt, 1, 64, 1, 32)
		b64 := base64.RawStdEncoding
		cheap := "$argon2id$v=19$m=64,t=1,p=1$" + b64.EncodeToString(salt) + "$" + b64.EncodeToString(key)
		ok, stale, err := passwords.Matches(t.Context(), cheap, "violet tram 7 soup")
		require.NoError(t, err)
		require.True(t, ok)
		require.True(t, stale)
	})
}
