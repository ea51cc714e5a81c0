package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/employee/internal/domain"
	"erp/internal/platform/date"
)

func TestWorkingHalves(t *testing.T) {
	t.Parallel()
	on := date.MustParse
	christmas := map[date.Date]bool{on("2026-12-25"): true}
	for name, c := range map[string]struct {
		first, last         string
		halfFirst, halfLast bool
		halves              int
	}{
		"a week with its end":          {"2026-11-23", "2026-11-29", false, false, 10},
		"one day":                      {"2026-11-25", "2026-11-25", false, false, 2},
		"an afternoon":                 {"2026-11-25", "2026-11-25", true, false, 1},
		"from noon to noon":            {"2026-11-25", "2026-11-27", true, true, 4},
		"a weekend":                    {"2026-11-28", "2026-11-29", false, false, 0},
		"a holiday among them":         {"2026-12-24", "2026-12-28", false, false, 4},
		"half a holiday costs nothing": {"2026-12-25", "2026-12-25", true, false, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			require.Equal(t, c.halves, domain.WorkingHalves(on(c.first), on(c.last), c.halfFirst, c.halfLast, christmas))
		})
	}
}

// However large the allowance and whenever somebody comes or goes: by the end of the year the months have brought what the
// year would have brought at once, never more before, and nothing for months without employment.
func TestMonthsAddUpToTheYear(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		year, allowance := 2026, rapid.IntRange(0, 732).Draw(t, "half days")
		e := domain.Employee{HiredOn: date.Of(2025, 1, 1).AddDays(rapid.IntRange(0, 800).Draw(t, "hired"))}
		if rapid.Bool().Draw(t, "leaves") {
			e.LeftOn = e.HiredOn.AddDays(rapid.IntRange(0, 800).Draw(t, "stays"))
		}
		sum := func(monthly bool, today date.Date) int {
			n := 0
			for _, g := range domain.LeaveGrants(allowance, monthly, year, e, today) {
				require.GreaterOrEqual(t, g.Halves, 0)
				require.Equal(t, year, g.On.Year())
				n += g.Halves
			}
			return n
		}
		whole := sum(false, date.Of(year, 1, 1))
		require.Equal(t, whole, sum(true, date.Of(year, 12, 31)))
		require.LessOrEqual(t, whole, allowance)
		before := 0
		for m := range 12 {
			now := sum(true, date.Of(year, 1, 31).AddMonths(m))
			require.GreaterOrEqual(t, now, before)
			before = now
		}
	})
}

func TestCarriedOver(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		left, most := rapid.IntRange(-50, 100).Draw(t, "left"), rapid.IntRange(0, 50).Draw(t, "most")
		carried, forfeited := domain.CarriedOver(left, most)
		require.Equal(t, max(left, 0), carried+forfeited)
		require.LessOrEqual(t, carried, most)
		require.GreaterOrEqual(t, forfeited, 0)
	})
}
