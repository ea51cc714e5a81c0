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

// Backups keeps which copies were made, and the plan of them.
type Backups struct{ DB *database.DB }

// Plan reads the plan.
func (s Backups) Plan(ctx context.Context) (domain.BackupPlan, error) {
	var plan domain.BackupPlan
	if err := s.DB.Read(ctx).Take(&plan).Error; err != nil {
		return plan, database.Fault(fmt.Errorf("load plan of backups: %w", err))
	}
	return plan, nil
}

// LockPlan reads the plan for change, or to let one copy or trial begin at a time.
func (s Backups) LockPlan(tx *database.Tx) (domain.BackupPlan, error) {
	var plan domain.BackupPlan
	if err := tx.Clauses(clause.Locking{Strength: "UPDATE"}).Take(&plan).Error; err != nil {
		return plan, fmt.Errorf("load plan of backups: %w", err)
	}
	return plan, nil
}

// SavePlan writes the plan back.
func (s Backups) SavePlan(tx *database.Tx, plan *domain.BackupPlan, now time.Time) error {
	plan.Version++
	plan.UpdatedAt = now
	if err := tx.Select("*").Updates(plan).Error; err != nil {
		return fmt.Errorf("write plan of backups: %w", err)
	}
	return nil
}

// ByID loads a copy.
func (s Backups) ByID(ctx context.Context, backup id.Of[domain.Backup]) (domain.Backup, error) {
	var row domain.Backup
	return row, foundBackup(s.DB.Read(ctx).Where("id = ?", backup).Take(&row).Error)
}

// Lock loads a copy for change.
func (s Backups) Lock(tx *database.Tx, backup id.Of[domain.Backup]) (domain.Backup, error) {
	var row domain.Backup
	return row, foundBackup(tx.Clauses(clause.Locking{Strength: "UPDATE"}).Where("id = ?", backup).Take(&row).Error)
}

func foundBackup(err error) error {
	switch {
	case errors.Is(err, gorm.ErrRecordNotFound):
		return fault.New(fault.NotFound, "no-such-backup", "There is no such backup.")
	case err != nil:
		return database.Fault(fmt.Errorf("load backup: %w", err))
	}
	return nil
}

// Open loads those that are being made or tried, as far as their rows tell.
func (s Backups) Open(tx *database.Tx) ([]domain.Backup, error) {
	var rows []domain.Backup
	if err := tx.Where("state = 'running' OR trial = 'running'").Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load running backups: %w", err)
	}
	return rows, nil
}

// Insert adds a copy.
func (s Backups) Insert(tx *database.Tx, backup *domain.Backup) error {
	if err := tx.Create(backup).Error; err != nil {
		return fmt.Errorf("write backup: %w", err)
	}
	return nil
}

// Save writes a copy back.
func (s Backups) Save(tx *database.Tx, backup *domain.Backup) error {
	if err := tx.Select("*").Updates(backup).Error; err != nil {
		return fmt.Errorf("write backup: %w", err)
	}
	return nil
}

// Delete forgets a copy.
func (s Backups) Delete(tx *database.Tx, backup id.Of[domain.Backup]) error {
	if err := tx.Delete(&domain.Backup{}, "id = ?", backup).Error; err != nil {
		return fmt.Errorf("forget backup: %w", err)
	}
	return nil
}

// Seen notes that the work on a copy goes on.
func (s Backups) Seen(ctx context.Context, backup id.Of[domain.Backup], now time.Time) error {
	return database.Fault(s.DB.Read(ctx).Exec(`UPDATE backup SET seen_at = ? WHERE id = ?`, now, backup).Error)
}

// Surplus loads what is more than to keep: whole copies beyond the newest, and failed ones older than a day.
func (s Backups) Surplus(ctx context.Context, keep int, before time.Time) ([]domain.Backup, error) {
	var rows []domain.Backup
	err := s.DB.Read(ctx).Raw(`SELECT * FROM backup WHERE trial <> 'running' AND (
			id IN (SELECT id FROM backup WHERE state = 'done' ORDER BY id DESC OFFSET ?) OR (state = 'failed' AND created_at < ?))`, keep, before).Scan(&rows).Error
	if err != nil {
		return nil, database.Fault(fmt.Errorf("list surplus backups: %w", err))
	}
	return rows, nil
}

// DailyDue reports whether the company was there at that moment and no daily copy was begun since.
func (s Backups) DailyDue(ctx context.Context, due time.Time) (missing bool, err error) {
	err = s.DB.Read(ctx).Raw(`SELECT EXISTS (SELECT FROM company WHERE created_at < ?)
		AND NOT EXISTS (SELECT FROM backup WHERE reason = 'daily' AND created_at >= ?)`, due, due).Row().Scan(&missing)
	if err != nil {
		return false, database.Fault(fmt.Errorf("look for the daily backup: %w", err))
	}
	return missing, nil
}

// LastPassed is when a copy was last brought back whole; zero when none was yet.
func (s Backups) LastPassed(ctx context.Context) (time.Time, error) {
	var at *time.Time
	if err := s.DB.Read(ctx).Raw(`SELECT max(tried_at) FROM backup WHERE trial = 'passed'`).Row().Scan(&at); err != nil {
		return time.Time{}, database.Fault(fmt.Errorf("look for the last trial: %w", err))
	}
	if at == nil {
		return time.Time{}, nil
	}
	return *at, nil
}

// List pages through the copies, the newest first.
func (s Backups) List(ctx context.Context, p page.Request) (page.Of[domain.Backup], error) {
	const sort = "-createdAt"
	after, err := page.Decode(p.Cursor, sort, 1)
	if err != nil {
		return page.Of[domain.Backup]{}, err
	}
	query := s.DB.Read(ctx)
	if after != nil {
		query = query.Where("id < ?", after[0])
	}
	var rows []domain.Backup
	if err := query.Order("id DESC").Limit(p.Size() + 1).Find(&rows).Error; err != nil {
		return page.Of[domain.Backup]{}, database.Fault(fmt.Errorf("list backups: %w", err))
	}
	return page.Cut(rows, p.Size(), func(b domain.Backup) string { return page.Encode(sort, b.ID.String()) }), nil
}
