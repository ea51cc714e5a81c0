package remote

import (
	"context"
	"maps"
	"slices"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/remote/invoicewire"
	"erp/internal/platform/rpc"
)

// ServeLedger lets other processes ask the ledger.
func ServeLedger(s *rpc.Server, ledger invoice.Ledger) {
	s.Mount(invoicewire.NewLedgerHandler(near{ledger}, s.Options()))
}

type near struct{ ledger invoice.Ledger }

func emptyRow() *invoicewire.Row { return &invoicewire.Row{} }

// Invoices implements invoicewire.LedgerHandler.
func (n near) Invoices(ctx context.Context, in *invoicewire.InvoicesRequest) (*invoicewire.InvoicesResponse, error) {
	ids, err := rpc.IDs[invoice.Invoice](in.GetIds())
	if err != nil {
		return nil, err
	}
	found, err := n.ledger.Invoices(ctx, ids)
	if err != nil {
		return nil, err
	}
	rows, err := rpc.Messages(slices.Collect(maps.Values(found)), emptyRow)
	return &invoicewire.InvoicesResponse{Invoices: rows}, err
}

// OwnedBy implements invoicewire.LedgerHandler.
func (n near) OwnedBy(ctx context.Context, in *invoicewire.OwnedByRequest) (*invoicewire.OwnedByResponse, error) {
	owners, err := rpc.IDs[employee.Employee](in.GetOwnerIds())
	if err != nil {
		return nil, err
	}
	made, err := n.ledger.OwnedBy(ctx, owners, int(in.GetEach()))
	if err != nil {
		return nil, err
	}
	rows, err := rpc.Messages(slices.Concat(slices.Collect(maps.Values(made))...), emptyRow)
	return &invoicewire.OwnedByResponse{Invoices: rows}, err
}

// Search implements invoicewire.LedgerHandler.
func (n near) Search(ctx context.Context, in *invoicewire.SearchRequest) (*invoicewire.SearchResponse, error) {
	found, err := n.ledger.Search(ctx, in.GetQ(), int(in.GetLimit()))
	if err != nil {
		return nil, err
	}
	rows, err := rpc.Messages(found, emptyRow)
	return &invoicewire.SearchResponse{Invoices: rows}, err
}

// SearchCustomers implements invoicewire.LedgerHandler.
func (n near) SearchCustomers(ctx context.Context, in *invoicewire.SearchCustomersRequest) (*invoicewire.SearchCustomersResponse, error) {
	found, err := n.ledger.SearchCustomers(ctx, in.GetQ(), int(in.GetLimit()))
	if err != nil {
		return nil, err
	}
	customers, err := rpc.Messages(found, func() *invoicewire.Customer { return &invoicewire.Customer{} })
	return &invoicewire.SearchCustomersResponse{Customers: customers}, err
}

// Summary implements invoicewire.LedgerHandler.
func (n near) Summary(ctx context.Context, _ *invoicewire.SummaryRequest) (*invoicewire.SummaryResponse, error) {
	said, err := n.ledger.Summary(ctx)
	if err != nil {
		return nil, err
	}
	summary, err := rpc.Message(said, &invoicewire.Summary{})
	return &invoicewire.SummaryResponse{Summary: summary}, err
}
