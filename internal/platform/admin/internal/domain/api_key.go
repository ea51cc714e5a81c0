package domain

import (
	"strings"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// How long and how often a program may use a key.
const (
	KeyLivesFor        = 90 // days, unless its maker says otherwise
	KeyLivesAtMost     = 365
	KeyPerMinute       = 600 // requests, unless its maker says otherwise
	KeyPerMinuteAtMost = 6000
)

// APIKey lets a program act for the person who made it. The secret itself is nowhere.
type APIKey struct {
	ID         id.Of[APIKey]
	UserID     admin.UserID
	Name       string
	Start      string
	SecretHash []byte
	Grants     map[string]string `gorm:"serializer:json"`
	PerMinute  int
	CreatedAt  time.Time
	ExpiresAt  time.Time
	RevokedAt  *time.Time
	RevokedBy  admin.UserID
}

// TableName is what gorm would make api_key of, said plainly.
func (APIKey) TableName() string { return "api_key" }

// KeyWish is what somebody wants of a new key; zero days and requests mean the usual.
type KeyWish struct {
	Name      string
	Days      int
	PerMinute int
	Grants    map[string]string
}

// NewAPIKey makes a key of the person that works until its last day is over.
func NewAPIKey(owner admin.UserID, wish KeyWish, now time.Time) (APIKey, error) {
	if wish.Days == 0 {
		wish.Days = KeyLivesFor
	}
	if wish.PerMinute == 0 {
		wish.PerMinute = KeyPerMinute
	}
	key := APIKey{
		ID: id.New[APIKey](), UserID: owner, Name: strings.TrimSpace(wish.Name), Grants: wish.Grants, PerMinute: wish.PerMinute,
		CreatedAt: now, ExpiresAt: now.AddDate(0, 0, wish.Days),
	}
	var p fault.Problems
	if key.Name == "" {
		p.Add("body.name", "must not be empty")
	}
	if wish.Days < 1 || wish.Days > KeyLivesAtMost {
		p.Add("body.days", "must be 1 to %d days", KeyLivesAtMost)
	}
	if key.PerMinute < 1 || key.PerMinute > KeyPerMinuteAtMost {
		p.Add("body.perMinute", "must be 1 to %d requests", KeyPerMinuteAtMost)
	}
	if len(key.Grants) == 0 {
		p.Add("body.grants", "must allow at least one thing")
	}
	return key, p.Err()
}

// Revoke ends the key; changed is false when it has ended before.
func (k *APIKey) Revoke(by admin.UserID, now time.Time) (changed bool) {
	if k.RevokedAt != nil {
		return false
	}
	k.RevokedAt, k.RevokedBy = &now, by
	return true
}

// Status says whether the key works: active, expired or revoked.
func (k *APIKey) Status(now time.Time) string {
	switch {
	case k.RevokedAt != nil:
		return "revoked"
	case !now.Before(k.ExpiresAt):
		return "expired"
	default:
		return "active"
	}
}
