package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
)

// SecondFactors keeps authenticators and recovery codes.
type SecondFactors struct{ DB *database.DB }

// Of loads somebody's second factor; the zero one, which is not needed, for whoever has none.
func (s SecondFactors) Of(ctx context.Context, user admin.UserID) (domain.SecondFactor, error) {
	return secondFactor(s.DB.Read(ctx), user)
}

// Lock loads it for change.
func (s SecondFactors) Lock(tx *database.Tx, user admin.UserID) (domain.SecondFactor, error) {
	return secondFactor(tx.Clauses(clause.Locking{Strength: "UPDATE"}), user)
}

func secondFactor(query *gorm.DB, user admin.UserID) (domain.SecondFactor, error) {
	var factor domain.SecondFactor
	err := query.Where("user_id = ?", user).Take(&factor).Error
	if err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return domain.SecondFactor{}, database.Fault(fmt.Errorf("load second factor: %w", err))
	}
	return factor, nil
}

// Begin keeps a new authenticator that is not confirmed yet, in place of one that never was.
func (s SecondFactors) Begin(tx *database.Tx, factor *domain.SecondFactor) error {
	err := tx.Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "user_id"}}, DoUpdates: clause.AssignmentColumns([]string{"secret", "last_step", "created_at"}),
		Where: clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "second_factor.confirmed_at IS NULL"}}},
	}).Create(factor).Error
	if err != nil {
		return fmt.Errorf("write second factor: %w", err)
	}
	return nil
}

// Save writes when it was confirmed and which step was used.
func (s SecondFactors) Save(tx *database.Tx, factor *domain.SecondFactor) error {
	if err := tx.Model(factor).Select("ConfirmedAt", "LastStep").UpdateColumns(factor).Error; err != nil {
		return fmt.Errorf("write second factor: %w", err)
	}
	return nil
}

// Remove forgets the authenticator and its recovery codes; removed is false for whoever had none.
func (s SecondFactors) Remove(tx *database.Tx, user admin.UserID) (removed bool, err error) {
	done := tx.Where("user_id = ?", user).Delete(&domain.SecondFactor{})
	if done.Error != nil {
		return false, fmt.Errorf("remove second factor: %w", done.Error)
	}
	return done.RowsAffected == 1, nil
}

// SetCodes makes these hashes the recovery codes, in place of all before.
func (s SecondFactors) SetCodes(tx *database.Tx, user admin.UserID, hashes [][]byte) {
	tx.Queue(`DELETE FROM recovery_code WHERE user_id = $1`, user.String())
	for _, hash := range hashes {
		tx.Queue(`INSERT INTO recovery_code (user_id, hash) VALUES ($1, $2)`, user.String(), hash)
	}
}

// UseCode uses a recovery code up; used is false when it is none or was used before.
func (s SecondFactors) UseCode(tx *database.Tx, user admin.UserID, hash []byte, now time.Time) (used bool, err error) {
	done := tx.Exec(`UPDATE recovery_code SET used_at = ? WHERE user_id = ? AND hash = ? AND used_at IS NULL`, now, user, hash)
	if done.Error != nil {
		return false, fmt.Errorf("use recovery code: %w", done.Error)
	}
	return done.RowsAffected == 1, nil
}

// CodesLeft counts the recovery codes that work.
func (s SecondFactors) CodesLeft(ctx context.Context, user admin.UserID) (int, error) {
	var n int
	err := s.DB.Read(ctx).Raw(`SELECT count(*) FROM recovery_code WHERE user_id = ? AND used_at IS NULL`, user).Scan(&n).Error
	if err != nil {
		return 0, database.Fault(fmt.Errorf("count recovery codes: %w", err))
	}
	return n, nil
}
