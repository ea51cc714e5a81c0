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

// Payments keeps money received and what it was set against.
type Payments struct{ DB *database.DB }

const paymentColumns = `p.id, p.version, p.customer_id, c.name, p.received_on, p.currency, p.amount, p.credit, p.method,
	p.reference, p.recorded_by, p.created_at, p.refunded, p.voided_on, p.void_reason`

func scanPayment(r interface{ Scan(...any) error }) (invoice.Payment, error) {
	v := invoice.Payment{Allocations: []invoice.Allocation{}}
	err := r.Scan(&v.ID, &v.Version, &v.CustomerID, &v.Customer, &v.ReceivedOn, &v.Currency, &v.Amount, &v.Unallocated, &v.Method,
		&v.Reference, &v.RecordedBy, &v.CreatedAt, &v.Refunded, &v.VoidedOn, &v.VoidReason)
	v.Unallocated, v.Refunded = v.Unallocated.In(v.Currency), v.Refunded.In(v.Currency)
	return v, err
}

// PaymentQuery narrows the list of payments.
type PaymentQuery struct {
	CustomerID invoice.CustomerID
	From, To   date.Date
	Credit     bool // only those with something left
	Q          string
	Sort       string
	Page       page.Request
}

// List gives a page of payments, latest first unless sorted otherwise.
func (s Payments) List(ctx context.Context, q PaymentQuery) (page.Of[invoice.Payment], error) {
	c, err := s.conditions(ctx, q)
	if err != nil {
		return page.Of[invoice.Payment]{}, err
	}
	counted := c
	sort := q.Sort
	if sort == "" {
		sort = "-receivedOn"
	}
	orderBy, err := c.keyset(paymentOrders(), sort, "-receivedOn", q.Page)
	if err != nil {
		return page.Of[invoice.Payment]{}, err
	}
	var rows []invoice.Payment
	err = run(handle(ctx, s.DB, counted), func(r *sql.Rows) error {
		v, err := scanPayment(r)
		rows = append(rows, v)
		return err
	}, `SELECT `+paymentColumns+` FROM (SELECT * FROM payment`+c.where()+orderBy+fmt.Sprintf(` LIMIT %d`, q.Page.Size()+1)+`) p
		JOIN customer c ON c.id = p.customer_id`+ofPayment(orderBy), c.args...)
	if err != nil {
		return page.Of[invoice.Payment]{}, fmt.Errorf("list payments: %w", err)
	}
	out := page.Cut(rows, q.Page.Size(), func(v invoice.Payment) string { return page.Encode(sort, v.ReceivedOn.String(), v.ID.String()) })
	if err := s.allocations(ctx, out.Items); err != nil {
		return page.Of[invoice.Payment]{}, err
	}
	if !q.Page.Count {
		return out, nil
	}
	n, err := count(ctx, s.DB, "payment", counted)
	return out.Counted(n), err
}

func paymentOrders() map[string]order {
	return map[string]order{"receivedOn": {"received_on", "date"}, "created": {}}
}

// Each calls f for every payment of the query, in its order, without holding them all; what they were set against is left out.
func (s Payments) Each(ctx context.Context, q PaymentQuery, f func(invoice.Payment) error) error {
	c, err := s.conditions(ctx, q)
	if err != nil {
		return err
	}
	narrowed := c
	orderBy, err := c.keyset(paymentOrders(), q.Sort, "-receivedOn", page.Request{})
	if err != nil {
		return err
	}
	err = run(handle(ctx, s.DB, narrowed), func(r *sql.Rows) error {
		v, err := scanPayment(r)
		if err != nil {
			return err
		}
		return f(v)
	}, `SELECT `+paymentColumns+` FROM (SELECT * FROM payment`+c.where()+`) p JOIN customer c ON c.id = p.customer_id`+ofPayment(orderBy), c.args...)
	if err != nil {
		return fmt.Errorf("export payments: %w", err)
	}
	return nil
}

// ofPayment makes an order of the table one of the payments beside their customers.
func ofPayment(orderBy string) string {
	return strings.NewReplacer("received_on", "p.received_on", " id", " p.id").Replace(orderBy)
}

func (s Payments) conditions(ctx context.Context, q PaymentQuery) (conditions, error) {
	var c conditions
	if !q.CustomerID.IsZero() {
		c.and("customer_id = ?", q.CustomerID)
	}
	if !q.From.IsZero() {
		c.and("received_on >= ?", q.From)
	}
	if !q.To.IsZero() {
		c.and("received_on <= ?", q.To)
	}
	if q.Credit {
		c.and("credit > 0")
	}
	if err := s.words(ctx, &c, q.Q); err != nil {
		return c, err
	}
	return c, nil
}

// manyCustomers are too many to look up the payments of each: walking over the payments finds some soon.
const manyCustomers = 1000

// words narrows to payments that have every word in their reference or their customer. The customers come first, so that
// the server knows how few they are: it would read every payment to find out that there is none.
func (s Payments) words(ctx context.Context, c *conditions, q string) error {
	for _, word := range strings.Fields(q) {
		var called []string
		err := run(s.DB.Search(ctx), func(r *sql.Rows) error {
			var id string
			err := r.Scan(&id)
			called = append(called, id)
			return err
		}, `SELECT id FROM customer WHERE search_text LIKE ?`+fmt.Sprintf(` LIMIT %d`, manyCustomers+1), database.Contains(database.Fold(word)))
		if err != nil {
			return fmt.Errorf("find customers of payments: %w", err)
		}
		reference := database.Contains(strings.ToLower(word))
		if len(called) > manyCustomers {
			c.and("(lower(reference) LIKE ? OR customer_id IN (SELECT id FROM customer WHERE search_text LIKE ?))", reference, database.Contains(database.Fold(word)))
			continue
		}
		c.and("(lower(reference) LIKE ? OR customer_id = ANY(?::uuid[]))", reference, database.Array(called))
	}
	return nil
}

// ByID gives a payment with its allocations.
func (s Payments) ByID(ctx context.Context, id invoice.PaymentID) (invoice.Payment, error) {
	v, err := scanPayment(s.DB.Pool().QueryRow(ctx,
		`SELECT `+paymentColumns+` FROM payment p JOIN customer c ON c.id = p.customer_id WHERE p.id = $1`, id.String()))
	if err := one(err, "payment"); err != nil {
		return invoice.Payment{}, err
	}
	all := []invoice.Payment{v}
	err = s.allocations(ctx, all)
	return all[0], err
}

// allocations fills in what the payments were set against, in one query.
func (s Payments) allocations(ctx context.Context, payments []invoice.Payment) error {
	if len(payments) == 0 {
		return nil
	}
	index := make(map[invoice.PaymentID]int, len(payments))
	ids := make([]string, len(payments))
	for i, p := range payments {
		index[p.ID], ids[i] = i, p.ID.String()
	}
	return query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		var a invoice.Allocation
		if err := r.Scan(&a.PaymentID, &a.InvoiceID, &a.Number, &a.Amount, &a.On); err != nil {
			return err
		}
		p := &payments[index[a.PaymentID]]
		p.Allocations = append(p.Allocations, a)
		return nil
	}, `SELECT a.payment_id, a.invoice_id, i.number, a.amount, a."on" FROM allocation a JOIN invoice i ON i.id = a.invoice_id
		WHERE a.payment_id = ANY ($1::text[]::uuid[]) ORDER BY a.payment_id, i.issued_on, i.sequence`, ids)
}

// Lock loads a payment for change, without its allocations.
func (s Payments) Lock(ctx context.Context, tx *database.Tx, id invoice.PaymentID) (invoice.Payment, error) {
	v, err := scanPayment(tx.Conn().QueryRow(ctx,
		`SELECT `+paymentColumns+` FROM payment p JOIN customer c ON c.id = p.customer_id WHERE p.id = $1 FOR UPDATE OF p`, id.String()))
	return v, one(err, "payment")
}

// LockAllocated loads for change what a payment was set against.
func (s Payments) LockAllocated(ctx context.Context, tx *database.Tx, id invoice.PaymentID) ([]invoice.Allocation, error) {
	var out []invoice.Allocation
	err := query(ctx, tx.Conn(), func(r pgx.Rows) error {
		a := invoice.Allocation{PaymentID: id}
		err := r.Scan(&a.InvoiceID, &a.Number, &a.Amount, &a.On)
		out = append(out, a)
		return err
	}, `SELECT a.invoice_id, i.number, a.amount, a."on" FROM allocation a JOIN invoice i ON i.id = a.invoice_id WHERE a.payment_id = $1
		ORDER BY i.issued_on, i.sequence`, id.String())
	return out, err
}

// Insert adds a payment; a customer that does not exist is told by the foreign key.
func (s Payments) Insert(tx *database.Tx, p invoice.Payment) {
	tx.Queue(`INSERT INTO payment (id, customer_id, received_on, currency, amount, allocated, method, reference, recorded_by, version, created_at)
		VALUES ($1, $2, $3, $4, $5::text::numeric, $6::text::numeric, $7, $8, $9, $10, $11)`,
		p.ID.String(), p.CustomerID.String(), day(p.ReceivedOn), string(p.Currency), p.Amount.String(), p.Amount.Sub(p.Unallocated).String(),
		p.Method, p.Reference, null(p.RecordedBy), p.Version, p.CreatedAt)
}

// Update writes how much of a locked payment is allocated.
func (s Payments) Update(tx *database.Tx, p invoice.Payment) {
	tx.Queue(`UPDATE payment SET allocated = $2::text::numeric, version = $3 WHERE id = $1`,
		p.ID.String(), p.Amount.Sub(p.Refunded).Sub(p.Unallocated).String(), p.Version)
}

// Correct writes that a locked payment was voided or given back.
func (s Payments) Correct(tx *database.Tx, p invoice.Payment) {
	tx.Queue(`UPDATE payment SET refunded = $2::text::numeric, voided_on = $3, void_reason = $4, version = $5 WHERE id = $1`,
		p.ID.String(), p.Refunded.String(), day(p.VoidedOn), p.VoidReason, p.Version)
}

// Append adds a fact to those of a payment that is new or locked.
func (s Payments) Append(tx *database.Tx, id invoice.PaymentID, act domain.Act, f domain.Fact) error {
	body, err := payload(f)
	if err != nil {
		return err
	}
	tx.Queue(`INSERT INTO payment_event (payment_id, version, kind, at, actor, payload)
		SELECT $1, 1 + count(*), $2, $3, $4, $5 FROM payment_event WHERE payment_id = $1`, id.String(), f.Kind(), act.At, act.By, body)
	return nil
}

// Facts gives every fact of a payment, oldest first.
func (s Payments) Facts(ctx context.Context, id invoice.PaymentID) ([]domain.PaymentEvent, error) {
	var out []domain.PaymentEvent
	err := query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		e := domain.PaymentEvent{PaymentID: id}
		var kind string
		var raw []byte
		if err := r.Scan(&e.Version, &kind, &e.At, &e.Actor, &raw); err != nil {
			return err
		}
		var err error
		e.Fact, err = domain.ParsePaymentFact(kind, raw)
		out = append(out, e)
		return err
	}, `SELECT version, kind, at, actor, payload FROM payment_event WHERE payment_id = $1 ORDER BY version`, id.String())
	return out, err
}

// Allocate writes an allocation, or adds to the one that is there.
func (s Payments) Allocate(tx *database.Tx, a invoice.Allocation) {
	tx.Queue(`INSERT INTO allocation (payment_id, invoice_id, amount, "on") VALUES ($1, $2, $3::text::numeric, $4)
		ON CONFLICT (payment_id, invoice_id) DO UPDATE SET amount = allocation.amount + excluded.amount, "on" = excluded."on"`,
		a.PaymentID.String(), a.InvoiceID.String(), a.Amount.String(), day(a.On))
}

// Unallocate takes an allocation away.
func (s Payments) Unallocate(tx *database.Tx, payment invoice.PaymentID, id invoice.ID) {
	tx.Queue(`DELETE FROM allocation WHERE payment_id = $1 AND invoice_id = $2`, payment.String(), id.String())
}

// Free gives an amount of a payment back to the customer's credit.
func (s Payments) Free(tx *database.Tx, a invoice.Allocation) {
	tx.Queue(`DELETE FROM allocation WHERE payment_id = $1 AND invoice_id = $2 AND amount = $3::text::numeric`, a.PaymentID.String(), a.InvoiceID.String(), a.Amount.String())
	tx.Queue(`UPDATE allocation SET amount = amount - $3::text::numeric WHERE payment_id = $1 AND invoice_id = $2`, a.PaymentID.String(), a.InvoiceID.String(), a.Amount.String())
	tx.Queue(`UPDATE payment SET allocated = allocated - $2::text::numeric, version = version + 1 WHERE id = $1`, a.PaymentID.String(), a.Amount.String())
}
