package store

import (
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

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
}

var orders = map[string]order{ //nolint:gochecknoglobals // because it is a constant table
	"tag":         {"lower(a.tag)", `text COLLATE "C"`, func(r *Record) string { return strings.ToLower(r.Tag) }},
	"name":        {"a.name", "text", func(r *Record) string { return r.Name }},
	"cost":        {"a.cost", "numeric", func(r *Record) string { return r.Cost.String() }},
	"purchasedOn": {"coalesce(a.purchased_on, '-infinity')", "date", func(r *Record) string { return orText(r.PurchasedOn, "-infinity") }},
	"warrantyUntil": {"coalesce(a.warranty_until, 'infinity')", "date", func(r *Record) string {
		return orText(r.WarrantyUntil, "infinity")
	}},
	"holder":    {"a.holder_name", "text", func(r *Record) string { return r.HolderName }},
	"updatedAt": {"a.updated_at", "timestamptz", func(r *Record) string { return r.UpdatedAt.Format("2006-01-02T15:04:05.999999Z07:00") }},
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

// List answers with up to one row more than the page holds.
func List(g *gorm.DB, q Query, after []string) ([]Record, error) {
	var s statement
	s.add("SELECT " + assetColumns + assetTables)
	q.where(&s)
	by, desc := orders[strings.TrimPrefix(q.Sort, "-")], strings.HasPrefix(q.Sort, "-")
	than, way := ">", ""
	if desc {
		than, way = "<", " DESC"
	}
	if after != nil {
		s.add(" AND ("+by.expr+", a.id) "+than+" (?::"+by.as+", ?::uuid)", after[0], after[1])
	}
	s.add(" ORDER BY "+by.expr+way+", a.id"+way+" LIMIT ?", q.Size()+1)
	return s.records(g)
}

// Cursor is the place of a record in the order.
func Cursor(sort string, r *Record) string {
	return page.Encode(sort, orders[strings.TrimPrefix(sort, "-")].value(r), r.ID.String())
}

// Count counts what the query finds, up to one more than a page tells.
func Count(g *gorm.DB, q Query) (int, error) {
	var s statement
	s.add("SELECT count(*) FROM (SELECT 1 FROM asset a")
	q.where(&s)
	s.add(" LIMIT ?) found", page.CountCap+1)
	n := 0
	return n, s.query(g, func(row row) error { return row.Scan(&n) })
}

// Narrow reports whether the query filters at all: then the best plan depends on its values.
func (q Query) Narrow() bool {
	return q.Q != "" || len(q.Status) > 0 || !q.CategoryID.IsZero() || !q.LocationID.IsZero() || !q.HolderID.IsZero() ||
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
	if !q.WarrantyUntil.IsZero() {
		s.add(" AND coalesce(a.warranty_until, 'infinity') BETWEEN ?::date AND ?::date AND a.status <> 'retired'", q.Today, q.WarrantyUntil)
	}
}

// maxWords bounds what a search costs.
const maxWords = 8

// words requires every word. A word of three letters and more may stand anywhere, a shorter one begins a word: the index
// knows only groups of three letters, and the space before a word is one of them.
func words(s *statement, q string) {
	list := strings.Fields(strings.ToLower(q))
	for _, word := range list[:min(len(list), maxWords)] {
		pattern := database.Contains(word)
		if utf8.RuneCountInString(word) < 3 {
			pattern = "% " + strings.TrimPrefix(pattern, "%")
		}
		s.add(" AND a.search_text LIKE ?", pattern)
	}
}

// Search finds assets by words, an exact tag or serial number first, then tags that begin so.
func Search(g *gorm.DB, q string, limit int, reach Reach) ([]Record, error) {
	var s statement
	s.add("SELECT " + assetColumns + assetTables + " WHERE ")
	s.within(reach)
	words(&s, q)
	whole := strings.ToLower(strings.TrimSpace(q))
	s.add(` ORDER BY lower(a.tag) = ? OR lower(a.serial) = ? DESC, lower(a.tag) LIKE ? DESC, a.status = 'retired', lower(a.tag) LIMIT ?`,
		whole, whole, database.Prefix(whole), limit)
	return s.records(g)
}

// Export hands every asset the query finds to each, in the query's order, without holding them all.
func Export(g *gorm.DB, q Query, each func(r *Record) error) error {
	var s statement
	s.add("SELECT " + assetColumns + assetTables)
	q.where(&s)
	by, way := orders[strings.TrimPrefix(q.Sort, "-")], ""
	if strings.HasPrefix(q.Sort, "-") {
		way = " DESC"
	}
	s.add(" ORDER BY " + by.expr + way + ", a.id" + way)
	return s.query(g, func(row row) error {
		var r Record
		if err := r.scan(row); err != nil {
			return err
		}
		return each(&r)
	})
}
