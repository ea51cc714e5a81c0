package app

import (
	"context"
	"io"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/csvfile"
)

// Export writes the documents of a query as CSV, within what the caller may read and export.
func (a *App) Export(ctx context.Context, q ListQuery) (func(io.Writer) error, error) {
	query := a.query(ctx, q)
	read, err := a.owners(ctx, CanRead)
	if err != nil {
		return nil, err
	}
	export, err := a.owners(ctx, CanExport)
	if err != nil {
		return nil, err
	}
	query.Owners = both(read, export)
	return func(w io.Writer) error {
		file := csvfile.NewWriter(w, "number", "kind", "status", "customer", "reference", "issuedOn", "dueOn", "currency", "net", "tax", "gross", "due")
		err := store.Invoices{DB: a.db.Standby()}.Each(ctx, query, func(r invoice.Row) error {
			file.Row(r.Number, string(r.Kind), string(r.Status), r.Customer, r.Reference, r.IssuedOn.String(), r.DueOn.String(),
				string(r.Currency), r.Net.String(), r.Tax.String(), r.Gross.String(), r.Due.String())
			return nil
		})
		if err != nil {
			return err
		}
		return file.Flush()
	}, nil
}

// both is the intersection of two reaches; nil is everybody.
func both[T comparable](x, y []T) []T {
	if x == nil {
		return y
	}
	if y == nil {
		return x
	}
	in := make(map[T]bool, len(x))
	for _, i := range x {
		in[i] = true
	}
	out := []T{}
	for _, i := range y {
		if in[i] {
			out = append(out, i)
		}
	}
	return out
}
