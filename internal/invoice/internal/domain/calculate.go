package domain

import (
	"erp/internal/invoice"
	"erp/internal/platform/money"
)

// exactPlaces is far beyond every rounding that follows a division, so that rounding
// twice is rounding once.
const exactPlaces = 24

// Calculate returns the document with every computed field filled in, by the arithmetic
// of EN 16931. The input must have passed CheckDocument. What was computed before is
// ignored, so that calculating twice changes nothing.
func Calculate(doc invoice.Document) invoice.Document {
	c := calculation{digits: doc.Currency.Digits(), perLine: doc.TaxRounding == invoice.PerLine}
	doc.Lines = c.lines(doc.Lines)
	c.group(doc.Lines)
	doc.Adjustments = c.documentAdjustments(doc.Adjustments)
	if doc.PriceMode == invoice.Inclusive {
		c.taxFromGross(doc.Lines, doc.Adjustments)
	} else {
		c.taxFromNet(doc.Lines, doc.Adjustments)
	}
	doc.Taxes = c.groups
	doc.Totals = c.totals(doc.CashRounding)
	return doc
}

type calculation struct {
	digits  int
	perLine bool
	groups  []invoice.TaxGroup
	of      []int           // the group of each line
	sums    []money.Decimal // line amounts of each group, in the price mode
}

// lines computes each line's amount in the price mode.
func (c *calculation) lines(in []invoice.Line) []invoice.Line {
	out := make([]invoice.Line, len(in))
	for i, l := range in {
		exact := lineGross(l)
		amount := exact
		l.Adjustments = append([]invoice.Adjustment(nil), l.Adjustments...)
		for k, a := range l.Adjustments {
			a.Amount = c.adjustment(a, exact)
			a.Shares = nil
			l.Adjustments[k] = a
			amount = amount.Add(signed(a))
		}
		l.Amount = amount.Round(c.digits)
		l.Net = l.Amount
		out[i] = l
	}
	return out
}

// lineGross is quantity x price / base quantity, before any rounding.
func lineGross(l invoice.Line) money.Decimal {
	product := l.Quantity.Mul(l.UnitPrice)
	if l.BaseQuantity.IsZero() {
		return product
	}
	return product.Div(l.BaseQuantity, exactPlaces)
}

func (c *calculation) adjustment(a invoice.Adjustment, base money.Decimal) money.Decimal {
	if a.Percent.IsZero() {
		return a.Amount.Round(c.digits)
	}
	return base.Mul(a.Percent).Div(money.FromInt(100), exactPlaces).Round(c.digits)
}

// signed is the adjustment as it changes a sum.
func signed(a invoice.Adjustment) money.Decimal {
	if a.Charge {
		return a.Amount
	}
	return a.Amount.Neg()
}

// group finds the (category, rate) groups in the order of their first line.
func (c *calculation) group(lines []invoice.Line) {
	type key struct {
		category invoice.Category
		percent  string
	}
	index := map[key]int{}
	zero := money.Zero.Round(c.digits)
	c.groups = []invoice.TaxGroup{}
	for _, l := range lines {
		k := key{l.Tax.Category, l.Tax.Percent.Trim().String()}
		g, known := index[k]
		if !known {
			g = len(c.groups)
			index[k] = g
			c.groups = append(c.groups, invoice.TaxGroup{
				Category: l.Tax.Category, Percent: l.Tax.Percent.Trim(), Name: l.Tax.Name, Reason: l.Tax.Reason,
				Lines: zero, Allowances: zero, Charges: zero, Taxable: zero, Tax: zero,
			})
			c.sums = append(c.sums, zero)
		}
		c.of = append(c.of, g)
		c.sums[g] = c.sums[g].Add(l.Amount)
	}
}

// documentAdjustments computes each document discount and surcharge and spreads it over
// the groups in proportion to their lines.
func (c *calculation) documentAdjustments(in []invoice.Adjustment) []invoice.Adjustment {
	out := append([]invoice.Adjustment(nil), in...)
	for i, a := range out {
		a.Shares = nil
		if len(c.groups) > 0 {
			a.Amount = c.adjustment(a, money.Sum(c.sums...))
			a.Shares = money.Spread(a.Amount, c.sums, c.digits)
		}
		out[i] = a
	}
	return out
}

func (c *calculation) totals(cash money.Decimal) invoice.Totals {
	zero := money.Zero.Round(c.digits)
	t := invoice.Totals{Lines: zero, Allowances: zero, Charges: zero, Net: zero, Tax: zero, Rounding: zero}
	for _, g := range c.groups {
		t.Lines = t.Lines.Add(g.Lines)
		t.Allowances = t.Allowances.Add(g.Allowances)
		t.Charges = t.Charges.Add(g.Charges)
		t.Net = t.Net.Add(g.Taxable)
		t.Tax = t.Tax.Add(g.Tax)
	}
	t.Gross = t.Net.Add(t.Tax)
	if cash.Sign() > 0 {
		t.Rounding = t.Gross.Div(cash, 0).Mul(cash).Sub(t.Gross).Round(c.digits)
	}
	t.Payable = t.Gross.Add(t.Rounding)
	return t
}
