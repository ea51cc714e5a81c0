// Package remote is the contract of the invoice module over the wire: a Ledger that asks the module in another process,
// and a server that lets other processes ask the Ledger here. It knows no inside of the module.
package remote

import (
	"context"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/remote/invoicewire"
	"erp/internal/platform/rpc"
)

// NewLedger is the Ledger of the module at the other end of the link.
func NewLedger(link *rpc.Link) invoice.Ledger {
	return far{invoicewire.NewLedgerClient(link.HTTP(), link.URL(), link.Options())}
}

type far struct{ ledger invoicewire.LedgerClient }

// Invoices implements invoice.Ledger.
func (f far) Invoices(ctx context.Context, ids []invoice.ID) (map[invoice.ID]invoice.Row, error) {
	answer, err := f.ledger.Invoices(ctx, &invoicewire.InvoicesRequest{Ids: rpc.Texts(ids)})
	if err != nil {
		return nil, err
	}
	rows, err := rpc.Values[invoice.Row](answer.GetInvoices())
	found := make(map[invoice.ID]invoice.Row, len(rows))
	for _, row := range rows {
		found[row.ID] = row
	}
	return found, err
}

// OwnedBy implements invoice.Ledger.
func (f far) OwnedBy(ctx context.Context, owners []employee.ID, each int) (map[employee.ID][]invoice.Row, error) {
	answer, err := f.ledger.OwnedBy(ctx, &invoicewire.OwnedByRequest{OwnerIds: rpc.Texts(owners), Each: int32(each)})
	if err != nil {
		return nil, err
	}
	rows, err := rpc.Values[invoice.Row](answer.GetInvoices())
	made := map[employee.ID][]invoice.Row{}
	for _, row := range rows {
		made[row.OwnerID] = append(made[row.OwnerID], row)
	}
	return made, err
}

// Search implements invoice.Ledger.
func (f far) Search(ctx context.Context, q string, limit int) ([]invoice.Row, error) {
	answer, err := f.ledger.Search(ctx, &invoicewire.SearchRequest{Q: q, Limit: int32(limit)})
	if err != nil {
		return nil, err
	}
	return rpc.Values[invoice.Row](answer.GetInvoices())
}

// SearchCustomers implements invoice.Ledger.
func (f far) SearchCustomers(ctx context.Context, q string, limit int) ([]invoice.Customer, error) {
	answer, err := f.ledger.SearchCustomers(ctx, &invoicewire.SearchCustomersRequest{Q: q, Limit: int32(limit)})
	if err != nil {
		return nil, err
	}
	return rpc.Values[invoice.Customer](answer.GetCustomers())
}

// Summary implements invoice.Ledger.
func (f far) Summary(ctx context.Context) (invoice.Summary, error) {
	answer, err := f.ledger.Summary(ctx, &invoicewire.SummaryRequest{})
	if err != nil {
		return invoice.Summary{}, err
	}
	return rpc.Value[invoice.Summary](answer.GetSummary())
}
