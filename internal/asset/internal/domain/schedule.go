package domain

import (
	"fmt"

	"erp/internal/asset"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// exactDigits is how far exact amounts are carried before they are rounded to the currency.
const exactDigits = 8

// Plan is everything a depreciation schedule depends on.
//
// Sources. Straight line and its whole months: income tax law of most countries, e.g. German EStG § 7 (1), where the
// month of purchase counts. Following month: the same, charges begin when the first whole month does. Mid-month and
// double declining balance that switches to straight line where that gives as much or more: IRS Publication 946. Actual
// days: each month's days over the days of the whole life. Sum of years' digits: (C-S)(L-k+1) x 2/(L(L+1)) in the k'th
// year of the life, a twelfth of it a month.
type Plan struct {
	Cost, Salvage money.Decimal
	Digits        int
	Method        asset.Method
	Convention    asset.Convention
	LifeMonths    int
	Start         date.Date // in service; no date, no schedule
	End           date.Date // disposed: months that end later are not charged
}

// Rows is the schedule, one row a month. Without a disposal its amounts sum to cost less salvage exactly: each is rounded
// half away from zero and capped at what is left above the salvage, and the last takes the remainder.
func (p Plan) Rows() []asset.DepreciationRow {
	rows := []asset.DepreciationRow{}
	base := p.Cost.Sub(p.Salvage)
	if p.Start.IsZero() || p.LifeMonths <= 0 || p.Method == asset.NoDepreciation || base.Sign() <= 0 {
		return rows
	}
	months := p.months()
	state := charging{plan: p, base: base, value: p.Cost, yearStart: p.Cost}
	for i, month := range months {
		if !p.End.IsZero() && month.to.After(p.End) {
			break
		}
		rows = append(rows, state.row(i, month, i == len(months)-1))
	}
	return rows
}

// charging walks along the months and carries the value.
type charging struct {
	plan      Plan
	base      money.Decimal // cost less salvage
	value     money.Decimal // net book value so far
	yearStart money.Decimal // net book value when the current year of the life began
	total     money.Decimal // charged so far
}

func (c *charging) row(i int, m month, last bool) asset.DepreciationRow {
	if i%12 == 0 {
		c.yearStart = c.value
	}
	exact, formula := c.exact(i, m)
	left := c.value.Sub(c.plan.Salvage)
	amount, rule := exact.Round(c.plan.Digits), asset.RuleRounded
	switch {
	case last:
		amount, rule, formula = left, asset.RuleRemainder, c.leftFormula()
	case left.Less(amount):
		amount, rule, formula = left, asset.RuleCapped, c.leftFormula()
	}
	c.value, c.total = c.value.Sub(amount), c.total.Add(amount)
	return asset.DepreciationRow{
		Number: i + 1, From: m.from, To: m.to, Days: m.days,
		Amount: amount.Round(c.plan.Digits), Accumulated: c.total.Round(c.plan.Digits), Value: c.value.Round(c.plan.Digits),
		Formula: formula, Exact: exact, Rounding: amount.Sub(exact), Rule: rule,
	}
}

func (c *charging) leftFormula() string { return fmt.Sprintf("%s - %s", c.value, c.plan.Salvage) }

// exact is the method's amount of a month before rounding, with its calculation.
func (c *charging) exact(i int, m month) (money.Decimal, string) {
	switch c.plan.Method {
	case asset.DecliningBalance:
		return c.declining(i)
	case asset.SumOfYears:
		return c.yearsDigits(i)
	case asset.StraightLine, asset.NoDepreciation:
		return c.straight(m)
	default:
		return c.straight(m)
	}
}

func (c *charging) straight(m month) (money.Decimal, string) {
	amount := c.base.Mul(money.FromInt(int64(m.share))).Div(money.FromInt(int64(m.of)), exactDigits)
	base := fmt.Sprintf("(%s - %s)", c.plan.Cost, c.plan.Salvage)
	if m.share == 1 {
		return amount, fmt.Sprintf("%s / %d", base, m.of)
	}
	return amount, fmt.Sprintf("%s x %d / %d", base, m.share, m.of)
}

// declining takes twice the straight-line rate of the value at the beginning of the year, or the straight line over the
// rest of the life where that is as much or more.
func (c *charging) declining(i int) (money.Decimal, string) {
	life, rest := int64(c.plan.LifeMonths), int64(c.plan.LifeMonths-i/12*12)
	declining := c.yearStart.Mul(money.FromInt(2)).Div(money.FromInt(life), exactDigits)
	straight := c.yearStart.Sub(c.plan.Salvage).Div(money.FromInt(rest), exactDigits)
	if straight.Less(declining) {
		return declining, fmt.Sprintf("%s x 2 / %d", c.yearStart, life)
	}
	return straight, fmt.Sprintf("(%s - %s) / %d", c.yearStart, c.plan.Salvage, rest)
}

func (c *charging) yearsDigits(i int) (money.Decimal, string) {
	years := int64(c.plan.LifeMonths / 12)
	left, digits := years-int64(i/12), years*(years+1)/2
	amount := c.base.Mul(money.FromInt(left)).Div(money.FromInt(digits*12), exactDigits)
	return amount, fmt.Sprintf("(%s - %s) x %d / %d / 12", c.plan.Cost, c.plan.Salvage, left, digits)
}

// month is one period of the life: what share of the whole it takes on a straight line.
type month struct {
	from, to  date.Date
	days      int
	share, of int
}

// months cuts the life by the convention.
func (p Plan) months() []month {
	first := p.Start.FirstOfMonth()
	switch p.Convention {
	case asset.FollowingMonth:
		return whole(first.AddMonths(1), date.Date{}, p.LifeMonths)
	case asset.MidMonth:
		months := whole(first, p.Start, p.LifeMonths+1)
		for i := range months {
			months[i].share, months[i].of = 2, 2*p.LifeMonths
		}
		months[0].share, months[len(months)-1].share = 1, 1
		return months
	case asset.ActualDays:
		return byDays(p.Start, p.LifeMonths)
	case asset.FullMonth:
		return whole(first, p.Start, p.LifeMonths)
	default:
		return whole(first, p.Start, p.LifeMonths)
	}
}

// whole is n calendar months that count alike. Service begins on start in the first of them, if given.
func whole(first, start date.Date, n int) []month {
	months := make([]month, n)
	for i := range months {
		from := first.AddMonths(i)
		months[i] = month{from: from, to: from.LastOfMonth(), share: 1, of: n}
		if i == 0 && start.After(from) {
			months[i].from = start
		}
		months[i].days = months[i].to.DaysSince(months[i].from) + 1
	}
	return months
}

// byDays cuts the life from its first to its last day at the ends of months.
func byDays(start date.Date, life int) []month {
	last := start.AddMonths(life).AddDays(-1)
	total := last.DaysSince(start) + 1
	var months []month
	for from := start; !from.After(last); from = from.LastOfMonth().AddDays(1) {
		to := from.LastOfMonth()
		if last.Before(to) {
			to = last
		}
		days := to.DaysSince(from) + 1
		months = append(months, month{from: from, to: to, days: days, share: days, of: total})
	}
	return months
}
