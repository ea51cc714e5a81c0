package domain

import (
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/money"
)

const ublNames = "urn:oasis:names:specification:ubl:schema:xsd:"

// UBLWords are what an e-invoice says beside its numbers, in the language of the document.
type UBLWords struct {
	Surcharge string // of one without a reason
	Terms     string // when or how it is to be paid
	Unit      string // "Unit: %s", of one that has no code
}

// UBL writes an issued document as a UBL 2.1 invoice or credit note by the core of EN
// 16931. CheckEInvoice comes before. A credit note is written with positive amounts, as
// the standard has it.
func UBL(v invoice.Invoice, words UBLWords) ([]byte, error) {
	b := ublBuilder{v: v, words: words, credit: v.Kind == invoice.KindCreditNote}
	if b.credit {
		b.v.Document = Negate(v.Document)
	}
	out, err := xml.MarshalIndent(b.document(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write UBL: %w", err)
	}
	return append([]byte(xml.Header), append(out, '\n')...), nil
}

type ublBuilder struct {
	v      invoice.Invoice
	words  UBLWords
	credit bool
}

func (b ublBuilder) document() ublDocument {
	v := b.v
	d := ublDocument{
		XMLName: xml.Name{Local: "Invoice"}, Namespace: ublNames + "Invoice-2",
		Aggregates: ublNames + "CommonAggregateComponents-2", Basics: ublNames + "CommonBasicComponents-2",
		Customization: "urn:cen.eu:en16931:2017", Profile: "urn:fdc:peppol.eu:2017:poacc:billing:01:1.0", ID: v.Number, IssueDate: ublDay(v.IssuedOn), DueDate: ublDay(v.DueOn), InvoiceType: "380",
		Currency: string(v.Currency), BuyerReference: v.Reference, Seller: b.seller(), Buyer: b.party(*v.Buyer),
		Delivery: b.delivery(), PaymentMeans: b.means(), PaymentTerms: &ublNote{b.words.Terms},
		Adjustments: b.adjustments(), Tax: b.tax(), Totals: b.totals(), InvoiceLines: b.lines(),
	}
	if v.Note != "" {
		d.Notes = []string{v.Note}
	}
	if v.Reference != "" {
		d.Order = &ublReference{v.Reference}
	}
	if b.credit {
		d.XMLName.Local, d.Namespace = "CreditNote", ublNames+"CreditNote-2"
		d.InvoiceType, d.CreditNoteType, d.DueDate = "", "381", ""
		d.InvoiceLines, d.CreditLines = nil, d.InvoiceLines
		d.PaymentMeans = nil
		if v.CreditOf != nil {
			d.Billing = &ublBilling{ublReference{v.CreditOf.Number}}
		}
	}
	return d
}

// outside reports whether nothing here is subject to VAT; then no VAT id may stand anywhere.
func outside(d invoice.Document) bool {
	return slices.ContainsFunc(d.Taxes, func(g invoice.TaxGroup) bool { return g.Category == invoice.OutsideScopeOfTax })
}

// seller is a party that also has a number at the tax office.
func (b ublBuilder) seller() ublParty {
	out := b.party(*b.v.Seller)
	if id := b.v.Seller.TaxID; id != "" {
		out.Taxes = append(out.Taxes, ublPartyTax{id, ublScheme{"FC"}})
	}
	return out
}

// party must be known by some identifier: the VAT id, else the tax number.
func (b ublBuilder) party(p invoice.Party) ublParty {
	out := ublParty{Address: addressOf(p), Legal: p.LegalName}
	if out.Legal == "" {
		out.Legal = p.Name
	} else if p.Name != p.LegalName {
		out.Name = &ublName{p.Name}
	}
	if p.Email != "" {
		out.Endpoint = &ublIdentifier{"EM", p.Email}
	}
	if p.Email != "" || p.Phone != "" {
		out.Contact = &ublContact{p.Phone, p.Email}
	}
	switch {
	case p.VATID != "" && !outside(b.v.Document):
		out.Taxes = []ublPartyTax{{p.VATID, ublScheme{"VAT"}}}
	case p.TaxID != "":
		out.ID = &ublReference{p.TaxID}
	}
	return out
}

// addressOf writes what is known of a postal address. Documents issued before postal code
// and city were kept apart have lines only.
func addressOf(p invoice.Party) ublAddress {
	lines := p.Address
	if (p.City != "" || p.PostalCode != "") && len(lines) > 0 {
		lines = lines[:len(lines)-1]
	}
	a := ublAddress{City: p.City, PostalZone: p.PostalCode}
	if p.Country != "" {
		a.Country = &ublCountry{p.Country}
	}
	if len(lines) > 0 {
		a.Street = lines[0]
	}
	if len(lines) > 1 {
		a.Additional = lines[1]
	}
	if len(lines) > 2 {
		a.Line = &ublLineOf{strings.Join(lines[2:], ", ")}
	}
	return a
}

// delivery says when, and for a supply to another member state where to. Where no day was
// given it is the day of issue.
func (b ublBuilder) delivery() *ublDelivery {
	on := ublDay(b.v.DeliveredOn)
	for _, g := range b.v.Taxes {
		if g.Category == invoice.IntraCommunity {
			if on == "" {
				on = ublDay(b.v.IssuedOn)
			}
			return &ublDelivery{on, &ublLocation{ublCountry{b.v.Buyer.Country}}}
		}
	}
	if on == "" {
		return nil
	}
	return &ublDelivery{On: on}
}

// means is the credit transfer to the seller's account: by SEPA in euro.
func (b ublBuilder) means() *ublMeans {
	s := b.v.Seller
	if s.IBAN == "" {
		return nil
	}
	m := &ublMeans{Code: "30", PaymentID: b.v.Number, Account: ublAccount{ID: s.IBAN, Name: s.LegalName}}
	if b.v.Currency == "EUR" {
		m.Code = "58"
	}
	if m.Account.Name == "" {
		m.Account.Name = s.Name
	}
	if s.BIC != "" {
		m.Account.Branch = &ublReference{s.BIC}
	}
	return m
}

func (b ublBuilder) tax() ublTaxTotal {
	t := ublTaxTotal{Amount: b.amount(b.v.Totals.Tax)}
	for _, g := range b.v.Taxes {
		category := categoryOf(g.Category, g.Percent)
		if NeedsReason(g.Category) {
			category.ReasonCode, category.Reason = exemptionCode(g.Category), g.Reason
		}
		t.Groups = append(t.Groups, ublTaxGroup{b.amount(g.Taxable), b.amount(g.Tax), category})
	}
	return t
}

func categoryOf(c invoice.Category, percent money.Decimal) ublCategory {
	out := ublCategory{ID: string(c), Scheme: ublScheme{"VAT"}}
	if c != invoice.OutsideScopeOfTax {
		out.Percent = percent.Trim().String()
	}
	return out
}

// exemptionCode is the reason as machines read it; an exemption proper has many, so there
// the words alone say it.
func exemptionCode(c invoice.Category) string {
	return map[invoice.Category]string{
		invoice.ReverseCharge: "VATEX-EU-AE", invoice.IntraCommunity: "VATEX-EU-IC",
		invoice.Export: "VATEX-EU-G", invoice.OutsideScopeOfTax: "VATEX-EU-O",
	}[c]
}

func (b ublBuilder) totals() ublTotals {
	t := b.v.Totals
	out := ublTotals{
		Lines: b.amount(t.Lines), Net: b.amount(t.Net), Gross: b.amount(t.Gross), Rounding: b.some(t.Rounding), Payable: b.amount(t.Payable),
	}
	for _, a := range b.v.Adjustments {
		sum := b.amount(t.Allowances)
		if a.Charge {
			sum = b.amount(t.Charges)
			out.Charges = &sum
			continue
		}
		out.Allowances = &sum
	}
	return out
}

// adjustments are the document's discounts and surcharges, one for each tax group that has
// a share.
func (b ublBuilder) adjustments() []ublAllowance {
	var out []ublAllowance
	for _, a := range b.v.Adjustments {
		for k, share := range a.Shares {
			if share.IsZero() {
				continue
			}
			g := b.v.Taxes[k]
			one := b.adjustment(a, share, g.Lines)
			category := categoryOf(g.Category, g.Percent)
			one.Tax = &category
			out = append(out, one)
		}
	}
	return out
}

// adjustment is a discount or surcharge with its net amount. The percent is told only where
// it leads from the base to exactly this amount.
func (b ublBuilder) adjustment(a invoice.Adjustment, amount, base money.Decimal) ublAllowance {
	out := ublAllowance{Charge: a.Charge, Reason: a.Reason, Amount: b.amount(amount)}
	if !a.Charge {
		out.ReasonCode = "95" // a discount (UNCL5189)
	} else if out.Reason == "" {
		out.Reason = b.words.Surcharge
	}
	digits := b.v.Currency.Digits()
	if a.Percent.Sign() > 0 && base.Mul(a.Percent).Div(hundred(), exactPlaces).Round(digits).Equal(amount) {
		rounded := b.amount(base)
		out.Percent, out.Base = a.Percent.Trim().String(), &rounded
	}
	return out
}
