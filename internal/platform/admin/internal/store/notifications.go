package store

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
)

// Notifications keeps what people are told, and how they want to be told.
type Notifications struct{ DB *database.DB }

// Insert adds a notification; fresh is false when the person was told of it before.
func (s Notifications) Insert(tx *database.Tx, n *domain.Notification) (fresh bool, err error) {
	done := tx.Clauses(clause.OnConflict{DoNothing: true}).Create(n)
	if done.Error != nil {
		return false, fmt.Errorf("write notification: %w", done.Error)
	}
	return done.RowsAffected == 1, nil
}

// List pages through what the person was told, the newest first.
func (s Notifications) List(ctx context.Context, user admin.UserID, unread bool, p page.Request) (page.Of[domain.Notification], error) {
	const sort = "-createdAt"
	after, err := page.Decode(p.Cursor, sort, 1)
	if err != nil {
		return page.Of[domain.Notification]{}, err
	}
	query := s.DB.Read(ctx).Where("user_id = ? AND in_app", user)
	if unread {
		query = query.Where("read_at IS NULL")
	}
	if after != nil {
		query = query.Where("id < ?", after[0])
	}
	var rows []domain.Notification
	if err := query.Order("id DESC").Limit(p.Size() + 1).Find(&rows).Error; err != nil {
		return page.Of[domain.Notification]{}, database.Fault(fmt.Errorf("list notifications: %w", err))
	}
	return page.Cut(rows, p.Size(), func(n domain.Notification) string { return page.Encode(sort, n.ID.String()) }), nil
}

// Unread counts what the person has not read, up to a hundred.
func (s Notifications) Unread(ctx context.Context, user admin.UserID) (n int, err error) {
	err = s.DB.Read(ctx).Raw(`SELECT count(*) FROM (SELECT FROM notification WHERE user_id = ? AND in_app AND read_at IS NULL LIMIT 100) u`, user).Row().Scan(&n)
	if err != nil {
		return 0, database.Fault(fmt.Errorf("count notifications: %w", err))
	}
	return n, nil
}

// Read marks these as read, all when none are named. Foreign ones are left alone.
func (s Notifications) Read(tx *database.Tx, user admin.UserID, ids []id.Of[domain.Notification], now time.Time) error {
	query := tx.Model(&domain.Notification{}).Where("user_id = ? AND read_at IS NULL", user)
	if len(ids) > 0 {
		query = query.Where("id = ANY(?)", database.Array(ids))
	}
	if err := query.UpdateColumn("read_at", now).Error; err != nil {
		return fmt.Errorf("read notifications: %w", err)
	}
	return nil
}

// Choices gives what these people chose, by person and kind; who has not chosen is absent.
func (s Notifications) Choices(tx *database.Tx, users []admin.UserID, kind domain.NoticeKind) (map[admin.UserID]domain.NotificationChoice, error) {
	var rows []domain.NotificationChoice
	if err := tx.Where("user_id = ANY(?) AND kind = ?", database.Array(users), kind).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load choices: %w", err)
	}
	out := make(map[admin.UserID]domain.NotificationChoice, len(rows))
	for _, row := range rows {
		out[row.UserID] = row
	}
	return out, nil
}

// ChoicesOf gives what one person chose.
func (s Notifications) ChoicesOf(ctx context.Context, user admin.UserID) (map[domain.NoticeKind]domain.NotificationChoice, error) {
	var rows []domain.NotificationChoice
	if err := s.DB.Read(ctx).Where("user_id = ?", user).Find(&rows).Error; err != nil {
		return nil, database.Fault(fmt.Errorf("load choices: %w", err))
	}
	out := make(map[domain.NoticeKind]domain.NotificationChoice, len(rows))
	for _, row := range rows {
		out[row.Kind] = row
	}
	return out, nil
}

// Choose keeps a choice.
func (s Notifications) Choose(tx *database.Tx, choice domain.NotificationChoice) error {
	err := tx.Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "user_id"}, {Name: "kind"}},
		DoUpdates: clause.AssignmentColumns([]string{"in_app", "by_mail"})}).Create(&choice).Error
	if err != nil {
		return fmt.Errorf("keep choice: %w", err)
	}
	return nil
}

// Purge forgets what was told long ago.
func (s Notifications) Purge(ctx context.Context, before time.Time) error {
	return database.Fault(s.DB.Read(ctx).Exec(`DELETE FROM notification WHERE created_at < ?`, before).Error)
}

// Open loads those of these people who can sign in.
func (s Users) Open(tx *database.Tx, users []admin.UserID) ([]domain.User, error) {
	var rows []domain.User
	if err := tx.Where("status = 'active' AND id = ANY(?)", database.Array(users)).Find(&rows).Error; err != nil {
		return nil, fmt.Errorf("load users: %w", err)
	}
	return rows, nil
}

// SeenBrowser tells what the session's browser calls itself and its address, and whether the person signed in before at
// all, and with a browser of that name.
func (s Notifications) SeenBrowser(tx *database.Tx, user admin.UserID, session string) (agent, ip string, before, same int, err error) {
	err = tx.Raw(`SELECT s.agent, s.ip, count(o.id), count(o.id) FILTER (WHERE o.agent = s.agent)
		FROM session s LEFT JOIN session o ON o.user_id = s.user_id AND o.id < s.id
		WHERE s.id = ? AND s.user_id = ? GROUP BY s.id`, session, user).Row().Scan(&agent, &ip, &before, &same)
	if err != nil {
		return "", "", 0, 0, fmt.Errorf("look for browser: %w", err)
	}
	return agent, ip, before, same, nil
}
