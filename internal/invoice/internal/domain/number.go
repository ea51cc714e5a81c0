package domain

import (
	"fmt"
	"strconv"

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
