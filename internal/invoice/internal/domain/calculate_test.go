package domain_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

var update = flag.Bool("update", false, "write the golden files anew") //nolint:gochecknoglobals // because test flags are

// vector is a golden calculation; the browser's live totals are tested with the same files.
type vector struct {
	Name string           `json:"name"`
	In   invoice.Document `json:"in"`
	Want invoice.Document `json:"want"`
}

func TestCalculateGolden(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.json")
	require.NoError(t, err)
	require.NotEmpty(t, files)
	for _, file := range files {
		raw, err := os.ReadFile(file)
		require.NoError(t, err)
		var vectors []vector
		require.NoError(t, json.Unmarshal(raw, &vectors), file)
		for i, v := range vectors {
			var p fault.Problems
			domain.CheckDocument(&p, "body", v.In)
			require.NoError(t, p.Err(), v.Name)
			got := domain.Calculate(v.In)
			if *update {
				vectors[i].Want = got
				continue
			}
			require.JSONEq(t, text(t, v.Want), text(t, got), v.Name)
		}
		if *update {
			out, err := json.MarshalIndent(vectors, "", "  ")
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(file, append(out, '\n'), 0o600))
		}
	}
}

func text(t require.TestingT, v any) string {
	b, err := json.Marshal(v)
	require.NoError(t, err)
	return string(b)
}

func TestCalculate(t *testing.T) {
	t.Parallel()

	t.Run("500.00 including 10 % is 454.55 and 45.45", func(t *testing.T) {
		t.Parallel()
		d := domain.Calculate(document("EUR", invoice.Inclusive, line("1", "500.00", "10")))
		require.Equal(t, "454.55", d.Totals.Net.String())
		require.Equal(t, "45.45", d.Totals.Tax.String())
		require.Equal(t, "500.00", d.Totals.Gross.String())
	})

	t.Run("tax is rounded once per group, or on every line", func(t *testing.T) {
		t.Parallel()
		d := document("EUR", invoice.Exclusive, line("1", "0.13", "19"), line("1", "0.13", "19"), line("1", "0.13", "19"))
		require.Equal(t, "0.07", domain.Calculate(d).Totals.Tax.String())
		d.TaxRounding = invoice.PerLine
		require.Equal(t, "0.06", domain.Calculate(d).Totals.Tax.String())
	})

	t.Run("line discounts in percent and in money", func(t *testing.T) {
		t.Parallel()
		l := line("3", "19.99", "19")
		l.Adjustments = []invoice.Adjustment{{Percent: money.MustParse("10")}, {Amount: money.MustParse("1.97")}, {Charge: true, Amount: money.MustParse("0.50")}}
		d := domain.Calculate(document("EUR", invoice.Exclusive, l))
		// 59.97 - 6.00 - 1.97 + 0.50
		require.Equal(t, "52.50", d.Totals.Net.String())
		require.Equal(t, "9.98", d.Totals.Tax.String()) // 9.975
	})

	t.Run("a document discount is spread over the rates", func(t *testing.T) {
		t.Parallel()
		d := document("EUR", invoice.Exclusive, line("1", "100", "19"), line("1", "50", "7"))
		d.Adjustments = []invoice.Adjustment{{Percent: money.MustParse("10")}}
		d = domain.Calculate(d)
		require.Equal(t, "15.00", d.Totals.Allowances.String())
		require.Equal(t, "90.00", d.Taxes[0].Taxable.String())
		require.Equal(t, "45.00", d.Taxes[1].Taxable.String())
		require.Equal(t, "155.25", d.Totals.Gross.String()) // 135 + 17.10 + 3.15
	})

	t.Run("currencies without and with three minor digits", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "110", domain.Calculate(document("JPY", invoice.Exclusive, line("1", "100", "9.5"))).Totals.Gross.String())
		require.Equal(t, "1.297", domain.Calculate(document("KWD", invoice.Exclusive, line("1", "1.235", "5"))).Totals.Gross.String())
	})

	t.Run("cash rounding changes only what is to be paid", func(t *testing.T) {
		t.Parallel()
		d := document("CHF", invoice.Exclusive, line("1", "9.27", "8.1"))
		d.CashRounding = money.MustParse("0.05")
		d = domain.Calculate(d)
		require.Equal(t, "10.02", d.Totals.Gross.String())
		require.Equal(t, "-0.02", d.Totals.Rounding.String())
		require.Equal(t, "10.00", d.Totals.Payable.String())
	})

	t.Run("a price for a hundred units", func(t *testing.T) {
		t.Parallel()
		l := line("7", "10", "20")
		l.BaseQuantity = money.MustParse("3")
		require.Equal(t, "23.33", domain.Calculate(document("EUR", invoice.Exclusive, l)).Totals.Net.String())
	})
}

func TestCalculateProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		in := anyDocument(t)
		d := domain.Calculate(in)
		sums := invoice.Totals{}
		byLine := money.Zero
		for _, l := range d.Lines {
			sums.Lines = sums.Lines.Add(l.Net)
			byLine = byLine.Add(l.Amount)
		}
		for i, a := range d.Adjustments {
			require.Len(t, a.Shares, len(d.Taxes))
			for _, s := range a.Shares {
				if a.Charge {
					sums.Charges = sums.Charges.Add(s)
				} else {
					sums.Allowances = sums.Allowances.Add(s)
				}
			}
			if in.PriceMode == invoice.Exclusive {
				require.True(t, money.Sum(a.Shares...).Equal(a.Amount), "adjustment %d", i)
			}
			if a.Charge {
				byLine = byLine.Add(a.Amount)
			} else {
				byLine = byLine.Sub(a.Amount)
			}
		}
		equal(t, sums.Lines, d.Totals.Lines, "line nets sum to BT-106")
		equal(t, sums.Allowances, d.Totals.Allowances, "discounts sum to BT-107")
		equal(t, sums.Charges, d.Totals.Charges, "surcharges sum to BT-108")
		equal(t, d.Totals.Lines.Sub(d.Totals.Allowances).Add(d.Totals.Charges), d.Totals.Net, "BT-109")
		equal(t, d.Totals.Net.Add(d.Totals.Tax), d.Totals.Gross, "BT-112")
		equal(t, d.Totals.Gross.Add(d.Totals.Rounding), d.Totals.Payable, "payable")
		taxable, tax := money.Zero, money.Zero
		for _, g := range d.Taxes {
			taxable, tax = taxable.Add(g.Taxable), tax.Add(g.Tax)
			equal(t, g.Lines.Sub(g.Allowances).Add(g.Charges), g.Taxable, "taxable of a group")
			if in.PriceMode == invoice.Exclusive && in.TaxRounding == invoice.PerGroup {
				equal(t, g.Taxable.Mul(g.Percent).Div(money.FromInt(100), 20).In(d.Currency), g.Tax, "tax of a group")
			}
		}
		equal(t, taxable, d.Totals.Net, "groups sum to the net")
		equal(t, tax, d.Totals.Tax, "groups sum to the tax")
		if in.PriceMode == invoice.Inclusive {
			equal(t, byLine, d.Totals.Gross, "prices with tax are sacred")
		} else {
			equal(t, byLine, d.Totals.Net, "prices without tax are sacred")
		}
		if in.CashRounding.Sign() > 0 {
			equal(t, d.Totals.Payable.Div(in.CashRounding, 0).Mul(in.CashRounding), d.Totals.Payable, "a multiple of the smallest coin")
			require.LessOrEqual(t, d.Totals.Rounding.Abs().Add(d.Totals.Rounding.Abs()).Cmp(in.CashRounding), 0)
		}
		require.Equal(t, text(t, d), text(t, domain.Calculate(d)), "calculating twice changes nothing")
		require.Equal(t, text(t, d), text(t, domain.Negate(domain.Negate(d))), "negating twice changes nothing")
		n := domain.Negate(d)
		for i := range d.Lines {
			equal(t, d.Lines[i].Net.Neg(), n.Lines[i].Net, "a credit note is the exact negation")
		}
		require.True(t, d.Totals.Payable.Add(n.Totals.Payable).IsZero())
		for _, a := range []money.Decimal{d.Totals.Net, d.Totals.Tax, d.Totals.Payable} {
			require.Equal(t, d.Currency.Digits(), a.Scale(), "amounts carry the currency's digits")
		}
	})
}

func equal(t require.TestingT, want, got money.Decimal, what string) {
	require.True(t, want.Equal(got), "%s: %s and %s", what, want, got)
}

func document(currency money.Currency, mode invoice.PriceMode, lines ...invoice.Line) invoice.Document {
	return invoice.Document{Currency: currency, PriceMode: mode, TaxRounding: invoice.PerGroup, Lines: lines}
}

func line(quantity, price, percent string) invoice.Line {
	category := invoice.Standard
	if percent == "0" {
		category = invoice.ZeroRated
	}
	return invoice.Line{
		Description: "x", Quantity: money.MustParse(quantity), UnitPrice: money.MustParse(price),
		Tax: invoice.Tax{Name: percent + " %", Category: category, Percent: money.MustParse(percent)},
	}
}

// anyDocument draws documents of every shape that CheckDocument lets through, negative
// sums apart: they have the same arithmetic.
func anyDocument(t *rapid.T) invoice.Document {
	d := invoice.Document{
		Currency:    rapid.SampledFrom([]money.Currency{"EUR", "JPY", "KWD", "CHF"}).Draw(t, "currency"),
		PriceMode:   rapid.SampledFrom([]invoice.PriceMode{invoice.Exclusive, invoice.Inclusive}).Draw(t, "mode"),
		TaxRounding: rapid.SampledFrom([]invoice.TaxRounding{invoice.PerGroup, invoice.PerLine}).Draw(t, "rounding"),
	}
	digits := d.Currency.Digits()
	if rapid.Bool().Draw(t, "cash") {
		d.CashRounding = money.FromMinor(rapid.SampledFrom([]int64{5, 10, 25, 100}).Draw(t, "coin"), digits)
	}
	rates := []string{"0", "5.5", "7", "19", "20", "25"}
	for range rapid.IntRange(0, 8).Draw(t, "lines") {
		l := line(
			money.FromMinor(rapid.Int64Range(-20_000, 90_000).Filter(func(n int64) bool { return n != 0 }).Draw(t, "quantity"), 3).String(),
			money.FromMinor(rapid.Int64Range(0, 9_999_999).Draw(t, "price"), rapid.IntRange(0, 4).Draw(t, "decimals")).String(),
			rapid.SampledFrom(rates).Draw(t, "rate"))
		if rapid.Bool().Draw(t, "based") {
			l.BaseQuantity = money.FromInt(rapid.Int64Range(1, 1000).Draw(t, "base"))
		}
		if rapid.Bool().Draw(t, "discounted") {
			l.Adjustments = []invoice.Adjustment{anyAdjustment(t, digits)}
		}
		d.Lines = append(d.Lines, l)
	}
	if len(d.Lines) > 0 {
		for range rapid.IntRange(0, 2).Draw(t, "adjustments") {
			d.Adjustments = append(d.Adjustments, anyAdjustment(t, digits))
		}
	}
	return d
}

func anyAdjustment(t *rapid.T, digits int) invoice.Adjustment {
	a := invoice.Adjustment{Charge: rapid.Bool().Draw(t, "charge")}
	if rapid.Bool().Draw(t, "percentual") {
		a.Percent = money.FromMinor(rapid.Int64Range(1, 10_000).Draw(t, "percent"), 2)
	} else {
		a.Amount = money.FromMinor(rapid.Int64Range(0, 5_000).Draw(t, "amount"), digits)
	}
	return a
}
