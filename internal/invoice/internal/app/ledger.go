package app

import (
	"context"

	"erp/internal/invoice"
)

// Ledger is the contract that other modules ask.
type Ledger struct{ *App }

var _ invoice.Ledger = Ledger{}

// Invoices implements invoice.Ledger.
func (l Ledger) Invoices(ctx context.Context, ids []invoice.ID) (map[invoice.ID]invoice.Row, error) {
	return l.ByID(ctx, ids)
}
