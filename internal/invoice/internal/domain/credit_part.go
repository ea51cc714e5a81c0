package domain

import (
	"erp/internal/invoice"
	"erp/internal/platform/money"
)

// creditPart is what taking back a part of a document's lines comes to. Everything is
// computed as the difference of two running states, so that however an invoice is taken
// back, the credit notes together come to exactly what was charged.
func creditPart(d invoice.Document, before, after []money.Decimal) invoice.Document {
	c := calculation{digits: d.Currency.Digits(), perLine: d.TaxRounding == invoice.PerLine}
	was, is := c.upTo(d, before), c.upTo(d, after)
	out := d
	out.Lines, out.Adjustments, out.Taxes = []invoice.Line{}, nil, nil
	place := make([]int, len(d.Taxes)) // of a group of the invoice among those of the credit note, from 1
	for i, l := range d.Lines {
		l.Quantity = after[i].Sub(before[i])
		if l.Quantity.IsZero() {
			continue
		}
		l.Amount = is.amounts[i].Sub(was.amounts[i])
		l.Net = l.Amount
		l.Adjustments = append([]invoice.Adjustment(nil), l.Adjustments...)
		for k := range l.Adjustments {
			l.Adjustments[k].Amount = is.discounts[i][k].Sub(was.discounts[i][k])
		}
		g := is.of[i]
		if place[g] == 0 {
			t, zero := d.Taxes[g], money.Zero.Round(c.digits)
			t.Lines, t.Allowances, t.Charges, t.Taxable, t.Tax = zero, zero, zero, zero, is.taxes[g].Sub(was.taxes[g])
			c.groups = append(c.groups, t)
			place[g] = len(c.groups)
		}
		c.of = append(c.of, place[g]-1)
		out.Lines = append(out.Lines, l)
	}
	for k, a := range d.Adjustments {
		some := false
		a.Amount, a.Shares = money.Zero.Round(c.digits), make([]money.Decimal, len(c.groups))
		for g, at := range place {
			if at > 0 {
				a.Shares[at-1] = is.shares[k][g].Sub(was.shares[k][g])
				a.Amount = a.Amount.Add(a.Shares[at-1])
				some = some || !a.Shares[at-1].IsZero()
			}
		}
		if some {
			out.Adjustments = append(out.Adjustments, a)
		}
	}
	c.spread(out)
	out.Taxes = c.groups
	out.Totals = c.totals(money.Zero)
	out.Totals.Rounding = is.rounding(d.CashRounding).Sub(was.rounding(d.CashRounding)).Round(c.digits)
	out.Totals.Payable = out.Totals.Gross.Add(out.Totals.Rounding)
	return out
}

// spread fills in the net sums of the groups, whose taxes are known. Prices that contain
// the tax become nets that add up to what the group has without it.
func (c *calculation) spread(d invoice.Document) {
	for k := range c.groups {
		g := &c.groups[k]
		parts := c.partsOf(k, d.Lines, d.Adjustments)
		nets := make([]money.Decimal, len(parts))
		total := money.Zero
		for i, p := range parts {
			nets[i], total = p.gross, total.Add(p.gross)
			if d.PriceMode == invoice.Inclusive {
				nets[i] = p.gross.Mul(hundred()).Div(hundred().Add(g.Percent), exactPlaces)
			}
		}
		if d.PriceMode == invoice.Inclusive {
			nets = settle(nets, total.Sub(g.Tax), c.digits)
		}
		settleGroup(g, parts, nets)
	}
}

// running is a document as far as its lines were taken back, in its price mode.
type running struct {
	of        []int             // the group of each line
	amounts   []money.Decimal   // by line
	discounts [][]money.Decimal // by line and adjustment
	shares    [][]money.Decimal // by adjustment of the document and group
	taxes     []money.Decimal   // by group
	gross     money.Decimal
}

func (c *calculation) upTo(d invoice.Document, quantities []money.Decimal) running {
	r := running{of: groupsOf(d), taxes: make([]money.Decimal, len(d.Taxes))}
	done := true
	for i, l := range d.Lines {
		done = done && quantities[i].Equal(l.Quantity)
	}
	all, taken := make([]money.Decimal, len(d.Taxes)), make([]money.Decimal, len(d.Taxes))
	for i, l := range d.Lines {
		amount := c.share(l.Amount, quantities[i], l.Quantity, done)
		discounts := make([]money.Decimal, len(l.Adjustments))
		for k, a := range l.Adjustments {
			discounts[k] = c.share(a.Amount, quantities[i], l.Quantity, done)
		}
		r.amounts, r.discounts = append(r.amounts, amount), append(r.discounts, discounts)
		g := r.of[i]
		all[g], taken[g] = all[g].Add(l.Amount), taken[g].Add(amount)
	}
	whole, part := append([]money.Decimal(nil), all...), append([]money.Decimal(nil), taken...)
	for _, a := range d.Adjustments {
		shares := money.Spread(a.Amount, all, c.digits)
		for g := range shares {
			whole[g] = whole[g].Add(flip(shares[g], a.Charge))
			shares[g] = c.share(shares[g], taken[g], all[g], done)
			part[g] = part[g].Add(flip(shares[g], a.Charge))
		}
		r.shares = append(r.shares, shares)
	}
	for g, t := range d.Taxes {
		r.taxes[g] = c.taxUpTo(d.PriceMode, t, whole[g], part[g], done)
		r.gross = r.gross.Add(part[g])
		if d.PriceMode == invoice.Exclusive {
			r.gross = r.gross.Add(r.taxes[g])
		}
	}
	return r
}

// taxUpTo is the tax on a part of a group: by the group's own rule, or its share where tax
// was rounded line by line.
func (c *calculation) taxUpTo(mode invoice.PriceMode, g invoice.TaxGroup, whole, part money.Decimal, done bool) money.Decimal {
	switch {
	case done:
		return g.Tax
	case c.perLine && !whole.IsZero():
		return c.share(g.Tax, part, whole, done)
	case mode == invoice.Inclusive:
		return c.taxIn(part, g.Percent)
	}
	return c.taxOn(part, g.Percent)
}

// share is part/whole of an amount, rounded; of nothing it is nothing until all is done.
func (c *calculation) share(amount, part, whole money.Decimal, done bool) money.Decimal {
	switch {
	case done:
		return amount
	case whole.IsZero():
		return money.Zero.Round(c.digits)
	}
	return amount.Mul(part).Div(whole, exactPlaces).Round(c.digits)
}

func (r running) rounding(cash money.Decimal) money.Decimal {
	if cash.Sign() <= 0 {
		return money.Zero
	}
	return r.gross.Div(cash, 0).Mul(cash).Sub(r.gross)
}

// groupsOf finds the tax group of each line.
func groupsOf(d invoice.Document) []int {
	of := make([]int, len(d.Lines))
	for i, l := range d.Lines {
		for g, t := range d.Taxes {
			if t.Category == l.Tax.Category && t.Percent.Equal(l.Tax.Percent) {
				of[i] = g
			}
		}
	}
	return of
}
