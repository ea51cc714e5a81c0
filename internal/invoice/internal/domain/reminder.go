package domain

import (
	"fmt"
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// mostLevels that a plan has.
const mostLevels = 9

// OverdueInvoice is what is known of an invoice whose day has passed.
type OverdueInvoice struct {
	invoice.ReminderInvoice
	CustomerID invoice.CustomerID
	LastLevel  int       // of the last letter about it that was not refused
	LastOn     date.Date // of that letter
}

// NextLevel is the level at which a letter about an invoice is to be written on a day; 0 is none. Levels come one after the
// other, with the days between them that the plan has, also when nobody wrote for a long time.
func NextLevel(p invoice.ReminderPlan, o OverdueInvoice, today date.Date) int {
	if o.LastLevel >= len(p.Levels) {
		return 0
	}
	next := p.Levels[o.LastLevel]
	if today.Before(o.DueOn.AddDays(next.Days)) {
		return 0
	}
	if o.LastLevel > 0 && today.Before(o.LastOn.AddDays(next.Days-p.Levels[o.LastLevel-1].Days)) {
		return 0
	}
	return o.LastLevel + 1
}

// Remind is the letter to a customer about all these invoices: its level is the highest of those that are to be reminded of,
// and what is overdue but not to be reminded of yet is listed as well. Without one to remind of there is no letter.
func Remind(p invoice.ReminderPlan, overdue []OverdueInvoice, base money.Currency, today date.Date) (invoice.Reminder, bool) {
	var r invoice.Reminder
	for _, o := range overdue {
		line := o.ReminderInvoice
		line.Days, line.Level = today.DaysSince(o.DueOn), o.LastLevel
		line.Interest = interest(line.Due, p.Interest, line.Days).In(line.Currency)
		if next := NextLevel(p, o, today); next > 0 {
			line.Level = next
			r.Level = max(r.Level, next)
		}
		r.Invoices = append(r.Invoices, line)
	}
	if r.Level == 0 {
		return r, false
	}
	fee := p.Levels[r.Level-1].Fee
	r.Totals = ReminderTotals(r.Invoices, fee, base)
	return r, true
}

// ReminderTotals adds up what a letter asks for. The fee is asked for where something is owed in its currency.
func ReminderTotals(lines []invoice.ReminderInvoice, fee money.Decimal, feeIn money.Currency) []invoice.ReminderTotal {
	var out []invoice.ReminderTotal
	at := map[money.Currency]int{}
	for _, l := range lines {
		i, known := at[l.Currency]
		if !known {
			i = len(out)
			at[l.Currency] = i
			zero := money.Zero.In(l.Currency)
			t := invoice.ReminderTotal{Currency: l.Currency, Due: zero, Interest: zero, Fee: zero, Total: zero}
			if l.Currency == feeIn {
				t.Fee = fee.In(feeIn)
				t.Total = t.Fee
			}
			out = append(out, t)
		}
		t := &out[i]
		t.Due, t.Interest = t.Due.Add(l.Due), t.Interest.Add(l.Interest)
		t.Total = t.Total.Add(l.Due).Add(l.Interest)
	}
	return out
}

// interest is simple interest of so many percent a year, by days of 365.
func interest(due, percent money.Decimal, days int) money.Decimal {
	if percent.IsZero() || days <= 0 {
		return money.Zero
	}
	return due.Mul(percent).Mul(money.FromInt(int64(days))).Div(money.FromInt(36_500), 6)
}

// CheckReminderPlan notes what is wrong with a plan.
func CheckReminderPlan(p *fault.Problems, at string, plan invoice.ReminderPlan, base money.Currency) {
	hundred := money.FromInt(100)
	if plan.Interest.Sign() < 0 || hundred.Less(plan.Interest) || plan.Interest.Scale() > 4 {
		p.Add(at+".interest", "must be a percentage from 0 to 100 with at most 4 decimals")
	}
	if len(plan.Levels) == 0 || len(plan.Levels) > mostLevels {
		p.Add(at+".levels", "must be from 1 to %d", mostLevels)
	}
	before := 0
	for i, l := range plan.Levels {
		here := fmt.Sprintf("%s.levels[%d]", at, i)
		if l.Days <= before || l.Days > 365 {
			p.Add(here+".days", "must be more than %d, and 365 at most", before)
		}
		before = max(before, l.Days)
		if l.Fee.Sign() < 0 || l.Fee.Scale() > base.Digits() || money.FromInt(10_000).Less(l.Fee) {
			p.Add(here+".fee", "must be from 0 to 10000 with at most %d decimals", base.Digits())
		}
		for language, w := range map[string]invoice.ReminderWords{"english": l.English, "german": l.German} {
			checkText(p, here+"."+language+".title", w.Title, 100, true)
			checkText(p, here+"."+language+".text", w.Text, 3000, true)
		}
	}
}

// FillWords puts what a letter names in the place of its {words}.
func FillWords(text, company, customer, invoices string) string {
	return strings.NewReplacer("{company}", company, "{customer}", customer, "{invoices}", invoices).Replace(text)
}
