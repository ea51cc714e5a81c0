package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Companies keeps the one company.
type Companies struct{ DB *database.DB }

func notSetUp() error {
	return fault.New(fault.NotFound, "not-set-up", "The company has not been set up yet.")
}

// Load gives the company; NotFound before the set-up.
func (s Companies) Load(ctx context.Context) (domain.Company, error) {
	return company(s.DB.Read(ctx))
}

// Stamp tells one state of the company from another.
type Stamp struct {
	Version   int
	UpdatedAt time.Time
}

// Stamp is that of the company as it is now, without the company; NotFound before the set-up.
func (s Companies) Stamp(ctx context.Context) (Stamp, error) {
	var now Stamp
	err := s.DB.Pool().QueryRow(ctx, `SELECT version, updated_at FROM company`).Scan(&now.Version, &now.UpdatedAt)
	if errors.Is(err, pgx.ErrNoRows) {
		return Stamp{}, notSetUp()
	}
	if err != nil {
		return Stamp{}, database.Fault(fmt.Errorf("look at the company: %w", err))
	}
	return now, nil
}

// Lock loads the company for change.
func (s Companies) Lock(tx *database.Tx) (domain.Company, error) {
	return company(tx.Clauses(clause.Locking{Strength: "UPDATE"}))
}

func company(query *gorm.DB) (domain.Company, error) {
	var c domain.Company
	err := query.Take(&c).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return domain.Company{}, notSetUp()
	}
	if err != nil {
		return domain.Company{}, database.Fault(fmt.Errorf("load company: %w", err))
	}
	return c, nil
}

// Exists reports whether the set-up is done.
func (s Companies) Exists(ctx context.Context) (bool, error) {
	var exists bool
	err := s.DB.Read(ctx).Raw(`SELECT EXISTS (SELECT FROM company)`).Scan(&exists).Error
	if err != nil {
		return false, database.Fault(fmt.Errorf("look for the company: %w", err))
	}
	return exists, nil
}

// Insert makes the company. Of two set-ups at once the second is a Conflict.
func (s Companies) Insert(tx *database.Tx, c *domain.Company) error {
	c.ID, c.Version = 1, 1
	err := tx.Create(c).Error
	if database.IsUnique(err, "company_pkey") {
		return AlreadySetUp()
	}
	if err != nil {
		return fmt.Errorf("write company: %w", err)
	}
	return nil
}

// AlreadySetUp is the refusal of a second set-up.
func AlreadySetUp() error {
	return fault.New(fault.Conflict, "already-set-up", "The company has been set up already. Sign in instead.")
}

// Update writes the company back and counts its version up.
func (s Companies) Update(tx *database.Tx, c *domain.Company, now time.Time) error {
	c.Version++
	c.UpdatedAt = now
	if err := tx.Select("*").Updates(c).Error; err != nil {
		return fmt.Errorf("write company: %w", err)
	}
	return nil
}
