package money_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/platform/money"
)

func TestDecimal(t *testing.T) {
	t.Parallel()

	t.Run("half rounds away from zero", func(t *testing.T) {
		t.Parallel()
		for in, want := range map[string]string{"2.345": "2.35", "-2.345": "-2.35", "0.005": "0.01", "1.005": "1.01", "7": "7.00", "0": "0.00"} {
			require.Equal(t, want, money.MustParse(in).Round(2).String(), in)
		}
		require.Equal(t, "13", money.MustParse("12.5").In("JPY").String())
	})

	t.Run("the scale is kept, in JSON too", func(t *testing.T) {
		t.Parallel()
		b, err := json.Marshal(money.MustParse("1.50"))
		require.NoError(t, err)
		require.JSONEq(t, `"1.50"`, string(b))
		var d money.Decimal
		require.NoError(t, json.Unmarshal(b, &d))
		require.Equal(t, "1.50", d.String())
		require.Equal(t, "1.5", d.Trim().String())
	})

	t.Run("floats, exponents and endless digits are refused", func(t *testing.T) {
		t.Parallel()
		var d money.Decimal
		require.Error(t, json.Unmarshal([]byte(`1.5`), &d))
		for _, s := range []string{"", "1e9", "NaN", "1,5", "0x10", ".", "-", "1..2", "12345678901234567890123456789012345678901"} {
			_, err := money.Parse(s)
			require.Error(t, err, s)
		}
	})
}

func TestSpread(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		digits := rapid.IntRange(0, 3).Draw(t, "digits")
		total := money.FromMinor(rapid.Int64Range(-1e9, 1e9).Draw(t, "total"), digits)
		var weights []money.Decimal
		for _, w := range rapid.SliceOfN(rapid.Int64Range(0, 1e6), 1, 20).Draw(t, "weights") {
			weights = append(weights, money.FromInt(w))
		}
		parts := money.Spread(total, weights, digits)
		require.Len(t, parts, len(weights))
		require.True(t, money.Sum(parts...).Equal(total), "parts %v sum to %s", parts, total)
	})
}

func FuzzParse(f *testing.F) {
	for _, s := range []string{"12.50", "-0.01", "+7", "1e9", "..", "٣"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		d, err := money.Parse(s)
		if err != nil {
			return
		}
		again, err := money.Parse(d.String())
		if err != nil || !again.Equal(d) {
			t.Fatalf("%q became %q: %v", s, d.String(), err)
		}
	})
}
