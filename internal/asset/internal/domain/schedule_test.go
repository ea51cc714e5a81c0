package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

func plan(cost, salvage string, months int, start string) domain.Plan {
	return domain.Plan{
		Cost: money.MustParse(cost), Salvage: money.MustParse(salvage), Digits: 2, Method: asset.StraightLine,
		Convention: asset.FullMonth, LifeMonths: months, Start: date.MustParse(start),
	}
}

func amounts(rows []asset.DepreciationRow) []string {
	list := make([]string, len(rows))
	for i, row := range rows {
		list[i] = row.Amount.String()
	}
	return list
}

func TestSchedule(t *testing.T) {
	t.Parallel()
	t.Run("straight line over three months, the last takes the remainder", func(t *testing.T) {
		rows := plan("100.00", "0.00", 3, "2026-01-20").Rows()
		require.Equal(t, []string{"33.33", "33.33", "33.34"}, amounts(rows))
		require.Equal(t, "(100.00 - 0.00) / 3", rows[0].Formula)
		require.Equal(t, "33.33333333", rows[0].Exact.String())
		require.Equal(t, "-0.00333333", rows[0].Rounding.String())
		require.Equal(t, asset.RuleRounded, rows[0].Rule)
		require.Equal(t, asset.RuleRemainder, rows[2].Rule)
		require.Equal(t, "33.34 - 0.00", rows[2].Formula)
		require.Equal(t, "2026-01-20 2026-01-31 12", rows[0].From.String()+" "+rows[0].To.String()+" "+"12")
		require.Equal(t, 12, rows[0].Days)
		require.Equal(t, "2026-03-31", rows[2].To.String())
	})
	t.Run("a long life is capped and never goes below zero", func(t *testing.T) {
		rows := plan("100.00", "0.00", 360, "2026-01-01").Rows()
		require.Len(t, rows, 360)
		require.Equal(t, "0.28", rows[0].Amount.String())
		require.Equal(t, "0.04", rows[357].Amount.String())
		require.Equal(t, asset.RuleCapped, rows[357].Rule)
		require.Equal(t, "0.00", rows[359].Amount.String())
		require.Equal(t, "100.00", rows[359].Accumulated.String())
	})
	t.Run("following month begins with the next month", func(t *testing.T) {
		p := plan("1200.00", "200.00", 10, "2026-01-31")
		p.Convention = asset.FollowingMonth
		rows := p.Rows()
		require.Equal(t, "2026-02-01", rows[0].From.String())
		require.Equal(t, "2026-11-30", rows[9].To.String())
		require.Equal(t, "100.00", rows[9].Amount.String())
	})
	t.Run("mid-month gives the first and the last month half", func(t *testing.T) {
		p := plan("1200.00", "0.00", 12, "2026-01-31")
		p.Convention = asset.MidMonth
		rows := p.Rows()
		require.Len(t, rows, 13)
		require.Equal(t, []string{"50.00", "100.00", "50.00"}, []string{rows[0].Amount.String(), rows[1].Amount.String(), rows[12].Amount.String()})
		require.Equal(t, "(1200.00 - 0.00) x 2 / 24", rows[1].Formula)
	})
	t.Run("actual days weigh each month by its days", func(t *testing.T) {
		p := plan("365.00", "0.00", 12, "2026-01-15")
		p.Convention = asset.ActualDays
		rows := p.Rows()
		require.Len(t, rows, 13)
		require.Equal(t, []string{"17.00", "28.00", "14.00"}, []string{rows[0].Amount.String(), rows[1].Amount.String(), rows[12].Amount.String()})
		require.Equal(t, "2027-01-14", rows[12].To.String())
	})
	t.Run("double declining switches to straight line", func(t *testing.T) {
		p := plan("1000.00", "0.00", 60, "2026-01-01")
		p.Method = asset.DecliningBalance
		rows := p.Rows()
		year := func(n int) string {
			total := money.Zero
			for _, row := range rows[12*n : 12*n+12] {
				total = total.Add(row.Amount)
			}
			return total.String()
		}
		// 40 % of what is left: 400, 240, 144; then (216)/2 = 108 a year beats 86.40.
		require.Equal(t, []string{"399.96", "240.00", "144.00", "108.00", "108.04"}, []string{year(0), year(1), year(2), year(3), year(4)})
	})
	t.Run("sum of years' digits", func(t *testing.T) {
		p := plan("600.00", "0.00", 36, "2026-01-01")
		p.Method = asset.SumOfYears
		rows := p.Rows()
		require.Equal(t, []string{"25.00", "16.67", "8.33"}, []string{rows[0].Amount.String(), rows[12].Amount.String(), rows[24].Amount.String()})
		require.Equal(t, "(600.00 - 0.00) x 3 / 6 / 12", rows[0].Formula)
	})
	t.Run("nothing is charged without a start, a life or something to charge", func(t *testing.T) {
		p := plan("100.00", "0.00", 12, "2026-01-01")
		p.Start = date.Date{}
		require.Empty(t, p.Rows())
		require.Empty(t, plan("100.00", "100.00", 12, "2026-01-01").Rows())
	})
	t.Run("a currency without decimals rounds to whole units", func(t *testing.T) {
		p := plan("1000", "0", 3, "2026-01-01")
		p.Digits = 0
		require.Equal(t, []string{"333", "333", "334"}, amounts(p.Rows()))
	})
}

func drawPlan(t *rapid.T) domain.Plan {
	digits := rapid.SampledFrom([]int{0, 2, 3}).Draw(t, "digits")
	cost := rapid.Int64Range(0, 100_000_000).Draw(t, "cost")
	p := domain.Plan{
		Cost: money.FromMinor(cost, digits), Salvage: money.FromMinor(rapid.Int64Range(0, cost).Draw(t, "salvage"), digits), Digits: digits,
		Method:     rapid.SampledFrom([]asset.Method{asset.StraightLine, asset.DecliningBalance, asset.SumOfYears}).Draw(t, "method"),
		LifeMonths: rapid.IntRange(1, 480).Draw(t, "months"),
		Start:      date.Of(2020, time.January, rapid.IntRange(1, 2000).Draw(t, "start")),
		Convention: rapid.SampledFrom([]asset.Convention{asset.FullMonth, asset.FollowingMonth}).Draw(t, "convention"),
	}
	switch p.Method {
	case asset.StraightLine:
		p.Convention = rapid.SampledFrom([]asset.Convention{asset.FullMonth, asset.FollowingMonth, asset.MidMonth, asset.ActualDays}).Draw(t, "any convention")
	case asset.SumOfYears:
		p.LifeMonths = (p.LifeMonths + 11) / 12 * 12
	default:
	}
	return p
}

func TestScheduleSumsExactly(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		value, total := p.Cost, money.Zero
		rows := p.Rows()
		for i, row := range rows {
			require.GreaterOrEqual(t, row.Amount.Sign(), 0, "no row is negative")
			require.LessOrEqual(t, row.Amount.Cmp(value.Sub(p.Salvage)), 0, "no row is above what is left")
			value, total = value.Sub(row.Amount), total.Add(row.Amount)
			require.True(t, value.Equal(row.Value) && total.Equal(row.Accumulated))
			require.Equal(t, p.Digits, row.Amount.Scale())
			require.True(t, row.Amount.Equal(row.Exact.Add(row.Rounding)), "amount is exact plus rounding")
			if i > 0 {
				require.Equal(t, rows[i-1].To.AddDays(1), row.From, "rows follow each other")
			}
		}
		if len(rows) > 0 {
			require.True(t, total.Equal(p.Cost.Sub(p.Salvage)), "%s is not %s", total, p.Cost.Sub(p.Salvage))
		}
	})
}

func TestValueNeverRisesAndAgreesWithTheRows(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		p := drawPlan(t)
		a := domain.Asset{Details: domain.Details{
			Cost: p.Cost, Salvage: p.Salvage, Method: p.Method, Convention: p.Convention, LifeMonths: p.LifeMonths, InServiceOn: p.Start,
			Currency: map[int]money.Currency{0: "JPY", 2: "EUR", 3: "KWD"}[p.Digits],
		}}
		day := p.Start.AddDays(rapid.IntRange(-40, 40).Draw(t, "first day"))
		before := a.ValueOn(day)
		for range 12 {
			day = day.AddDays(rapid.IntRange(0, 200).Draw(t, "days"))
			now := a.ValueOn(day)
			require.LessOrEqual(t, now.Value.Cmp(before.Value), 0)
			require.True(t, now.Value.Add(now.Accumulated).Equal(p.Cost))
			before = now
		}
		if rows := p.Rows(); len(rows) > 0 {
			end := a.ValueOn(rows[len(rows)-1].To)
			require.True(t, end.Value.Equal(p.Salvage))
			require.Equal(t, asset.BookFullyDepreciated, end.Status)
			a.DisposedOn = rows[len(rows)/2].To
			gone := a.ValueOn(a.DisposedOn)
			require.Equal(t, asset.BookDisposed, gone.Status)
			require.True(t, gone.Value.IsZero())
			require.Len(t, gone.Rows, len(rows)/2+1)
			require.LessOrEqual(t, a.ValueOn(a.DisposedOn.AddDays(-1)).Accumulated.Cmp(gone.Accumulated), 0)
		}
	})
}
