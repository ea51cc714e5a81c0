// Package id gives every kind of record its own identifier type, so that an
// employee's id cannot be passed where an asset's is wanted. It knows no database
// driver and no HTTP.
package id

import (
	"database/sql/driver"
	"fmt"

	"github.com/google/uuid"
)

// Of is the identifier of a T: a UUIDv7, so ids of one table sort by age. The zero
// value means "none": it is NULL in the database and absent in JSON (omitzero).
type Of[T any] uuid.UUID

// New returns a fresh identifier.
func New[T any]() Of[T] { return Of[T](uuid.Must(uuid.NewV7())) }

// Parse reads the canonical text form; anything else is an error.
func Parse[T any](s string) (Of[T], error) {
	u, err := uuid.Parse(s)
	if err != nil || len(s) != 36 {
		return Of[T]{}, fmt.Errorf("%q is not an id: a UUID such as 01890a5d-ac96-774b-bcce-b302099a8057 is expected", s)
	}
	return Of[T](u), nil
}

// String is the canonical text form; the zero id is the empty string.
func (i Of[T]) String() string {
	if i.IsZero() {
		return ""
	}
	return uuid.UUID(i).String()
}

// Bytes is the binary form.
func (i Of[T]) Bytes() [16]byte { return i }

// IsZero reports whether there is no id.
func (i Of[T]) IsZero() bool { return i == Of[T]{} }

// Compare orders ids by age and then by chance.
func (i Of[T]) Compare(o Of[T]) int {
	for k := range i {
		if i[k] != o[k] {
			return int(i[k]) - int(o[k])
		}
	}
	return 0
}

// MarshalText implements encoding.TextMarshaler.
func (i Of[T]) MarshalText() ([]byte, error) {
	if i.IsZero() {
		return []byte{}, nil
	}
	return uuid.UUID(i).MarshalText()
}

// UnmarshalText implements encoding.TextUnmarshaler; empty text is the zero id.
func (i *Of[T]) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*i = Of[T]{}
		return nil
	}
	v, err := Parse[T](string(b))
	if err != nil {
		return err
	}
	*i = v
	return nil
}

// Value implements driver.Valuer; the zero id is NULL.
func (i Of[T]) Value() (driver.Value, error) {
	if i.IsZero() {
		return nil, nil //nolint:nilnil // because NULL is a value here, not a missing one
	}
	return i.String(), nil
}

// Scan implements sql.Scanner; NULL is the zero id.
func (i *Of[T]) Scan(src any) error {
	if src == nil {
		*i = Of[T]{}
		return nil
	}
	var u uuid.UUID
	if err := u.Scan(src); err != nil {
		return fmt.Errorf("scan id: %w", err)
	}
	*i = Of[T](u)
	return nil
}

// GormDataType tells the mapper that the column is a uuid.
func (Of[T]) GormDataType() string { return "uuid" }

// Unique returns ids without zeros and repeats, in order of first appearance: what a
// batch call to a peer wants.
func Unique[T any](ids []Of[T]) []Of[T] {
	seen := make(map[Of[T]]struct{}, len(ids))
	out := make([]Of[T], 0, len(ids))
	for _, i := range ids {
		if _, dup := seen[i]; dup || i.IsZero() {
			continue
		}
		seen[i] = struct{}{}
		out = append(out, i)
	}
	return out
}
