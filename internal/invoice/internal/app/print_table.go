package app

import (
	"fmt"

	"erp/internal/invoice"
	"erp/internal/platform/money"
	"erp/internal/platform/pdf"
)

// column is one of the table of lines.
type column struct {
	x, w  float64
	align pdf.Align
	title string
}

func (s *sheet) columns() []column {
	w := s.words
	return []column{
		{left, 9, pdf.Left, w.Pos}, {left + 10, 72, pdf.Left, w.Description}, {103, 25, pdf.Right, w.Quantity},
		{129, 24, pdf.Right, w.Price}, {154, 12, pdf.Right, w.Tax}, {167, right - 167, pdf.Right, w.Amount},
	}
}

func (s *sheet) table() {
	s.tableHead()
	for i, l := range s.v.Lines {
		s.row(i+1, l)
	}
	s.y += 3
}

func (s *sheet) tableHead() {
	for _, c := range s.columns() {
		s.Text(c.x, s.y, c.w, c.title, aligned(bold(small()), c.align))
	}
	s.y += 5.2
	s.Rule(left, s.y, right, s.y, 0.3, ink)
	s.y += 1.8
}

func (s *sheet) row(n int, l invoice.Line) {
	columns := s.columns()
	lines := s.Wrap(columns[1].w, l.Description, body())
	height := float64(len(lines)+len(l.Adjustments))*body().LineHeight() + 2.4
	for height > bottom-top-20 { // a description longer than a page is cut to what fits on one
		lines = lines[:len(lines)-1]
		height -= body().LineHeight()
	}
	if s.need(height) {
		s.tableHead()
	}
	w := s.words
	quantity := joinWords(w.number(l.Quantity.Trim()), l.Unit)
	price := w.price(l.UnitPrice, s.v.Currency)
	if !l.BaseQuantity.IsZero() && !l.BaseQuantity.Equal(money.FromInt(1)) {
		price += " / " + w.number(l.BaseQuantity.Trim())
	}
	tax := w.percent(l.Tax.Percent)
	if l.Tax.Category == invoice.ReverseCharge || l.Tax.Category == invoice.OutsideScopeOfTax {
		tax = "–"
	}
	for i, text := range []string{fmt.Sprint(n), "", quantity, price, tax, w.number(l.Amount)} {
		if text != "" {
			s.Text(columns[i].x, s.y, columns[i].w, text, aligned(body(), columns[i].align))
		}
	}
	s.Lines(columns[1].x, s.y, columns[1].w, lines, body())
	y := s.y + float64(len(lines))*body().LineHeight()
	for _, a := range l.Adjustments {
		s.Text(columns[1].x, y, columns[1].w, s.adjustment(a)+": "+w.number(signedAmount(a)), pdf.Style{Size: 8, Color: dimmed})
		y += body().LineHeight()
	}
	s.y += height
	s.Rule(left, s.y-1.2, right, s.y-1.2, 0.1, rule)
}

// adjustment names a discount or surcharge: "Discount 10 % (loyal customer)".
func (s *sheet) adjustment(a invoice.Adjustment) string {
	name := s.words.Discount
	if a.Charge {
		name = s.words.Surcharge
	}
	if !a.Percent.IsZero() {
		name += " " + s.words.percent(a.Percent)
	}
	if a.Reason != "" {
		name += " (" + a.Reason + ")"
	}
	return name
}

func signedAmount(a invoice.Adjustment) money.Decimal {
	if a.Charge {
		return a.Amount
	}
	return a.Amount.Neg()
}

// totals are the sums on the right, from the lines to what is left to pay.
func (s *sheet) totals() {
	v, w := s.v, s.words
	s.need(float64(len(v.Taxes)+len(v.Adjustments))*5 + 30)
	if len(v.Adjustments) > 0 {
		sum := money.Zero.In(v.Currency)
		for _, l := range v.Lines {
			sum = sum.Add(l.Amount)
		}
		s.sum(w.Sum, sum, body())
		for _, a := range v.Adjustments {
			s.sum(s.adjustment(a), signedAmount(a), body())
		}
	}
	s.sum(w.Net, v.Totals.Net, body())
	for _, g := range v.Taxes {
		label := g.Name
		if label == "" {
			label = w.percent(g.Percent)
		}
		s.sum(fmt.Sprintf("%s %s %s", label, w.On, w.number(g.Taxable)), g.Tax, pdf.Style{Size: 9, Color: dimmed})
	}
	s.Rule(118, s.y+0.6, right, s.y+0.6, 0.3, ink)
	s.y += 2
	s.sum(w.Total+" "+string(v.Currency), v.Totals.Gross, pdf.Style{Size: 12, Bold: true, Color: ink})
	if !v.Totals.Rounding.IsZero() {
		s.sum(w.Rounding, v.Totals.Rounding, body())
		s.sum(w.Payable, v.Totals.Payable, bold(body()))
	}
	s.y += 7
}

func (s *sheet) sum(label string, amount money.Decimal, style pdf.Style) {
	s.Text(118, s.y, 44, label, style)
	s.Text(160, s.y, right-160, s.words.number(amount), aligned(style, pdf.Right))
	s.y += style.LineHeight() + 0.5
}
