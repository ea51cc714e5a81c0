package domain

import (
	"fmt"
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/money"
)

func (b ublBuilder) lines() []ublLine {
	out := make([]ublLine, len(b.v.Lines))
	for i, l := range b.v.Lines {
		out[i] = b.line(i+1, l)
	}
	return out
}

func (b ublBuilder) line(n int, l invoice.Line) ublLine {
	unit, known := unitCode(l.Unit)
	name, more, _ := strings.Cut(strings.TrimSpace(l.Description), "\n")
	out := ublLine{
		ID: n, Net: b.amount(l.Net),
		Item: ublItem{Name: strings.TrimSpace(name), Description: strings.TrimSpace(more), Tax: categoryOf(l.Tax.Category, l.Tax.Percent)},
	}
	if !known {
		out.Note = fmt.Sprintf(b.words.Unit, l.Unit)
	}
	quantity := &ublQuantity{unit, l.Quantity.Trim().String()}
	if b.credit {
		out.Credited = quantity
	} else {
		out.Invoiced = quantity
	}
	price, base := l.UnitPrice, l.BaseQuantity
	if b.v.PriceMode == invoice.Inclusive || !b.addsUp(l) {
		price, base, out.Adjustments = b.netLine(l)
	} else {
		gross := lineGross(l).Round(b.v.Currency.Digits())
		for _, a := range l.Adjustments {
			out.Adjustments = append(out.Adjustments, b.adjustment(a, a.Amount, gross))
		}
	}
	out.Price = ublPrice{Amount: b.amount(price.Trim())}
	if !base.IsZero() && !base.Equal(money.FromInt(1)) {
		out.Price.Base = &ublQuantity{unit, base.Trim().String()}
	}
	return out
}

// addsUp reports whether price and discounts lead to the net to the cent. On a credit note
// over a part of a line they may miss it.
func (b ublBuilder) addsUp(l invoice.Line) bool {
	exact := lineGross(l)
	for _, a := range l.Adjustments {
		exact = exact.Add(signed(a))
	}
	return exact.Round(b.v.Currency.Digits()).Equal(l.Net)
}

// netLine turns a line whose price contains the tax into one without it. Most such prices
// have no exact net for one unit, so the price is that of the whole quantity, which always
// has: quantity x price / base quantity less discounts is the line's net to the cent.
func (b ublBuilder) netLine(l invoice.Line) (price, base money.Decimal, adjustments []ublAllowance) {
	digits := b.v.Currency.Digits()
	whole := l.Net
	nets := make([]money.Decimal, len(l.Adjustments))
	for i, a := range l.Adjustments {
		if nets[i] = a.Amount; b.v.PriceMode == invoice.Inclusive {
			nets[i] = a.Amount.Mul(hundred()).Div(hundred().Add(l.Tax.Percent), digits)
		}
		a.Amount = nets[i]
		whole = whole.Sub(signed(a))
	}
	if len(nets) > 0 && whole.Sign()*l.Quantity.Sign() < 0 { // nothing but surcharges and discounts: no price below zero
		all := invoice.Adjustment{Charge: l.Net.Sign() > 0, Reason: l.Adjustments[0].Reason}
		return money.Zero, money.Zero, []ublAllowance{b.adjustment(all, l.Net.Abs(), money.Zero)}
	}
	for i, net := range nets {
		adjustments = append(adjustments, b.adjustment(l.Adjustments[i], net, whole))
	}
	price, base = whole.Abs(), l.Quantity.Abs()
	if unit := price.Div(base, maxScale); unit.Mul(base).Equal(price) {
		return unit, money.Decimal{}, adjustments
	}
	return price, base, adjustments
}

// unitCode is a unit as UN/ECE Recommendation 20 writes it; "one" for those it does not know.
func unitCode(unit string) (code string, known bool) {
	name := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(unit), "."))
	code, known = map[string]string{
		"": "C62", "pcs": "C62", "pc": "C62", "piece": "C62", "pieces": "C62", "stk": "C62", "stück": "C62", "x": "C62",
		"h": "HUR", "hr": "HUR", "hrs": "HUR", "hour": "HUR", "hours": "HUR", "std": "HUR", "stunde": "HUR", "stunden": "HUR",
		"min": "MIN", "minute": "MIN", "minutes": "MIN", "minuten": "MIN", "day": "DAY", "days": "DAY", "d": "DAY", "tag": "DAY", "tage": "DAY",
		"week": "WEE", "weeks": "WEE", "woche": "WEE", "wochen": "WEE", "month": "MON", "months": "MON", "monat": "MON", "monate": "MON",
		"year": "ANN", "years": "ANN", "jahr": "ANN", "jahre": "ANN", "km": "KMT", "m": "MTR", "cm": "CMT", "mm": "MMT",
		"m²": "MTK", "m2": "MTK", "qm": "MTK", "m³": "MTQ", "m3": "MTQ", "l": "LTR", "ml": "MLT", "kg": "KGM", "g": "GRM", "t": "TNE",
		"kwh": "KWH", "mwh": "MWH", "gb": "E34", "tb": "E35", "set": "SET", "sets": "SET", "pair": "PR", "paar": "PR", "%": "P1",
	}[name]
	if !known {
		return "C62", false
	}
	return code, true
}
