package domain_test

import (
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

func ublWords() domain.UBLWords {
	return domain.UBLWords{Surcharge: "Surcharge", Terms: "Payable within 14 days", Unit: "Unit: %s"}
}

// issuedAs is a calculated document with everything that it gets when it is issued.
func issuedAs(d invoice.Document) invoice.Invoice {
	return invoice.Invoice{
		ID: id.New[invoice.Invoice](), Kind: invoice.KindInvoice, Number: "INV-2026-00007", Document: domain.Calculate(d),
		IssuedOn: date.Of(2026, time.November, 25), DueOn: date.Of(2026, time.December, 9), DeliveredOn: date.Of(2026, time.November, 20),
		PaymentDays: 14, Reference: "PO-4711", Note: "Thank you & good-bye",
		Seller: &invoice.Party{
			Name: "Northwind", LegalName: "Northwind GmbH", Address: []string{"Hafenstraße 1", "Hinterhof", "Aufgang <C>", "20457 Hamburg"},
			PostalCode: "20457", City: "Hamburg", Country: "DE", TaxID: "27/123/45678", VATID: "DE123456788", Email: "billing@northwind.example",
			Phone: "+49 40 123456", IBAN: "DE89370400440532013000", BIC: "COBADEFFXXX",
		},
		Buyer: &invoice.Party{
			Name: "Globex SARL", Address: []string{"1 Rue Victor Hugo", "69001 Lyon"}, PostalCode: "69001", City: "Lyon", Country: "FR", VATID: "FR12345678901",
		},
	}
}

// credited is the credit note over the whole of an invoice.
func credited(v invoice.Invoice) invoice.Invoice {
	v.CreditOf = &invoice.Reference{ID: v.ID, Number: v.Number}
	v.Kind, v.Number, v.DueOn = invoice.KindCreditNote, "CN-2026-00001", date.Date{}
	v.Document = domain.Negate(v.Document)
	return v
}

func writeUBL(t require.TestingT, v invoice.Invoice) []byte {
	var p fault.Problems
	domain.CheckEInvoice(&p, v)
	require.NoError(t, p.Err())
	raw, err := domain.UBL(v, ublWords())
	require.NoError(t, err)
	return raw
}

func TestUBLGolden(t *testing.T) {
	t.Parallel()
	exclusive := document("EUR", invoice.Exclusive,
		line("12.5", "95", "19"), line("3", "24.995", "7"), line("-1", "10", "19"), line("1000", "12.99", "19"))
	exclusive.Lines[0].Unit, exclusive.Lines[0].Description = "h", "Consulting on site\nwith travel < 1 h"
	exclusive.Lines[1].Adjustments = []invoice.Adjustment{{Percent: money.FromInt(10), Reason: "Loyal"}}
	exclusive.Lines[3].BaseQuantity, exclusive.Lines[3].Unit = money.FromInt(100), "Fuder"
	exclusive.Adjustments = []invoice.Adjustment{{Percent: money.FromInt(2), Reason: "Early order"}, {Charge: true, Amount: money.MustParse("7.77")}}
	inclusive := document("CHF", invoice.Inclusive, line("3", "500", "8.1"), line("7", "9.99", "2.6"))
	inclusive.Lines[1].Adjustments = []invoice.Adjustment{{Percent: money.FromInt(10)}}
	inclusive.CashRounding = money.MustParse("0.05")
	reverse := document("EUR", invoice.Exclusive, line("1", "900", "0"))
	reverse.Lines[0].Tax = invoice.Tax{Category: invoice.ReverseCharge, Reason: "Reverse charge"}

	for name, v := range map[string]invoice.Invoice{
		"invoice": issuedAs(exclusive), "credit-note": credited(issuedAs(exclusive)), "inclusive": issuedAs(inclusive), "reverse-charge": issuedAs(reverse),
	} {
		raw := writeUBL(t, v)
		checkRules(t, raw)
		file := "testdata/ubl/" + name + ".xml"
		if *update {
			require.NoError(t, os.WriteFile(file, raw, 0o600))
		}
		want, err := os.ReadFile(file)
		require.NoError(t, err)
		require.Equal(t, string(want), string(raw), "%s", file)
	}
}

// TestUBLRules writes invoices and credit notes of every shape and checks the rules of the
// standard on each.
func TestUBLRules(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		v := issuedAs(anyIssuable(t))
		if v.Totals.Gross.Sign() < 0 {
			v = credited(v) // a credit note has the same arithmetic with the other sign
		} else if rapid.Bool().Draw(t, "credit") {
			v = credited(v)
		}
		if rapid.Bool().Draw(t, "undelivered") {
			v.DeliveredOn = date.Date{}
		}
		var p fault.Problems
		domain.CheckEInvoice(&p, v)
		if v.Currency.Digits() > 2 {
			require.False(t, p.Empty(), "three decimals cannot be written")
			return
		}
		if !p.Empty() && p.Fields()[0].Location == "taxRounding" {
			require.Equal(t, invoice.PerLine, v.TaxRounding)
			return
		}
		doc := checkRules(t, writeUBL(t, v))
		payable := v.Totals.Payable.Abs()
		require.True(t, doc.number("LegalMonetaryTotal/PayableAmount").Abs().Equal(payable))
		for i, l := range (rules{doc: doc}).lines() {
			require.True(t, l.number("LineExtensionAmount").Abs().Equal(v.Lines[i].Net.Abs()), "the net of a line is the ledger's")
		}
	})
}

// anyIssuable draws what CheckDocument lets through, with every VAT category.
func anyIssuable(t *rapid.T) invoice.Document {
	d := anyDocument(t)
	if len(d.Lines) == 0 {
		d.Lines = append(d.Lines, line("1", "9.99", "19"))
	}
	outside := rapid.IntRange(0, 9).Draw(t, "outside") == 0
	for i := range d.Lines {
		l := &d.Lines[i]
		l.Unit = rapid.SampledFrom([]string{"", "h", "Std.", "pcs", "barrel"}).Draw(t, "unit")
		if l.Tax.Category != invoice.Standard || outside {
			category := rapid.SampledFrom([]invoice.Category{
				invoice.ZeroRated, invoice.Exempt, invoice.ReverseCharge, invoice.IntraCommunity, invoice.Export,
			}).Draw(t, "category")
			if outside {
				category = invoice.OutsideScopeOfTax
			}
			l.Tax = invoice.Tax{Name: string(category), Category: category}
			if domain.NeedsReason(category) {
				l.Tax.Reason = "because"
			}
		}
		alone := d
		alone.Lines, alone.Adjustments = []invoice.Line{*l}, nil
		var p fault.Problems
		if domain.CheckDocument(&p, "body", alone); strings.Contains(text(t, p.Fields()), "adjustments") {
			l.Adjustments = nil // a discount beyond the line is refused long before
		}
	}
	return d
}

func TestCheckEInvoice(t *testing.T) {
	t.Parallel()
	missing := func(change func(v *invoice.Invoice)) []string {
		d := document("EUR", invoice.Exclusive, line("1", "10", "19"))
		v := issuedAs(d)
		change(&v)
		var p fault.Problems
		domain.CheckEInvoice(&p, v)
		var at []string
		for _, f := range p.Fields() {
			at = append(at, f.Location)
		}
		return at
	}
	exempt := func(v *invoice.Invoice, c invoice.Category) {
		v.Lines[0].Tax = invoice.Tax{Category: c, Reason: "because"}
		v.Document = domain.Calculate(v.Document)
	}
	for name, c := range map[string]struct {
		change func(v *invoice.Invoice)
		want   []string
	}{
		"nothing":                  {func(*invoice.Invoice) {}, nil},
		"a tax number is enough":   {func(v *invoice.Invoice) { v.Seller.VATID = "" }, nil},
		"no tax number at all":     {func(v *invoice.Invoice) { v.Seller.VATID, v.Seller.TaxID = "", "" }, []string{"seller.vatId"}},
		"a VAT id without country": {func(v *invoice.Invoice) { v.Seller.VATID = "123" }, []string{"seller.vatId"}},
		"no countries":             {func(v *invoice.Invoice) { v.Seller.Country, v.Buyer.Country = "", "" }, []string{"seller.country", "buyer.country"}},
		"reverse charge":           {func(v *invoice.Invoice) { exempt(v, invoice.ReverseCharge); v.Seller.VATID, v.Buyer.VATID = "", "" }, []string{"seller.vatId", "buyer.vatId"}},
		"export":                   {func(v *invoice.Invoice) { exempt(v, invoice.Export); v.Seller.VATID, v.Buyer.VATID = "", "" }, []string{"seller.vatId"}},
		"not subject to VAT":       {func(v *invoice.Invoice) { exempt(v, invoice.OutsideScopeOfTax); v.Seller.TaxID = "" }, []string{"seller.taxId"}},
	} {
		require.Equal(t, c.want, missing(c.change), name)
	}
}
