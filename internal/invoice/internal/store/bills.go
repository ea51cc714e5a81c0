package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/page"
)

// Bills reads and appends the facts of vendors' bills and keeps the projection beside them.
type Bills struct{ DB *database.DB }

const selectBillEvents = `SELECT bill_id, version, kind, at, actor, payload FROM bill_event WHERE bill_id = $1 ORDER BY version`

func scanBillEvent(r pgx.Rows) (domain.BillEvent, error) {
	var e domain.BillEvent
	var kind string
	var raw []byte
	err := r.Scan(&e.BillID, &e.Version, &kind, &e.At, &e.Actor, &raw)
	if err == nil {
		e.Fact, err = domain.ParseBillFact(kind, raw)
	}
	return e, err
}

// Load gives a bill as its events make it; NotFound when there is none or it was discarded.
func (s Bills) Load(ctx context.Context, id invoice.BillID) (*domain.Bill, error) {
	return loadBill(ctx, s.DB.Pool(), id)
}

// Lock loads a bill for change.
func (s Bills) Lock(ctx context.Context, tx *database.Tx, id invoice.BillID) (*domain.Bill, error) {
	if _, err := tx.Conn().Exec(ctx, `SELECT FROM bill WHERE id = $1 FOR UPDATE`, id.String()); err != nil {
		return nil, fmt.Errorf("lock bill: %w", database.Fault(err))
	}
	return loadBill(ctx, tx.Conn(), id)
}

func loadBill(ctx context.Context, from querier, id invoice.BillID) (*domain.Bill, error) {
	events, err := billEvents(ctx, from, id)
	if err != nil {
		return nil, err
	}
	if len(events) == 0 {
		return nil, missing("bill")
	}
	b, err := domain.ReplayBill(events)
	if err != nil {
		return nil, fmt.Errorf("the ledger is damaged: %w", err)
	}
	if b.Discarded {
		return nil, missing("bill")
	}
	return b, nil
}

func billEvents(ctx context.Context, from querier, id invoice.BillID) ([]domain.BillEvent, error) {
	var events []domain.BillEvent
	err := query(ctx, from, func(r pgx.Rows) error {
		e, err := scanBillEvent(r)
		events = append(events, e)
		return err
	}, selectBillEvents, id.String())
	return events, err
}

// Events gives all facts of a bill, oldest first.
func (s Bills) Events(ctx context.Context, id invoice.BillID) ([]domain.BillEvent, error) {
	return billEvents(ctx, s.DB.Pool(), id)
}

// Save appends the pending facts and brings the projection up to date, all with the COMMIT.
func (s Bills) Save(tx *database.Tx, b *domain.Bill) error {
	c, t := b.Content, b.Content.Document.Totals
	row := []any{
		b.ID.String(), b.Version, string(b.Status()), c.Supplier, c.Number, database.Fold(c.Supplier), database.Fold(c.Number), day(c.BilledOn), day(c.DueOn),
		string(c.Document.Currency), t.Net.String(), t.Tax.String(), t.Payable.String(), b.Paid.String(), b.Assets(),
		database.Fold(c.Supplier + " " + c.Number + " " + c.Note), b.UpdatedAt,
	}
	switch {
	case b.Discarded:
		tx.Queue(`DELETE FROM bill WHERE id = $1`, b.ID.String())
	case b.Version == len(b.Pending):
		tx.Queue(`INSERT INTO bill (id, version, status, supplier, number, supplier_key, number_key, billed_on, due_on, currency, net, tax, gross, paid,
			assets, search_text, updated_at, created_at)
			VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11::text::numeric, $12::text::numeric, $13::text::numeric, $14::text::numeric, $15, $16, $17, $17)`, row...)
	default:
		tx.Queue(`UPDATE bill SET version = $2, status = $3, supplier = $4, number = $5, supplier_key = $6, number_key = $7, billed_on = $8, due_on = $9,
			currency = $10, net = $11::text::numeric, tax = $12::text::numeric, gross = $13::text::numeric, paid = $14::text::numeric, assets = $15,
			search_text = $16, updated_at = $17 WHERE id = $1`, row...)
	}
	for _, e := range b.Pending {
		body, err := payload(e.Fact)
		if err != nil {
			return err
		}
		tx.Queue(`INSERT INTO bill_event (bill_id, version, kind, at, actor, payload) VALUES ($1, $2, $3, $4, $5, $6)`,
			e.BillID.String(), e.Version, e.Fact.Kind(), e.At, e.Actor, body)
	}
	b.Pending = nil
	return nil
}

// IsBillTaken reports that a vendor's number is on another bill.
func IsBillTaken(err error) bool { return database.IsUnique(err, "bill_number_key") }

// BillQuery narrows the list of bills; zero fields do not.
type BillQuery struct {
	Status   string // as people see it today, or "open"
	From, To date.Date
	Q        string
	Sort     string
	Page     page.Request
	Today    date.Date
}

var billOrders = map[string]order{ //nolint:gochecknoglobals // because it is a constant table
	"created":  {},
	"billedOn": {"billed_on", "date"},
	"dueOn":    {"due_on", "date"},
	"gross":    {"gross", "numeric"},
}

// List gives a page of bills, newest first unless sorted otherwise.
func (s Bills) List(ctx context.Context, q BillQuery) (page.Of[invoice.BillRow], error) {
	c := q.conditions()
	counted := c
	if q.Sort == "" {
		q.Sort = "-created"
	}
	orderBy, err := c.keyset(billOrders, q.Sort, q.Sort, q.Page)
	if err != nil {
		return page.Of[invoice.BillRow]{}, err
	}
	var rows []invoice.BillRow
	err = run(handle(ctx, s.DB, counted), func(r *sql.Rows) error {
		var v invoice.BillRow
		err := r.Scan(&v.ID, &v.Version, &v.Status, &v.Supplier, &v.Number, &v.BilledOn, &v.DueOn, &v.Currency, &v.Net, &v.Gross, &v.Due, &v.Assets)
		v.Due = v.Due.In(v.Currency)
		v.Status = domain.BillOnDay(v.Status, v.DueOn, q.Today)
		rows = append(rows, v)
		return err
	}, `SELECT id, version, status, supplier, number, billed_on, due_on, currency, net, gross, due, assets FROM bill`+c.where()+orderBy+
		fmt.Sprintf(` LIMIT %d`, q.Page.Size()+1), c.args...)
	if err != nil {
		return page.Of[invoice.BillRow]{}, fmt.Errorf("list bills: %w", err)
	}
	out := page.Cut(rows, q.Page.Size(), func(v invoice.BillRow) string { return page.Encode(q.Sort, billKey(v, q.Sort), v.ID.String()) })
	if !q.Page.Count {
		return out, nil
	}
	n, err := count(ctx, s.DB, "bill", counted)
	return out.Counted(n), err
}

// billKey is where a row stands in the order.
func billKey(v invoice.BillRow, sort string) string {
	switch strings.TrimPrefix(sort, "-") {
	case "billedOn":
		return v.BilledOn.String()
	case "dueOn":
		return v.DueOn.String()
	case "gross":
		return v.Gross.String()
	}
	return ""
}

func (q BillQuery) conditions() conditions {
	var c conditions
	switch q.Status {
	case "":
	case "open":
		c.and("due > 0")
	case string(invoice.BillOverdue):
		c.and("due > 0 AND due_on < ?", q.Today)
	case string(invoice.BillRecorded), string(invoice.BillPartlyPaid):
		c.and("status = ? AND due_on >= ?", q.Status, q.Today)
	default:
		c.and("status = ?", q.Status)
	}
	if !q.From.IsZero() {
		c.and("billed_on >= ?", q.From)
	}
	if !q.To.IsZero() {
		c.and("billed_on <= ?", q.To)
	}
	c.words(q.Q)
	return c
}
