package module_test

import (
	"encoding/xml"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
)

func TestEInvoice(t *testing.T) {
	t.Parallel()
	h := start(t)
	path := func(inv invoice.Invoice) string { return "/invoices/" + inv.ID.String() + "/ubl" }
	type document struct {
		XMLName  xml.Name
		ID       string `xml:"ID"`
		Payable  string `xml:"LegalMonetaryTotal>PayableAmount"`
		CreditOf string `xml:"BillingReference>InvoiceDocumentReference>ID"`
		BuyerVAT string `xml:"AccountingCustomerParty>Party>PartyTaxScheme>CompanyID"`
	}
	read := func(a answer) document {
		require.Equal(t, 200, a.Status, "%s", a.Body)
		require.Equal(t, "application/xml", a.Header.Get("Content-Type"))
		require.Contains(t, a.Header.Get("Content-Disposition"), "attachment")
		var d document
		require.NoError(t, xml.Unmarshal(a.Body, &d))
		return d
	}
	customer := h.customer("Globex")

	t.Run("a draft has none", func(t *testing.T) {
		p := into[problem](t, 409, h.call("GET", path(h.draft(customer, "10")), nil))
		require.Contains(t, p.Title+p.Detail, "issue it first")
	})

	t.Run("an invoice and its credit note, both with positive amounts", func(t *testing.T) {
		issued := h.issue(h.draft(customer, "100"))
		d := read(h.call("GET", path(issued), nil))
		require.Equal(t, "Invoice", d.XMLName.Local)
		require.Equal(t, issued.Number, d.ID)
		require.Equal(t, "119.00", d.Payable)
		note := into[invoice.Invoice](t, 201, h.call("POST", "/invoices/"+issued.ID.String()+"/credit-notes", nil))
		d = read(h.call("GET", path(note), nil))
		require.Equal(t, "CreditNote", d.XMLName.Local)
		require.Equal(t, "119.00", d.Payable)
		require.Equal(t, issued.Number, d.CreditOf)
	})

	t.Run("what is missing is named, and filling it in helps", func(t *testing.T) {
		full := h.seller.profile
		h.seller.profile.VATID = ""
		bare := into[invoice.Customer](t, 201, h.call("POST", "/customers", object{"name": "Nowhere Ltd"}))
		issued := h.issue(h.draft(bare.ID.String(), "10"))
		p := into[problem](t, 422, h.call("GET", path(issued), nil))
		require.Equal(t, []string{"buyer.country", "seller.vatId"}, locations(p))
		require.Contains(t, p.Errors[1].Message, "Administration, Company")

		h.seller.profile = full
		into[invoice.Customer](t, 200, h.call("PUT", "/customers/"+bare.ID.String(), object{"name": "Nowhere Ltd", "country": "FR", "vatId": "FR12345678901"}, "If-Match", bare.ETag()))
		require.Equal(t, "FR12345678901", read(h.call("GET", path(issued), nil)).BuyerVAT)
	})

	t.Run("three decimals are refused with a sentence", func(t *testing.T) {
		d := into[invoice.Invoice](t, 201, h.call("POST", "/invoices", object{
			"customerId": customer, "currency": "KWD", "lines": []object{{"description": "x", "quantity": "1", "unitPrice": "1.234"}},
		}))
		require.Equal(t, []string{"currency"}, locations(into[problem](t, 422, h.call("GET", path(h.issue(d)), nil))))
	})

	t.Run("somebody else's is not found", func(t *testing.T) {
		issued := h.issue(h.draft(customer, "1"))
		require.Equal(t, 404, h.call("GET", path(issued), nil, "X-Role", "manager").Status)
		require.Equal(t, 403, h.call("GET", path(issued), nil, "X-Role", "employee").Status)
	})
}
