// Package date is the civil calendar day: when someone was hired, an invoice is due,
// a warranty ends. It has no clock and no time zone; whoever needs "today" converts
// an instant in the company's zone with From.
package date

import (
	"database/sql/driver"
	"fmt"
	"time"
)

// Layout is the only text form: ISO 8601.
const Layout = "2006-01-02"

// Date is a civil day between 0001-01-01 and 9999-12-31. The zero value means "none":
// NULL in the database and absent in JSON (omitzero). Dates compare with ==.
type Date struct {
	year  int16
	month int8
	day   int8
}

// Of returns the day; out-of-range values roll over as in time.Date.
func Of(year int, month time.Month, day int) Date {
	return From(time.Date(year, month, day, 0, 0, 0, 0, time.UTC))
}

// From returns the day on which t falls in t's own location.
func From(t time.Time) Date {
	y, m, d := t.Date()
	return Date{int16(y), int8(m), int8(d)} //nolint:gosec // because years beyond 9999 are refused by Parse and the database
}

// Parse reads YYYY-MM-DD.
func Parse(s string) (Date, error) {
	t, err := time.Parse(Layout, s)
	if err != nil || t.Year() < 1 {
		return Date{}, fmt.Errorf("%q is not a date: YYYY-MM-DD is expected", s)
	}
	return From(t), nil
}

// MustParse is Parse for constants; it panics on a wrong one.
func MustParse(s string) Date {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Time is midnight UTC of the day.
func (d Date) Time() time.Time {
	return time.Date(int(d.year), time.Month(d.month), int(d.day), 0, 0, 0, 0, time.UTC)
}

// String is YYYY-MM-DD; the zero date is the empty string.
func (d Date) String() string {
	return string(d.text())
}

// text is written by hand, for a list has hundreds of dates.
func (d Date) text() []byte {
	if d.IsZero() {
		return []byte{}
	}
	digit := func(n int) byte { return byte('0' + n%10) } //nolint:gosec // because it is one digit
	y, m, day := int(d.year), int(d.month), int(d.day)
	return []byte{digit(y / 1000), digit(y / 100), digit(y / 10), digit(y), '-', digit(m / 10), digit(m), '-', digit(day / 10), digit(day)}
}

// IsZero reports whether there is no date.
func (d Date) IsZero() bool { return d == Date{} }

// Year is the calendar year.
func (d Date) Year() int { return int(d.year) }

// Month is the calendar month.
func (d Date) Month() time.Month { return time.Month(d.month) }

// Day is the day of the month.
func (d Date) Day() int { return int(d.day) }

// Compare is -1, 0 or 1 as d is before, equal to or after o.
func (d Date) Compare(o Date) int { return d.Time().Compare(o.Time()) }

// Before reports whether d is earlier than o.
func (d Date) Before(o Date) bool { return d.Compare(o) < 0 }

// After reports whether d is later than o.
func (d Date) After(o Date) bool { return d.Compare(o) > 0 }

// AddDays moves by n days.
func (d Date) AddDays(n int) Date { return From(d.Time().AddDate(0, 0, n)) }

// AddMonths moves by n months and stays in the month reached: a month after
// January 31 is the last day of February.
func (d Date) AddMonths(n int) Date {
	first := time.Date(int(d.year), time.Month(d.month)+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return From(first.AddDate(0, 0, min(int(d.day), last)-1))
}

// DaysSince is the number of days from o to d, negative when d is earlier.
func (d Date) DaysSince(o Date) int { return int(d.Time().Sub(o.Time()) / (24 * time.Hour)) }

// MonthsSince is the number of calendar months from o's month to d's month.
func (d Date) MonthsSince(o Date) int {
	return (int(d.year)-int(o.year))*12 + int(d.month) - int(o.month)
}

// FirstOfMonth is the first day of d's month.
func (d Date) FirstOfMonth() Date { return Date{d.year, d.month, 1} }

// LastOfMonth is the last day of d's month.
func (d Date) LastOfMonth() Date { return d.FirstOfMonth().AddMonths(1).AddDays(-1) }

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return d.text(), nil }

// UnmarshalText implements encoding.TextUnmarshaler; empty text is the zero date.
func (d *Date) UnmarshalText(b []byte) error {
	if len(b) == 0 {
		*d = Date{}
		return nil
	}
	v, err := Parse(string(b))
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value implements driver.Valuer; the zero date is NULL.
func (d Date) Value() (driver.Value, error) {
	if d.IsZero() {
		return nil, nil //nolint:nilnil // because NULL is a value here, not a missing one
	}
	return d.String(), nil
}

// Scan implements sql.Scanner; NULL is the zero date.
func (d *Date) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Date{}
		return nil
	case time.Time:
		*d = From(v)
		return nil
	case string:
		return d.UnmarshalText([]byte(v))
	case []byte:
		return d.UnmarshalText(v)
	default:
		return fmt.Errorf("scan date: unexpected %T", src)
	}
}

// GormDataType tells the mapper that the column is a date.
func (Date) GormDataType() string { return "date" }
