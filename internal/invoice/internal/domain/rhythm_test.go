package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

func TestTheEndOfMonthDoesNotDrift(t *testing.T) {
	t.Parallel()
	for name, one := range map[string]struct {
		rhythm invoice.Rhythm
		want   []string
	}{
		"monthly on the 31st": {invoice.Rhythm{Every: 1, Unit: invoice.Month, FirstOn: date.MustParse("2027-01-31")}, []string{"2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"}},
		"in a leap year":      {invoice.Rhythm{Every: 1, Unit: invoice.Month, FirstOn: date.MustParse("2028-01-30")}, []string{"2028-01-30", "2028-02-29", "2028-03-30"}},
		"every leap day":      {invoice.Rhythm{Every: 1, Unit: invoice.Year, FirstOn: date.MustParse("2028-02-29")}, []string{"2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28", "2032-02-29"}},
		"by quarters":         {invoice.Rhythm{Every: 1, Unit: invoice.Quarter, FirstOn: date.MustParse("2026-11-30")}, []string{"2026-11-30", "2027-02-28", "2027-05-30"}},
		"every two weeks":     {invoice.Rhythm{Every: 2, Unit: invoice.Week, FirstOn: date.MustParse("2026-12-24")}, []string{"2026-12-24", "2027-01-07", "2027-01-21"}},
	} {
		var got []string
		for n := range one.want {
			got = append(got, domain.Nth(one.rhythm, n).String())
		}
		require.Equal(t, one.want, got, name)
	}
}

func rhythms(t *rapid.T) invoice.Rhythm {
	return invoice.Rhythm{
		Every: rapid.IntRange(1, 99).Draw(t, "every"), Unit: rapid.SampledFrom([]invoice.RhythmUnit{invoice.Week, invoice.Month, invoice.Quarter, invoice.Year}).Draw(t, "unit"),
		FirstOn: date.Of(2020, time.January, 1).AddDays(rapid.IntRange(0, 20_000).Draw(t, "first")),
	}
}

// Dates go forward, keep the day of the first one wherever the month has it, and their periods cover every day once.
func TestRhythm(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := rhythms(t)
		n := rapid.IntRange(0, 60).Draw(t, "n")
		on, next := domain.Nth(r, n), domain.Nth(r, n+1)
		require.True(t, on.Before(next))
		from, to := domain.PeriodAt(r, n)
		require.Equal(t, on, from)
		require.Equal(t, next, to.AddDays(1))
		if r.Unit == invoice.Week {
			require.Equal(t, r.FirstOn.Time().Weekday(), on.Time().Weekday())
			require.Equal(t, 7*r.Every*n, on.DaysSince(r.FirstOn))
			return
		}
		size := map[invoice.RhythmUnit]int{invoice.Month: 1, invoice.Quarter: 3, invoice.Year: 12}[r.Unit]
		require.Equal(t, size*r.Every*n, on.MonthsSince(r.FirstOn))
		require.Equal(t, min(r.FirstOn.Day(), on.LastOfMonth().Day()), on.Day())
	})
}

// However it is made, paused and resumed, no date is served twice, none before its day, and never more than were agreed.
func TestRecurringServesEachDateOnce(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		r := domain.Recurring{Name: "Rent", Status: invoice.RecurringActive, Rhythm: rhythms(t)}
		r.Rhythm.Times = rapid.IntRange(0, 8).Draw(t, "times")
		if rapid.Bool().Draw(t, "ends") {
			r.Rhythm.LastOn = r.Rhythm.FirstOn.AddDays(rapid.IntRange(0, 2000).Draw(t, "last"))
		}
		today, served := r.Rhythm.FirstOn, map[date.Date]bool{}
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			today = today.AddDays(rapid.IntRange(-30, 400).Draw(t, "later")) // clocks jump
			switch rapid.IntRange(0, 4).Draw(t, "do") {
			case 0:
				_ = r.Pause()
			case 1:
				_ = r.Resume(today, rapid.Bool().Draw(t, "make up"))
			default:
				for on := r.NextOn(); r.Status == invoice.RecurringActive && !on.After(today); on = r.NextOn() {
					require.False(t, served[on])
					require.False(t, on.After(today))
					require.True(t, r.Rhythm.LastOn.IsZero() || !on.After(r.Rhythm.LastOn))
					served[on] = true
					r.MadeOne()
				}
			}
			require.Equal(t, len(served), r.Made)
			require.Equal(t, r.Status == invoice.RecurringEnded, r.NextOn().IsZero())
			require.True(t, r.Rhythm.Times == 0 || r.Made <= r.Rhythm.Times)
			for _, on := range r.Upcoming(12) {
				require.False(t, served[on])
			}
		}
	})
}

func TestPlaceholders(t *testing.T) {
	t.Parallel()
	r := invoice.Rhythm{Every: 1, Unit: invoice.Month, FirstOn: date.MustParse("2027-01-31")}
	c := domain.Content{
		Reference: "Contract {year}", Note: "For {last-period}",
		Document: invoice.Document{Lines: []invoice.Line{{Description: "Rent {month} {year}, quarter {quarter}: {period}", Adjustments: []invoice.Adjustment{{Reason: "{month}"}}}}},
	}
	var p fault.Problems
	domain.CheckPlaceholders(&p, "body.draft", c)
	require.True(t, p.Empty())
	filled := domain.FillPeriod(c, r, 1, "en")
	require.Equal(t, "Rent February 2027, quarter 1: 28 Feb 2027 – 30 Mar 2027", filled.Document.Lines[0].Description)
	require.Equal(t, "February", filled.Document.Lines[0].Adjustments[0].Reason)
	require.Equal(t, "For 31 Jan 2027 – 27 Feb 2027", filled.Note)
	require.Equal(t, "Rent März 2027, quarter 1: 31.03.2027 – 29.04.2027", domain.FillPeriod(c, r, 2, "de").Document.Lines[0].Description)
	require.Equal(t, "Rent {month} {year}, quarter {quarter}: {period}", c.Document.Lines[0].Description, "the template stays as it is")

	c.Document.Lines[0].Description = "{moth} {year}"
	domain.CheckPlaceholders(&p, "body.draft", c)
	require.Equal(t, "body.draft.lines[0].description", p.Fields()[0].Location)
	require.Contains(t, p.Fields()[0].Message, "{month}")
}

func TestManyMissedDatesWaitForSomebody(t *testing.T) {
	t.Parallel()
	r := domain.Recurring{Name: "Rent", Status: invoice.RecurringActive, Rhythm: invoice.Rhythm{Every: 1, Unit: invoice.Week, FirstOn: date.MustParse("2026-01-01")}}
	require.False(t, r.TooManyMissed(r.Rhythm.FirstOn.AddDays(7*domain.MostMissed)), "twelve have passed, and one is today")
	late := r.Rhythm.FirstOn.AddDays(7*domain.MostMissed + 1)
	require.True(t, r.TooManyMissed(late))
	r.Status = invoice.RecurringPaused
	agreed := r
	require.NoError(t, agreed.Resume(late, true))
	require.False(t, agreed.TooManyMissed(late))
	require.Equal(t, r.Rhythm.FirstOn, agreed.NextOn())
	require.NoError(t, r.Resume(late, false))
	require.Equal(t, date.MustParse("2026-04-02"), r.NextOn())
	far := domain.Recurring{Status: invoice.RecurringPaused, Rhythm: r.Rhythm}
	require.ErrorContains(t, far.Resume(late.AddDays(7*domain.MostMadeUp), true), "leave them out")
}
