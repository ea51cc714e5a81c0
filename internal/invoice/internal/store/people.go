package store

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/employee"
	"erp/internal/platform/database"
)

// People keeps the names of those who own documents, as last heard.
type People struct{ DB *database.DB }

// Name is the name last heard; empty when none was.
func (s People) Name(ctx context.Context, who employee.ID) (string, error) {
	var name string
	err := s.DB.Pool().QueryRow(ctx, `SELECT name FROM person WHERE id = $1`, who.String()).Scan(&name)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return "", fmt.Errorf("read name: %w", database.Fault(err))
	}
	return name, nil
}

// Hear keeps what the owner of a document is called since the instant, unless something newer is known. No name is that of
// somebody whom nobody knows any more: it is forgotten.
func (s People) Hear(ctx context.Context, who employee.ID, name string, since time.Time) error {
	sql, args := `DELETE FROM person WHERE id = $1`, []any{who.String()}
	if name != "" {
		sql, args = `INSERT INTO person AS p (id, name, named_at) SELECT $1, $2, $3 WHERE EXISTS (SELECT FROM invoice WHERE owner_id = $1)
			ON CONFLICT (id) DO UPDATE SET name = excluded.name, named_at = excluded.named_at
			WHERE p.named_at < excluded.named_at AND p.name <> excluded.name`, append(args, name, since)
	}
	if _, err := s.DB.Pool().Exec(ctx, sql, args...); err != nil {
		return fmt.Errorf("keep name: %w", database.Fault(err))
	}
	return nil
}

// Rename writes the name that somebody known goes by since the instant.
func (People) Rename(tx *database.Tx, who employee.ID, name string, since time.Time) {
	tx.Queue(`UPDATE person SET name = $2, named_at = $3 WHERE id = $1 AND named_at < $3`, who.String(), name, since)
}

// Forget takes the name of somebody away who owns no document any more.
func (People) Forget(tx *database.Tx, who employee.ID) {
	tx.Queue(`DELETE FROM person WHERE id = $1 AND NOT EXISTS (SELECT FROM invoice WHERE owner_id = $1)`, who.String())
}
