package domain

import (
	"sort"

	"erp/internal/invoice"
	"erp/internal/platform/money"
)

// taxFromNet adds tax to prices without it: once per group, or line by line.
func (c *calculation) taxFromNet(lines []invoice.Line, adjustments []invoice.Adjustment) {
	for i, l := range lines {
		g := &c.groups[c.of[i]]
		g.Lines = g.Lines.Add(l.Net)
		if c.perLine {
			g.Tax = g.Tax.Add(c.taxOn(l.Net, g.Percent))
		}
	}
	for _, a := range adjustments {
		for k, share := range a.Shares {
			g := &c.groups[k]
			addShare(g, a.Charge, share)
			if c.perLine {
				g.Tax = g.Tax.Add(c.taxOn(flip(share, a.Charge), g.Percent))
			}
		}
	}
	for k := range c.groups {
		g := &c.groups[k]
		g.Taxable = g.Lines.Sub(g.Allowances).Add(g.Charges)
		if !c.perLine {
			g.Tax = c.taxOn(g.Taxable, g.Percent)
		}
	}
}

// taxFromGross takes the tax out of prices that contain it. The gross is sacred: tax is
// rounded, net is the rest, and the net of a group is spread over its lines so that all
// sums hold.
func (c *calculation) taxFromGross(lines []invoice.Line, adjustments []invoice.Adjustment) {
	for k := range c.groups {
		parts := c.partsOf(k, lines, adjustments)
		nets, tax := c.netsOf(parts, c.groups[k].Percent)
		g := &c.groups[k]
		g.Tax = tax
		settleGroup(g, parts, nets)
	}
}

// settleGroup gives the lines and shares of a group their nets, and the group its sums.
func settleGroup(g *invoice.TaxGroup, parts []part, nets []money.Decimal) {
	for i, p := range parts {
		if p.line != nil {
			p.line.Net = nets[i]
			g.Lines = g.Lines.Add(nets[i])
			continue
		}
		*p.share = flip(nets[i], p.charge)
		addShare(g, p.charge, *p.share)
	}
	g.Taxable = g.Lines.Sub(g.Allowances).Add(g.Charges)
}

// part is a line or a share of a document adjustment, with its gross as it changes the sum.
type part struct {
	gross  money.Decimal
	line   *invoice.Line
	share  *money.Decimal
	charge bool
}

func (c *calculation) partsOf(group int, lines []invoice.Line, adjustments []invoice.Adjustment) []part {
	var parts []part
	for i := range lines {
		if c.of[i] == group {
			parts = append(parts, part{gross: lines[i].Amount, line: &lines[i]})
		}
	}
	for i := range adjustments {
		a := &adjustments[i]
		parts = append(parts, part{gross: flip(a.Shares[group], a.Charge), share: &a.Shares[group], charge: a.Charge})
	}
	return parts
}

// netsOf gives the net of each part and the tax of all.
func (c *calculation) netsOf(parts []part, percent money.Decimal) ([]money.Decimal, money.Decimal) {
	nets := make([]money.Decimal, len(parts))
	tax := money.Zero.Round(c.digits)
	if c.perLine {
		for i, p := range parts {
			t := c.taxIn(p.gross, percent)
			nets[i], tax = p.gross.Sub(t), tax.Add(t)
		}
		return nets, tax
	}
	total := money.Zero
	for i, p := range parts {
		total = total.Add(p.gross)
		nets[i] = p.gross.Mul(hundred()).Div(hundred().Add(percent), exactPlaces)
	}
	tax = c.taxIn(total, percent)
	return settle(nets, total.Sub(tax), c.digits), tax
}

// taxOn is the tax on a net amount.
func (c *calculation) taxOn(net, percent money.Decimal) money.Decimal {
	return net.Mul(percent).Div(hundred(), exactPlaces).Round(c.digits)
}

// taxIn is the tax contained in a gross amount.
func (c *calculation) taxIn(gross, percent money.Decimal) money.Decimal {
	return gross.Mul(percent).Div(hundred().Add(percent), exactPlaces).Round(c.digits)
}

func hundred() money.Decimal { return money.FromInt(100) }

// flip is a discount's share as it changes the sum, and back.
func flip(share money.Decimal, charge bool) money.Decimal {
	if charge {
		return share
	}
	return share.Neg()
}

func addShare(g *invoice.TaxGroup, charge bool, share money.Decimal) {
	if charge {
		g.Charges = g.Charges.Add(share)
		return
	}
	g.Allowances = g.Allowances.Add(share)
}

// settle rounds exact values so that they sum to total: each is rounded, then what is
// left goes unit by unit to the values that rounding has wronged most, earlier ones first.
func settle(exact []money.Decimal, total money.Decimal, digits int) []money.Decimal {
	out := make([]money.Decimal, len(exact))
	left := total
	order := make([]int, len(exact))
	for i, x := range exact {
		out[i] = x.Round(digits)
		left = left.Sub(out[i])
		order[i] = i
	}
	unit := money.FromMinor(int64(left.Sign()), digits)
	wronged := func(i int) money.Decimal { return exact[i].Sub(out[i]).Mul(unit) }
	sort.SliceStable(order, func(a, b int) bool { return wronged(order[a]).Cmp(wronged(order[b])) > 0 })
	for i := 0; !left.IsZero(); i++ {
		k := order[i%len(order)]
		out[k] = out[k].Add(unit)
		left = left.Sub(unit)
	}
	return out
}
