package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

func TestNumber(t *testing.T) {
	t.Parallel()
	on := date.Of(2026, time.November, 25)
	yearly, ever := domain.Pattern{Prefix: "RE", Yearly: true, Width: 3}, domain.Pattern{Prefix: "RE", Width: 9}
	for _, p := range []domain.Pattern{yearly, ever} {
		for _, sequence := range []int{1, 42, 2026, 99_999, 123_456_789} {
			n := domain.NumberIn(p.Width, p.Series(on), sequence, on)
			series, read, ok := domain.ParseNumber(" " + n.Number + " ")
			assert.True(t, ok, n.Number)
			assert.Equal(t, n.Series, series)
			assert.Equal(t, sequence, read)
		}
	}
	assert.Equal(t, "RE-2026-042", domain.NumberIn(3, yearly.Series(on), 42, on).Number)
	assert.Equal(t, "RE-000000042", domain.NumberIn(9, ever.Series(on), 42, on).Number)
	assert.Equal(t, "RE-2026-044", domain.NumberIn(3, yearly.Series(on), 42, on).Next(2).Number)
	for _, part := range []string{"RE", "RE-2026", "RE-2026-", "RE-2026-4", "2026-00042", "RE-2026-00042x", "Globex", ""} {
		_, _, ok := domain.ParseNumber(part)
		assert.False(t, ok, part)
	}
}

func TestPattern(t *testing.T) {
	t.Parallel()
	for prefix, fine := range map[string]bool{"INV": true, "r": true, " re ": true, "": false, "R1": false, "R-E": false, "ÄRE": false, "ABCDEFGHIJK": false, "R E": false} {
		p := domain.Pattern{Prefix: prefix, Width: 5}
		p.Tidy()
		var problems fault.Problems
		p.Check(&problems, "body")
		assert.Equal(t, fine, problems.Err() == nil, "%q", prefix)
	}
}
