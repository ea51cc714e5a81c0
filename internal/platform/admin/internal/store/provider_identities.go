package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// ProviderIdentities keeps who is who at the company's own sign-in service.
type ProviderIdentities struct{ DB *database.DB }

// Find loads whom the service's subject stands for; NotFound at the first sign-in.
func (s ProviderIdentities) Find(ctx context.Context, issuer, subject string) (domain.ProviderIdentity, error) {
	return identity(s.DB.Read(ctx).Where("issuer = ? AND subject = ?", issuer, subject))
}

func identity(query *gorm.DB) (domain.ProviderIdentity, error) {
	var found domain.ProviderIdentity
	err := query.Take(&found).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return found, fault.New(fault.NotFound, "no-such-identity", "Nobody has signed in so yet.")
	}
	if err != nil {
		return found, database.Fault(fmt.Errorf("load identity: %w", err))
	}
	return found, nil
}

// Insert keeps that the two belong together. taken is true when the account belongs to another subject already.
func (s ProviderIdentities) Insert(tx *database.Tx, found *domain.ProviderIdentity) (taken bool, err error) {
	err = tx.Create(found).Error
	if database.IsUnique(err, "provider_identity_user_id_issuer_key") || database.IsUnique(err, "provider_identity_pkey") {
		return true, nil
	}
	if err != nil {
		return false, fmt.Errorf("write identity: %w", err)
	}
	return false, nil
}

// Touch keeps when it was used.
func (s ProviderIdentities) Touch(tx *database.Tx, found domain.ProviderIdentity, now time.Time) {
	tx.Queue(`UPDATE provider_identity SET used_at = $3 WHERE issuer = $1 AND subject = $2`, found.Issuer, found.Subject, now)
}

// Remove forgets who somebody is there; removed is false when nothing was known.
func (s ProviderIdentities) Remove(tx *database.Tx, user admin.UserID) (removed bool, err error) {
	done := tx.Where("user_id = ?", user).Delete(&domain.ProviderIdentity{})
	if done.Error != nil {
		return false, fmt.Errorf("forget identity: %w", done.Error)
	}
	return done.RowsAffected > 0, nil
}
