package egress

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"strconv"
	"strings"
	"time"
)

// secretPrefix is how secrets look wherever Standard Webhooks is spoken.
const secretPrefix = "whsec_"

// leastSecret is how many bytes sign at least.
const leastSecret = 24

// ShowSecret is the bytes that sign, as people copy them.
func ShowSecret(key []byte) string { return secretPrefix + base64.StdEncoding.EncodeToString(key) }

// ReadSecret gives the bytes of a secret that an operator drew. The error holds nothing of it.
func ReadSecret(shown string) ([]byte, error) {
	coded, ok := strings.CutPrefix(shown, secretPrefix)
	key, err := base64.StdEncoding.DecodeString(coded)
	if !ok || err != nil || len(key) < leastSecret {
		return nil, errors.New("is whsec_ and at least 24 bytes in base64, such as that of: echo whsec_$(openssl rand -base64 32)")
	}
	return key, nil
}

// Signed are the headers of a message as Standard Webhooks has them: the signature covers its id, the second and the body,
// so that a body cannot be sent again later as a new one.
func Signed(key []byte, message string, at time.Time, body []byte) map[string]string {
	second := strconv.FormatInt(at.Unix(), 10)
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(message + "." + second + "."))
	mac.Write(body)
	return map[string]string{
		"webhook-id": message, "webhook-timestamp": second, "webhook-signature": "v1," + base64.StdEncoding.EncodeToString(mac.Sum(nil)),
	}
}
