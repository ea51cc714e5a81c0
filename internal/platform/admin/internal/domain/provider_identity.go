package domain

import (
	"time"

	"erp/internal/platform/admin"
)

// ProviderIdentity is who somebody is at the company's own sign-in service. An address may pass from one person to
// another there; the subject never does.
type ProviderIdentity struct {
	Issuer    string `gorm:"primaryKey"`
	Subject   string `gorm:"primaryKey"`
	UserID    admin.UserID
	CreatedAt time.Time
	UsedAt    time.Time
}
