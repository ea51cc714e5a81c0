// Package page is how every list is cut: forward by keyset cursors, never by offset,
// so the millionth row costs what the first one does. It knows no query language.
package page

import (
	"encoding/base64"
	"encoding/json"

	"erp/internal/platform/fault"
)

// Limits of a page.
const (
	DefaultLimit = 50
	MaxLimit     = 200
	CountCap     = 10_000 // exact totals up to here, then "10,000+"
)

// Request asks for a page.
type Request struct {
	Limit  int
	Cursor string
	Count  bool // the total is counted only when asked for
}

// Size is the limit within its bounds.
func (r Request) Size() int {
	if r.Limit <= 0 {
		return DefaultLimit
	}
	return min(r.Limit, MaxLimit)
}

// Of is one page of T.
type Of[T any] struct {
	Items       []T    `json:"items"`
	Next        string `json:"next,omitempty" doc:"Cursor of the next page; absent on the last one"`
	Total       *int   `json:"total,omitempty" doc:"Number of matching rows, when asked for with count=true"`
	TotalCapped bool   `json:"totalCapped,omitempty" doc:"True when there are more than total rows"`
}

// Cut turns up to size+1 rows into a page: the extra row only proves that there is a
// next one. key gives the cursor of the last row kept.
func Cut[T any](rows []T, size int, key func(T) string) Of[T] {
	if rows == nil {
		rows = []T{}
	}
	if len(rows) <= size {
		return Of[T]{Items: rows}
	}
	rows = rows[:size]
	return Of[T]{Items: rows, Next: key(rows[size-1])}
}

// Counted adds the total of a count that stopped at CountCap+1.
func (p Of[T]) Counted(n int) Of[T] {
	capped := min(n, CountCap)
	p.Total, p.TotalCapped = &capped, n > CountCap
	return p
}

// Encode makes the cursor of a row: the sort it belongs to and the row's sort values.
func Encode(sort string, values ...string) string {
	b, err := json.Marshal(append([]string{sort}, values...))
	if err != nil { // strings always marshal
		panic(err)
	}
	return base64.RawURLEncoding.EncodeToString(b)
}

// Decode gives back the n sort values of a cursor; an empty cursor gives nil. A cursor
// of another sort or a damaged one is Invalid at query.cursor.
func Decode(cursor, sort string, n int) ([]string, error) {
	if cursor == "" {
		return nil, nil
	}
	var values []string
	b, err := base64.RawURLEncoding.DecodeString(cursor)
	if err == nil {
		err = json.Unmarshal(b, &values)
	}
	if err != nil || len(values) != n+1 || values[0] != sort {
		var p fault.Problems
		p.Add("query.cursor", "does not belong to this list and sort order; start from the first page")
		return nil, p.Err()
	}
	return values[1:], nil
}
