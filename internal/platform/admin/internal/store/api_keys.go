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
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
)

// APIKeys keeps the keys of programs.
type APIKeys struct{ DB *database.DB }

// KeyRow is a key with whose it is and when it was used; it is read, never written.
type KeyRow struct {
	domain.APIKey
	Owner  string
	UsedAt *time.Time
	UsedIP string
}

const keyColumns = `k.*, u.name AS owner, s.used_at, coalesce(s.ip, '') AS used_ip`

func (s APIKeys) rows(query *gorm.DB) *gorm.DB {
	return query.Table("api_key AS k").Select(keyColumns).Joins("JOIN user_account u ON u.id = k.user_id").
		Joins("LEFT JOIN api_key_use s ON s.key_id = k.id")
}

// ByID loads a key; a foreign one is not found unless of is zero.
func (s APIKeys) ByID(ctx context.Context, key id.Of[domain.APIKey], of admin.UserID) (KeyRow, error) {
	query := s.rows(s.DB.Read(ctx)).Where("k.id = ?", key)
	if !of.IsZero() {
		query = query.Where("k.user_id = ?", of)
	}
	var row KeyRow
	err := query.Take(&row).Error
	return row, foundKey(err)
}

// Lock loads a key for change; a foreign one is not found unless of is zero.
func (s APIKeys) Lock(tx *database.Tx, key id.Of[domain.APIKey], of admin.UserID) (domain.APIKey, error) {
	query := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", key)
	if !of.IsZero() {
		query = query.Where("user_id = ?", of)
	}
	var row domain.APIKey
	err := query.Take(&row).Error
	return row, foundKey(err)
}

func foundKey(err error) error {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fault.New(fault.NotFound, "no-such-key", "There is no such API key.")
	case err != nil:
		return database.Fault(fmt.Errorf("load API key: %w", err))
	}
	return nil
}

// Insert adds a key.
func (s APIKeys) Insert(tx *database.Tx, key *domain.APIKey) error {
	if err := tx.Create(key).Error; err != nil {
		return fmt.Errorf("write API key: %w", err)
	}
	return nil
}

// SaveRevoked writes that a key has ended.
func (s APIKeys) SaveRevoked(tx *database.Tx, key *domain.APIKey) error {
	if err := tx.Model(key).Select("RevokedAt", "RevokedBy").UpdateColumns(key).Error; err != nil {
		return fmt.Errorf("write API key: %w", err)
	}
	return nil
}

// CountActive counts the keys of the person that work; the person's row is locked, so that the number holds.
func (s APIKeys) CountActive(tx *database.Tx, owner admin.UserID, now time.Time) (int, error) {
	var n int64
	err := tx.Model(&domain.APIKey{}).Where("user_id = ? AND revoked_at IS NULL AND expires_at > ?", owner, now).Count(&n).Error
	if err != nil {
		return 0, fmt.Errorf("count API keys: %w", err)
	}
	return int(n), nil
}

// KeyQuery narrows the list of keys; zero fields do not.
type KeyQuery struct {
	Q, Status string
	Of        admin.UserID
	Now       time.Time
	Page      page.Request
}

const keySort = "-createdAt"

// List pages through the keys, the newest first.
func (s APIKeys) List(ctx context.Context, q KeyQuery) (page.Of[KeyRow], error) {
	after, err := page.Decode(q.Page.Cursor, keySort, 1)
	if err != nil {
		return page.Of[KeyRow]{}, err
	}
	query := s.filter(ctx, q)
	if after != nil {
		query = query.Where("k.id < ?", after[0])
	}
	var rows []KeyRow
	if err := query.Order("k.id DESC").Limit(q.Page.Size() + 1).Find(&rows).Error; err != nil {
		return page.Of[KeyRow]{}, database.Fault(fmt.Errorf("list API keys: %w", err))
	}
	cut := page.Cut(rows, q.Page.Size(), func(r KeyRow) string { return page.Encode(keySort, r.ID.String()) })
	if q.Page.Count {
		n, err := count(s.filter(ctx, q))
		if err != nil {
			return page.Of[KeyRow]{}, err
		}
		cut = cut.Counted(n)
	}
	return cut, nil
}

func (s APIKeys) filter(ctx context.Context, q KeyQuery) *gorm.DB {
	query := s.rows(s.DB.Search(ctx))
	if q.Q != "" {
		like := database.Contains(q.Q)
		query = query.Where("(k.name ILIKE ? OR k.start ILIKE ? OR u.name ILIKE ?)", like, like, like)
	}
	if !q.Of.IsZero() {
		query = query.Where("k.user_id = ?", q.Of)
	}
	switch q.Status {
	case "active":
		query = query.Where("k.revoked_at IS NULL AND k.expires_at > ?", q.Now)
	case "expired":
		query = query.Where("k.revoked_at IS NULL AND k.expires_at <= ?", q.Now)
	case "revoked":
		query = query.Where("k.revoked_at IS NOT NULL")
	}
	return query
}
