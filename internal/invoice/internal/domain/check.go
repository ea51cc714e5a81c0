package domain

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"erp/internal/invoice"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Bounds of a document. They keep every sum below what the tables hold.
const (
	MaxLines       = 1000
	MaxAdjustments = 20
	maxText        = 2000
	maxScale       = 6
)

// CheckDocument notes everything that keeps a document from being calculated or kept as a
// draft; at is the location of the document in the input ("body").
func CheckDocument(p *fault.Problems, at string, d invoice.Document) {
	if !d.Currency.Valid() {
		p.Add(at+".currency", "is not a known ISO 4217 code")
	}
	if d.PriceMode != invoice.Exclusive && d.PriceMode != invoice.Inclusive {
		p.Add(at+".priceMode", "must be exclusive or inclusive")
	}
	if d.TaxRounding != invoice.PerGroup && d.TaxRounding != invoice.PerLine {
		p.Add(at+".taxRounding", "must be group or line")
	}
	checkCashRounding(p, at+".cashRounding", d)
	if len(d.Lines) > MaxLines {
		p.Add(at+".lines", "must not be more than %d", MaxLines)
		return
	}
	for i, l := range d.Lines {
		checkLine(p, fmt.Sprintf("%s.lines[%d]", at, i), l, d.Currency)
	}
	checkAdjustments(p, at+".adjustments", d.Adjustments, d.Currency, money.FromInt(1))
	if !p.Empty() {
		return
	}
	gross := Calculate(d).Totals.Gross
	if gross.Cmp(money.FromInt(100_000_000_000_000)) >= 0 {
		p.Add(at+".lines", "must add up to less than 100,000,000,000,000")
	}
	if gross.Sign() < 0 {
		p.Add(at+".lines", "must not add up to less than zero; to give money back, make a credit note")
	}
}

func checkCashRounding(p *fault.Problems, at string, d invoice.Document) {
	c := d.CashRounding
	if c.IsZero() {
		return
	}
	smallest := money.FromMinor(1, d.Currency.Digits())
	if c.Sign() < 0 || c.Cmp(money.FromInt(100)) > 0 || !c.Equal(c.Div(smallest, 0).Mul(smallest)) {
		p.Add(at, "must be a multiple of %s up to 100", smallest)
	}
}

func checkLine(all *fault.Problems, at string, l invoice.Line, currency money.Currency) {
	p := &fault.Problems{}
	defer func() {
		for _, f := range p.Fields() {
			all.Add(f.Location, "%s", f.Message)
		}
	}()
	checkText(p, at+".description", l.Description, maxText, true)
	checkText(p, at+".unit", l.Unit, 20, false)
	limit := money.FromInt(1_000_000_000)
	if l.Quantity.IsZero() {
		p.Add(at+".quantity", "must not be zero")
	}
	checkNumber(p, at+".quantity", l.Quantity, limit)
	if l.UnitPrice.Sign() < 0 {
		p.Add(at+".unitPrice", "must not be negative; use a negative quantity instead")
	}
	checkNumber(p, at+".unitPrice", l.UnitPrice, limit)
	if l.BaseQuantity.Sign() < 0 {
		p.Add(at+".baseQuantity", "must be more than zero")
	}
	checkNumber(p, at+".baseQuantity", l.BaseQuantity, limit)
	checkTax(p, at+".tax", l.Tax)
	if !p.Empty() {
		return
	}
	exact := lineGross(l)
	if exact.Abs().Cmp(money.FromInt(100_000_000_000)) >= 0 {
		p.Add(at+".unitPrice", "times the quantity must be less than 100,000,000,000")
		return
	}
	checkAdjustments(p, at+".adjustments", l.Adjustments, currency, money.FromInt(int64(exact.Sign())))
	c := calculation{digits: currency.Digits()}
	if p.Empty() && c.lines([]invoice.Line{l})[0].Amount.Sign()*exact.Sign() < 0 {
		p.Add(at+".adjustments", "must not be more than the line itself")
	}
}

func checkTax(p *fault.Problems, at string, t invoice.Tax) {
	checkText(p, at+".name", t.Name, 100, false)
	checkText(p, at+".reason", t.Reason, 500, false)
	if !knownCategory(t.Category) {
		p.Add(at+".category", "must be one of S, Z, E, AE, K, G, O")
		return
	}
	checkNumber(p, at+".percent", t.Percent, money.FromInt(100))
	switch {
	case t.Category == invoice.Standard && t.Percent.Sign() <= 0:
		p.Add(at+".percent", "must be more than zero for category S; use Z for a zero rate")
	case t.Category != invoice.Standard && !t.Percent.IsZero():
		p.Add(at+".percent", "must be zero for category %s", t.Category)
	}
}

func knownCategory(c invoice.Category) bool {
	switch c {
	case invoice.Standard, invoice.ZeroRated, invoice.Exempt, invoice.ReverseCharge,
		invoice.IntraCommunity, invoice.Export, invoice.OutsideScopeOfTax:
		return true
	}
	return false
}

// NeedsReason reports whether the category must say why no tax is charged.
func NeedsReason(c invoice.Category) bool {
	return c != invoice.Standard && c != invoice.ZeroRated
}

// checkAdjustments takes the sign of what is adjusted: a discount of a return is negative.
func checkAdjustments(p *fault.Problems, at string, as []invoice.Adjustment, currency money.Currency, sign money.Decimal) {
	if len(as) > MaxAdjustments {
		p.Add(at, "must not be more than %d", MaxAdjustments)
		return
	}
	for i, a := range as {
		here := fmt.Sprintf("%s[%d]", at, i)
		checkText(p, here+".reason", a.Reason, 200, false)
		if a.Percent.IsZero() {
			checkNumber(p, here+".amount", a.Amount, money.FromInt(1_000_000_000_000))
			if a.Amount.Trim().Scale() > currency.Digits() {
				p.Add(here+".amount", "has more decimals than %s", currency)
			}
			if a.Amount.Sign()*sign.Sign() < 0 {
				p.Add(here+".amount", "must not be negative")
			}
			continue
		}
		checkNumber(p, here+".percent", a.Percent, money.FromInt(100))
		if a.Percent.Sign() < 0 {
			p.Add(here+".percent", "must not be negative")
		}
	}
}

// checkNumber keeps a number within what is stored exactly.
func checkNumber(p *fault.Problems, at string, d, most money.Decimal) {
	if d.Trim().Scale() > maxScale {
		p.Add(at, "must not have more than %d decimals", maxScale)
	}
	if d.Abs().Cmp(most) > 0 {
		p.Add(at, "must not be more than %s", most)
	}
}

func checkText(p *fault.Problems, at, s string, most int, required bool) {
	if required && strings.TrimSpace(s) == "" {
		p.Add(at, "must not be empty")
	}
	if utf8.RuneCountInString(s) > most {
		p.Add(at, "must not be longer than %d characters", most)
	}
	if strings.ContainsRune(s, 0) {
		p.Add(at, "must not contain a NUL character")
	}
}

// CheckIssuable notes what keeps a document from becoming a valid invoice (EN 16931),
// before a number is taken.
func CheckIssuable(p *fault.Problems, d invoice.Document, seller, buyer invoice.Party) {
	if len(d.Lines) == 0 {
		p.Add("body.lines", "must hold at least one line")
	}
	if strings.TrimSpace(seller.Name) == "" {
		p.Add("seller.name", "is missing: the company's name stands under Administration, Company")
	}
	if strings.TrimSpace(buyer.Name) == "" {
		p.Add("body.customerId", "must name a customer")
	}
	outside := 0
	for _, g := range d.Taxes {
		if NeedsReason(g.Category) && strings.TrimSpace(g.Reason) == "" {
			p.Add("body.lines", "need the reason for tax category %s (%s)", g.Category, g.Name)
		}
		if (g.Category == invoice.ReverseCharge || g.Category == invoice.IntraCommunity) && buyer.VATID == "" {
			p.Add("buyer.vatId", "is required for tax category %s; enter it on the customer's page", g.Category)
		}
		if g.Category == invoice.OutsideScopeOfTax {
			outside++
		}
	}
	if outside > 0 && len(d.Taxes) > outside {
		p.Add("body.lines", "outside the scope of tax (O) cannot stand beside taxed ones on one invoice")
	}
}

// CheckContent notes what is wrong with the texts and dates of a draft.
func CheckContent(p *fault.Problems, at string, c Content) {
	checkText(p, at+".reference", c.Reference, 200, false)
	checkText(p, at+".note", c.Note, 5000, false)
	if c.PaymentDays < 0 || c.PaymentDays > 365 {
		p.Add(at+".paymentDays", "must be from 0 to 365")
	}
}
