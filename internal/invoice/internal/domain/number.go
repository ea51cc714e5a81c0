package domain

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/date"
)

// Numbered is a place in a series, taken in the issuing transaction.
type Numbered struct {
	Series   string
	Sequence int
	Number   string
	On       date.Date
}

// SeriesOf names the series of a document issued on a day: one per kind and year.
func SeriesOf(kind invoice.Kind, on date.Date) string {
	prefix := "INV"
	if kind == invoice.KindCreditNote {
		prefix = "CN"
	}
	return prefix + "-" + strconv.Itoa(on.Year())
}

// Number writes a place in a series as people see it: INV-2026-00042.
func Number(series string, sequence int, on date.Date) Numbered {
	return Numbered{Series: series, Sequence: sequence, Number: fmt.Sprintf("%s-%05d", series, sequence), On: on}
}

var wholeNumber = regexp.MustCompile(`^((?:INV|CN)-\d{4})-(\d{5,9})$`)

// ParseNumber reads a whole number as people write it, in any case; a part of one is not.
func ParseNumber(text string) (series string, sequence int, ok bool) {
	found := wholeNumber.FindStringSubmatch(strings.ToUpper(strings.TrimSpace(text)))
	if found == nil {
		return "", 0, false
	}
	sequence, err := strconv.Atoi(found[2])
	return found[1], sequence, err == nil
}
