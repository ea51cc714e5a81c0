package domain

import (
	"time"

	"erp/internal/platform/date"
)

// AsOf folds the facts that count by the end of a day; nil when there was nothing yet. A
// payment counts from the day it was received, a document from its date, everything else
// from the day it was done, which dayOf tells for the company's place.
func AsOf(events []Event, day date.Date, dayOf func(time.Time) date.Date) *Invoice {
	issuedOn, issuedAs := date.Date{}, 0
	for _, e := range events {
		if f, is := e.Fact.(Issued); is {
			issuedOn, issuedAs = f.IssuedOn, e.Version
		}
	}
	var inv *Invoice
	for _, e := range events {
		on := dayOf(e.At)
		switch {
		case e.Version <= issuedAs && issuedOn.Before(on):
			on = issuedOn // a document with an earlier date was there as of that date
		case e.Version > issuedAs:
			if change, some := dueDay(e); some {
				on = change
			}
			if on.Before(issuedOn) {
				on = issuedOn
			}
		}
		if on.After(day) {
			continue
		}
		if inv == nil {
			inv = &Invoice{ID: e.InvoiceID}
		}
		inv.apply(e)
	}
	return inv
}

// dueDay is the day from which a fact of an issued document counts, where it says one.
func dueDay(e Event) (date.Date, bool) {
	var on date.Date
	switch f := e.Fact.(type) {
	case PaymentAllocated:
		on = f.On
	case PaymentUnallocated:
		on = f.On
	case Credited:
		on = f.On
	case WrittenOff:
		on = f.On
	}
	return on, !on.IsZero()
}
