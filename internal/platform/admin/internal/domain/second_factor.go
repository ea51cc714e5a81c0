package domain

import (
	"time"

	"erp/internal/platform/admin"
)

// SecondFactor is an authenticator that somebody signs in with besides the password. Its secret is encrypted.
type SecondFactor struct {
	UserID      admin.UserID `gorm:"primaryKey"`
	Secret      []byte
	ConfirmedAt *time.Time // nil until a code has shown that the authenticator works
	LastStep    int64      // of the last code that was used
	CreatedAt   time.Time
}

// Needed reports whether signing in asks for it.
func (f *SecondFactor) Needed() bool { return f.ConfirmedAt != nil }

// Confirm makes it needed from now on.
func (f *SecondFactor) Confirm(step int64, now time.Time) { f.LastStep, f.ConfirmedAt = step, &now }
