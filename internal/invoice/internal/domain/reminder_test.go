package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

func dayOf(s string) date.Date {
	d, err := date.Parse(s)
	if err != nil {
		panic(err)
	}
	return d
}

func overdueSince(due string, last int, lastOn string) domain.OverdueInvoice {
	o := domain.OverdueInvoice{LastLevel: last, ReminderInvoice: invoice.ReminderInvoice{DueOn: dayOf(due), Currency: "EUR", Due: money.MustParse("100.00")}}
	if lastOn != "" {
		o.LastOn = dayOf(lastOn)
	}
	return o
}

func TestNextLevel(t *testing.T) {
	t.Parallel()
	plan := domain.UsualPlan() // 7, 21, 35
	for name, c := range map[string]struct {
		o     domain.OverdueInvoice
		today string
		next  int
	}{
		"nothing before the first day":                                {overdueSince("2026-11-01", 0, ""), "2026-11-07", 0},
		"the first letter on its day":                                 {overdueSince("2026-11-01", 0, ""), "2026-11-08", 1},
		"the first letter first, however late":                        {overdueSince("2026-01-01", 0, ""), "2026-11-08", 1},
		"the second not right after a late first":                     {overdueSince("2026-01-01", 1, "2026-11-08"), "2026-11-21", 0},
		"the second fourteen days after a late first":                 {overdueSince("2026-01-01", 1, "2026-11-08"), "2026-11-22", 2},
		"the second by the due day when the first was on time":        {overdueSince("2026-11-01", 1, "2026-11-08"), "2026-11-22", 2},
		"nothing after the last":                                      {overdueSince("2026-01-01", 3, "2026-03-01"), "2026-11-22", 0},
		"nothing when the plan has become shorter than what was sent": {overdueSince("2026-01-01", 7, "2026-03-01"), "2026-11-22", 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.next, domain.NextLevel(plan, c.o, dayOf(c.today)))
		})
	}
}

func TestRemind(t *testing.T) {
	t.Parallel()
	plan := domain.UsualPlan()
	plan.Interest, plan.Levels[1].Fee = money.MustParse("9"), money.MustParse("5")
	today := dayOf("2026-11-28")
	second, fresh, dollars := overdueSince("2026-11-01", 1, "2026-11-08"), overdueSince("2026-11-27", 0, ""), overdueSince("2026-11-01", 0, "")
	dollars.Currency = "USD"

	r, due := domain.Remind(plan, []domain.OverdueInvoice{second, fresh, dollars}, "EUR", today)
	require.True(t, due)
	require.Equal(t, 2, r.Level, "one letter, of the highest level")
	require.Equal(t, []int{2, 0, 1}, []int{r.Invoices[0].Level, r.Invoices[1].Level, r.Invoices[2].Level})
	require.Equal(t, "0.67", r.Invoices[0].Interest.String(), "9 % of 100 for 27 days of 365")
	require.Equal(t, "200.00", r.Totals[0].Due.String())
	require.Equal(t, "0.69", r.Totals[0].Interest.String())
	require.Equal(t, "205.69", r.Totals[0].Total.String(), "with the fee, in its currency")
	require.Equal(t, "100.67", r.Totals[1].Total.String(), "no fee in another one")

	_, due = domain.Remind(plan, []domain.OverdueInvoice{fresh}, "EUR", today)
	require.False(t, due, "nobody is written to for what is late by a day")
}

// However a customer's invoices fall due and whenever somebody presses the button, an invoice gets the levels one after the
// other, each once, never before its day.
func TestLevelsComeOneAfterTheOther(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		plan, due := domain.UsualPlan(), dayOf("2026-01-01")
		o := overdueSince("2026-01-01", 0, "")
		day, before := 0, 0
		for range 12 {
			day += rapid.IntRange(0, 30).Draw(t, "days later")
			next := domain.NextLevel(plan, o, due.AddDays(day))
			if next == 0 {
				continue
			}
			require.Equal(t, before+1, next)
			require.GreaterOrEqual(t, day, plan.Levels[next-1].Days)
			before, o.LastLevel, o.LastOn = next, next, due.AddDays(day)
			require.Zero(t, domain.NextLevel(plan, o, due.AddDays(day)), "not twice a day")
		}
	})
}

func TestReminderPlanIsChecked(t *testing.T) {
	t.Parallel()
	wrong := func(change func(*invoice.ReminderPlan)) []fault.Field {
		plan := domain.UsualPlan()
		change(&plan)
		var p fault.Problems
		domain.CheckReminderPlan(&p, "body", plan, "EUR")
		return p.Fields()
	}
	require.Empty(t, wrong(func(*invoice.ReminderPlan) {}))
	require.NotEmpty(t, wrong(func(p *invoice.ReminderPlan) { p.Levels = nil }))
	require.NotEmpty(t, wrong(func(p *invoice.ReminderPlan) { p.Interest = money.MustParse("-1") }))
	require.Equal(t, "body.levels[1].days", wrong(func(p *invoice.ReminderPlan) { p.Levels[1].Days = 7 })[0].Location)
	require.Equal(t, "body.levels[0].fee", wrong(func(p *invoice.ReminderPlan) { p.Levels[0].Fee = money.MustParse("1.005") })[0].Location)
	require.Equal(t, "body.levels[2].german.text", wrong(func(p *invoice.ReminderPlan) { p.Levels[2].German.Text = " " })[0].Location)
}
