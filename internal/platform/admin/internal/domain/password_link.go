package domain

import (
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// Purpose says why somebody may choose a password without knowing one.
type Purpose string

// The purposes of links.
const (
	Invitation Purpose = "invitation"
	Reset      Purpose = "reset"
)

// How long links work. An invitation waits for a weekend; a reset is asked for by somebody who sits in front of it.
const (
	InvitationLasts = 72 * time.Hour
	ResetLasts      = time.Hour
)

// PasswordLink lets somebody choose a password, once.
type PasswordLink struct {
	ID        id.Of[PasswordLink]
	UserID    admin.UserID
	Purpose   Purpose
	TokenHash []byte // nil until the secret is drawn
	MadeBy    string // user who made it, "" when its owner asked
	Mailed    bool   // whether the secret went to the owner's address and nowhere else
	CreatedAt time.Time
	ExpiresAt time.Time
	UsedAt    *time.Time
	EndedAt   *time.Time
}

// NewPasswordLink makes a link for the user: an invitation to who has no password yet, else a reset.
func NewPasswordLink(user User, madeBy string, now time.Time) PasswordLink {
	link := PasswordLink{
		ID: id.New[PasswordLink](), UserID: user.ID, Purpose: Reset, MadeBy: madeBy, CreatedAt: now, ExpiresAt: now.Add(ResetLasts),
	}
	if user.PasswordHash == "" {
		link.Purpose, link.ExpiresAt = Invitation, now.Add(InvitationLasts)
	}
	return link
}

// Check refuses a link that was used, ended or has expired, and one whose account is closed. Which of these it is, is
// not told: who holds an old link learns nothing of the account.
func (l *PasswordLink) Check(user User, now time.Time) error {
	if l.UsedAt != nil || l.EndedAt != nil || !now.Before(l.ExpiresAt) || !user.CanSignIn() {
		return LinkNotValid()
	}
	return nil
}

// LinkNotValid is what every link that does not work is told.
func LinkNotValid() error {
	return fault.New(fault.NotFound, "link-not-valid", "This link does not work any more. It may have been used or replaced, or it is too old. Ask for a new one.")
}
