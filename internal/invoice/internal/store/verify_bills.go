package store

import (
	"context"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
)

// Bills folds the facts of up to n vendors' bills after an id and compares each with its row. It returns the last id, how
// many it saw, and what differs.
func (s Verify) Bills(ctx context.Context, after invoice.BillID, n int) (invoice.BillID, int, []Difference, error) {
	events := map[invoice.BillID][]domain.BillEvent{}
	var ids []string
	last := after
	err := query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		e, err := scanBillEvent(r)
		if len(events[e.BillID]) == 0 {
			ids, last = append(ids, e.BillID.String()), e.BillID
		}
		events[e.BillID] = append(events[e.BillID], e)
		return err
	}, `SELECT bill_id, version, kind, at, actor, payload FROM bill_event WHERE bill_id IN (
		SELECT DISTINCT bill_id FROM bill_event WHERE bill_id > $1::text::uuid ORDER BY 1 LIMIT $2) ORDER BY bill_id, version`, orNil(invoice.ID(after)), n)
	if err != nil || len(ids) == 0 {
		return last, 0, nil, err
	}
	rows := map[invoice.BillID]string{}
	err = query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		var id invoice.BillID
		var is string
		err := r.Scan(&id, &is)
		rows[id] = is
		return err
	}, `SELECT id, concat_ws('|', version, status, supplier, number, billed_on, due_on, currency, net, tax, gross, paid, assets) FROM bill
		WHERE id = ANY ($1::text[]::uuid[])`, ids)
	if err != nil {
		return last, 0, nil, fmt.Errorf("read bills: %w", err)
	}
	var out []Difference
	for id, facts := range events {
		out = append(out, compareBill(id, facts, rows)...)
	}
	return last, len(ids), out, nil
}

func compareBill(id invoice.BillID, facts []domain.BillEvent, rows map[invoice.BillID]string) []Difference {
	b, err := domain.ReplayBill(facts)
	if err != nil {
		return []Difference{{id.String(), err.Error()}}
	}
	is, found := rows[id]
	if found == b.Discarded {
		return []Difference{{b.Label(), "stands in the table but was discarded, or is missing there"}}
	}
	if want := billSignature(b); found && is != want {
		return []Difference{{b.Label(), fmt.Sprintf("the table says %s, the ledger %s", is, want)}}
	}
	return nil
}

func billSignature(b *domain.Bill) string {
	c, t := b.Content, b.Content.Document.Totals
	return strings.Join([]string{
		fmt.Sprint(b.Version), string(b.Status()), c.Supplier, c.Number, c.BilledOn.String(), c.DueOn.String(), string(c.Document.Currency),
		t.Net.String(), t.Tax.String(), t.Payable.String(), b.Paid.String(), fmt.Sprint(b.Assets()),
	}, "|")
}
