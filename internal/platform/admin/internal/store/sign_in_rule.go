package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
)

// SignInRules keeps what is asked of everybody who signs in.
type SignInRules struct{ DB *database.DB }

// Load reads the rule; the zero before one was decided.
func (s SignInRules) Load(ctx context.Context) (domain.SignInRule, error) {
	return signInRule(s.DB.Read(ctx))
}

// Current reads the rule for change, under the lock of the policy.
func (s SignInRules) Current(tx *database.Tx) (domain.SignInRule, error) { return signInRule(tx.DB) }

func signInRule(query *gorm.DB) (domain.SignInRule, error) {
	var rule domain.SignInRule
	if err := query.Take(&rule).Error; err != nil && !errors.Is(err, gorm.ErrRecordNotFound) {
		return rule, database.Fault(fmt.Errorf("load what is asked of everybody: %w", err))
	}
	return rule, nil
}

// Save writes the rule.
func (s SignInRules) Save(tx *database.Tx, rule *domain.SignInRule, now time.Time) error {
	rule.One, rule.UpdatedAt = true, now
	rule.Version++
	if err := tx.Clauses(clause.OnConflict{UpdateAll: true}).Create(rule).Error; err != nil {
		return fmt.Errorf("write what is asked of everybody: %w", err)
	}
	return nil
}

// Bare is somebody with an open account and no second factor.
type Bare struct {
	UserID admin.UserID
	Name   string
	Email  string
	Keys   int // API keys that work today
}

// Bare lists the first of them by name, and counts all.
func (s SignInRules) Bare(ctx context.Context, now time.Time, limit int) (people []Bare, all int, err error) {
	rows, err := s.DB.Pool().Query(ctx, `
		SELECT u.id::text, u.name, u.email, (SELECT count(*) FROM api_key k WHERE k.user_id = u.id AND k.revoked_at IS NULL AND k.expires_at > $1),
			count(*) OVER ()
		FROM user_account u
		WHERE u.status = 'active' AND NOT EXISTS (SELECT FROM second_factor f WHERE f.user_id = u.id AND f.confirmed_at IS NOT NULL)
			AND NOT EXISTS (SELECT FROM passkey p WHERE p.user_id = u.id)
		ORDER BY u.name COLLATE "und-x-icu", u.id LIMIT $2`, now, limit)
	if err != nil {
		return nil, 0, database.Fault(fmt.Errorf("list who has no second factor: %w", err))
	}
	people, err = pgx.CollectRows(rows, func(row pgx.CollectableRow) (one Bare, err error) {
		return one, row.Scan(&one.UserID, &one.Name, &one.Email, &one.Keys, &all)
	})
	if err != nil {
		return nil, 0, database.Fault(fmt.Errorf("list who has no second factor: %w", err))
	}
	return people, all, nil
}
