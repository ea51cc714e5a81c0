// Package invoicetest lets others test against invoices without the invoice module: an
// in-memory Ledger, and the promise that every Ledger must keep. It knows no database.
package invoicetest

import (
	"context"
	"slices"
	"strings"
	"sync"

	"erp/internal/employee"
	"erp/internal/invoice"
)

// Ledger is an invoice.Ledger in memory. The zero value has sold nothing yet.
type Ledger struct {
	mu        sync.RWMutex
	rows      []invoice.Row
	customers []invoice.Customer
	summary   invoice.Summary
	fail      error
}

var _ invoice.Ledger = (*Ledger)(nil)

// New returns a Ledger of these documents, newest first.
func New(rows ...invoice.Row) *Ledger { return &Ledger{rows: rows} }

// Put adds a customer.
func (l *Ledger) Put(c invoice.Customer) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.customers = append(l.customers, c)
}

// Say sets the summary.
func (l *Ledger) Say(s invoice.Summary) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.summary = s
}

// Fail lets every call fail with err until it is called with nil.
func (l *Ledger) Fail(err error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.fail = err
}

// Invoices implements invoice.Ledger.
func (l *Ledger) Invoices(_ context.Context, ids []invoice.ID) (map[invoice.ID]invoice.Row, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	out := map[invoice.ID]invoice.Row{}
	for _, r := range l.rows {
		for _, id := range ids {
			if r.ID == id {
				out[id] = r
			}
		}
	}
	return out, l.fail
}

// OwnedBy implements invoice.Ledger.
func (l *Ledger) OwnedBy(_ context.Context, owners []employee.ID, each int) (map[employee.ID][]invoice.Row, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	out := map[employee.ID][]invoice.Row{}
	for _, r := range l.rows {
		if slices.Contains(owners, r.OwnerID) && len(out[r.OwnerID]) < each {
			out[r.OwnerID] = append(out[r.OwnerID], r)
		}
	}
	return out, l.fail
}

// Search implements invoice.Ledger; it asks for no permission.
func (l *Ledger) Search(_ context.Context, q string, limit int) ([]invoice.Row, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return matching(l.rows, q, limit, func(r invoice.Row) string { return r.Number + " " + r.Customer + " " + r.Reference }), l.fail
}

// SearchCustomers implements invoice.Ledger; it asks for no permission.
func (l *Ledger) SearchCustomers(_ context.Context, q string, limit int) ([]invoice.Customer, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return matching(l.customers, q, limit, func(c invoice.Customer) string { return c.Number + " " + c.Name }), l.fail
}

// Summary implements invoice.Ledger.
func (l *Ledger) Summary(context.Context) (invoice.Summary, error) {
	l.mu.RLock()
	defer l.mu.RUnlock()
	return l.summary, l.fail
}

func matching[T any](all []T, q string, limit int, text func(T) string) []T {
	var out []T
	for _, x := range all {
		if len(out) < limit && strings.Contains(strings.ToLower(text(x)), strings.ToLower(q)) {
			out = append(out, x)
		}
	}
	return out
}
