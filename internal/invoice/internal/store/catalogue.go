package store

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
)

// Catalogue keeps items and tax rates.
type Catalogue struct{ DB *database.DB }

func stale(what string) error {
	return fault.New(fault.Stale, "stale", "Somebody else has changed this %s since you opened it; look at it again.", what)
}

const rateColumns = `id, version, name, category, percent, reason, is_default, archived`

// Rates gives all tax rates, those in use first.
func (s Catalogue) Rates(ctx context.Context) ([]invoice.TaxRate, error) {
	rates := []invoice.TaxRate{}
	err := run(s.DB.Read(ctx), func(r *sql.Rows) error {
		var v invoice.TaxRate
		err := r.Scan(&v.ID, &v.Version, &v.Name, &v.Category, &v.Percent, &v.Reason, &v.Default, &v.Archived)
		rates = append(rates, v)
		return err
	}, `SELECT `+rateColumns+` FROM tax_rate ORDER BY archived, is_default DESC, category = 'S' DESC, percent DESC, id`)
	if err != nil {
		return nil, fmt.Errorf("list tax rates: %w", err)
	}
	return rates, nil
}

// InsertRate adds a rate; a name in use is a Conflict.
func (s Catalogue) InsertRate(ctx context.Context, tx *database.Tx, r invoice.TaxRate) error {
	if r.Default {
		if _, err := tx.Conn().Exec(ctx, `UPDATE tax_rate SET is_default = false, version = version + 1 WHERE is_default`); err != nil {
			return fmt.Errorf("write tax rate: %w", err)
		}
	}
	_, err := tx.Conn().Exec(ctx, `INSERT INTO tax_rate (`+rateColumns+`) VALUES ($1, $2, $3, $4, $5::text::numeric, $6, $7, $8)`,
		r.ID.String(), r.Version, r.Name, string(r.Category), r.Percent.String(), r.Reason, r.Default, r.Archived)
	return rateError(err)
}

// UpdateRate writes name, reason, default and archived of the version given.
func (s Catalogue) UpdateRate(ctx context.Context, tx *database.Tx, r invoice.TaxRate) error {
	if r.Default {
		_, err := tx.Conn().Exec(ctx, `UPDATE tax_rate SET is_default = false, version = version + 1 WHERE is_default AND id <> $1`, r.ID.String())
		if err != nil {
			return fmt.Errorf("write tax rate: %w", err)
		}
	}
	tag, err := tx.Conn().Exec(ctx, `UPDATE tax_rate SET name = $3, reason = $4, is_default = $5, archived = $6, version = version + 1
		WHERE id = $1 AND version = $2`, r.ID.String(), r.Version, r.Name, r.Reason, r.Default, r.Archived)
	if err == nil && tag.RowsAffected() == 0 {
		return stale("tax rate")
	}
	return rateError(err)
}

func rateError(err error) error {
	if database.IsUnique(err, "tax_rate_name_key") {
		return fault.New(fault.Conflict, "name-taken", "Another tax rate has this name.").At("body.name", "is the name of another tax rate")
	}
	if err != nil {
		return fmt.Errorf("write tax rate: %w", err)
	}
	return nil
}

const itemColumns = `id, version, code, name, description, unit, unit_price, currency, price_mode, tax_rate_id, archived`

func scanItem(r interface{ Scan(...any) error }) (invoice.Item, error) {
	var v invoice.Item
	err := r.Scan(&v.ID, &v.Version, &v.Code, &v.Name, &v.Description, &v.Unit, &v.UnitPrice, &v.Currency, &v.PriceMode, &v.TaxRateID, &v.Archived)
	return v, err
}

// ItemQuery narrows the list of items.
type ItemQuery struct {
	Q        string
	Archived bool // the archived ones instead of those in use
	Sort     string
	Page     page.Request
}

// Items gives a page of items by name.
func (s Catalogue) Items(ctx context.Context, q ItemQuery) (page.Of[invoice.Item], error) {
	var c conditions
	c.and("archived = ?", q.Archived)
	c.words(q.Q)
	counted := c
	sort := q.Sort
	if sort == "" {
		sort = "name"
	}
	orderBy, err := c.keyset(map[string]order{"name": {"name", "text"}, "code": {"lower(code)", "text"}}, sort, "name", q.Page)
	if err != nil {
		return page.Of[invoice.Item]{}, err
	}
	var items []invoice.Item
	err = run(handle(ctx, s.DB, counted), func(r *sql.Rows) error {
		v, err := scanItem(r)
		items = append(items, v)
		return err
	}, `SELECT `+itemColumns+` FROM item`+c.where()+orderBy+fmt.Sprintf(` LIMIT %d`, q.Page.Size()+1), c.args...)
	if err != nil {
		return page.Of[invoice.Item]{}, fmt.Errorf("list items: %w", err)
	}
	out := page.Cut(items, q.Page.Size(), func(i invoice.Item) string {
		if strings.TrimPrefix(sort, "-") == "code" {
			return page.Encode(sort, strings.ToLower(i.Code), i.ID.String())
		}
		return page.Encode(sort, i.Name, i.ID.String())
	})
	if !q.Page.Count {
		return out, nil
	}
	n, err := count(ctx, s.DB, "item", counted)
	return out.Counted(n), err
}

// Item gives one item.
func (s Catalogue) Item(ctx context.Context, id invoice.ItemID) (invoice.Item, error) {
	v, err := scanItem(s.DB.Pool().QueryRow(ctx, `SELECT `+itemColumns+` FROM item WHERE id = $1`, id.String()))
	return v, one(err, "item")
}

// ItemsByID gives the items with these ids.
func (s Catalogue) ItemsByID(ctx context.Context, ids []invoice.ItemID) (map[invoice.ItemID]invoice.Item, error) {
	out := map[invoice.ItemID]invoice.Item{}
	if len(ids) == 0 {
		return out, nil
	}
	err := run(s.DB.Read(ctx), func(r *sql.Rows) error {
		v, err := scanItem(r)
		out[v.ID] = v
		return err
	}, `SELECT `+itemColumns+` FROM item WHERE id = ANY (?::text[]::uuid[])`, database.Array(ids))
	if err != nil {
		return nil, fmt.Errorf("read items: %w", err)
	}
	return out, nil
}

// InsertItem adds an item; a code in use is a Conflict.
func (s Catalogue) InsertItem(ctx context.Context, tx *database.Tx, i invoice.Item) error {
	_, err := tx.Conn().Exec(ctx, `INSERT INTO item (`+itemColumns+`, search_text)
		VALUES ($1, $2, $3, $4, $5, $6, $7::text::numeric, $8, $9, $10, $11, $12)`,
		i.ID.String(), i.Version, i.Code, i.Name, i.Description, i.Unit, i.UnitPrice.String(), string(i.Currency), string(i.PriceMode),
		null(i.TaxRateID), i.Archived, searchable(i.Code, i.Name))
	return itemError(err)
}

// UpdateItem writes the version given.
func (s Catalogue) UpdateItem(ctx context.Context, tx *database.Tx, i invoice.Item) error {
	tag, err := tx.Conn().Exec(ctx, `UPDATE item SET code = $3, name = $4, description = $5, unit = $6, unit_price = $7::text::numeric,
		currency = $8, price_mode = $9, tax_rate_id = $10, archived = $11, search_text = $12, version = version + 1
		WHERE id = $1 AND version = $2`,
		i.ID.String(), i.Version, i.Code, i.Name, i.Description, i.Unit, i.UnitPrice.String(), string(i.Currency), string(i.PriceMode),
		null(i.TaxRateID), i.Archived, searchable(i.Code, i.Name))
	if err == nil && tag.RowsAffected() == 0 {
		return stale("item")
	}
	return itemError(err)
}

func itemError(err error) error {
	switch {
	case database.IsUnique(err, "item_code_key"):
		return fault.New(fault.Conflict, "code-taken", "Another item has this code.").At("body.code", "is the code of another item")
	case database.IsForeignKey(err, "item_tax_rate_id_fkey"):
		var p fault.Problems
		p.Add("body.taxRateId", "names no tax rate")
		return p.Err()
	case err != nil:
		return fmt.Errorf("write item: %w", err)
	}
	return nil
}
