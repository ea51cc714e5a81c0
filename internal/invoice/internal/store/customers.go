package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/invoice"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// Customers keeps customers with their contacts.
type Customers struct{ DB *database.DB }

const customerColumns = `id, version, number, name, email, phone, street, postal_code, city, country, vat_id, tax_id, currency,
	payment_days, note, archived, created_at, language, no_reminders`

func scanCustomer(r interface{ Scan(...any) error }) (invoice.Customer, error) {
	v := invoice.Customer{Contacts: []invoice.Contact{}, Balances: []invoice.Balance{}}
	err := r.Scan(&v.ID, &v.Version, &v.Number, &v.Name, &v.Email, &v.Phone, &v.Street, &v.PostalCode, &v.City, &v.Country, &v.VATID,
		&v.TaxID, &v.Currency, &v.PaymentDays, &v.Note, &v.Archived, &v.CreatedAt, &v.Language, &v.NoReminders)
	return v, err
}

// CustomerQuery narrows the list of customers.
type CustomerQuery struct {
	Q        string
	Archived bool
	Sort     string
	Page     page.Request
}

// List gives a page of customers by name, without contacts and balances.
func (s Customers) List(ctx context.Context, q CustomerQuery) (page.Of[invoice.Customer], error) {
	var c conditions
	c.and("archived = ?", q.Archived)
	c.words(q.Q)
	counted := c
	sort := q.Sort
	if sort == "" {
		sort = "name"
	}
	orders := map[string]order{"name": {"name", "text"}, "number": {"lower(number)", "text"}, "created": {}}
	orderBy, err := c.keyset(orders, sort, "name", q.Page)
	if err != nil {
		return page.Of[invoice.Customer]{}, err
	}
	var rows []invoice.Customer
	err = run(handle(ctx, s.DB, counted), func(r *sql.Rows) error {
		v, err := scanCustomer(r)
		rows = append(rows, v)
		return err
	}, `SELECT `+customerColumns+` FROM customer`+c.where()+orderBy+fmt.Sprintf(` LIMIT %d`, q.Page.Size()+1), c.args...)
	if err != nil {
		return page.Of[invoice.Customer]{}, fmt.Errorf("list customers: %w", err)
	}
	out := page.Cut(rows, q.Page.Size(), func(v invoice.Customer) string {
		value := map[string]string{"name": v.Name, "number": strings.ToLower(v.Number)}[strings.TrimPrefix(sort, "-")]
		return page.Encode(sort, value, v.ID.String())
	})
	if !q.Page.Count {
		return out, nil
	}
	n, err := count(ctx, s.DB, "customer", counted)
	return out.Counted(n), err
}

// ByID gives a customer with contacts.
func (s Customers) ByID(ctx context.Context, id invoice.CustomerID) (invoice.Customer, error) {
	v, err := scanCustomer(s.DB.Pool().QueryRow(ctx, `SELECT `+customerColumns+` FROM customer WHERE id = $1`, id.String()))
	if err := one(err, "customer"); err != nil {
		return invoice.Customer{}, err
	}
	err = query(ctx, s.DB.Pool(), func(r pgx.Rows) error {
		var k invoice.Contact
		err := r.Scan(&k.Name, &k.Role, &k.Email, &k.Phone)
		v.Contacts = append(v.Contacts, k)
		return err
	}, `SELECT name, role, email, phone FROM contact WHERE customer_id = $1 ORDER BY position`, id.String())
	if err != nil {
		return invoice.Customer{}, fmt.Errorf("read contacts: %w", err)
	}
	return v, nil
}

// Brief gives a customer without contacts.
func (s Customers) Brief(ctx context.Context, id invoice.CustomerID) (invoice.Customer, error) {
	v, err := scanCustomer(s.DB.Pool().QueryRow(ctx, `SELECT `+customerColumns+` FROM customer WHERE id = $1`, id.String()))
	return v, one(err, "customer")
}

// Balances gives what the customers owe and have in credit, by customer.
func (s Customers) Balances(ctx context.Context, ids []invoice.CustomerID, today date.Date) (map[invoice.CustomerID][]invoice.Balance, error) {
	out := map[invoice.CustomerID][]invoice.Balance{}
	err := run(s.DB.Read(ctx), func(r *sql.Rows) error {
		var customer invoice.CustomerID
		var b invoice.Balance
		if err := r.Scan(&customer, &b.Currency, &b.Open, &b.Overdue, &b.Credit); err != nil {
			return err
		}
		b.Open, b.Overdue, b.Credit = b.Open.In(b.Currency), b.Overdue.In(b.Currency), b.Credit.In(b.Currency)
		out[customer] = append(out[customer], b)
		return nil
	}, `SELECT customer_id, currency, sum(open), sum(overdue), sum(credit) FROM (
			SELECT customer_id, currency, due AS open, CASE WHEN due_on < ? THEN due ELSE 0 END AS overdue, 0 AS credit
			FROM invoice WHERE due > 0 AND customer_id = ANY (?::text[]::uuid[])
			UNION ALL
			SELECT customer_id, currency, 0, 0, credit FROM payment
			WHERE credit > 0 AND customer_id = ANY (?::text[]::uuid[])
		) parts GROUP BY customer_id, currency ORDER BY customer_id, currency`,
		today, database.Array(ids), database.Array(ids))
	if err != nil {
		return nil, fmt.Errorf("read balances: %w", err)
	}
	return out, nil
}

// NextNumber draws a customer number.
func (s Customers) NextNumber(ctx context.Context, tx *database.Tx) (string, error) {
	var number string
	err := tx.Conn().QueryRow(ctx, `SELECT 'C-' || lpad(n::text, greatest(5, length(n::text)), '0') FROM nextval('customer_number') n`).Scan(&number)
	if err != nil {
		return "", fmt.Errorf("draw customer number: %w", err)
	}
	return number, nil
}

// Insert adds a customer; a number in use is a Conflict.
func (s Customers) Insert(ctx context.Context, tx *database.Tx, c invoice.Customer) error {
	_, err := tx.Conn().Exec(ctx, `INSERT INTO customer (`+customerColumns+`, search_text)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20)`, customerRow(c)...)
	queueContacts(tx, c)
	return customerError(err)
}

// Update writes the version given, contacts included.
func (s Customers) Update(ctx context.Context, tx *database.Tx, c invoice.Customer) error {
	tag, err := tx.Conn().Exec(ctx, `UPDATE customer SET number = $3, name = $4, email = $5, phone = $6, street = $7, postal_code = $8,
		city = $9, country = $10, vat_id = $11, tax_id = $12, currency = $13, payment_days = $14, note = $15, archived = $16,
		created_at = $17, language = $18, no_reminders = $19, search_text = $20, version = version + 1 WHERE id = $1 AND version = $2`, customerRow(c)...)
	if err == nil && tag.RowsAffected() == 0 {
		return stale("customer")
	}
	tx.Queue(`DELETE FROM contact WHERE customer_id = $1`, c.ID.String())
	queueContacts(tx, c)
	return customerError(err)
}

func customerRow(c invoice.Customer) []any {
	return []any{c.ID.String(), c.Version, c.Number, c.Name, c.Email, c.Phone, c.Street, c.PostalCode, c.City, c.Country, c.VATID,
		c.TaxID, string(c.Currency), c.PaymentDays, c.Note, c.Archived, c.CreatedAt, c.Language, c.NoReminders, searchable(c.Number, c.Name, c.Email, c.City)}
}

func queueContacts(tx *database.Tx, c invoice.Customer) {
	for i, k := range c.Contacts {
		tx.Queue(`INSERT INTO contact (customer_id, position, name, role, email, phone) VALUES ($1, $2, $3, $4, $5, $6)`,
			c.ID.String(), i+1, k.Name, k.Role, k.Email, k.Phone)
	}
}

func customerError(err error) error {
	if database.IsUnique(err, "customer_number_key") {
		return fault.New(fault.Conflict, "number-taken", "Another customer has this number.").At("body.number", "is the number of another customer")
	}
	if err != nil {
		return fmt.Errorf("write customer: %w", err)
	}
	return nil
}

// Zero is nothing in a currency, for a customer without a balance.
func Zero(currency money.Currency) invoice.Balance {
	zero := money.Zero.In(currency)
	return invoice.Balance{Currency: currency, Open: zero, Overdue: zero, Credit: zero}
}

// InTx gives a customer inside a transaction, without contacts.
func (s Customers) InTx(ctx context.Context, tx *database.Tx, id invoice.CustomerID) (invoice.Customer, error) {
	v, err := scanCustomer(tx.Conn().QueryRow(ctx, `SELECT `+customerColumns+` FROM customer WHERE id = $1`, id.String()))
	return v, one(err, "customer")
}
