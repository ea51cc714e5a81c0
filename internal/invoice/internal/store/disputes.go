package store

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/platform/database"
)

// Dispute notes that an invoice is held to be wrong; false when that is noted already.
func (Letters) Dispute(ctx context.Context, tx *database.Tx, which invoice.ID, d invoice.Dispute) (bool, error) {
	tag, err := tx.Conn().Exec(ctx, `INSERT INTO dispute (invoice_id, reason, at, actor) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING`, which.String(), d.Reason, d.At, d.By)
	if err != nil {
		return false, fmt.Errorf("write dispute: %w", err)
	}
	return tag.RowsAffected() > 0, nil
}

// EndDispute forgets it; false when there is none.
func (Letters) EndDispute(ctx context.Context, tx *database.Tx, which invoice.ID) (bool, error) {
	tag, err := tx.Conn().Exec(ctx, `DELETE FROM dispute WHERE invoice_id = $1`, which.String())
	if err != nil {
		return false, fmt.Errorf("end dispute: %w", err)
	}
	return tag.RowsAffected() > 0, nil
}

// DisputeOf gives the dispute over an invoice; nil without one.
func (s Letters) DisputeOf(ctx context.Context, which invoice.ID) (*invoice.Dispute, error) {
	return disputeOf(ctx, s.DB.Pool(), which)
}

// DisputeIn is the same inside a transaction.
func (Letters) DisputeIn(ctx context.Context, tx *database.Tx, which invoice.ID) (*invoice.Dispute, error) {
	return disputeOf(ctx, tx.Conn(), which)
}

func disputeOf(ctx context.Context, q interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}, which invoice.ID) (*invoice.Dispute, error) {
	var d invoice.Dispute
	err := q.QueryRow(ctx, `SELECT reason, at, actor FROM dispute WHERE invoice_id = $1`, which.String()).Scan(&d.Reason, &d.At, &d.By)
	if errors.Is(err, pgx.ErrNoRows) {
		return nil, nil //nolint:nilnil // because none is what most invoices have
	}
	if err != nil {
		return nil, fmt.Errorf("read dispute: %w", database.Fault(err))
	}
	return &d, nil
}
