package store

import (
	"context"
	"database/sql"
	"fmt"
	"regexp"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
)

// conditions collects what a list is narrowed to.
type conditions struct {
	sql  []string
	args []any
}

func (c *conditions) and(sql string, args ...any) {
	c.sql = append(c.sql, sql)
	c.args = append(c.args, args...)
}

// words narrows to rows that hold every word. A word of one or two letters is looked for at
// the beginning of words only: in the middle of them no index could find it.
func (c *conditions) words(q string) {
	for _, word := range strings.Fields(database.Fold(q)) {
		if utf8.RuneCountInString(word) < 3 {
			c.and("search_text ~ ?", `\m`+regexp.QuoteMeta(word))
			continue
		}
		c.and("search_text LIKE ?", database.Contains(word))
	}
}

func (c *conditions) where() string {
	if len(c.sql) == 0 {
		return ""
	}
	return " WHERE " + strings.Join(c.sql, " AND ")
}

// order is a column that a list can be sorted by: an expression with an index on (it, id),
// and the type of its values in a cursor. The zero order is by id alone, which is by age.
type order struct{ expr, cast string }

// keyset narrows to what follows the cursor and gives the ORDER BY.
func (c *conditions) keyset(orders map[string]order, sort, fallback string, req page.Request) (string, error) {
	if sort == "" {
		sort = fallback
	}
	o, known := orders[strings.TrimPrefix(sort, "-")]
	if !known {
		var p fault.Problems
		p.Add("query.sort", "is not a field that this list can be sorted by")
		return "", p.Err()
	}
	direction, compare := "", ">"
	if strings.HasPrefix(sort, "-") {
		direction, compare = " DESC", "<"
	}
	after, err := page.Decode(req.Cursor, sort, 2)
	if err != nil {
		return "", err
	}
	if o.expr == "" {
		if after != nil {
			c.and("id "+compare+" ?::text::uuid", after[1])
		}
		return " ORDER BY id" + direction, nil
	}
	if after != nil {
		c.and(fmt.Sprintf("(%s, id) %s (?::text::%s, ?::text::uuid)", o.expr, compare, o.cast), after[0], after[1])
	}
	return fmt.Sprintf(" ORDER BY %s%s, id%s", o.expr, direction, direction), nil
}

// run scans each row of a hot list by hand.
func run(db *gorm.DB, scan func(*sql.Rows) error, query string, args ...any) error {
	rows, err := db.Raw(query, args...).Rows()
	if err != nil {
		return database.Fault(err)
	}
	defer rows.Close() //nolint:errcheck // because Err below tells
	for rows.Next() {
		if err := scan(rows); err != nil {
			return fmt.Errorf("read row: %w", err)
		}
	}
	return database.Fault(rows.Err())
}

// count is exact up to page.CountCap and stops one beyond it.
func count(ctx context.Context, db *database.DB, table string, c conditions) (int, error) {
	var n int
	query := fmt.Sprintf(`SELECT count(*) FROM (SELECT FROM %s%s LIMIT %d) capped`, table, c.where(), page.CountCap+1)
	if err := db.Search(ctx).Raw(query, c.args...).Scan(&n).Error; err != nil {
		return 0, fmt.Errorf("count %s: %w", table, database.Fault(err))
	}
	return n, nil
}

// handle is the connection for a list that is narrowed by these conditions: the plan must fit their values. One made for
// all values walks through a million documents in the order asked for, to find that none is of next year.
func handle(ctx context.Context, db *database.DB, narrowed conditions) *gorm.DB {
	if len(narrowed.sql) > 0 {
		return db.Search(ctx)
	}
	return db.Read(ctx)
}
