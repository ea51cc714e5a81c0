package domain

import (
	"strings"
	"time"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Leave is counted in half days.

// LeaveGrant is a line of the ledger that the calendar brings.
type LeaveGrant struct {
	Kind   string
	Month  int // 0 for a line of the whole year
	Halves int
	On     date.Date
}

// WorkingHalves counts the half days between two days on which somebody would work: Monday to Friday, no holidays.
func WorkingHalves(first, last date.Date, halfFirst, halfLast bool, holidays map[date.Date]bool) int {
	works := func(d date.Date) bool {
		weekday := d.Time().Weekday()
		return weekday != time.Saturday && weekday != time.Sunday && !holidays[d]
	}
	n := 0
	for d := first; !d.After(last); d = d.AddDays(1) {
		if works(d) {
			n += 2
		}
	}
	if halfFirst && works(first) {
		n--
	}
	if halfLast && works(last) {
		n--
	}
	return n
}

// LeaveGrants is the allowance of a year as far as it has come by today: for the months in which somebody is employed,
// rounded down to half days so that the months of a year add up to it.
func LeaveGrants(allowance int, monthly bool, year int, e Employee, today date.Date) []LeaveGrant {
	months := monthsEmployed(year, e)
	if allowance == 0 || len(months) == 0 {
		return nil
	}
	if !monthly {
		first := months[0]
		return []LeaveGrant{{Kind: "allowance", Halves: allowance * len(months) / 12, On: later(first, e.HiredOn)}}
	}
	var out []LeaveGrant
	for i, month := range months {
		if month.After(today) {
			break
		}
		out = append(out, LeaveGrant{Kind: "allowance", Month: int(month.Month()), Halves: allowance*(i+1)/12 - allowance*i/12, On: later(month, e.HiredOn)})
	}
	return out
}

// monthsEmployed are the first days of the months of a year in which somebody is employed.
func monthsEmployed(year int, e Employee) []date.Date {
	var out []date.Date
	for m := time.January; m <= time.December; m++ {
		first := date.Of(year, m, 1)
		if first.LastOfMonth().Before(e.HiredOn) || (!e.LeftOn.IsZero() && first.After(e.LeftOn)) {
			continue
		}
		out = append(out, first)
	}
	return out
}

func later(a, b date.Date) date.Date {
	if b.After(a) {
		return b
	}
	return a
}

// CarriedOver splits what is left of a year into what goes on to the next and what is lost.
func CarriedOver(left, most int) (carried, forfeited int) {
	if left <= 0 {
		return 0, 0
	}
	carried = min(left, most)
	return carried, left - carried
}

// LeaveAsked is time that somebody wants to be away.
type LeaveAsked struct {
	First, Last         date.Date
	HalfFirst, HalfLast bool
	Note                string
}

const longestLeave = 366

// Check collects what is wrong with the days asked for.
func (l LeaveAsked) Check(p *fault.Problems, e Employee, today date.Date) {
	switch {
	case l.First.IsZero() || l.Last.IsZero():
		p.Add("body.first", "is needed, and so is the last day")
	case l.Last.Before(l.First):
		p.Add("body.last", "must not lie before the first day")
	case l.First.Year() != l.Last.Year():
		p.Add("body.last", "must lie in the year of the first day; ask for the days of the next year on their own")
	case l.First.Before(e.HiredOn):
		p.Add("body.first", "must not lie before the first day of the employment, %s", e.HiredOn)
	case !e.LeftOn.IsZero() && l.Last.After(e.LeftOn):
		p.Add("body.last", "must not lie after the last day of the employment, %s", e.LeftOn)
	case l.First.Before(today.AddDays(-longestLeave)) || l.Last.After(today.AddDays(2*longestLeave)):
		p.Add("body.first", "must lie within the last year and the next two")
	case l.First == l.Last && l.HalfFirst && l.HalfLast:
		p.Add("body.halfLast", "one day has a morning and an afternoon: choose one of them, or the whole day")
	}
}

// CheckLeaveType collects what is wrong with a kind of leave.
func CheckLeaveType(p *fault.Problems, t employee.LeaveType) {
	if strings.TrimSpace(t.Name) == "" {
		p.Add("body.name", "is needed")
	}
	atMost(p, "body.name", t.Name, 100)
	for field, days := range map[string]float64{"days": t.Days, "carryOver": t.CarryOver} {
		if days < 0 || days > 366 || days*2 != float64(int(days*2)) {
			p.Add("body."+field, "must be from 0 to 366 in steps of a half")
		}
	}
	if t.Unlimited && (t.Days != 0 || t.CarryOver != 0) {
		p.Add("body.days", "must be 0 where there is no limit")
	}
}
