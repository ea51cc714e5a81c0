package store

import (
	"context"
	"strings"
	"unicode/utf8"

	"erp/internal/asset"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/page"
)

// Query asks for assets inside a reach.
type Query struct {
	asset.Query
	Reach Reach
	Today date.Date
}

// order is one way to sort: an expression that is never NULL, its type, and the text of its value in a row. All have an
// index that ends in the id.
type order struct {
	expr, as string
	value    func(a *Record) string
	unique   bool // needs no id behind it
}

// by is the order as SQL, turned round or not.
func (o order) by(desc bool) string {
	way := ""
	if desc {
		way = " DESC"
	}
	if o.unique {
		return " ORDER BY " + o.expr + way
	}
	return " ORDER BY " + o.expr + way + ", a.id" + way
}

var orders = map[string]order{ //nolint:gochecknoglobals // because it is a constant table
	"tag":  {expr: "lower(a.tag)", as: `text COLLATE "C"`, unique: true, value: func(r *Record) string { return strings.ToLower(r.Tag) }},
	"name": {expr: "a.name", as: "text", value: func(r *Record) string { return r.Name }},
	"cost": {expr: "a.cost", as: "numeric", value: func(r *Record) string { return r.Cost.String() }},
	"purchasedOn": {expr: "coalesce(a.purchased_on, '-infinity')", as: "date", value: func(r *Record) string {
		return orText(r.PurchasedOn, "-infinity")
	}},
	"warrantyUntil": {expr: "coalesce(a.warranty_until, 'infinity')", as: "date", value: func(r *Record) string {
		return orText(r.WarrantyUntil, "infinity")
	}},
	"holder": {expr: "a.holder_name", as: "text", value: func(r *Record) string { return r.HolderName }},
	"updatedAt": {expr: "a.updated_at", as: "timestamptz", value: func(r *Record) string {
		return r.UpdatedAt.Format("2006-01-02T15:04:05.999999Z07:00")
	}},
}

func orText(d date.Date, none string) string {
	if d.IsZero() {
		return none
	}
	return d.String()
}

// Sorts names the orders of the list.
const Sorts = "tag, name, cost, purchasedOn, warrantyUntil, holder, updatedAt"

// SortsBy reports whether the list can be sorted so.
func SortsBy(sort string) bool {
	_, ok := orders[strings.TrimPrefix(sort, "-")]
	return ok
}

// List answers with up to one row more than the page holds. The page is cut before names are joined to it.
func List(ctx context.Context, from source, q Query, after []string) ([]Record, error) {
	s := statement{custom: q.Narrow(), expect: q.Size() + 1}
	s.add("SELECT " + assetColumns + " FROM (SELECT * FROM asset a")
	q.where(&s)
	o, desc := orders[strings.TrimPrefix(q.Sort, "-")], strings.HasPrefix(q.Sort, "-")
	than := ">"
	if desc {
		than = "<"
	}
	switch {
	case after != nil && o.unique:
		s.add(" AND "+o.expr+" "+than+" ?::"+o.as, after[0])
	case after != nil:
		s.add(" AND ("+o.expr+", a.id) "+than+" (?::"+o.as+", ?::uuid)", after[0], after[1])
	}
	s.add(o.by(desc)+" LIMIT ?) a"+assetNames+o.by(desc), q.Size()+1)
	return s.records(ctx, from)
}

// Cursor is the place of a record in the order.
func Cursor(sort string, r *Record) string {
	return page.Encode(sort, orders[strings.TrimPrefix(sort, "-")].value(r), r.ID.String())
}

// Count counts what the query finds, up to one more than a page tells.
func Count(ctx context.Context, from source, q Query) (int, error) {
	s := statement{custom: q.Narrow()}
	s.add("SELECT count(*) FROM (SELECT 1 FROM asset a")
	q.where(&s)
	s.add(" LIMIT ?) found", page.CountCap+1)
	n := 0
	return n, s.query(ctx, from, func(row row) error { return row.Scan(&n) })
}

// Narrow reports whether the query filters at all: then the best plan depends on its values.
func (q Query) Narrow() bool {
	return q.Q != "" || len(q.Status) > 0 || !q.CategoryID.IsZero() || !q.LocationID.IsZero() || !q.HolderID.IsZero() || !q.BillID.IsZero() ||
		!q.WarrantyUntil.IsZero() || !q.Reach.All
}

func (q Query) where(s *statement) {
	s.add(" WHERE ")
	s.within(q.Reach)
	words(s, q.Q)
	if len(q.Status) > 0 {
		s.add(" AND a.status = ANY(?)", database.Array(q.Status))
	}
	if !q.CategoryID.IsZero() {
		s.add(" AND a.category_id = ?", q.CategoryID)
	}
	if !q.LocationID.IsZero() {
		s.add(` AND a.location_id IN (WITH RECURSIVE below AS (SELECT ?::uuid AS id UNION ALL
			SELECT l.id FROM location l JOIN below b ON l.parent_id = b.id) SELECT id FROM below)`, q.LocationID)
	}
	if !q.HolderID.IsZero() {
		s.add(" AND a.holder_id = ?", q.HolderID)
	}
	if !q.BillID.IsZero() {
		s.add(" AND a.bill_id = ?", q.BillID)
	}
	if !q.WarrantyUntil.IsZero() {
		s.add(" AND coalesce(a.warranty_until, 'infinity') BETWEEN ?::date AND ?::date AND a.status <> 'retired'", q.Today, q.WarrantyUntil)
	}
}

// maxWords bounds what a search costs.
const maxWords = 8

// words requires every word. A word of three letters and more may stand anywhere, a shorter one begins a word: the index
// knows only groups of three letters, and the space before a word is one of them.
func words(s *statement, q string) {
	list := strings.Fields(database.Fold(q))
	for _, word := range list[:min(len(list), maxWords)] {
		pattern := database.Contains(word)
		if utf8.RuneCountInString(word) < 3 {
			pattern = "% " + strings.TrimPrefix(pattern, "%")
		}
		s.add(" AND a.search_text LIKE ?", pattern)
	}
}

// Search finds assets by words, an exact tag or serial number first, then tags that begin so.
func Search(ctx context.Context, from source, q string, limit int, reach Reach) ([]Record, error) {
	s := statement{custom: true}
	s.add("SELECT " + assetColumns + assetTables + " WHERE ")
	s.within(reach)
	words(&s, q)
	whole := strings.ToLower(strings.TrimSpace(q))
	s.add(` ORDER BY lower(a.tag) = ? OR lower(a.serial) = ? DESC, lower(a.tag) LIKE ? DESC, a.status = 'retired', lower(a.tag) LIMIT ?`,
		whole, whole, database.Prefix(whole), limit)
	return s.records(ctx, from)
}

// Export hands every asset the query finds to each, in the query's order, without holding them all.
func Export(ctx context.Context, from source, q Query, each func(r *Record) error) error {
	s := statement{custom: true}
	s.add("SELECT " + assetColumns + assetTables)
	q.where(&s)
	s.add(orders[strings.TrimPrefix(q.Sort, "-")].by(strings.HasPrefix(q.Sort, "-")))
	return s.query(ctx, from, func(row row) error {
		var r Record
		if err := r.scan(row); err != nil {
			return err
		}
		return each(&r)
	})
}
