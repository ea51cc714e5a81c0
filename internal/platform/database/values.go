package database

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/jackc/pgx/v5/pgtype"
)

// lost reports a connection that ended in the middle of a statement.
func lost(err error) bool {
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || strings.Contains(err.Error(), "conn closed")
}

// array writes a slice as one Postgres array parameter.
type array[T any] []T

// Array makes one array parameter of xs, for `= ANY(?)` and unnest; gorm would spread
// a plain slice into a list.
func Array[T any](xs []T) any { return array[T](xs) }

// Value implements driver.Valuer.
func (a array[T]) Value() (driver.Value, error) {
	var b strings.Builder
	b.WriteByte('{')
	for i, x := range a {
		if i > 0 {
			b.WriteByte(',')
		}
		s, null, err := text(x)
		if err != nil {
			return nil, err
		}
		if null {
			b.WriteString("NULL")
			continue
		}
		b.WriteByte('"')
		for _, c := range []byte(s) {
			if c == '"' || c == '\\' {
				b.WriteByte('\\')
			}
			b.WriteByte(c)
		}
		b.WriteByte('"')
	}
	b.WriteByte('}')
	return b.String(), nil
}

// uuids is the list for the driver, when it is one of ids.
func (a array[T]) uuids() (pgtype.FlatArray[pgtype.UUID], bool) {
	var kind T
	if _, ok := any(kind).(identifier); !ok {
		return nil, false
	}
	uuids := make(pgtype.FlatArray[pgtype.UUID], len(a))
	for i, x := range a {
		uuids[i] = uuidOf(any(x).(identifier)) //nolint:forcetypeassert // because all elements are of the kind looked at above
	}
	return uuids, true
}

func text(x any) (s string, null bool, err error) {
	if v, ok := x.(driver.Valuer); ok {
		value, err := v.Value()
		if err != nil {
			return "", false, fmt.Errorf("array element: %w", err)
		}
		if value == nil {
			return "", true, nil
		}
		x = value
	}
	return fmt.Sprint(x), false, nil
}

// Prefix escapes s for LIKE and ILIKE and matches what begins with it.
func Prefix(s string) string { return escapeLike(s) + "%" }

// Contains escapes s for LIKE and ILIKE and matches what contains it.
func Contains(s string) string { return "%" + escapeLike(s) + "%" }

func escapeLike(s string) string {
	return strings.NewReplacer(`\`, `\\`, `%`, `\%`, `_`, `\_`).Replace(s)
}
