package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/id"
)

// PasswordLinks keeps the links by which people choose a password.
type PasswordLinks struct{ DB *database.DB }

// Insert adds a link. The caller has locked the user and ended the link before it.
func (s PasswordLinks) Insert(tx *database.Tx, link *domain.PasswordLink) error {
	if err := tx.Create(link).Error; err != nil {
		return fmt.Errorf("write password link: %w", err)
	}
	return nil
}

// ByHash finds the link with this secret, whatever has become of it.
func (s PasswordLinks) ByHash(ctx context.Context, hash []byte) (domain.PasswordLink, error) {
	return firstLink(s.DB.Read(ctx).Where("token_hash = ?", hash))
}

// ByID finds a link.
func (s PasswordLinks) ByID(ctx context.Context, link id.Of[domain.PasswordLink]) (domain.PasswordLink, error) {
	return firstLink(s.DB.Read(ctx).Where("id = ?", link))
}

func firstLink(query *gorm.DB) (domain.PasswordLink, error) {
	var link domain.PasswordLink
	err := query.Take(&link).Error
	if errors.Is(err, gorm.ErrRecordNotFound) {
		return domain.PasswordLink{}, domain.LinkNotValid()
	}
	if err != nil {
		return domain.PasswordLink{}, database.Fault(fmt.Errorf("load password link: %w", err))
	}
	return link, nil
}

// Draw gives an open link its secret, or another one in place of a secret that may have been lost on the way.
func (s PasswordLinks) Draw(ctx context.Context, link id.Of[domain.PasswordLink], hash []byte, now time.Time) error {
	done := s.DB.Read(ctx).Exec(`UPDATE password_link SET token_hash = ?, mailed = true
		WHERE id = ? AND used_at IS NULL AND ended_at IS NULL AND expires_at > ?`, hash, link, now)
	if done.Error != nil {
		return database.Fault(fmt.Errorf("draw password link: %w", done.Error))
	}
	if done.RowsAffected == 0 {
		return domain.LinkNotValid()
	}
	return nil
}

// Use marks an open link as used. Of two uses at once one succeeds.
func (s PasswordLinks) Use(tx *database.Tx, link id.Of[domain.PasswordLink], hash []byte, now time.Time) error {
	done := tx.Exec(`UPDATE password_link SET used_at = ? WHERE id = ? AND token_hash = ? AND used_at IS NULL AND ended_at IS NULL AND expires_at > ?`,
		now, link, hash, now)
	if done.Error != nil {
		return fmt.Errorf("use password link: %w", done.Error)
	}
	if done.RowsAffected == 0 {
		return domain.LinkNotValid()
	}
	return nil
}

// EndOpen ends what is open of the user's links, with the COMMIT.
func (s PasswordLinks) EndOpen(tx *database.Tx, user admin.UserID, now time.Time) {
	tx.Queue(`UPDATE password_link SET ended_at = $2 WHERE user_id = $1 AND used_at IS NULL AND ended_at IS NULL`, user.String(), now)
}

// Replace ends what is open now, so that another can be made in the same transaction.
func (s PasswordLinks) Replace(tx *database.Tx, user admin.UserID, now time.Time) error {
	err := tx.Exec(`UPDATE password_link SET ended_at = ? WHERE user_id = ? AND used_at IS NULL AND ended_at IS NULL`, now, user).Error
	if err != nil {
		return fmt.Errorf("end password links: %w", err)
	}
	return nil
}

// Recent counts the links made since, for this user and by this maker.
func (s PasswordLinks) Recent(tx *database.Tx, user admin.UserID, maker string, since time.Time) (forUser, byMaker int, err error) {
	row := tx.Raw(`SELECT (SELECT count(*) FROM password_link WHERE user_id = ? AND created_at > ?),
		(SELECT count(*) FROM password_link WHERE made_by = ? AND created_at > ?)`, user, since, maker, since).Row()
	if err := row.Scan(&forUser, &byMaker); err != nil {
		return 0, 0, fmt.Errorf("count password links: %w", err)
	}
	return forUser, byMaker, nil
}

// Purge forgets links that ended long ago.
func (s PasswordLinks) Purge(ctx context.Context, before time.Time) error {
	return database.Fault(s.DB.Read(ctx).Exec(`DELETE FROM password_link WHERE expires_at < ?`, before).Error)
}
