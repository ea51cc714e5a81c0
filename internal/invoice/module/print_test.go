package module_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
)

// TestPrint writes its documents where ERP_PRINT_DIR says, to be looked at.
func TestPrint(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex Maschinenbau Aktiengesellschaft & Söhne (München)")
	keep := func(name string, a answer) {
		require.Equal(t, 200, a.Status, "%s", a.Body)
		require.Equal(t, "application/pdf", a.Header.Get("Content-Type"))
		require.True(t, bytes.HasPrefix(a.Body, []byte("%PDF-")))
		require.True(t, bytes.Contains(a.Body, []byte("%%EOF")))
		if dir := os.Getenv("ERP_PRINT_DIR"); dir != "" {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name+".pdf"), a.Body, 0o600))
		}
	}
	pdf := func(inv invoice.Invoice, query string) answer {
		return h.call("GET", "/invoices/"+inv.ID.String()+"/pdf"+query, nil)
	}

	lines := []object{
		{"description": "Consulting on site, including travel time within the city and a written report of what was found", "quantity": "12.5", "unit": "h", "unitPrice": "95", "taxRateId": h.rate("19")},
		{"description": "Books (2 volumes)\nISBN \\ 978-3-16", "quantity": "3", "unit": "pcs", "unitPrice": "24.995", "taxRateId": h.rate("7"), "adjustments": []object{{"percent": "10", "reason": "Loyal"}}},
		{"description": "Žluťoučký kůň, Ελληνικά, Кириллица", "quantity": "1000", "unitPrice": "12.99", "baseQuantity": "100", "taxRateId": h.rate("19")},
	}
	body := object{"customerId": customer, "reference": "PO-2026/4711", "deliveredOn": "2026-11-20", "note": "Thank you for your order.\nWe look forward to working with you.",
		"lines": lines, "adjustments": []object{{"percent": "2", "reason": "Early order"}}}
	draft := into[invoice.Invoice](t, 201, h.call("POST", "/invoices", body))
	keep("draft", pdf(draft, ""))
	issued := h.issue(draft)
	keep("issued", pdf(issued, ""))
	keep("issued-de", pdf(issued, "?language=de&download=true"))
	h.call("POST", "/payments", object{"customerId": customer, "amount": "500", "allocations": []object{{"invoiceId": issued.ID, "amount": "500"}}})
	keep("partly", pdf(issued, ""))
	keep("credit", pdf(into[invoice.Invoice](t, 201, h.call("POST", "/invoices/"+issued.ID.String()+"/credit-notes", object{"reason": "Wrong address"})), ""))

	var many []object
	for i := range 60 {
		many = append(many, object{"description": fmt.Sprintf("Part %d with a name that is long enough to need a second line on the paper it is printed on", i), "quantity": "2", "unitPrice": "1234.5"})
	}
	long := h.issue(into[invoice.Invoice](t, 201, h.call("POST", "/invoices", object{"customerId": customer, "currency": "CHF", "priceMode": "inclusive", "cashRounding": "0.05", "lines": many})))
	keep("long", pdf(long, ""))
}
