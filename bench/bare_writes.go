package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/id"
)

const insertEvent = `INSERT INTO event_log (id, name, about, at, actor_id, correlation_id, causation_id, trace, payload)
	VALUES (gen_random_uuid(), $1, $2, $3, 'bench', 'bench', '', '', $4)`

const insertAudit = `INSERT INTO audit_entry (id, at, actor_id, actor_name, actor_kind, ip, request_id, action, subject, subject_id, label, after)
	VALUES (gen_random_uuid(), $1, 'bench', 'Bench', 'user', '127.0.0.1', 'bench', $2, $3, $4, $5, $6)`

// newAsset is the body of the request that registers an asset.
type newAsset struct {
	Tag         string `json:"tag"`
	Name        string `json:"name"`
	Serial      string `json:"serial"`
	CategoryID  string `json:"categoryId"`
	Cost        string `json:"cost"`
	Currency    string `json:"currency"`
	PurchasedOn string `json:"purchasedOn"`
}

// create writes the asset with its history line and counter, the event and the audit row, all in one round trip, which
// the server runs as one transaction.
func (b *bare) create(r *http.Request) (any, error) {
	var in newAsset
	if err := json.NewDecoder(r.Body).Decode(&in); err != nil {
		return nil, err
	}
	now, key := time.Now(), newID()
	body, err := json.Marshal(in)
	if err != nil {
		return nil, err
	}
	var batch pgx.Batch
	batch.Queue(`INSERT INTO asset (id, tag, name, serial, model, supplier, notes, category_id, purchased_on, cost, currency, method,
		convention, life_months, salvage, status, holder_name, version, created_at, updated_at)
		VALUES ($1, $2, $3, $4, '', '', '', $5, $6::text::date, $7::text::numeric, $8, 'straight-line', 'full-month', 36, 0,
		'available', '', 1, $9, $9)`, key, in.Tag, in.Name, in.Serial, in.CategoryID, in.PurchasedOn, in.Cost, in.Currency, now)
	batch.Queue(`INSERT INTO counter_change (category_id, status, currency, assets, cost)
		VALUES ($1, 'available', $2, 1, $3::text::numeric)`, in.CategoryID, in.Currency, in.Cost)
	batch.Queue(`INSERT INTO history (id, asset_id, at, kind, actor, holder_name, reason, note)
		VALUES (gen_random_uuid(), $1, $2, 'registered', 'Bench', '', '', '')`, key, now)
	batch.Queue(insertEvent, "asset.registered.v1", key, now, body)
	batch.Queue(insertAudit, now, "asset.register", "asset", key, in.Tag, body)
	if err := b.asset.SendBatch(r.Context(), &batch).Close(); err != nil {
		return nil, err
	}
	return assetRow{ID: key, Tag: in.Tag, Name: in.Name, Cost: in.Cost, Currency: in.Currency, Version: 1, CreatedAt: now}, nil
}

// newInvoice is an invoice of which all sums are known already.
type newInvoice struct {
	Customer string    `json:"customer"`
	Lines    []newLine `json:"lines"`
	Net      string    `json:"net"`
	Tax      string    `json:"tax"`
	Gross    string    `json:"gross"`
}

type newLine struct {
	Description string `json:"description"`
	Quantity    string `json:"quantity"`
	UnitPrice   string `json:"unitPrice"`
	Net         string `json:"net"`
}

// waiting is an invoice in the queue for its number.
type waiting struct {
	invoice newInvoice
	body    []byte
	number  string
	done    chan error
}

const bareSeries = "BARE"

// issue hands the invoice to the one issuer and waits for the commit.
func (b *bare) issue(r *http.Request) (any, error) {
	w := &waiting{done: make(chan error, 1)}
	if err := json.NewDecoder(r.Body).Decode(&w.invoice); err != nil {
		return nil, err
	}
	var err error
	if w.body, err = json.Marshal(w.invoice); err != nil {
		return nil, err
	}
	b.issuing <- w
	return map[string]*string{"number": &w.number}, <-w.done
}

// issueInGroups puts all that wait into one transaction, so that the lock on the series is held across one fsync for all
// of them and not for each.
func (b *bare) issueInGroups(ctx context.Context) {
	for {
		select {
		case <-ctx.Done():
			return
		case first := <-b.issuing:
			group := []*waiting{first}
			for len(b.issuing) > 0 {
				group = append(group, <-b.issuing)
			}
			err := b.issueGroup(ctx, group)
			for _, w := range group {
				w.done <- err
			}
		}
	}
}

func (b *bare) issueGroup(ctx context.Context, group []*waiting) error {
	return pgx.BeginFunc(ctx, b.invoice, func(tx pgx.Tx) error {
		var last int
		if err := tx.QueryRow(ctx, `INSERT INTO number_series VALUES ($1, $2, current_date)
			ON CONFLICT (series) DO UPDATE SET last_number = number_series.last_number + $2, last_date = current_date
			RETURNING last_number`, bareSeries, len(group)).Scan(&last); err != nil {
			return err
		}
		var batch pgx.Batch
		for i, w := range group {
			queueInvoice(&batch, w, last-len(group)+1+i)
		}
		return tx.SendBatch(ctx, &batch).Close()
	})
}

// queueInvoice writes what the product keeps of an issued invoice: two facts, the row with its lines and taxes, the
// event and the audit row.
func queueInvoice(batch *pgx.Batch, w *waiting, sequence int) {
	in, now, key := w.invoice, time.Now(), newID()
	w.number = fmt.Sprintf("%s-%05d", bareSeries, sequence)
	var descriptions, quantities, prices, nets []string
	for _, l := range in.Lines {
		descriptions, quantities = append(descriptions, l.Description), append(quantities, l.Quantity)
		prices, nets = append(prices, l.UnitPrice), append(nets, l.Net)
	}
	batch.Queue(`INSERT INTO invoice (id, version, kind, status, series, sequence, number, customer_id, customer_name, reference, currency,
		issued_on, due_on, lines_total, allowances, charges, net, tax, gross, rounding, payable, paid, credited, written_off, search_text,
		created_at, updated_at)
		SELECT $1, 2, 'invoice', 'issued', $2, $3, $4, id, name, '', 'EUR', current_date, current_date + 30, $5::text::numeric, 0, 0,
		$5::text::numeric, $6::text::numeric, $7::text::numeric, 0, $7::text::numeric, 0, 0, 0, lower($4 || ' ' || name), $8, $8
		FROM customer WHERE id = $9`, key, bareSeries, sequence, w.number, in.Net, in.Tax, in.Gross, now, in.Customer)
	batch.Queue(`INSERT INTO invoice_line (invoice_id, position, description, quantity, unit, unit_price, tax_category, tax_percent, net)
		SELECT $1, n, d, q::numeric, '', p::numeric, 'S', 19, net::numeric
		FROM unnest($2::text[], $3::text[], $4::text[], $5::text[]) WITH ORDINALITY AS l (d, q, p, net, n)`,
		key, descriptions, quantities, prices, nets)
	batch.Queue(`INSERT INTO invoice_tax (invoice_id, position, category, percent, taxable, tax)
		VALUES ($1, 1, 'S', 19, $2::text::numeric, $3::text::numeric)`, key, in.Net, in.Tax)
	for version, kind := range []string{"drafted", "issued"} {
		batch.Queue(`INSERT INTO ledger_event (invoice_id, version, kind, at, actor, payload) VALUES ($1, $2, $3, $4, 'Bench', $5)`,
			key, version+1, kind, now, w.body)
	}
	batch.Queue(insertEvent, "invoice.issued.v1", key, now, w.body)
	batch.Queue(insertAudit, now, "invoice.issue", "invoice", key, w.number, w.body)
}

type record struct{}

// newID is an id of the kind that the product uses: those of one table sort by age.
func newID() string { return id.New[record]().String() }
