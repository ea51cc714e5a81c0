package store

import (
	"context"
	"errors"
	"fmt"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// Passkeys keeps the public halves of people's keys.
type Passkeys struct{ DB *database.DB }

// PasskeyID names one.
type PasskeyID = id.Of[domain.Passkey]

// Of lists somebody's, the newest first.
func (s Passkeys) Of(ctx context.Context, user admin.UserID) ([]domain.Passkey, error) {
	var found []domain.Passkey
	err := s.DB.Read(ctx).Where("user_id = ?", user).Order("id DESC").Limit(domain.MaxPasskeys).Find(&found).Error
	if err != nil {
		return nil, database.Fault(fmt.Errorf("list passkeys: %w", err))
	}
	return found, nil
}

// ByCredential loads the one with this id; NotFound when nobody has it.
func (s Passkeys) ByCredential(ctx context.Context, credential []byte) (domain.Passkey, error) {
	return passkey(s.DB.Read(ctx).Where("credential_id = ?", credential))
}

// Lock loads one of somebody's for change.
func (s Passkeys) Lock(tx *database.Tx, user admin.UserID, key PasskeyID) (domain.Passkey, error) {
	return passkey(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("user_id = ? AND id = ?", user, key))
}

// LockByCredential loads the one with this id for change.
func (s Passkeys) LockByCredential(tx *database.Tx, credential []byte) (domain.Passkey, error) {
	return passkey(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("credential_id = ?", credential))
}

func passkey(query *gorm.DB) (domain.Passkey, error) {
	var found domain.Passkey
	err := query.Take(&found).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return found, fault.New(fault.NotFound, "no-such-passkey", "There is no such passkey; it may have been removed.")
	}
	if err != nil {
		return found, database.Fault(fmt.Errorf("load passkey: %w", err))
	}
	return found, nil
}

// Insert adds one. The caller holds the account, so that nobody gets more than allowed by two requests at once.
func (s Passkeys) Insert(tx *database.Tx, key *domain.Passkey) error {
	var n int64
	if err := tx.Model(&domain.Passkey{}).Where("user_id = ?", key.UserID).Count(&n).Error; err != nil {
		return fmt.Errorf("count passkeys: %w", err)
	}
	if n >= domain.MaxPasskeys {
		return fault.New(fault.Conflict, "too-many-passkeys", "You have %d passkeys. Remove one first.", n)
	}
	err := tx.Create(key).Error
	if database.IsUnique(err, "passkey_credential_id_key") {
		return fault.New(fault.Conflict, "passkey-exists", "This passkey is known here already.")
	}
	if err != nil {
		return fmt.Errorf("write passkey: %w", err)
	}
	return nil
}

// Update writes it back.
func (s Passkeys) Update(tx *database.Tx, key *domain.Passkey) error {
	if err := tx.Select("Name", "SignCount", "BackedUp", "UsedAt").Updates(key).Error; err != nil {
		return fmt.Errorf("write passkey: %w", err)
	}
	return nil
}

// Delete removes one.
func (s Passkeys) Delete(tx *database.Tx, key PasskeyID) error {
	if err := tx.Where("id = ?", key).Delete(&domain.Passkey{}).Error; err != nil {
		return fmt.Errorf("remove passkey: %w", err)
	}
	return nil
}

// DeleteAll removes somebody's, and says how many there were.
func (s Passkeys) DeleteAll(tx *database.Tx, user admin.UserID) (int, error) {
	done := tx.Where("user_id = ?", user).Delete(&domain.Passkey{})
	if done.Error != nil {
		return 0, fmt.Errorf("remove passkeys: %w", done.Error)
	}
	return int(done.RowsAffected), nil
}
