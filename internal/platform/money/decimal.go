// Package money is exact arithmetic for amounts, quantities, prices and rates, and the
// currencies they are in. Nothing here is ever a float. It knows no database driver and
// no HTTP.
package money

import (
	"database/sql/driver"
	"encoding/json"
	"fmt"

	"github.com/shopspring/decimal"
)

// maxDigits bounds what a person may type: no amount of a company needs more, and
// exponents such as 1e999999 would cost memory.
const maxDigits = 40

// Decimal is an exact decimal number. It keeps its scale: what was rounded to two
// places is written with two places ("1.50"). In JSON it is always a string.
type Decimal struct{ d decimal.Decimal }

// Zero is 0.
var Zero Decimal //nolint:gochecknoglobals // because it is a constant that the language cannot spell

// Parse reads plain decimal notation ("-12.50"); exponents are refused.
func Parse(s string) (Decimal, error) {
	if len(s) == 0 || len(s) > maxDigits || !plain(s) {
		return Decimal{}, fmt.Errorf("%.50q is not a number: digits with at most one point are expected, such as 12.50", s)
	}
	d, err := decimal.NewFromString(s)
	if err != nil {
		return Decimal{}, fmt.Errorf("%q is not a number: digits with at most one point are expected, such as 12.50", s)
	}
	return Decimal{d}, nil
}

func plain(s string) bool {
	digits, points := 0, 0
	for i, c := range []byte(s) {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c == '.':
			points++
		case (c == '-' || c == '+') && i == 0:
		default:
			return false
		}
	}
	return digits > 0 && points <= 1
}

// MustParse is Parse for constants; it panics on a wrong one.
func MustParse(s string) Decimal {
	d, err := Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

// FromInt is the whole number n.
func FromInt(n int64) Decimal { return Decimal{decimal.NewFromInt(n)} }

// FromMinor is n minor units of a currency with the given digits: FromMinor(150, 2) is 1.50.
func FromMinor(n int64, digits int) Decimal {
	return Decimal{decimal.New(n, -int32(digits))} //nolint:gosec // because digits are 0 to 4
}

// Add is d + o.
func (d Decimal) Add(o Decimal) Decimal { return Decimal{d.d.Add(o.d)} }

// Sub is d - o.
func (d Decimal) Sub(o Decimal) Decimal { return Decimal{d.d.Sub(o.d)} }

// Mul is d x o, exact.
func (d Decimal) Mul(o Decimal) Decimal { return Decimal{d.d.Mul(o.d)} }

// Div is d / o rounded to places, half away from zero. o must not be zero.
func (d Decimal) Div(o Decimal, places int) Decimal {
	return Decimal{d.d.DivRound(o.d, int32(places))} //nolint:gosec // because places are small
}

// Neg is -d.
func (d Decimal) Neg() Decimal { return Decimal{d.d.Neg()} }

// Abs is |d|.
func (d Decimal) Abs() Decimal { return Decimal{d.d.Abs()} }

// Cmp is -1, 0 or 1 as d is less than, equal to or more than o.
func (d Decimal) Cmp(o Decimal) int { return d.d.Cmp(o.d) }

// Equal reports equal value, whatever the scale.
func (d Decimal) Equal(o Decimal) bool { return d.d.Equal(o.d) }

// Less reports d < o.
func (d Decimal) Less(o Decimal) bool { return d.Cmp(o) < 0 }

// Sign is -1, 0 or 1.
func (d Decimal) Sign() int { return d.d.Sign() }

// IsZero reports whether d is 0.
func (d Decimal) IsZero() bool { return d.d.IsZero() }

// Scale is the number of decimal places written.
func (d Decimal) Scale() int { return int(max(0, -d.d.Exponent())) }

// Round rounds half away from zero and writes exactly places decimals.
func (d Decimal) Round(places int) Decimal {
	p := int32(places) //nolint:gosec // because places are small
	r := d.d.Round(p)
	if r.Exponent() != -p { // Round leaves a coarser number as it is
		r = decimal.NewFromBigInt(r.Shift(p).BigInt(), -p)
	}
	return Decimal{r}
}

// Trim drops trailing zeros after the point: a quantity of 2.000 is 2.
func (d Decimal) Trim() Decimal {
	t, err := decimal.NewFromString(d.d.String())
	if err != nil { // what String writes always parses
		panic(err)
	}
	return Decimal{t}
}

// In rounds to the currency's digits.
func (d Decimal) In(c Currency) Decimal { return d.Round(c.Digits()) }

// Min is the smaller of a and b.
func Min(a, b Decimal) Decimal {
	if a.Cmp(b) <= 0 {
		return a
	}
	return b
}

// Max is the larger of a and b.
func Max(a, b Decimal) Decimal {
	if a.Cmp(b) >= 0 {
		return a
	}
	return b
}

// Sum adds up.
func Sum(ds ...Decimal) Decimal {
	var t Decimal
	for _, d := range ds {
		t = t.Add(d)
	}
	return t
}

// String is plain notation with the scale kept.
func (d Decimal) String() string { return d.d.StringFixed(int32(d.Scale())) } //nolint:gosec // because the scale is small

// Float is for drawing only (charts, bar widths); never for arithmetic.
func (d Decimal) Float() float64 { return d.d.InexactFloat64() }

// MarshalJSON writes a string.
func (d Decimal) MarshalJSON() ([]byte, error) {
	text := d.String() // digits, a point and a sign: nothing to escape
	return append(append(append(make([]byte, 0, len(text)+2), '"'), text...), '"'), nil
}

// UnmarshalJSON reads a string; JSON numbers are refused because many programs make
// floats of them on the way.
func (d *Decimal) UnmarshalJSON(b []byte) error {
	var s string
	if err := json.Unmarshal(b, &s); err != nil {
		return fmt.Errorf("a decimal is written as a string, such as \"12.50\"")
	}
	v, err := Parse(s)
	if err != nil {
		return err
	}
	*d = v
	return nil
}

// Value implements driver.Valuer.
func (d Decimal) Value() (driver.Value, error) { return d.String(), nil }

// Scan implements sql.Scanner; NULL is 0.
func (d *Decimal) Scan(src any) error {
	switch v := src.(type) {
	case nil:
		*d = Decimal{}
		return nil
	case string:
		return d.scan(v)
	case []byte:
		return d.scan(string(v))
	case int64:
		*d = FromInt(v)
		return nil
	default:
		return fmt.Errorf("scan decimal: unexpected %T", src)
	}
}

func (d *Decimal) scan(s string) error {
	v, err := decimal.NewFromString(s)
	if err != nil {
		return fmt.Errorf("scan decimal: %w", err)
	}
	d.d = v
	return nil
}

// GormDataType tells the mapper that the column is numeric.
func (Decimal) GormDataType() string { return "numeric" }
