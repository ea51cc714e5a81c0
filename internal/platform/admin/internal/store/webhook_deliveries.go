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
	"erp/internal/platform/id"
	"erp/internal/platform/page"
)

// HookDeliveries keeps what is on its way to webhooks, and the log of it.
type HookDeliveries struct{ DB *database.DB }

// Insert adds a delivery; fresh is false when the webhook was told of the event before.
func (s HookDeliveries) Insert(tx *database.Tx, d *domain.HookDelivery) (fresh bool, err error) {
	done := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "webhook_id"}, {Name: "event_id"}}, DoNothing: true}).Create(d)
	if done.Error != nil {
		return false, fmt.Errorf("write delivery: %w", done.Error)
	}
	return done.RowsAffected == 1, nil
}

// Lock loads a delivery for change.
func (s HookDeliveries) Lock(tx *database.Tx, delivery id.Of[domain.HookDelivery]) (domain.HookDelivery, error) {
	var row domain.HookDelivery
	err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", delivery).Take(&row).Error
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return row, fault.New(fault.NotFound, "no-such-delivery", "There is no such delivery; it may have been forgotten by now.")
	case err != nil:
		return row, fmt.Errorf("load delivery: %w", err)
	}
	return row, nil
}

// Save writes a delivery back.
func (s HookDeliveries) Save(tx *database.Tx, d *domain.HookDelivery) error {
	if err := tx.Select("*").Updates(d).Error; err != nil {
		return fmt.Errorf("write delivery: %w", err)
	}
	return nil
}

// Waiting counts what waits for the webhook, up to most.
func (s HookDeliveries) Waiting(tx *database.Tx, hook id.Of[domain.Webhook], most int) (n int, err error) {
	err = tx.Raw(`SELECT count(*) FROM (SELECT FROM webhook_delivery WHERE webhook_id = ? AND state = 'waiting' LIMIT ?) w`, hook, most).Row().Scan(&n)
	if err != nil {
		return 0, fmt.Errorf("count deliveries: %w", err)
	}
	return n, nil
}

// EndWaiting gives up what waits for the webhook.
func (s HookDeliveries) EndWaiting(tx *database.Tx, hook id.Of[domain.Webhook], reason string) error {
	err := tx.Model(&domain.HookDelivery{}).Where("webhook_id = ? AND state = 'waiting'", hook).
		UpdateColumns(map[string]any{"state": domain.DeliveryFailed, "error": reason}).Error
	if err != nil {
		return fmt.Errorf("end deliveries: %w", err)
	}
	return nil
}

// List pages through the log of a webhook, the newest first.
func (s HookDeliveries) List(ctx context.Context, hook id.Of[domain.Webhook], state string, p page.Request) (page.Of[domain.HookDelivery], error) {
	const sort = "-createdAt"
	after, err := page.Decode(p.Cursor, sort, 1)
	if err != nil {
		return page.Of[domain.HookDelivery]{}, err
	}
	query := s.DB.Search(ctx).Omit("body").Where("webhook_id = ?", hook)
	if state != "" {
		query = query.Where("state = ?", state)
	}
	if after != nil {
		query = query.Where("id < ?", after[0])
	}
	var rows []domain.HookDelivery
	if err := query.Order("id DESC").Limit(p.Size() + 1).Find(&rows).Error; err != nil {
		return page.Of[domain.HookDelivery]{}, database.Fault(fmt.Errorf("list deliveries: %w", err))
	}
	return page.Cut(rows, p.Size(), func(d domain.HookDelivery) string { return page.Encode(sort, d.ID.String()) }), nil
}

// Purge forgets what was settled long ago.
func (s HookDeliveries) Purge(ctx context.Context, before time.Time) error {
	return database.Fault(s.DB.Read(ctx).Exec(`DELETE FROM webhook_delivery WHERE created_at < ? AND state <> 'waiting'`, before).Error)
}
