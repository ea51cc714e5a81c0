package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Roles keeps what roles are called.
type Roles struct{ DB *database.DB }

// List gives every role, the built-in ones first.
func (s Roles) List(ctx context.Context) ([]domain.Role, error) {
	var roles []domain.Role
	err := s.DB.Read(ctx).Order(`position, name COLLATE "und-x-icu"`).Find(&roles).Error
	if err != nil {
		return nil, database.Fault(fmt.Errorf("list roles: %w", err))
	}
	return roles, nil
}

// ByCode loads a role.
func (s Roles) ByCode(ctx context.Context, code string) (domain.Role, error) {
	return role(s.DB.Read(ctx).Where("code = ?", code))
}

// Lock loads a role for change.
func (s Roles) Lock(tx *database.Tx, code string) (domain.Role, error) {
	return role(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("code = ?", code))
}

func role(query *gorm.DB) (domain.Role, error) {
	var r domain.Role
	err := query.Take(&r).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return domain.Role{}, fault.New(fault.NotFound, "no-such-role", "There is no such role.")
	}
	if err != nil {
		return domain.Role{}, database.Fault(fmt.Errorf("load role: %w", err))
	}
	return r, nil
}

// Known gives those of the codes that are roles, in the transaction.
func (s Roles) Known(tx *database.Tx, codes []string) (map[string]bool, error) {
	var found []string
	err := tx.Model(&domain.Role{}).Where("code = ANY(?)", database.Array(codes)).Pluck("code", &found).Error
	if err != nil {
		return nil, fmt.Errorf("look for roles: %w", err)
	}
	known := make(map[string]bool, len(found))
	for _, code := range found {
		known[code] = true
	}
	return known, nil
}

// Insert adds a role; a taken name is told at its field.
func (s Roles) Insert(tx *database.Tx, r *domain.Role) error {
	err := tx.Create(r).Error
	if database.IsUnique(err, "role_pkey") {
		var p fault.Problems
		p.Add("body.name", "another role is called so already")
		return p.Err()
	}
	if err != nil {
		return fmt.Errorf("write role: %w", err)
	}
	return nil
}

// Update writes the role back and counts its version up.
func (s Roles) Update(tx *database.Tx, r *domain.Role, now time.Time) error {
	r.Version++
	r.UpdatedAt = now
	if err := tx.Select("*").Updates(r).Error; err != nil {
		return fmt.Errorf("write role: %w", err)
	}
	return nil
}

// Delete removes a role.
func (s Roles) Delete(tx *database.Tx, code string) error {
	if err := tx.Where("code = ?", code).Delete(&domain.Role{}).Error; err != nil {
		return fmt.Errorf("delete role: %w", err)
	}
	return nil
}
