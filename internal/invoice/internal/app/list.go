package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/date"
	"erp/internal/platform/page"
)

// ListQuery narrows the list of documents; zero fields do not.
type ListQuery struct {
	Kind       invoice.Kind
	Status     string
	CustomerID invoice.CustomerID
	From, To   date.Date
	Q          string
	Mine       bool
	Sort       string
	Page       page.Request
}

func (a *App) query(ctx context.Context, q ListQuery) store.InvoiceQuery {
	return store.InvoiceQuery{
		Kind: q.Kind, Status: q.Status, CustomerID: q.CustomerID, From: q.From, To: q.To, Q: q.Q, Sort: q.Sort, Page: q.Page, Today: a.today(ctx),
	}
}

// Invoices gives a page of the documents that the caller may read.
func (a *App) Invoices(ctx context.Context, q ListQuery) (page.Of[invoice.Row], error) {
	query := a.query(ctx, q)
	var err error
	if query.Owners, err = a.owners(ctx, CanRead); err != nil {
		return page.Of[invoice.Row]{}, err
	}
	if q.Mine && query.Owners == nil {
		query.Owners = []employee.ID{me(ctx)}
	}
	return a.invoices.List(ctx, query)
}

// Search finds documents for the search of the whole application.
func (a *App) Search(ctx context.Context, q string, limit int) ([]invoice.Row, error) {
	if !auth.Allowed(ctx, CanRead) {
		return nil, nil
	}
	found, err := a.Invoices(ctx, ListQuery{Q: q, Page: page.Request{Limit: limit}})
	return found.Items, err
}

// SearchCustomers finds customers for the search of the whole application.
func (a *App) SearchCustomers(ctx context.Context, q string, limit int) ([]invoice.Customer, error) {
	if !auth.Allowed(ctx, CanSeeCustomers) {
		return nil, nil
	}
	found, err := a.customers.List(ctx, store.CustomerQuery{Q: q, Page: page.Request{Limit: limit}})
	return found.Items, err
}

// ByID gives documents to other modules.
func (a *App) ByID(ctx context.Context, ids []invoice.ID) (map[invoice.ID]invoice.Row, error) {
	return a.invoices.ByID(ctx, ids, a.today(ctx))
}

// Payments gives a page of payments.
func (a *App) Payments(ctx context.Context, q store.PaymentQuery) (page.Of[invoice.Payment], error) {
	return a.payments.List(ctx, q)
}

// Payment gives one payment.
func (a *App) Payment(ctx context.Context, id invoice.PaymentID) (invoice.Payment, error) {
	p, err := a.payments.ByID(ctx, id)
	if err != nil {
		return p, err
	}
	facts, err := a.payments.Facts(ctx, id)
	if err != nil {
		return p, err
	}
	folded, err := domain.FoldPayment(facts)
	p.Refunds = folded.Refunds
	return p, err
}
