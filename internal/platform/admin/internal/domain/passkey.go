package domain

import (
	"strings"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// MaxPasskeys bounds how many somebody has.
const MaxPasskeys = 20

// Passkey is the public half of a key that somebody's device keeps.
type Passkey struct {
	ID             id.Of[Passkey]
	UserID         admin.UserID
	Name           string
	CredentialID   []byte
	PublicKey      []byte
	SignCount      int64
	BackupEligible bool
	BackedUp       bool
	CreatedAt      time.Time
	UsedAt         *time.Time
}

// PasskeyName is what its owner calls it.
func PasskeyName(name string) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" {
		var p fault.Problems
		p.Add("body.name", "must have a letter or digit")
		return "", p.Err()
	}
	return name, nil
}
