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

// Webhooks keeps the addresses that are told of events.
type Webhooks struct{ DB *database.DB }

// HookRow is a webhook with whose it is and how its deliveries stand; it is read, never written.
type HookRow struct {
	domain.Webhook
	Owner         string
	OwnerStatus   admin.Status
	LastDelivered *time.Time
	Waiting       int
}

const hookColumns = `w.*, u.name AS owner, u.status AS owner_status,
	(SELECT d.tried_at FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 'delivered' ORDER BY d.id DESC LIMIT 1) AS last_delivered,
	(SELECT count(*) FROM (SELECT FROM webhook_delivery d WHERE d.webhook_id = w.id AND d.state = 'waiting' LIMIT 1000) waiting) AS waiting`

func (s Webhooks) rows(query *gorm.DB) *gorm.DB {
	return query.Table("webhook AS w").Select(hookColumns).Joins("JOIN user_account u ON u.id = w.owner_id")
}

// ByID loads a webhook.
func (s Webhooks) ByID(ctx context.Context, hook id.Of[domain.Webhook]) (HookRow, error) {
	var row HookRow
	return row, foundHook(s.rows(s.DB.Read(ctx)).Where("w.id = ?", hook).Take(&row).Error)
}

// Lock loads a webhook for change.
func (s Webhooks) Lock(tx *database.Tx, hook id.Of[domain.Webhook]) (domain.Webhook, error) {
	var row domain.Webhook
	return row, foundHook(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", hook).Take(&row).Error)
}

func foundHook(err error) error {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fault.New(fault.NotFound, "no-such-webhook", "There is no such webhook.")
	case err != nil:
		return database.Fault(fmt.Errorf("load webhook: %w", err))
	}
	return nil
}

// Insert adds a webhook.
func (s Webhooks) Insert(tx *database.Tx, hook *domain.Webhook) error {
	if err := tx.Create(hook).Error; err != nil {
		return fmt.Errorf("write webhook: %w", err)
	}
	return nil
}

// Update writes what somebody has changed, as a new version.
func (s Webhooks) Update(tx *database.Tx, hook *domain.Webhook, now time.Time) error {
	hook.Version++
	hook.UpdatedAt = now
	if err := tx.Select("*").Updates(hook).Error; err != nil {
		return fmt.Errorf("write webhook: %w", err)
	}
	return nil
}

// SaveWork writes how the deliveries go, which is no new version.
func (s Webhooks) SaveWork(tx *database.Tx, hook *domain.Webhook) error {
	if err := tx.Model(hook).Select("FailingSince", "RestUntil", "Active", "StoppedAt").UpdateColumns(hook).Error; err != nil {
		return fmt.Errorf("write webhook: %w", err)
	}
	return nil
}

// Delete removes a webhook with all its deliveries.
func (s Webhooks) Delete(tx *database.Tx, hook id.Of[domain.Webhook]) error {
	if err := tx.Delete(&domain.Webhook{}, "id = ?", hook).Error; err != nil {
		return fmt.Errorf("delete webhook: %w", err)
	}
	return nil
}

// Count counts them all. The caller holds the lock that makes the number hold.
func (s Webhooks) Count(tx *database.Tx) (int, error) {
	if err := tx.Exec(`SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.webhook'))`).Error; err != nil {
		return 0, fmt.Errorf("count webhooks: %w", err)
	}
	var n int64
	if err := tx.Model(&domain.Webhook{}).Count(&n).Error; err != nil {
		return 0, fmt.Errorf("count webhooks: %w", err)
	}
	return int(n), nil
}

// List pages through the webhooks, the newest first.
func (s Webhooks) List(ctx context.Context, p page.Request) (page.Of[HookRow], error) {
	const sort = "-createdAt"
	after, err := page.Decode(p.Cursor, sort, 1)
	if err != nil {
		return page.Of[HookRow]{}, err
	}
	query := s.rows(s.DB.Read(ctx))
	if after != nil {
		query = query.Where("w.id < ?", after[0])
	}
	var rows []HookRow
	if err := query.Order("w.id DESC").Limit(p.Size() + 1).Find(&rows).Error; err != nil {
		return page.Of[HookRow]{}, database.Fault(fmt.Errorf("list webhooks: %w", err))
	}
	return page.Cut(rows, p.Size(), func(r HookRow) string { return page.Encode(sort, r.ID.String()) }), nil
}

// Wanting loads the webhooks that are to be told of the event; those of closed accounts are not.
func (s Webhooks) Wanting(tx *database.Tx, event string) ([]domain.Webhook, error) {
	var rows []domain.Webhook
	err := tx.Where("active AND jsonb_exists(events, ?) AND owner_id IN (SELECT id FROM user_account WHERE status = 'active')", event).
		Order("id").Find(&rows).Error
	if err != nil {
		return nil, fmt.Errorf("load webhooks: %w", err)
	}
	return rows, nil
}

// Wanted lists the events that any webhook is to be told of.
func (s Webhooks) Wanted(ctx context.Context) ([]string, error) {
	var names []string
	err := s.DB.Read(ctx).Raw(`SELECT DISTINCT jsonb_array_elements_text(events) FROM webhook WHERE active`).Scan(&names).Error
	if err != nil {
		return nil, database.Fault(fmt.Errorf("list wanted events: %w", err))
	}
	return names, nil
}
