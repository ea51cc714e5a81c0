package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/id"
)

// Issuing is what issuing a group of documents needs to know.
type Issuing struct {
	Invoices map[invoice.ID]*domain.Invoice // unknown and discarded ones are absent
	Buyers   map[invoice.CustomerID]invoice.Customer
}

// LockGroup loads documents for change with their customers, and the customers of new
// documents, however many, in one round trip.
func (s Ledger) LockGroup(ctx context.Context, tx *database.Tx, ids []invoice.ID, buyers []invoice.CustomerID) (Issuing, error) {
	out := Issuing{Invoices: map[invoice.ID]*domain.Invoice{}, Buyers: map[invoice.CustomerID]invoice.Customer{}}
	keys := texts(ids)
	var batch pgx.Batch
	batch.Queue(`SELECT id FROM invoice WHERE id = ANY ($1::text[]::uuid[]) ORDER BY id FOR UPDATE`, keys)
	batch.Queue(`SELECT invoice_id, version, kind, at, actor, payload FROM ledger_event
		WHERE invoice_id = ANY ($1::text[]::uuid[]) ORDER BY invoice_id, version`, keys)
	batch.Queue(`SELECT `+customerColumns+` FROM customer WHERE id = ANY ($2::text[]::uuid[] ||
		ARRAY (SELECT customer_id FROM invoice WHERE id = ANY ($1::text[]::uuid[])))`, keys, texts(buyers))
	results := tx.Conn().SendBatch(ctx, &batch)
	defer results.Close() //nolint:errcheck // because each result was read
	if _, err := results.Exec(); err != nil {
		return out, fmt.Errorf("lock invoices: %w", err)
	}
	events := map[invoice.ID][]domain.Event{}
	err := each(results, func(r pgx.Rows) error {
		e, err := scanEvent(r)
		events[e.InvoiceID] = append(events[e.InvoiceID], e)
		return err
	})
	if err != nil {
		return out, err
	}
	for id, list := range events {
		inv, err := domain.Replay(list)
		if err != nil {
			return out, fmt.Errorf("the ledger is damaged: %w", err)
		}
		if !inv.Discarded {
			out.Invoices[id] = inv
		}
	}
	return out, each(results, func(r pgx.Rows) error {
		c, err := scanCustomer(r)
		out.Buyers[c.ID] = c
		return err
	})
}

// each reads the next result of a pipeline.
func each(results pgx.BatchResults, scan func(pgx.Rows) error) error {
	rows, err := results.Query()
	if err != nil {
		return fmt.Errorf("read pipeline: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read row: %w", err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("read pipeline: %w", err)
	}
	return nil
}

func scanEvent(r pgx.Rows) (domain.Event, error) {
	var e domain.Event
	var kind string
	var raw []byte
	if err := r.Scan(&e.InvoiceID, &e.Version, &kind, &e.At, &e.Actor, &raw); err != nil {
		return e, err
	}
	var err error
	e.Fact, err = domain.ParseFact(kind, raw)
	return e, err
}

// texts writes ids as one array parameter; zero ids, which name nothing, are left out.
func texts[T any](ids []id.Of[T]) []string {
	out := make([]string, 0, len(ids))
	for _, i := range ids {
		if !i.IsZero() {
			out = append(out, i.String())
		}
	}
	return out
}
