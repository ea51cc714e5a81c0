package auth

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"
	"rsc.io/qr"
)

// Codes of an authenticator follow RFC 6238 as every application on a phone knows it: SHA-1, six digits, a new one each
// thirty seconds. One step early or late is accepted for clocks that differ.
const (
	totpPeriod = 30
	totpSkew   = 1
)

// DrawTOTP makes an authenticator's secret of 160 bits, in the letters people may have to type.
func DrawTOTP() (string, error) {
	raw := make([]byte, 20)
	if _, err := rand.Read(raw); err != nil {
		return "", fmt.Errorf("draw secret: %w", err)
	}
	return base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw), nil
}

// TOTPStep tells for which step after last the code is the right one. A code of a step that was used is wrong, so that
// one that somebody looked at cannot be used again.
func TOTPStep(secret, code string, last int64, now time.Time) (step int64, ok bool) {
	code = strings.Join(strings.Fields(code), "")
	at := now.Unix() / totpPeriod
	for step := at - totpSkew; step <= at+totpSkew; step++ {
		right, err := hotp.ValidateCustom(code, uint64(step), secret, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right && step > last {
			return step, true
		}
	}
	return 0, false
}

// TOTPAddress is what an authenticator reads from the picture.
func TOTPAddress(secret, issuer, account string) string {
	values := url.Values{"secret": {secret}, "issuer": {issuer}}
	return "otpauth://totp/" + url.PathEscape(issuer+":"+account) + "?" + strings.ReplaceAll(values.Encode(), "+", "%20")
}

// Picture is a QR code as an SVG path over Size by Size units: each dark square is one unit.
type Picture struct {
	Size int    `json:"size"`
	Path string `json:"path"`
}

// DrawQR draws the text, so that nobody but this server sees it.
func DrawQR(text string) (Picture, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return Picture{}, fmt.Errorf("draw QR code: %w", err)
	}
	var path strings.Builder
	for y := range code.Size {
		for x := 0; x < code.Size; x++ {
			from := x
			for x < code.Size && code.Black(x, y) {
				x++
			}
			if x > from {
				_, _ = fmt.Fprintf(&path, "M%d %dh%dv1h-%dz", from, y, x-from, x-from)
			}
		}
	}
	return Picture{Size: code.Size, Path: path.String()}, nil
}

const recoveryCodes = 10

// DrawRecoveryCodes makes ten codes of 80 bits for whoever has lost the authenticator: "abcd-efgh-ijkl-mnop".
func DrawRecoveryCodes() ([]string, error) {
	codes := make([]string, recoveryCodes)
	for i := range codes {
		raw := make([]byte, 10)
		if _, err := rand.Read(raw); err != nil {
			return nil, fmt.Errorf("draw recovery code: %w", err)
		}
		text := strings.ToLower(base32.StdEncoding.EncodeToString(raw))
		codes[i] = text[:4] + "-" + text[4:8] + "-" + text[8:12] + "-" + text[12:]
	}
	return codes, nil
}

// HashRecoveryCode is what is kept of a code. With 80 random bits a fast hash is enough; the person's id keeps equal
// codes of two people apart.
func HashRecoveryCode(user UserID, code string) []byte {
	plain := strings.ToLower(strings.Join(strings.Fields(strings.ReplaceAll(code, "-", " ")), ""))
	return hashToken(user.String() + ":" + plain)
}
