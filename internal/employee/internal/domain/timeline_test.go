package domain

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/platform/date"
)

var start = date.MustParse("2026-01-01")

func day(n int) date.Date { return start.AddDays(n) }

func TestTimeline(t *testing.T) {
	t.Parallel()
	hired := Timeline[string]{}.Set(day(0), "sales")
	planned := hired.Set(day(100), "board")

	t.Run("a change holds from its day on", func(t *testing.T) {
		moved := hired.Set(day(10), "legal")
		require.Equal(t, "sales", moved.On(day(9)))
		require.Equal(t, "legal", moved.On(day(10)))
	})
	t.Run("a change gives way to a later one that was planned before", func(t *testing.T) {
		moved := planned.Set(day(50), "legal")
		require.Equal(t, "legal", moved.On(day(99)))
		require.Equal(t, "board", moved.On(day(100)))
	})
	t.Run("two changes of one day leave the second", func(t *testing.T) {
		require.Len(t, hired.Set(day(5), "legal").Set(day(5), "sales"), 1)
	})
	t.Run("before the first day there is nothing", func(t *testing.T) {
		require.Empty(t, hired.On(day(-1)))
	})
	t.Run("nothing remains after an end", func(t *testing.T) {
		ended := planned.End(day(60))
		require.Equal(t, "sales", ended.On(day(59)))
		require.Empty(t, ended.On(day(60)))
		require.Empty(t, ended.On(day(200)))
	})
	t.Run("the empty value leaves a gap until the next change", func(t *testing.T) {
		gap := planned.Set(day(20), "")
		require.Empty(t, gap.On(day(20)))
		require.Equal(t, "board", gap.On(day(100)))
	})
}

// After any changes the spans are in order, never overlap, and every day tells what the last change that reached it said.
func TestTimelineProperty(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		line, model := Timeline[string]{}, [60]string{}
		begins := map[int]bool{}
		for range rapid.IntRange(1, 12).Draw(t, "changes") {
			from := rapid.IntRange(0, 59).Draw(t, "from")
			value := rapid.SampledFrom([]string{"", "a", "b", "c"}).Draw(t, "value")
			until := 60
			for _, s := range line {
				if at := s.From.DaysSince(start); at > from {
					until = min(until, at)
				}
				if s.Contains(day(from)) && !s.Until.IsZero() {
					until = min(until, s.Until.DaysSince(start))
				}
			}
			line = line.Set(day(from), value)
			begins[from] = true
			for d := from; d < until; d++ {
				model[d] = value
			}
			for d, want := range model {
				require.Equal(t, want, line.On(day(d)), "day %d", d)
			}
			for i := 1; i < len(line); i++ {
				require.False(t, line[i-1].Until.IsZero())
				require.False(t, line[i].From.Before(line[i-1].Until))
			}
		}
	})
}
