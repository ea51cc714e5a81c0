package domain_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"strings"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/money"
)

// node is an element of an e-invoice, whatever it is called.
type node struct {
	XMLName xml.Name
	Attrs   []xml.Attr `xml:",any,attr"`
	Text    string     `xml:",chardata"`
	Nodes   []node     `xml:",any"`
}

func parseUBL(t require.TestingT, raw []byte) node {
	var n node
	require.NoError(t, xml.NewDecoder(bytes.NewReader(raw)).Decode(&n), "%s", raw)
	return n
}

// all gives the elements at a path such as "TaxTotal/TaxSubtotal".
func (n node) all(path string) []node {
	found := []node{n}
	for step := range strings.SplitSeq(path, "/") {
		var next []node
		for _, f := range found {
			for _, child := range f.Nodes {
				if child.XMLName.Local == step {
					next = append(next, child)
				}
			}
		}
		found = next
	}
	return found
}

func (n node) text(path string) string {
	if found := n.all(path); len(found) > 0 {
		return found[0].Text
	}
	return ""
}

// number is zero where there is nothing.
func (n node) number(path string) money.Decimal {
	if s := n.text(path); s != "" {
		return money.MustParse(s)
	}
	return money.Zero
}

func (n node) sum(path string) money.Decimal {
	total := money.Zero
	for _, one := range n.all(path) {
		total = total.Add(money.MustParse(one.Text))
	}
	return total
}

// rules checks what EN 16931 asks of an invoice: BR-01 to BR-16 and what follows, BR-CO,
// BR-DEC and the rules of the VAT categories, with the names that its validators use.
type rules struct {
	t   require.TestingT
	doc node
	raw []byte
}

func (r rules) holds(rule string, ok bool, detail ...any) {
	require.True(r.t, ok, "%s %s\n%s", rule, fmt.Sprint(detail...), r.raw)
}

func (r rules) same(rule string, want, got money.Decimal) {
	r.holds(rule, want.Equal(got), "wants ", want, ", is ", got)
}

func checkRules(t require.TestingT, raw []byte) node {
	r := rules{t: t, doc: parseUBL(t, raw), raw: raw}
	r.present()
	r.parties()
	r.sums()
	r.decimals()
	for _, l := range r.lines() {
		r.line(l)
	}
	for _, a := range r.doc.all("AllowanceCharge") {
		r.holds("BR-31/36", a.text("Amount") != "")
		r.holds("BR-32/37", a.text("TaxCategory/ID") != "")
		r.holds("BR-33/38", a.text("AllowanceChargeReason")+a.text("AllowanceChargeReasonCode") != "")
		r.percent("PEPPOL-R040", a)
	}
	for _, g := range r.doc.all("TaxTotal/TaxSubtotal") {
		r.group(g)
	}
	r.categories()
	return r.doc
}

func (r rules) lines() []node {
	return append(r.doc.all("InvoiceLine"), r.doc.all("CreditNoteLine")...)
}

func (r rules) present() {
	d := r.doc
	r.holds("BR-01", d.text("CustomizationID") == "urn:cen.eu:en16931:2017")
	r.holds("BR-02", d.text("ID") != "")
	r.holds("BR-03", d.text("IssueDate") != "")
	r.holds("BR-04", d.text("InvoiceTypeCode") == "380" || d.text("CreditNoteTypeCode") == "381")
	r.holds("BR-05", len(d.text("DocumentCurrencyCode")) == 3)
	r.holds("BR-06", d.text("AccountingSupplierParty/Party/PartyLegalEntity/RegistrationName") != "")
	r.holds("BR-07", d.text("AccountingCustomerParty/Party/PartyLegalEntity/RegistrationName") != "")
	r.holds("BR-08", len(d.all("AccountingSupplierParty/Party/PostalAddress")) == 1)
	r.holds("BR-09", d.text("AccountingSupplierParty/Party/PostalAddress/Country/IdentificationCode") != "")
	r.holds("BR-10", len(d.all("AccountingCustomerParty/Party/PostalAddress")) == 1)
	r.holds("BR-11", d.text("AccountingCustomerParty/Party/PostalAddress/Country/IdentificationCode") != "")
	for rule, path := range map[string]string{"BR-12": "LineExtensionAmount", "BR-13": "TaxExclusiveAmount", "BR-14": "TaxInclusiveAmount", "BR-15": "PayableAmount"} {
		r.holds(rule, d.text("LegalMonetaryTotal/"+path) != "")
	}
	r.holds("BR-16", len(r.lines()) > 0)
	r.holds("BR-55", d.text("CreditNoteTypeCode") == "" || d.text("BillingReference/InvoiceDocumentReference/ID") != "")
	for _, m := range d.all("PaymentMeans") {
		r.holds("BR-49", m.text("PaymentMeansCode") != "")
		r.holds("BR-50/61", m.text("PayeeFinancialAccount/ID") != "")
	}
	r.holds("BR-CO-25", d.number("LegalMonetaryTotal/PayableAmount").Sign() <= 0 || d.text("DueDate")+d.text("PaymentTerms/Note") != "")
}

func (r rules) parties() {
	for _, side := range []string{"AccountingSupplierParty", "AccountingCustomerParty"} {
		p := r.doc.all(side + "/Party")[0]
		for _, e := range p.all("EndpointID") {
			r.holds("BR-62/63", len(e.Attrs) == 1 && e.Attrs[0].Value == "EM")
		}
		if vat := r.vat(side); vat != "" {
			r.holds("BR-CO-09", vat[0] >= 'A' && vat[0] <= 'Z' && vat[1] >= 'A' && vat[1] <= 'Z')
		}
	}
	seller := r.doc.all("AccountingSupplierParty/Party")[0]
	r.holds("BR-CO-26", seller.text("PartyIdentification/ID")+r.vat("AccountingSupplierParty") != "")
}

// vat is a party's VAT id (BT-31, BT-48).
func (r rules) vat(side string) string { return r.taxID(side, "VAT") }

func (r rules) taxID(side, scheme string) string {
	for _, x := range r.doc.all(side + "/Party/PartyTaxScheme") {
		if x.text("TaxScheme/ID") == scheme {
			return x.text("CompanyID")
		}
	}
	return ""
}

func (r rules) sums() {
	total := r.doc.all("LegalMonetaryTotal")[0]
	lines := money.Zero
	for _, l := range r.lines() {
		lines = lines.Add(l.number("LineExtensionAmount"))
	}
	allowances, charges := money.Zero, money.Zero
	for _, a := range r.doc.all("AllowanceCharge") {
		if a.text("ChargeIndicator") == "true" {
			charges = charges.Add(a.number("Amount"))
		} else {
			allowances = allowances.Add(a.number("Amount"))
		}
	}
	r.same("BR-CO-10", lines, total.number("LineExtensionAmount"))
	r.same("BR-CO-11", allowances, total.number("AllowanceTotalAmount"))
	r.same("BR-CO-12", charges, total.number("ChargeTotalAmount"))
	r.same("BR-CO-13", lines.Sub(allowances).Add(charges), total.number("TaxExclusiveAmount"))
	r.same("BR-CO-14", r.doc.sum("TaxTotal/TaxSubtotal/TaxAmount"), r.doc.number("TaxTotal/TaxAmount"))
	r.same("BR-CO-15", total.number("TaxExclusiveAmount").Add(r.doc.number("TaxTotal/TaxAmount")), total.number("TaxInclusiveAmount"))
	r.same("BR-CO-16", total.number("TaxInclusiveAmount").Sub(total.number("PrepaidAmount")).Add(total.number("PayableRoundingAmount")), total.number("PayableAmount"))
	r.holds("BR-CO-18", len(r.doc.all("TaxTotal/TaxSubtotal")) > 0)
}

// decimals is BR-DEC-01 to 28: two at most in every amount; a price may have more.
func (r rules) decimals() {
	var visit func(n node)
	visit = func(n node) {
		name := n.XMLName.Local
		if strings.HasSuffix(name, "Amount") {
			d := money.MustParse(n.Text)
			r.holds("BR-DEC", name == "PriceAmount" || d.Scale() <= 2, name, " ", d)
			r.holds("BR-53", len(n.Attrs) == 1 && n.Attrs[0].Value == r.doc.text("DocumentCurrencyCode"))
		}
		for _, child := range n.Nodes {
			visit(child)
		}
	}
	visit(r.doc)
}

func (r rules) line(l node) {
	quantity := append(l.all("InvoicedQuantity"), l.all("CreditedQuantity")...)
	r.holds("BR-21", l.text("ID") != "")
	r.holds("BR-22", len(quantity) == 1)
	r.holds("BR-23", len(quantity[0].Attrs) == 1 && quantity[0].Attrs[0].Value != "")
	r.holds("BR-24", l.text("LineExtensionAmount") != "")
	r.holds("BR-25", l.text("Item/Name") != "")
	r.holds("BR-26", l.text("Price/PriceAmount") != "")
	r.holds("BR-27", l.number("Price/PriceAmount").Sign() >= 0)
	r.holds("BR-CO-04", l.text("Item/ClassifiedTaxCategory/ID") != "")
	base := money.FromInt(1)
	for _, b := range l.all("Price/BaseQuantity") {
		base = money.MustParse(b.Text)
		r.holds("PEPPOL-R121", base.Sign() > 0)
		r.holds("PEPPOL-R130", b.Attrs[0].Value == quantity[0].Attrs[0].Value)
	}
	exact := money.MustParse(quantity[0].Text).Mul(l.number("Price/PriceAmount")).Div(base, 24)
	for _, a := range l.all("AllowanceCharge") {
		r.holds("BR-42/44", a.text("AllowanceChargeReason")+a.text("AllowanceChargeReasonCode") != "")
		r.percent("PEPPOL-R040", a)
		if a.text("ChargeIndicator") == "true" {
			exact = exact.Add(a.number("Amount"))
		} else {
			exact = exact.Sub(a.number("Amount"))
		}
	}
	r.same("PEPPOL-R120", exact.Round(l.number("LineExtensionAmount").Scale()), l.number("LineExtensionAmount"))
}

// percent: an amount is the percent of its base, where both are told.
func (r rules) percent(rule string, a node) {
	r.holds("PEPPOL-R041/042", (a.text("MultiplierFactorNumeric") == "") == (a.text("BaseAmount") == ""))
	if a.text("BaseAmount") == "" {
		return
	}
	want := a.number("BaseAmount").Mul(a.number("MultiplierFactorNumeric")).Div(money.FromInt(100), 24)
	r.holds(rule, want.Sub(a.number("Amount")).Abs().Cmp(money.MustParse("0.02")) <= 0 || a.number("Amount").Scale() == 0, want, a.number("Amount"))
}

func (r rules) group(g node) {
	category := g.text("TaxCategory/ID")
	r.holds("BR-45/46/47", g.text("TaxableAmount") != "" && g.text("TaxAmount") != "" && category != "")
	r.holds("BR-48", (category == "O") == (g.text("TaxCategory/Percent") == ""))
	if category == "S" {
		r.holds("BR-S-05", g.number("TaxCategory/Percent").Sign() > 0)
	} else {
		r.holds("BR-"+category+"-09", g.number("TaxAmount").IsZero() && g.number("TaxCategory/Percent").IsZero())
	}
	exempted := g.text("TaxCategory/TaxExemptionReason")+g.text("TaxCategory/TaxExemptionReasonCode") != ""
	r.holds("BR-"+category+"-10", exempted == (category != "S" && category != "Z"))

	exact := g.number("TaxableAmount").Mul(g.number("TaxCategory/Percent")).Div(money.FromInt(100), 2)
	r.holds("BR-CO-17", exact.Sub(g.number("TaxAmount")).Abs().Cmp(money.FromInt(1)) < 0, exact, " ", g.number("TaxAmount"))

	taxable := money.Zero
	in := func(n node, path string) bool {
		return n.text(path+"/ID") == category && n.number(path+"/Percent").Equal(g.number("TaxCategory/Percent"))
	}
	for _, l := range r.lines() {
		if in(l, "Item/ClassifiedTaxCategory") {
			taxable = taxable.Add(l.number("LineExtensionAmount"))
		}
	}
	for _, a := range r.doc.all("AllowanceCharge") {
		switch {
		case !in(a, "TaxCategory"):
		case a.text("ChargeIndicator") == "true":
			taxable = taxable.Add(a.number("Amount"))
		default:
			taxable = taxable.Sub(a.number("Amount"))
		}
	}
	r.same("BR-"+category+"-08", taxable, g.number("TaxableAmount"))
}

// categories is what each VAT category asks of the parties and of the rest of the document.
func (r rules) categories() {
	groups := map[string]int{}
	for _, g := range r.doc.all("TaxTotal/TaxSubtotal") {
		groups[g.text("TaxCategory/ID")]++
	}
	used := map[string]bool{}
	for _, l := range r.lines() {
		used[l.text("Item/ClassifiedTaxCategory/ID")] = true
	}
	seller, buyer := r.vat("AccountingSupplierParty"), r.vat("AccountingCustomerParty")
	for c := range used {
		r.holds("BR-"+c+"-01", groups[c] == 1 || c == "S" && groups[c] > 0)
		switch c {
		case "S", "Z", "E":
			r.holds("BR-"+c+"-02", seller+r.taxID("AccountingSupplierParty", "FC") != "")
		case "AE", "K":
			r.holds("BR-"+c+"-02", seller != "" && buyer != "")
		case "G":
			r.holds("BR-G-02", seller != "")
		case "O":
			r.holds("BR-O-02", seller == "" && buyer == "")
			r.holds("BR-O-11", len(groups) == 1)
		}
		if c == "K" {
			r.holds("BR-IC-11", r.doc.text("Delivery/ActualDeliveryDate") != "")
			r.holds("BR-IC-12", r.doc.text("Delivery/DeliveryLocation/Address/Country/IdentificationCode") != "")
		}
	}
}
