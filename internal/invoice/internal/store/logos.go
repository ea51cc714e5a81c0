package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
)

// Logos keeps the pictures on the letterheads of issued documents, each once.
type Logos struct{ DB *database.DB }

// Keep adds a picture; one that is there already stays.
func (Logos) Keep(tx *database.Tx, digest string, picture []byte) {
	tx.Queue(`INSERT INTO letterhead_logo (digest, picture) VALUES ($1, $2) ON CONFLICT DO NOTHING`, digest, picture)
}

// Picture gives a picture; nil for one that is not there.
func (s Logos) Picture(ctx context.Context, digest string) ([]byte, error) {
	var picture []byte
	err := s.DB.Pool().QueryRow(ctx, `SELECT picture FROM letterhead_logo WHERE digest = $1`, digest).Scan(&picture)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read logo: %w", database.Fault(err))
	}
	return picture, nil
}
