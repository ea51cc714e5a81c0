package domain

import (
	"regexp"

	"erp/internal/invoice"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

var vatPrefix = regexp.MustCompile(`^[A-Z]{2}`)

// CheckEInvoice notes what keeps an issued document from being written by EN 16931, and
// where it is to be filled in.
func CheckEInvoice(p *fault.Problems, v invoice.Invoice) {
	const settings, customer = "fill it in under Administration, Company", "fill it in on the customer's page"
	if v.Currency.Digits() > 2 {
		p.Add("currency", "%s has %d decimals; an e-invoice has two at most, so send the PDF", v.Currency, v.Currency.Digits())
	}
	if v.Seller.Country == "" {
		p.Add("seller.country", "is missing: %s", settings)
	}
	if v.Buyer.Country == "" {
		p.Add("buyer.country", "is missing: %s", customer)
	}
	checkVATIDs(p, v, settings, customer)
	for _, g := range v.Taxes {
		exact := g.Taxable.Mul(g.Percent).Div(hundred(), 2)
		if g.Tax.Sub(exact).Abs().Cmp(money.FromInt(1)) >= 0 {
			p.Add("taxRounding", "on every line leads to %s of tax where an e-invoice must say about %s, so send the PDF", g.Tax, exact)
		}
	}
}

func checkVATIDs(p *fault.Problems, v invoice.Invoice, settings, customer string) {
	if outside(v.Document) {
		if v.Seller.TaxID == "" {
			p.Add("seller.taxId", "is missing: %s", settings)
		}
		return
	}
	sellers, buyers := needsVATIDs(v.Taxes)
	switch {
	case v.Seller.VATID == "" && sellers:
		p.Add("seller.vatId", "is missing: %s", settings)
	case v.Seller.VATID == "" && v.Seller.TaxID == "":
		p.Add("seller.vatId", "or the tax number is missing: %s", settings)
	case v.Seller.VATID != "" && !vatPrefix.MatchString(v.Seller.VATID):
		p.Add("seller.vatId", "must begin with the country's two letters, such as DE123456789: %s", settings)
	}
	if buyers && v.Buyer.VATID == "" {
		p.Add("buyer.vatId", "is missing: %s", customer)
	}
}

// needsVATIDs tells whose VAT identifier the tax categories ask for.
func needsVATIDs(groups []invoice.TaxGroup) (sellers, buyers bool) {
	for _, g := range groups {
		both := g.Category == invoice.ReverseCharge || g.Category == invoice.IntraCommunity
		sellers = sellers || both || g.Category == invoice.Export
		buyers = buyers || both
	}
	return sellers, buyers
}
