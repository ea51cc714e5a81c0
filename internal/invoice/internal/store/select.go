package store

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/database"
)

// Selected is a document by the name that people know it by.
type Selected struct {
	ID    invoice.ID
	Label string
}

const selectedColumns = `id, coalesce(number, ''), customer_name`

func (s *Selected) scan(rows *sql.Rows) error {
	var number, customer string
	err := rows.Scan(&s.ID, &number, &customer)
	s.Label = cmp.Or(number, "the draft for "+customer)
	return err
}

// Select finds what the query finds, the oldest first, at most limit.
func (s Invoices) Select(ctx context.Context, q InvoiceQuery, limit int) ([]Selected, error) {
	c := q.conditions()
	var all []Selected
	err := run(s.DB.Search(ctx), func(rows *sql.Rows) error {
		all = append(all, Selected{})
		return all[len(all)-1].scan(rows)
	}, `SELECT `+selectedColumns+` FROM invoice`+c.where()+fmt.Sprintf(` ORDER BY id LIMIT %d`, limit), c.args...)
	if err != nil {
		return nil, fmt.Errorf("select invoices: %w", err)
	}
	return all, nil
}

// Labels are the names of those of the documents that these people made; nil is everybody.
func (s Invoices) Labels(ctx context.Context, ids []invoice.ID, owners []employee.ID) (map[invoice.ID]string, error) {
	var c conditions
	c.and("id = ANY (?::text[]::uuid[])", database.Array(ids))
	if owners != nil {
		c.and("owner_id = ANY (?::text[]::uuid[])", database.Array(owners))
	}
	labels := map[invoice.ID]string{}
	err := run(s.DB.Read(ctx), func(rows *sql.Rows) error {
		var one Selected
		err := one.scan(rows)
		labels[one.ID] = one.Label
		return err
	}, `SELECT `+selectedColumns+` FROM invoice`+c.where(), c.args...)
	if err != nil {
		return nil, fmt.Errorf("name invoices: %w", err)
	}
	return labels, nil
}
