package domain

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Numbered is a place in a series, taken in the issuing transaction.
type Numbered struct {
	Series   string
	Sequence int
	Number   string
	On       date.Date
	Width    int
}

// Next is the place n further on in the same series.
func (n Numbered) Next(by int) Numbered { return NumberIn(n.Width, n.Series, n.Sequence+by, n.On) }

// Pattern is how documents of a kind are numbered: INV-2026-00042 is the 42nd of a series for each year, in five digits.
type Pattern struct {
	Kind   invoice.Kind `json:"kind" enum:"invoice,credit-note"`
	Prefix string       `json:"prefix" minLength:"1" maxLength:"10" doc:"Letters"`
	Yearly bool         `json:"yearly" doc:"Whether each year has a series of its own, which begins with 1"`
	Width  int          `json:"width" minimum:"3" maximum:"9" doc:"Digits at least"`
}

// Series names the series of a document issued on a day.
func (p Pattern) Series(on date.Date) string {
	if !p.Yearly {
		return p.Prefix
	}
	return p.Prefix + "-" + strconv.Itoa(on.Year())
}

// Tidy writes the prefix as it is compared.
func (p *Pattern) Tidy() { p.Prefix = strings.ToUpper(strings.TrimSpace(p.Prefix)) }

var letters = regexp.MustCompile(`^[A-Z]{1,10}$`)

// Check notes what no pattern may be. A prefix has letters only, so that no number of one series reads like one of another.
func (p Pattern) Check(problems *fault.Problems, at string) {
	if !letters.MatchString(p.Prefix) {
		problems.Add(at+".prefix", "must be one to ten letters from A to Z")
	}
	if p.Width < 3 || p.Width > 9 {
		problems.Add(at+".width", "must be between 3 and 9")
	}
}

const usualWidth = 5

// Number writes a place in a series as usual: INV-2026-00042.
func Number(series string, sequence int, on date.Date) Numbered {
	return NumberIn(usualWidth, series, sequence, on)
}

// NumberIn writes a place in a series with so many digits at least.
func NumberIn(width int, series string, sequence int, on date.Date) Numbered {
	return Numbered{Series: series, Sequence: sequence, Number: fmt.Sprintf("%s-%0*d", series, width, sequence), On: on, Width: width}
}

var wholeNumber = regexp.MustCompile(`^([A-Z]{1,10}(?:-\d{4})?)-(\d{3,9})$`)

// ParseNumber reads a whole number as people write it, in any case; a part of one is not. INV-2026 may be the beginning of
// one, and is not taken for a whole number.
func ParseNumber(text string) (series string, sequence int, ok bool) {
	found := wholeNumber.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(text)))
	if found == nil || (!strings.Contains(found[1], "-") && len(found[2]) == 4 && found[2][:2] == "20") {
		return "", 0, false
	}
	sequence, err := strconv.Atoi(found[2])
	return found[1], sequence, err == nil
}
