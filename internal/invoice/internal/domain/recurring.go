package domain

import (
	"strings"
	"time"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// MostMissed is how many missed dates get their invoices without anybody being asked. After more of them, as after a long
// standstill or a clock that was wrong, it waits for somebody to decide.
const MostMissed = 12

// MostMadeUp is how many missed dates somebody may have made up at once.
const MostMadeUp = 60

// Recurring is an invoice that is made again and again. It knows its next date by the place in its rhythm.
type Recurring struct {
	ID       invoice.RecurringID
	Version  int
	Name     string
	Status   invoice.RecurringStatus
	Deed     invoice.RecurringDeed
	Rhythm   invoice.Rhythm
	Content  Content
	OwnerID  employee.ID
	By       string // in whose name it is done
	Who      []byte // the same as whoever keeps it knows them
	Place    int    // of the next date, from 0
	Made     int
	AgreedOn date.Date // missed dates up to this day are made without asking again
	Obstacle *invoice.Obstacle
	RetryAt  time.Time // while something is in the way

	CreatedAt time.Time
	UpdatedAt time.Time
}

// Label names it as people know it.
func (r *Recurring) Label() string { return r.Name + " for " + r.Content.Customer }

// NextOn is the next date; none once it has ended.
func (r *Recurring) NextOn() date.Date {
	if r.Status == invoice.RecurringEnded {
		return date.Date{}
	}
	return r.upcoming(0)
}

// upcoming is the date that follows after n others; none behind the end.
func (r *Recurring) upcoming(n int) date.Date {
	on := Nth(r.Rhythm, r.Place+n)
	if (!r.Rhythm.LastOn.IsZero() && on.After(r.Rhythm.LastOn)) || (r.Rhythm.Times > 0 && r.Made+n >= r.Rhythm.Times) {
		return date.Date{}
	}
	return on
}

// Upcoming are the next dates, at most so many.
func (r *Recurring) Upcoming(most int) []date.Date {
	dates := []date.Date{}
	for n := 0; n < most && r.Status != invoice.RecurringEnded; n++ {
		on := r.upcoming(n)
		if on.IsZero() {
			break
		}
		dates = append(dates, on)
	}
	return dates
}

// Missed counts the dates before today that have no invoice; it stops counting at so many.
func (r *Recurring) Missed(today date.Date, most int) int {
	return r.passed(date.Date{}, today.AddDays(-1), most)
}

// passed counts the coming dates after one day and up to another.
func (r *Recurring) passed(after, until date.Date, most int) int {
	n, at := 0, 0
	for ; n < most && r.Status != invoice.RecurringEnded; at++ {
		on := r.upcoming(at)
		if on.IsZero() || on.After(until) {
			break
		}
		if on.After(after) {
			n++
		}
	}
	return n
}

// TooManyMissed tells whether somebody has to decide what becomes of the dates that have passed.
func (r *Recurring) TooManyMissed(today date.Date) bool {
	return r.passed(r.AgreedOn, today.AddDays(-1), MostMissed+1) > MostMissed
}

// MadeOne goes on to the next date, and ends behind the last one.
func (r *Recurring) MadeOne() {
	r.Made++
	r.Place++
	r.Obstacle = nil
	r.endIfDone()
}

func (r *Recurring) endIfDone() {
	if r.Status != invoice.RecurringEnded && r.upcoming(0).IsZero() {
		r.Status, r.Obstacle = invoice.RecurringEnded, nil
	}
}

// Blocked notes what is in the way; true when that is news.
func (r *Recurring) Blocked(o invoice.Obstacle, retryAt time.Time) bool {
	r.RetryAt = retryAt
	was := r.Obstacle
	if was != nil && was.Code == o.Code && was.On == o.On {
		o.Since = was.Since
	}
	r.Obstacle = &o
	return was == nil || was.Code != o.Code || was.On != o.On
}

// Pause stops it until it is resumed.
func (r *Recurring) Pause() error {
	switch r.Status {
	case invoice.RecurringPaused:
		return fault.New(fault.Conflict, "already-paused", "%s is paused already.", r.Label())
	case invoice.RecurringEnded:
		return r.ended()
	}
	r.Status, r.Obstacle = invoice.RecurringPaused, nil
	return nil
}

// Resume goes on with the dates from today; those that were missed meanwhile are left out, or made up.
func (r *Recurring) Resume(today date.Date, makeUp bool) error {
	if r.Status == invoice.RecurringEnded {
		return r.ended()
	}
	if r.Status == invoice.RecurringActive && r.Obstacle == nil {
		return fault.New(fault.Conflict, "already-active", "%s is active, and nothing is in its way.", r.Label())
	}
	if makeUp && r.Missed(today, MostMadeUp+1) > MostMadeUp {
		return fault.New(fault.Conflict, "too-many-missed", "More than %d dates were missed; leave them out, and write one invoice for them by hand.", MostMadeUp)
	}
	for !makeUp && !r.upcoming(0).IsZero() && r.upcoming(0).Before(today) {
		r.Place++
	}
	r.Status, r.Obstacle, r.AgreedOn, r.RetryAt = invoice.RecurringActive, nil, today, time.Time{}
	r.endIfDone()
	return nil
}

// End stops it for good.
func (r *Recurring) End() error {
	if r.Status == invoice.RecurringEnded {
		return r.ended()
	}
	r.Status, r.Obstacle = invoice.RecurringEnded, nil
	return nil
}

func (r *Recurring) ended() error {
	return fault.New(fault.Conflict, "recurring-ended", "%s has ended; open one of its invoices and choose Repeat to begin a new one.", r.Label())
}

// Change replaces what comes next. Another rhythm begins anew with its first date, which lies after those that were served.
func (r *Recurring) Change(p *fault.Problems, at string, next Recurring, today, lastMade date.Date) error {
	if r.Status == invoice.RecurringEnded {
		return r.ended()
	}
	if !sameRhythm(r.Rhythm, next.Rhythm) {
		checkBeginning(p, at, next.Rhythm, today, lastMade)
		r.Place = 0
	}
	r.Name, r.Deed, r.Rhythm, r.Content = next.Name, next.Deed, next.Rhythm, next.Content
	r.Obstacle, r.RetryAt = nil, time.Time{}
	if r.Rhythm.Times > 0 && r.Rhythm.Times <= r.Made {
		p.Add(at+".times", "must be more than %d, for so many were made already; end it instead", r.Made)
	} else if p.Empty() && r.upcoming(0).IsZero() {
		p.Add(at+".lastOn", "leaves no date; choose a later one, or end it instead")
	}
	return nil
}

func checkBeginning(p *fault.Problems, at string, r invoice.Rhythm, today, lastMade date.Date) {
	if r.FirstOn.Before(today) {
		p.Add(at+".firstOn", "must be %s or later; for what has passed, write an invoice by hand", today)
	}
	if !lastMade.IsZero() && !r.FirstOn.After(lastMade) {
		p.Add(at+".firstOn", "must be after %s, for which an invoice was made already", lastMade)
	}
}

// CheckRecurring notes what is wrong with a new one.
func CheckRecurring(p *fault.Problems, at string, r Recurring, today date.Date) {
	CheckRhythm(p, at+".rhythm", r.Rhythm, today)
	checkText(p, at+".name", r.Name, 100, true)
	if strings.ContainsAny(r.Name, "\r\n") {
		p.Add(at+".name", "must be one line")
	}
	switch r.Deed {
	case invoice.MakeDraft, invoice.MakeAndIssue, invoice.MakeAndSend:
	default:
		p.Add(at+".deed", "must be draft, issue or send")
	}
	if r.Content.CustomerID.IsZero() {
		p.Add(at+".draft.customerId", "must name a customer")
	}
	if len(r.Content.Document.Lines) == 0 {
		p.Add(at+".draft.lines", "must hold at least one line")
	}
	CheckPlaceholders(p, at+".draft", r.Content)
}

// CheckBegins notes whether a new one begins too early.
func CheckBegins(p *fault.Problems, at string, r invoice.Rhythm, today date.Date) {
	checkBeginning(p, at, r, today, date.Date{})
}
