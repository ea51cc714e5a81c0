package app

import (
	"context"
	"io"
	"strconv"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/page"
)

// ExportCustomers writes the customers of a query as CSV.
func (a *App) ExportCustomers(ctx context.Context, q CustomerQuery) (func(io.Writer) error, error) {
	if err := auth.Need(ctx, CanSeeCustomers); err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		file := csvfile.NewWriter(w, "number", "name", "email", "phone", "street", "postalCode", "city", "country", "vatId", "taxId", "currency",
			"paymentDays", "note")
		return pages(file, func(at page.Request) (page.Of[invoice.Customer], error) {
			q.Page = at
			return a.Customers(ctx, q)
		}, func(c invoice.Customer) []string {
			return []string{c.Number, c.Name, c.Email, c.Phone, c.Street, c.PostalCode, c.City, c.Country, c.VATID, c.TaxID, string(c.Currency),
				strconv.Itoa(c.PaymentDays), c.Note}
		})
	}, nil
}

// ExportItems writes the products and services of a query as CSV.
func (a *App) ExportItems(ctx context.Context, q ItemQuery) (func(io.Writer) error, error) {
	if err := auth.Need(ctx, CanSeeItems); err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		file := csvfile.NewWriter(w, "code", "name", "description", "unit", "unitPrice", "currency", "priceMode")
		return pages(file, func(at page.Request) (page.Of[invoice.Item], error) {
			q.Page = at
			return a.Items(ctx, q)
		}, func(i invoice.Item) []string {
			return []string{i.Code, i.Name, i.Description, i.Unit, i.UnitPrice.String(), string(i.Currency), string(i.PriceMode)}
		})
	}, nil
}

// ExportPayments writes the payments of a query as CSV, one row a payment.
func (a *App) ExportPayments(ctx context.Context, q PaymentQuery) (func(io.Writer) error, error) {
	if err := auth.Need(ctx, CanSeePayments); err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		file := csvfile.NewWriter(w, "receivedOn", "customer", "currency", "amount", "unallocated", "method", "reference")
		err := store.Payments{DB: a.db.Standby()}.Each(ctx, q, func(p invoice.Payment) error {
			file.Row(p.ReceivedOn.String(), p.Customer, string(p.Currency), p.Amount.String(), p.Unallocated.String(), p.Method, p.Reference)
			return nil
		})
		if err != nil {
			return err
		}
		return file.Flush()
	}, nil
}

// pages writes a list page by page, so that memory does not grow with it.
func pages[T any](file *csvfile.Writer, list func(page.Request) (page.Of[T], error), row func(T) []string) error {
	at := page.Request{Limit: page.MaxLimit}
	for {
		found, err := list(at)
		if err != nil {
			return err
		}
		for _, item := range found.Items {
			file.Row(row(item)...)
		}
		if found.Next == "" {
			return file.Flush()
		}
		at.Cursor = found.Next
	}
}
