package auth

import (
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/id"
)

func TestTOTP(t *testing.T) {
	t.Parallel()
	secret, err := DrawTOTP()
	require.NoError(t, err)
	require.Len(t, secret, 32, "160 bits")
	now := time.Date(2026, 11, 25, 9, 30, 10, 0, time.UTC)
	code := func(at time.Time) string {
		c, err := totp.GenerateCode(secret, at)
		require.NoError(t, err)
		return c
	}
	step, ok := TOTPStep(secret, code(now), 0, now)
	require.True(t, ok)
	require.Equal(t, now.Unix()/30, step)
	_, ok = TOTPStep(secret, code(now), step, now)
	require.False(t, ok, "a code works once")
	_, ok = TOTPStep(secret, " "+code(now)[:3]+" "+code(now)[3:], 0, now)
	require.True(t, ok, "as applications show it")
	_, ok = TOTPStep(secret, code(now.Add(30*time.Second)), step, now)
	require.True(t, ok, "a clock that is early")
	for _, wrong := range []string{"", "000", "abcdef", code(now.Add(2 * time.Minute)), code(now.Add(-2 * time.Minute)), strings.Repeat("1", 1000)} {
		_, ok = TOTPStep(secret, wrong, 0, now)
		require.False(t, ok, wrong)
	}
	require.Equal(t, "otpauth://totp/Acme%20&%20Co:ada@example.com?issuer=Acme%20%26%20Co&secret="+secret, TOTPAddress(secret, "Acme & Co", "ada@example.com"))
	picture, err := DrawQR(TOTPAddress(secret, "Acme", "ada@example.com"))
	require.NoError(t, err)
	require.Greater(t, picture.Size, 20)
	require.Regexp(t, `^(M\d+ \d+h\d+v1h-\d+z)+$`, picture.Path)
}

func TestRecoveryCodes(t *testing.T) {
	t.Parallel()
	codes, err := DrawRecoveryCodes()
	require.NoError(t, err)
	require.Len(t, codes, 10)
	one, two := id.New[User](), id.New[User]()
	for _, code := range codes {
		require.Regexp(t, `^[a-z2-7]{4}(-[a-z2-7]{4}){3}$`, code)
	}
	require.Equal(t, HashRecoveryCode(one, codes[0]), HashRecoveryCode(one, " "+strings.ToUpper(strings.ReplaceAll(codes[0], "-", " "))))
	require.NotEqual(t, HashRecoveryCode(one, codes[0]), HashRecoveryCode(two, codes[0]))
}

func TestBox(t *testing.T) {
	t.Parallel()
	box, err := NewBox("secret", "test")
	require.NoError(t, err)
	sealed, err := box.Seal("ada", []byte("hidden"))
	require.NoError(t, err)
	require.NotContains(t, string(sealed), "hidden")
	plain, err := box.Open("ada", sealed)
	require.NoError(t, err)
	require.Equal(t, "hidden", string(plain))
	_, err = box.Open("eve", sealed)
	require.Error(t, err, "it belongs to its owner")
	_, err = box.Open("ada", sealed[:5])
	require.Error(t, err)
	other, err := NewBox("another", "test")
	require.NoError(t, err)
	_, err = other.Open("ada", sealed)
	require.Error(t, err, "and to its installation")
}

func TestKeyText(t *testing.T) {
	t.Parallel()
	one, err := DrawKey()
	require.NoError(t, err)
	two, err := DrawKey()
	require.NoError(t, err)
	require.NotEqual(t, one.Secret, two.Secret)
	require.True(t, wellFormed(one.Secret))
	require.Len(t, one.Hash, 32)
	for i := range one.Secret {
		require.False(t, wellFormed(one.Secret[:i]+"-"+one.Secret[i+1:]))
	}
}
