package domain

import (
	"erp/internal/invoice"
	"erp/internal/platform/money"
)

// Negate is the exact opposite of a calculated document, line by line. Nothing is
// computed again, so a full credit note takes back precisely what was charged. Prices and
// rates keep their sign; quantities and amounts turn.
func Negate(d invoice.Document) invoice.Document {
	lines := make([]invoice.Line, len(d.Lines))
	for i, l := range d.Lines {
		l.Quantity, l.Net, l.Amount = l.Quantity.Neg(), l.Net.Neg(), l.Amount.Neg()
		l.Adjustments = negateAdjustments(l.Adjustments)
		lines[i] = l
	}
	taxes := make([]invoice.TaxGroup, len(d.Taxes))
	for i, g := range d.Taxes {
		g.Lines, g.Allowances, g.Charges = g.Lines.Neg(), g.Allowances.Neg(), g.Charges.Neg()
		g.Taxable, g.Tax = g.Taxable.Neg(), g.Tax.Neg()
		taxes[i] = g
	}
	t := d.Totals
	d.Lines, d.Taxes, d.Adjustments = lines, taxes, negateAdjustments(d.Adjustments)
	d.Totals = invoice.Totals{
		Lines: t.Lines.Neg(), Allowances: t.Allowances.Neg(), Charges: t.Charges.Neg(), Net: t.Net.Neg(),
		Tax: t.Tax.Neg(), Gross: t.Gross.Neg(), Rounding: t.Rounding.Neg(), Payable: t.Payable.Neg(),
	}
	return d
}

func negateAdjustments(as []invoice.Adjustment) []invoice.Adjustment {
	if as == nil {
		return nil
	}
	out := make([]invoice.Adjustment, len(as))
	for i, a := range as {
		a.Amount = a.Amount.Neg()
		if a.Shares != nil {
			shares := make([]money.Decimal, len(a.Shares))
			for k, s := range a.Shares {
				shares[k] = s.Neg()
			}
			a.Shares = shares
		}
		out[i] = a
	}
	return out
}
