package csvfile

import (
	"regexp"
	"strings"
	"unicode/utf8"

	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// String is the cell, told as a problem when it is longer than most or, being
// required, empty.
func (r Row) String(p *Problems, column string, most int, required bool) string {
	cell := r.Text(column)
	if cell == "" && required {
		p.Add(r.Number, column, "must not be empty")
	}
	if utf8.RuneCountInString(cell) > most {
		p.Add(r.Number, column, "is longer than %d characters", most)
	}
	return cell
}

// Date reads 2026-11-25 and 25.11.2026; an empty cell is no date. A date with
// slashes is refused: nobody can tell which number is the month.
func (r Row) Date(p *Problems, column string) date.Date {
	cell := r.Text(column)
	if cell == "" {
		return date.Date{}
	}
	if parts := strings.Split(cell, "."); len(parts) == 3 && len(parts[2]) == 4 {
		cell = parts[2] + "-" + twoDigits(parts[1]) + "-" + twoDigits(parts[0])
	}
	day, err := date.Parse(cell)
	if err != nil {
		p.Add(r.Number, column, "%q is not a date; write it as 2026-11-25 or 25.11.2026", shorten(r.Text(column)))
	}
	return day
}

func twoDigits(s string) string {
	if len(s) == 1 {
		return "0" + s
	}
	return s
}

var (
	withPoint = regexp.MustCompile(`^[+-]?(\d+|\d{1,3}(,\d{3})+)(\.\d+)?$`)
	withComma = regexp.MustCompile(`^[+-]?(\d+|\d{1,3}(\.\d{3})+)(,\d+)?$`)
	// unclear in a file with decimal commas is "1.234": a thousand for the person,
	// one and a bit for a program. Nobody may guess an amount.
	unclear = regexp.MustCompile(`^-?\d{1,3}\.\d{3}$`)
)

// Decimal reads a number with at most four decimals: "1234.50" and "1,234.50",
// in a file separated by semicolons "1234,50" and "1.234,50" (and 1234.50, as
// programs write it). An empty cell is zero and false.
func (r Row) Decimal(p *Problems, column string) (money.Decimal, bool) {
	cell := r.Text(column)
	if cell == "" {
		return money.Decimal{}, false
	}
	text, ok := plainNumber(cell, r.comma)
	if !ok {
		p.Add(r.Number, column, "%q is not a number; write it as %s", shorten(cell), map[bool]string{false: "1234.50", true: "1234,50"}[r.comma])
		return money.Decimal{}, false
	}
	if _, decimals, _ := strings.Cut(text, "."); len(decimals) > 4 || len(text) > 20 {
		p.Add(r.Number, column, "%q is out of range: at most 15 digits and 4 decimals", shorten(cell))
		return money.Decimal{}, false
	}
	value, err := money.Parse(text)
	if err != nil {
		p.Add(r.Number, column, "%q is not a number", shorten(cell))
		return money.Decimal{}, false
	}
	return value, true
}

func plainNumber(cell string, comma bool) (string, bool) {
	cell = strings.TrimPrefix(cell, "+")
	switch {
	case comma && unclear.MatchString(cell):
		return "", false
	case comma && withComma.MatchString(cell):
		return strings.ReplaceAll(strings.ReplaceAll(cell, ".", ""), ",", "."), true
	case withPoint.MatchString(cell) && (!comma || !strings.Contains(cell, ",")):
		return strings.ReplaceAll(cell, ",", ""), true
	}
	return "", false
}

// Int reads a whole number between low and high; an empty cell is zero and false.
func (r Row) Int(p *Problems, column string, low, high int) (int, bool) {
	cell := r.Text(column)
	if cell == "" {
		return 0, false
	}
	n, digits := 0, 0
	for _, c := range cell {
		if c < '0' || c > '9' || digits > 9 {
			digits = 0
			break
		}
		n = n*10 + int(c-'0')
		digits++
	}
	if digits == 0 || n < low || n > high {
		p.Add(r.Number, column, "%q is not a whole number from %d to %d", shorten(cell), low, high)
		return 0, false
	}
	return n, true
}

// OneOf reads one of a few words, whatever its case; an empty cell is "".
func (r Row) OneOf(p *Problems, column string, words ...string) string {
	cell := r.Text(column)
	for _, word := range words {
		if strings.EqualFold(cell, word) {
			return word
		}
	}
	if cell != "" {
		p.Add(r.Number, column, "%q is not one of: %s", shorten(cell), strings.Join(words, ", "))
	}
	return ""
}
