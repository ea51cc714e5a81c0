package module_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
)

type problem struct {
	Code   string `json:"code"`
	Title  string `json:"title"`
	Detail string `json:"detail"`
	Errors []struct {
		Location string `json:"location"`
		Message  string `json:"message"`
	} `json:"errors"`
}

func locations(p problem) []string {
	var out []string
	for _, e := range p.Errors {
		out = append(out, e.Location)
	}
	return out
}

func TestInvoiceLife(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex AG")
	draft := into[invoice.Invoice](t, 201, h.call("POST", "/invoices", object{
		"customerId": customer, "reference": "PO-7", "adjustments": []object{{"percent": "10", "reason": "Loyal"}},
		"lines": []object{
			{"description": "Consulting", "quantity": "1", "unitPrice": "80.00", "taxRateId": h.rate("7")},
			{"description": "Rental", "quantity": "2", "unitPrice": "83.50"},
			{"description": "Support", "quantity": "3", "unitPrice": "87.00", "adjustments": []object{{"percent": "5"}}},
		},
	}))
	require.Equal(t, invoice.Draft, draft.Status)
	require.Empty(t, draft.Number)
	require.Equal(t, 14, draft.PaymentDays)
	require.Equal(t, "445.45", draft.Totals.Net.String()) // (80 + 167 + 247.95) less 49.50
	require.Equal(t, "1", string(draft.ETag()[1]))

	issued := h.issue(draft)
	require.Equal(t, "INV-2026-00001", issued.Number)
	require.Equal(t, "2026-11-25", issued.IssuedOn.String())
	require.Equal(t, "2026-12-09", issued.DueOn.String())
	require.Equal(t, "Acme", issued.Seller.Name)
	require.Equal(t, "Globex AG", issued.Buyer.Name)
	require.Equal(t, issued.Totals.Payable, issued.Due)

	payment := into[invoice.Payment](t, 201, h.call("POST", "/payments", object{
		"customerId": customer, "amount": "100.00", "reference": "first half",
		"allocations": []object{{"invoiceId": issued.ID, "amount": "100"}},
	}))
	require.Equal(t, "0.00", payment.Unallocated.String())
	part := h.get(issued)
	require.Equal(t, invoice.PartlyPaid, part.Status)
	require.Equal(t, "Ann Noor", part.Owner)
	require.Len(t, part.Allocations, 1)
	require.Equal(t, issued.Totals.Payable.Sub(payment.Amount), part.Due)

	c := into[invoice.Customer](t, 200, h.call("GET", "/customers/"+customer, nil))
	require.Equal(t, part.Due, c.Balances[0].Open)

	over := into[problem](t, 409, h.call("POST", "/payments", object{
		"customerId": customer, "amount": "1000.00", "allocations": []object{{"invoiceId": issued.ID, "amount": "1000"}},
	}))
	require.Contains(t, over.Detail, "INV-2026-00001")

	note := into[invoice.Invoice](t, 201, h.call("POST", "/invoices/"+issued.ID.String()+"/credit-notes", object{"reason": "Wrong address"}))
	require.Equal(t, "CN-2026-00001", note.Number)
	require.Equal(t, issued.Totals.Gross.Neg(), note.Totals.Gross)
	require.Equal(t, issued.Lines[1].Net.Neg(), note.Lines[1].Net)
	require.Equal(t, "INV-2026-00001", note.CreditOf.Number)
	credited := h.get(issued)
	require.Equal(t, invoice.Credited, credited.Status)
	require.True(t, credited.Due.IsZero())
	c = into[invoice.Customer](t, 200, h.call("GET", "/customers/"+customer, nil))
	require.Equal(t, "100.00", c.Balances[0].Credit.String())
	require.True(t, c.Balances[0].Open.IsZero())

	history := into[pageOf[invoice.HistoryEntry]](t, 200, h.call("GET", "/invoices/"+issued.ID.String()+"/history", nil))
	var kinds []string
	for _, e := range history.Items {
		kinds = append(kinds, e.Kind)
	}
	require.Equal(t, []string{"drafted", "issued", "payment-allocated", "payment-unallocated", "credited"}, kinds)

	next := h.issue(h.draft(customer, "10"))
	require.Equal(t, "INV-2026-00002", next.Number)
	again := into[invoice.Payment](t, 200, h.call("POST", "/payments/"+payment.ID.String()+"/allocations", object{
		"allocations": []object{{"invoiceId": next.ID, "amount": next.Due}},
	}))
	require.Equal(t, "88.10", again.Unallocated.String())
	require.Equal(t, invoice.Paid, h.get(next).Status)
	freed := into[invoice.Payment](t, 200, h.call("DELETE", "/payments/"+payment.ID.String()+"/allocations/"+next.ID.String(), nil))
	require.Equal(t, "100.00", freed.Unallocated.String())
	require.Equal(t, invoice.Open, h.get(next).Status)

	off := into[invoice.Invoice](t, 200, h.call("POST", "/invoices/"+next.ID.String()+"/write-offs", object{"reason": "bankrupt"}))
	require.Equal(t, invoice.WrittenOff, off.Status)
	summary := into[invoice.Summary](t, 200, h.call("GET", "/invoices/summary", nil))
	require.Equal(t, "0.00", summary.Currencies[0].Open.String())
	require.Equal(t, "10.00", summary.Currencies[0].Months[23].Net.String())
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

func TestDraft(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")

	t.Run("every wrong field is named at once", func(t *testing.T) {
		p := into[problem](t, 422, h.call("POST", "/invoices", object{
			"customerId": "01890a5d-ac96-774b-bcce-b302099a8057", "currency": "EUX",
			"lines": []object{
				{"description": "", "quantity": "0", "unitPrice": "-1"},
				{"description": "x", "quantity": "1", "unitPrice": "1", "taxRateId": "01890a5d-ac96-774b-bcce-b302099a8057"},
			},
		}))
		for _, at := range []string{"body.customerId", "body.currency", "body.lines[0].description", "body.lines[0].quantity", "body.lines[0].unitPrice", "body.lines[1].taxRateId"} {
			require.Contains(t, locations(p), at)
		}
	})

	t.Run("a sum below zero asks for a credit note", func(t *testing.T) {
		p := into[problem](t, 422, h.call("POST", "/invoices", object{
			"customerId": customer, "lines": []object{{"description": "Return", "quantity": "-1", "unitPrice": "5"}},
		}))
		require.Equal(t, []string{"body.lines"}, locations(p))
	})

	t.Run("an edit over somebody else's edit is refused", func(t *testing.T) {
		d := h.draft(customer, "10")
		body := object{"customerId": customer, "lines": []object{{"description": "New", "quantity": "2", "unitPrice": "10"}}}
		path := "/invoices/" + d.ID.String()
		require.Equal(t, 428, h.call("PUT", path, body).Status)
		revised := into[invoice.Invoice](t, 200, h.call("PUT", path, body, "If-Match", d.ETag()))
		require.Equal(t, 2, revised.Version)
		require.Equal(t, "23.80", revised.Totals.Gross.String())
		require.Equal(t, 412, h.call("PUT", path, body, "If-Match", d.ETag()).Status)
		require.Equal(t, 412, h.call("POST", path+"/issue", nil, "If-Match", d.ETag()).Status)
		require.Equal(t, 412, h.call("DELETE", path, nil, "If-Match", d.ETag()).Status)
		require.Equal(t, 204, h.call("DELETE", path, nil, "If-Match", revised.ETag()).Status)
		require.Equal(t, 404, h.call("GET", path, nil).Status)
	})

	t.Run("an issued invoice cannot be changed, deleted or issued again", func(t *testing.T) {
		inv := h.issue(h.draft(customer, "10"))
		path := "/invoices/" + inv.ID.String()
		body := object{"lines": []object{}}
		require.Equal(t, 409, h.call("PUT", path, body, "If-Match", inv.ETag()).Status)
		require.Equal(t, 409, h.call("DELETE", path, nil, "If-Match", inv.ETag()).Status)
		require.Equal(t, 409, h.call("POST", path+"/issue", object{}).Status)
	})

	t.Run("what would be an invalid invoice gets no number", func(t *testing.T) {
		empty := into[invoice.Invoice](t, 201, h.call("POST", "/invoices", object{"customerId": customer, "lines": []object{}}))
		p := into[problem](t, 422, h.call("POST", "/invoices/"+empty.ID.String()+"/issue", nil))
		require.Equal(t, []string{"body.lines"}, locations(p))
		nobody := into[invoice.Invoice](t, 201, h.call("POST", "/invoices", object{"lines": []object{{"description": "x", "quantity": "1", "unitPrice": "1"}}}))
		require.Equal(t, 422, h.call("POST", "/invoices/"+nobody.ID.String()+"/issue", nil).Status)
	})

	t.Run("the day of issue does not go back in a series, and not ahead", func(t *testing.T) {
		d := h.draft(customer, "10")
		issue := func(day string) answer {
			return h.call("POST", "/invoices/"+d.ID.String()+"/issue", object{"issueDate": day})
		}
		require.Equal(t, 422, issue("2026-11-26").Status)
		require.Equal(t, 409, issue("2026-11-24").Status)
		old := into[invoice.Invoice](t, 200, issue("2025-12-31"))
		require.Equal(t, "INV-2025-00001", old.Number)
		require.Equal(t, invoice.Overdue, old.Status)
	})

	t.Run("a new invoice can be issued at once, or not at all", func(t *testing.T) {
		body := object{"customerId": customer, "lines": []object{{"description": "x", "quantity": "2", "unitPrice": "5"}}}
		inv := into[invoice.Invoice](t, 201, h.call("POST", "/invoices?issue=true", body, "Idempotency-Key", "at-once"))
		require.Equal(t, invoice.Open, inv.Status)
		require.NotEmpty(t, inv.Number)
		require.Equal(t, 2, inv.Version)
		require.Equal(t, "Globex", inv.Buyer.Name)
		again := into[invoice.Invoice](t, 201, h.call("POST", "/invoices?issue=true", body, "Idempotency-Key", "at-once"))
		require.Equal(t, inv.Number, again.Number)
		require.Equal(t, inv.Totals, h.get(inv).Totals)
		before := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?count=true", nil))
		delete(body, "customerId")
		require.Equal(t, []string{"body.customerId"}, locations(into[problem](t, 422, h.call("POST", "/invoices?issue=true", body))))
		after := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?count=true", nil))
		require.Equal(t, before.Total, after.Total)
		require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
	})

	t.Run("preview calculates and keeps nothing", func(t *testing.T) {
		before := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?count=true", nil))
		d := into[invoice.Document](t, 200, h.call("POST", "/invoices/preview", object{
			"priceMode": "inclusive", "lines": []object{{"description": "x", "quantity": "1", "unitPrice": "500"}},
		}))
		require.Equal(t, "420.17", d.Totals.Net.String())
		after := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?count=true", nil))
		require.Equal(t, before.Total, after.Total)
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	h := start(t)
	globex, initech := h.customer("Globex"), h.customer("Initech =HYPERLINK(1)")
	for _, price := range []string{"10", "30", "20", "50", "40"} {
		h.issue(h.draft(globex, price))
	}
	h.draft(initech, "7")

	t.Run("pages by cursor in every order without loss or repeat", func(t *testing.T) {
		for _, sort := range []string{"", "created", "-created", "issuedOn", "-issuedOn", "dueOn", "-dueOn", "gross", "-gross"} {
			seen := map[string]bool{}
			path := "/invoices?limit=2&sort=" + sort
			next := ""
			for {
				p := into[pageOf[invoice.Row]](t, 200, h.call("GET", path+next, nil))
				for _, r := range p.Items {
					require.False(t, seen[r.ID.String()], "repeat in %q", sort)
					seen[r.ID.String()] = true
				}
				if p.Next == "" {
					break
				}
				next = "&cursor=" + p.Next
			}
			require.Len(t, seen, 6, "order %q", sort)
		}
		require.Equal(t, 422, h.call("GET", "/invoices?sort=nonsense", nil).Status)
		require.Equal(t, 422, h.call("GET", "/invoices?cursor=nonsense", nil).Status)
		require.Equal(t, 422, h.call("GET", "/invoices?colour=red", nil).Status)
	})

	t.Run("filters and search", func(t *testing.T) {
		for query, want := range map[string]int{
			"status=draft": 1, "status=issued": 5, "status=overdue": 0, "status=open": 5, "customerId=" + initech: 1,
			"from=2026-11-25&to=2026-11-25": 5, "to=2026-11-24": 0, "q=globex": 5, "q=inv-2026-00003": 1, "q=GLOB+00002": 1, "q=50%25": 0, "q=gl": 5, "q=lo": 0, "q=.*": 0, "q=(": 0, "kind=credit-note": 0,
			"mine=true": 6,
		} {
			p := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?count=true&"+query, nil))
			require.Equal(t, want, *p.Total, query)
			require.Len(t, p.Items, want, query)
		}
	})

	t.Run("the export escapes formulas", func(t *testing.T) {
		a := h.call("GET", "/invoices/export?sort=gross", nil)
		require.Equal(t, 200, a.Status)
		require.Contains(t, string(a.Body), "Initech =HYPERLINK(1)")
		require.Contains(t, string(a.Body), "INV-2026-00001,invoice,issued,Globex,,2026-11-25,2026-12-09,EUR,10.00,1.90,11.90,11.90")
	})

	t.Run("every list exports, and only to who may see it", func(t *testing.T) {
		customers := h.call("GET", "/customers/export?q=globex", nil)
		require.Equal(t, 200, customers.Status)
		require.Contains(t, string(customers.Body), "Globex")
		require.NotContains(t, string(customers.Body), "Initech")
		for _, list := range []string{"customers", "items", "payments"} {
			require.Equal(t, 200, h.call("GET", "/"+list+"/export", nil).Status, list)
			require.Equal(t, 403, h.call("GET", "/"+list+"/export", nil, "X-Role", "employee").Status, list)
		}
	})

	t.Run("who may see what", func(t *testing.T) {
		require.Equal(t, 403, h.call("GET", "/invoices", nil, "X-Role", "employee").Status)
		p := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices", nil, "X-Role", "manager"))
		require.Empty(t, p.Items)
		found := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?q=globex&limit=1", nil))
		path := "/invoices/" + found.Items[0].ID.String()
		require.Equal(t, 404, h.call("GET", path, nil, "X-Role", "manager").Status)
		require.Equal(t, 403, h.call("POST", path+"/credit-notes", nil, "X-Role", "manager").Status)
	})
}

func TestCatalogue(t *testing.T) {
	t.Parallel()
	h := start(t)

	t.Run("customers", func(t *testing.T) {
		c := into[invoice.Customer](t, 201, h.call("POST", "/customers", object{"name": "Initech", "contacts": []object{{"name": "Bill", "email": "bill@initech.example"}}}))
		require.Equal(t, "C-00001", c.Number)
		body := object{"name": "Initech Ltd", "contacts": []object{{"name": "Bob"}}}
		changed := into[invoice.Customer](t, 200, h.call("PUT", "/customers/"+c.ID.String(), body, "If-Match", c.ETag()))
		require.Equal(t, "Initech Ltd", changed.Name)
		require.Equal(t, 412, h.call("PUT", "/customers/"+c.ID.String(), body, "If-Match", c.ETag()).Status)
		got := into[invoice.Customer](t, 200, h.call("GET", "/customers/"+c.ID.String(), nil))
		require.Equal(t, "Bob", got.Contacts[0].Name)
		require.Equal(t, 409, h.call("POST", "/customers", object{"name": "x", "number": "c-00001"}).Status)
		require.Equal(t, 422, h.call("POST", "/customers", object{"name": "x", "vatId": "nonsense", "email": "nobody", "country": "Deutschland"}).Status)
		p := into[pageOf[invoice.Customer]](t, 200, h.call("GET", "/customers?q=initech&count=true&sort=-number", nil))
		require.Len(t, p.Items, 1)
	})

	t.Run("items fill in what a line leaves out", func(t *testing.T) {
		item := into[invoice.Item](t, 201, h.call("POST", "/items", object{"code": "SUP", "name": "Support", "unit": "h", "unitPrice": "120.50", "taxRateId": h.rate("7")}))
		d := into[invoice.Document](t, 200, h.call("POST", "/invoices/preview", object{"lines": []object{{"itemId": item.ID, "quantity": "2"}}}))
		require.Equal(t, "Support", d.Lines[0].Description)
		require.Equal(t, "h", d.Lines[0].Unit)
		require.Equal(t, "257.87", d.Totals.Gross.String())
		require.Equal(t, 409, h.call("POST", "/items", object{"code": "sup", "name": "x", "unitPrice": "1"}).Status)
		changed := into[invoice.Item](t, 200, h.call("PUT", "/items/"+item.ID.String(), object{"code": "SUP", "name": "Help", "unitPrice": "1", "archived": true}, "If-Match", item.ETag()))
		require.True(t, changed.Archived)
	})

	t.Run("tax rates keep their percent", func(t *testing.T) {
		r := into[invoice.TaxRate](t, 201, h.call("POST", "/tax-rates", object{"name": "New", "percent": "16", "default": true}))
		require.Equal(t, 422, h.call("PUT", "/tax-rates/"+r.ID.String(), object{"name": "New", "percent": "17"}, "If-Match", r.ETag()).Status)
		renamed := into[invoice.TaxRate](t, 200, h.call("PUT", "/tax-rates/"+r.ID.String(), object{"name": "Newer", "default": true}, "If-Match", r.ETag()))
		require.Equal(t, 2, renamed.Version)
		require.Equal(t, 422, h.call("POST", "/tax-rates", object{"name": "Reverse", "category": "AE"}).Status)
		rates := into[pageOf[invoice.TaxRate]](t, 200, h.call("GET", "/tax-rates", nil)).Items
		require.Equal(t, "Newer", rates[0].Name)
		defaults := 0
		for _, x := range rates {
			if x.Default {
				defaults++
			}
		}
		require.Equal(t, 1, defaults)
	})

	t.Run("reverse charge needs the buyer's VAT id", func(t *testing.T) {
		var reverse string
		for _, r := range into[pageOf[invoice.TaxRate]](t, 200, h.call("GET", "/tax-rates", nil)).Items {
			if r.Category == invoice.ReverseCharge {
				reverse = r.ID.String()
			}
		}
		plain := into[invoice.Customer](t, 201, h.call("POST", "/customers", object{"name": "No VAT id"}))
		body := func(customer string) json.RawMessage {
			b, _ := json.Marshal(object{"customerId": customer, "lines": []object{{"description": "x", "quantity": "1", "unitPrice": "9", "taxRateId": reverse}}})
			return b
		}
		d := into[invoice.Invoice](t, 201, h.call("POST", "/invoices", body(plain.ID.String())))
		require.Equal(t, []string{"buyer.vatId"}, locations(into[problem](t, 422, h.call("POST", "/invoices/"+d.ID.String()+"/issue", nil))))
		good := h.issue(into[invoice.Invoice](t, 201, h.call("POST", "/invoices", body(h.customer("With VAT id")))))
		require.Equal(t, "9.00", good.Totals.Gross.String())
	})
}
