package domain

import (
	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// furthest is how many years ahead a first or a last date may lie.
const furthest = 50

// Nth is the date of a rhythm with this place, from 0. It is counted from the first date, never from the one before.
func Nth(r invoice.Rhythm, n int) date.Date {
	if r.Unit == invoice.Week {
		return r.FirstOn.AddDays(7 * r.Every * n)
	}
	return r.FirstOn.AddMonths(months(r.Unit) * r.Every * n)
}

func months(u invoice.RhythmUnit) int {
	switch u {
	case invoice.Quarter:
		return 3
	case invoice.Year:
		return 12
	default:
		return 1
	}
}

// PeriodAt is the time that the nth date begins: up to the day before the next one.
func PeriodAt(r invoice.Rhythm, n int) (from, to date.Date) {
	return Nth(r, n), Nth(r, n+1).AddDays(-1)
}

// sameRhythm tells whether two have the same dates, apart from where they end.
func sameRhythm(x, y invoice.Rhythm) bool {
	return x.Every == y.Every && x.Unit == y.Unit && x.FirstOn == y.FirstOn
}

// CheckRhythm notes what is wrong with a rhythm; at is where it stands in the input.
func CheckRhythm(p *fault.Problems, at string, r invoice.Rhythm, today date.Date) {
	if r.Every < 1 || r.Every > 99 {
		p.Add(at+".every", "must be from 1 to 99")
	}
	switch r.Unit {
	case invoice.Week, invoice.Month, invoice.Quarter, invoice.Year:
	default:
		p.Add(at+".unit", "must be week, month, quarter or year")
	}
	end := today.AddMonths(12 * furthest)
	if r.FirstOn.IsZero() || r.FirstOn.After(end) {
		p.Add(at+".firstOn", "must be a day within %d years", furthest)
	}
	if r.LastOn.After(end) {
		p.Add(at+".lastOn", "must be a day within %d years; leave it out to go on without end", furthest)
	}
	if !r.LastOn.IsZero() && r.LastOn.Before(r.FirstOn) {
		p.Add(at+".lastOn", "must not be before the first date")
	}
	if r.Times < 0 || r.Times > 1000 {
		p.Add(at+".times", "must be from 1 to 1000; leave it out to go on without end")
	}
}
