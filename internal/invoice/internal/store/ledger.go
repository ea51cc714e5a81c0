package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
)

const selectEvents = `SELECT version, kind, at, actor, payload FROM ledger_event WHERE invoice_id = $1 ORDER BY version`

// Ledger reads and appends the facts of invoices and keeps the projections beside them.
type Ledger struct{ DB *database.DB }

// Load gives a document as its events make it; NotFound when there is none or it was discarded.
func (s Ledger) Load(ctx context.Context, id invoice.ID) (*domain.Invoice, error) {
	events, err := s.Events(ctx, id)
	if err != nil {
		return nil, err
	}
	return replay(events)
}

// Events gives all facts of a document, oldest first; none for an unknown one.
func (s Ledger) Events(ctx context.Context, id invoice.ID) ([]domain.Event, error) {
	rows, err := s.DB.Pool().Query(ctx, selectEvents, id.String())
	if err != nil {
		return nil, fmt.Errorf("load ledger of invoice: %w", database.Fault(err))
	}
	return scanEvents(id, rows)
}

// Lock loads documents for change. Rows are locked in the order of their ids, so that two
// payments over the same invoices wait for each other instead of deadlocking. One round trip.
func (s Ledger) Lock(ctx context.Context, tx *database.Tx, ids ...invoice.ID) ([]*domain.Invoice, error) {
	var batch pgx.Batch
	keys := make([]string, len(ids))
	for i, id := range ids {
		keys[i] = id.String()
	}
	batch.Queue(`SELECT id FROM invoice WHERE id = ANY ($1::text[]::uuid[]) ORDER BY id FOR UPDATE`, keys)
	for _, key := range keys {
		batch.Queue(selectEvents, key)
	}
	results := tx.Conn().SendBatch(ctx, &batch)
	defer results.Close() //nolint:errcheck // because each result was read
	if _, err := results.Exec(); err != nil {
		return nil, fmt.Errorf("lock invoices: %w", err)
	}
	out := make([]*domain.Invoice, len(ids))
	for i, id := range ids {
		rows, err := results.Query()
		if err != nil {
			return nil, fmt.Errorf("load ledger of invoice: %w", err)
		}
		events, err := scanEvents(id, rows)
		if err != nil {
			return nil, err
		}
		if out[i], err = replay(events); err != nil {
			return nil, err
		}
	}
	return out, nil
}

func scanEvents(id invoice.ID, rows pgx.Rows) ([]domain.Event, error) {
	defer rows.Close()
	var events []domain.Event
	for rows.Next() {
		e := domain.Event{InvoiceID: id}
		var kind string
		var raw []byte
		if err := rows.Scan(&e.Version, &kind, &e.At, &e.Actor, &raw); err != nil {
			return nil, fmt.Errorf("read ledger event: %w", err)
		}
		fact, err := domain.ParseFact(kind, raw)
		if err != nil {
			return nil, err
		}
		e.Fact = fact
		events = append(events, e)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("load ledger of invoice: %w", database.Fault(err))
	}
	return events, nil
}

func replay(events []domain.Event) (*domain.Invoice, error) {
	if len(events) == 0 {
		return nil, missing("invoice")
	}
	inv, err := domain.Replay(events)
	if err != nil {
		return nil, fmt.Errorf("the ledger is damaged: %w", err)
	}
	if inv.Discarded {
		return nil, missing("invoice")
	}
	return inv, nil
}

// Save appends the pending facts and brings the projections up to date. Everything is
// sent with the COMMIT.
func (s Ledger) Save(tx *database.Tx, inv *domain.Invoice) error {
	content, discarded := false, false
	for _, e := range inv.Pending {
		switch e.Fact.(type) {
		case domain.Drafted, domain.Revised:
			content = true
		case domain.Discarded:
			discarded = true
		}
	}
	fresh := inv.Version == len(inv.Pending)
	if (content || discarded) && !fresh {
		tx.Queue(`DELETE FROM invoice_line WHERE invoice_id = $1`, inv.ID.String())
		tx.Queue(`DELETE FROM invoice_tax WHERE invoice_id = $1`, inv.ID.String())
	}
	switch {
	case discarded:
		tx.Queue(`DELETE FROM invoice WHERE id = $1`, inv.ID.String())
	case fresh:
		tx.Queue(insertInvoice, rowOf(inv)...)
	default:
		tx.Queue(updateInvoice, rowOf(inv)...)
	}
	if content && !discarded {
		queueParts(tx, inv)
	}
	return queueEvents(tx, inv)
}

func queueEvents(tx *database.Tx, inv *domain.Invoice) error {
	changes := domain.DueChanges(inv, inv.Pending)
	for _, e := range inv.Pending {
		body, err := payload(e.Fact)
		if err != nil {
			return err
		}
		const insert = `INSERT INTO ledger_event (invoice_id, version, kind, at, actor, payload) VALUES ($1, $2, $3, $4, $5, $6)`
		args := []any{e.InvoiceID.String(), e.Version, e.Fact.Kind(), e.At, e.Actor, body}
		if c, some := changes[e.Version]; some {
			tx.Queue(`WITH fact AS (`+insert+`) INSERT INTO due_change (invoice_id, version, "on", amount) VALUES ($1, $2, $7, $8::text::numeric)`,
				append(args, day(c.On), c.Amount.String())...)
			continue
		}
		tx.Queue(insert, args...)
	}
	inv.Pending = nil
	return nil
}

// queueParts writes lines and tax groups, each table in one statement.
func queueParts(tx *database.Tx, inv *domain.Invoice) {
	d := inv.Content.Document
	n := len(d.Lines)
	items, descriptions, quantities, units := make([]*string, n), make([]string, n), make([]string, n), make([]string, n)
	prices, categories, percents, nets := make([]string, n), make([]string, n), make([]string, n), make([]string, n)
	for i, l := range d.Lines {
		if !l.ItemID.IsZero() {
			item := l.ItemID.String()
			items[i] = &item
		}
		descriptions[i], quantities[i], units[i], prices[i] = l.Description, l.Quantity.String(), l.Unit, l.UnitPrice.String()
		categories[i], percents[i], nets[i] = string(l.Tax.Category), l.Tax.Percent.String(), l.Net.String()
	}
	if n > 0 {
		tx.Queue(insertLines, inv.ID.String(), items, descriptions, quantities, units, prices, categories, percents, nets)
	}
	g := len(d.Taxes)
	categories, percents, taxable, taxes := make([]string, g), make([]string, g), make([]string, g), make([]string, g)
	for i, t := range d.Taxes {
		categories[i], percents[i], taxable[i], taxes[i] = string(t.Category), t.Percent.String(), t.Taxable.String(), t.Tax.String()
	}
	if g > 0 {
		tx.Queue(insertTaxes, inv.ID.String(), categories, percents, taxable, taxes)
	}
}

const insertLines = `INSERT INTO invoice_line (invoice_id, position, item_id, description, quantity, unit, unit_price, tax_category, tax_percent, net)
	SELECT $1, n, item::uuid, description, quantity::numeric, unit, price::numeric, category, percent::numeric, net::numeric
	FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[])
		WITH ORDINALITY AS l (item, description, quantity, unit, price, category, percent, net, n)`

const insertTaxes = `INSERT INTO invoice_tax (invoice_id, position, category, percent, taxable, tax)
	SELECT $1, n, category, percent::numeric, taxable::numeric, tax::numeric
	FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS t (category, percent, taxable, tax, n)`

// DraftsOf lists the drafts of an owner.
func (s Ledger) DraftsOf(ctx context.Context, tx *database.Tx, owner employee.ID) ([]invoice.ID, error) {
	var ids []invoice.ID
	err := query(ctx, tx.Conn(), func(r pgx.Rows) error {
		var id invoice.ID
		err := r.Scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT id FROM invoice WHERE owner_id = $1 AND number IS NULL ORDER BY id`, owner.String())
	return ids, err
}
