package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/invoice"
)

// Ledger is the contract that other modules ask.
type Ledger struct{ *App }

var _ invoice.Ledger = Ledger{}

// Invoices implements invoice.Ledger.
func (l Ledger) Invoices(ctx context.Context, ids []invoice.ID) (map[invoice.ID]invoice.Row, error) {
	return l.ByID(ctx, ids)
}

// OwnedBy implements invoice.Ledger.
func (l Ledger) OwnedBy(ctx context.Context, owners []employee.ID, each int) (map[employee.ID][]invoice.Row, error) {
	return l.invoices.OwnedBy(ctx, owners, each, l.today(ctx))
}
