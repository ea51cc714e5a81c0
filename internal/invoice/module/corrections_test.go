package module_test

import (
	"bytes"
	"image"
	"image/png"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/pgtest"
)

// threePieces issues an invoice over 3 x 33.33 at 19 % and 10.00 at 7 %: 129.69.
func (h *house) threePieces(customer string) invoice.Invoice {
	h.t.Helper()
	return h.issue(into[invoice.Invoice](h.t, 201, h.call("POST", "/invoices", object{"customerId": customer, "lines": []object{
		{"description": "Chair", "quantity": "3", "unitPrice": "33.33", "taxRateId": h.rate("19")},
		{"description": "Book", "quantity": "1", "unitPrice": "10", "taxRateId": h.rate("7")},
	}})))
}

func (h *house) pay(customer string, inv invoice.Invoice, amount string) invoice.Payment {
	h.t.Helper()
	return into[invoice.Payment](h.t, 201, h.call("POST", "/payments", object{
		"customerId": customer, "amount": amount, "allocations": []object{{"invoiceId": inv.ID, "amount": amount}},
	}))
}

func (h *house) payment(p invoice.Payment) invoice.Payment {
	h.t.Helper()
	return into[invoice.Payment](h.t, 200, h.call("GET", "/payments/"+p.ID.String(), nil))
}

func TestPartialCredit(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")
	inv := h.threePieces(customer)
	path := "/invoices/" + inv.ID.String() + "/credit-notes"
	h.pay(customer, inv, "50")
	later := h.pay(customer, inv, "60")

	one := into[invoice.Invoice](t, 201, h.call("POST", path, object{"reason": "Broken", "lines": []object{{"line": 1, "quantity": "1"}}}))
	require.Equal(t, "-39.66", one.Totals.Payable.String())
	require.Equal(t, "Broken", one.Note)
	now := h.get(inv)
	require.Equal(t, invoice.Paid, now.Status, "19.97 that were paid too much are the customer's credit")
	require.Equal(t, "90.03", now.Paid.String())
	require.Equal(t, "39.66", now.Credited.String())
	require.Equal(t, "1", now.Returned[0].String())
	require.Equal(t, "19.97", h.payment(later).Unallocated.String(), "the latest payment gives way first")

	require.Equal(t, []string{"body.lines[0].quantity"}, locations(into[problem](t, 422, h.call("POST", path, object{"lines": []object{{"line": 1, "quantity": "3"}}}))))
	require.Equal(t, []string{"body.lines[0].line"}, locations(into[problem](t, 422, h.call("POST", path, object{"lines": []object{{"line": 7, "quantity": "1"}}}))))
	require.Equal(t, 403, h.call("POST", path, object{"lines": []object{{"line": 1, "quantity": "1"}}}, "X-Role", "manager").Status)

	rest := into[invoice.Invoice](t, 201, h.call("POST", path, nil))
	require.Equal(t, "-90.03", rest.Totals.Payable.String())
	now = h.get(inv)
	require.Equal(t, invoice.Credited, now.Status)
	require.Len(t, now.CreditNotes, 2)
	require.Equal(t, rest.Number, now.CreditNote.Number)
	require.Equal(t, 409, h.call("POST", path, nil).Status)
	c := into[invoice.Customer](t, 200, h.call("GET", "/customers/"+customer, nil))
	require.Equal(t, "110.00", c.Balances[0].Credit.String())
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))

	t.Run("of many at once no more is taken back than there is", func(t *testing.T) {
		inv := h.threePieces(customer)
		answers := atOnce(t, 8, func(int) (answer, error) {
			return h.send("POST", "/invoices/"+inv.ID.String()+"/credit-notes", object{"lines": []object{{"line": 1, "quantity": "1"}}})
		})
		require.Equal(t, 3, count(answers, 201))
		require.Equal(t, 5, count(answers, 422))
		require.Equal(t, "10.70", h.get(inv).Due.String())
	})
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

func TestVoidPayment(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")
	inv := h.threePieces(customer)
	p := h.pay(customer, inv, "129.69")
	require.Equal(t, invoice.Paid, h.get(inv).Status)
	path := "/payments/" + p.ID.String()

	require.Equal(t, []string{"body.reason"}, locations(into[problem](t, 422, h.call("POST", path+"/void", object{"reason": "  "}))))
	require.Equal(t, 403, h.call("POST", path+"/void", object{"reason": "x"}, "X-Role", "manager").Status)
	answers := atOnce(t, 4, func(int) (answer, error) { return h.send("POST", path+"/void", object{"reason": "Cheque bounced"}) })
	require.Equal(t, 1, count(answers, 200))
	require.Equal(t, 3, count(answers, 409))

	now := h.get(inv)
	require.Equal(t, invoice.Open, now.Status)
	require.Equal(t, "129.69", now.Due.String())
	gone := h.payment(p)
	require.Equal(t, "2026-11-25", gone.VoidedOn.String())
	require.Equal(t, "Cheque bounced", gone.VoidReason)
	require.Equal(t, "129.69", gone.Amount.String(), "the ledger keeps both")
	require.Equal(t, "0.00", gone.Unallocated.String())
	history := into[pageOf[invoice.HistoryEntry]](t, 200, h.call("GET", "/invoices/"+inv.ID.String()+"/history", nil)).Items
	require.Equal(t, "payment voided: Cheque bounced", history[len(history)-1].Detail)
	require.Equal(t, "0.00", into[invoice.Summary](t, 200, h.call("GET", "/invoices/summary", nil)).Currencies[0].Months[23].Received.String())

	for _, refused := range []answer{
		h.call("POST", path+"/allocations", object{"allocations": []object{{"invoiceId": inv.ID, "amount": "1"}}}),
		h.call("POST", path+"/refunds", object{"amount": "1"}),
	} {
		require.Contains(t, []int{409, 422}, refused.Status, "%s", refused.Body)
	}
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

func TestRefundPayment(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")
	inv := h.threePieces(customer)
	p := into[invoice.Payment](t, 201, h.call("POST", "/payments", object{
		"customerId": customer, "amount": "150", "receivedOn": "2026-11-20", "allocations": []object{{"invoiceId": inv.ID, "amount": "129.69"}},
	}))
	path := "/payments/" + p.ID.String()

	require.Equal(t, 409, h.call("POST", path+"/refunds", object{"amount": "20.32"}).Status)
	for field, body := range map[string]object{
		"body.amount": {"amount": "0"}, "body.on": {"amount": "1", "on": "2026-11-19"},
	} {
		require.Equal(t, []string{field}, locations(into[problem](t, 422, h.call("POST", path+"/refunds", body))))
	}
	require.Equal(t, []string{"body.amount"}, locations(into[problem](t, 422, h.call("POST", path+"/refunds", object{"amount": "1.001"}))))
	require.Equal(t, []string{"body.on"}, locations(into[problem](t, 422, h.call("POST", path+"/refunds", object{"amount": "1", "on": "2026-11-26"}))))

	back := into[invoice.Payment](t, 200, h.call("POST", path+"/refunds", object{"amount": "15.31", "reference": "T-1"}))
	require.Equal(t, "5.00", back.Unallocated.String())
	require.Len(t, back.Allocations, 1)
	answers := atOnce(t, 6, func(int) (answer, error) { return h.send("POST", path+"/refunds", object{"amount": "5"}) })
	require.Equal(t, 1, count(answers, 200))
	now := h.payment(p)
	require.Equal(t, "20.31", now.Refunded.String())
	require.Len(t, now.Refunds, 2)
	require.Equal(t, "Ann Noor", now.Refunds[0].By)
	require.Equal(t, 409, h.call("POST", path+"/void", object{"reason": "x"}).Status, "what was given back did come in")
	require.Empty(t, into[pageOf[invoice.Payment]](t, 200, h.call("GET", "/payments?credit=true", nil)).Items)
	require.Equal(t, "129.69", into[invoice.Summary](t, 200, h.call("GET", "/invoices/summary", nil)).Currencies[0].Months[23].Received.String())
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))

	t.Run("the database refuses what the program never does", func(t *testing.T) {
		for what, sql := range map[string]string{
			"give back more than came":    `UPDATE payment SET refunded = 30 WHERE id = '` + p.ID.String() + `'`,
			"take a refund back":          `UPDATE payment SET refunded = 0 WHERE id = '` + p.ID.String() + `'`,
			"void what pays an invoice":   `UPDATE payment SET voided_on = '2026-11-25', void_reason = 'x' WHERE id = '` + p.ID.String() + `'`,
			"rewrite a fact of a payment": `UPDATE payment_event SET payload = '{}'`,
			"forget a fact of a payment":  `DELETE FROM payment_event`,
			"change what was due":         `UPDATE due_change SET amount = 0`,
			"another picture":             `INSERT INTO letterhead_logo VALUES ('x', 'y')`,
		} {
			_, err := h.db.Pool().Exec(t.Context(), sql)
			require.Error(t, err, what)
		}
	})
}

func TestAsOf(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")
	on := func(day string) { h.now = date.MustParse(day).Time().Add(10 * time.Hour) }
	open := func(day string) string {
		return into[invoice.Receivables](t, 200, h.call("GET", "/receivables?asOf="+day, nil)).Currencies[0].Open.String()
	}
	on("2026-10-01")
	inv := h.threePieces(customer) // due on the 15th
	on("2026-10-20")
	p := into[invoice.Payment](t, 201, h.call("POST", "/payments", object{
		"customerId": customer, "amount": "29.69", "receivedOn": "2026-10-10", "allocations": []object{{"invoiceId": inv.ID, "amount": "29.69"}},
	}))
	on("2026-11-02")
	into[invoice.Invoice](t, 201, h.call("POST", "/invoices/"+inv.ID.String()+"/credit-notes", object{"lines": []object{{"line": 2, "quantity": "1"}}}))
	on("2026-11-10")
	into[invoice.Payment](t, 200, h.call("POST", "/payments/"+p.ID.String()+"/void", object{"reason": "bounced"}))
	on("2026-11-20")
	h.pay(customer, inv, "118.99")
	on("2026-11-25")

	for day, want := range map[string]string{
		"2026-09-30": "0.00", "2026-10-01": "129.69", "2026-10-09": "129.69", "2026-10-10": "100.00", "2026-11-01": "100.00",
		"2026-11-02": "89.30", "2026-11-09": "89.30", "2026-11-10": "118.99", "2026-11-19": "118.99", "2026-11-20": "0.00",
	} {
		require.Equal(t, want, open(day), day)
		if day == "2026-09-30" {
			require.Equal(t, 404, h.call("GET", "/invoices/"+inv.ID.String()+"?asOf="+day, nil).Status)
			continue
		}
		one := into[invoice.Invoice](t, 200, h.call("GET", "/invoices/"+inv.ID.String()+"?asOf="+day, nil))
		require.Equal(t, want, one.Due.String(), day)
		require.Equal(t, day, one.AsOf.String())
	}
	require.Equal(t, invoice.Overdue, into[invoice.Invoice](t, 200, h.call("GET", "/invoices/"+inv.ID.String()+"?asOf=2026-10-16", nil)).Status)
	aged := into[invoice.Receivables](t, 200, h.call("GET", "/receivables?asOf=2026-11-19", nil)).Currencies[0]
	require.Equal(t, "118.99", aged.Overdue.String())
	require.Equal(t, "118.99", aged.Ageing[2].Amount.String(), "35 days after the due date")
	debtors := into[pageOf[invoice.CustomerReceivables]](t, 200, h.call("GET", "/receivables/customers?asOf=2026-11-19", nil)).Items
	require.Equal(t, "Globex", debtors[0].Customer)
	require.Equal(t, "118.99", debtors[0].Open.String())
	require.Equal(t, []string{"query.asOf"}, locations(into[problem](t, 422, h.call("GET", "/receivables?asOf=2026-11-26", nil))))
	require.Equal(t, 403, h.call("GET", "/receivables", nil, "X-Role", "manager").Status)

	t.Run("today is what the home page says, page by page", func(t *testing.T) {
		for _, name := range []string{"Zeta", "Alpha", "Müller"} {
			h.threePieces(h.customer(name))
		}
		require.Equal(t, into[invoice.Summary](t, 200, h.call("GET", "/invoices/summary", nil)).Currencies[0].Ageing,
			into[invoice.Receivables](t, 200, h.call("GET", "/receivables", nil)).Currencies[0].Ageing)
		var names []string
		for next := ""; ; {
			p := into[pageOf[invoice.CustomerReceivables]](t, 200, h.call("GET", "/receivables/customers?limit=1&cursor="+next, nil))
			for _, one := range p.Items {
				names = append(names, one.Customer)
			}
			if next = p.Next; next == "" {
				break
			}
		}
		require.Equal(t, []string{"Alpha", "Müller", "Zeta"}, names)
	})

	t.Run("payments are found by customer and reference, and exported in their order", func(t *testing.T) {
		for _, one := range []struct{ customer, reference, on string }{{"Åland Café", "RF18 5390", "2026-11-01"}, {"Zuse", "cash desk", "2026-11-03"}, {"Zuse", "rf77", "2026-11-02"}} {
			a := h.call("POST", "/payments", object{"customerId": h.customer(one.customer), "amount": "1.00", "receivedOn": one.on, "reference": one.reference})
			require.Equal(t, 201, a.Status, a)
		}
		for q, want := range map[string]string{"zuse": "cash desk,rf77", "cafe": "RF18 5390", "rf": "rf77,RF18 5390", "rf+zuse": "rf77", "nobody": ""} {
			var found, exported []string
			for _, one := range into[pageOf[invoice.Payment]](t, 200, h.call("GET", "/payments?q="+q, nil)).Items {
				found = append(found, one.Reference)
			}
			require.Equal(t, want, strings.Join(found, ","), q)
			lines := strings.Split(strings.TrimSpace(string(h.call("GET", "/payments/export?q="+q, nil).Body)), "\n")
			for _, line := range lines[1:] {
				exported = append(exported, strings.TrimSpace(line[strings.LastIndex(line, ",")+1:]))
			}
			require.Equal(t, want, strings.Join(exported, ","), q)
		}
	})

	t.Run("tomorrow says the same of today as today did, though it adds up other rows", func(t *testing.T) {
		partly := h.customer("Partly")
		h.pay(partly, h.threePieces(partly), "29.69")
		totals := into[invoice.Receivables](t, 200, h.call("GET", "/receivables", nil)).Currencies
		debtors := into[pageOf[invoice.CustomerReceivables]](t, 200, h.call("GET", "/receivables/customers", nil)).Items
		require.Len(t, debtors, 4)
		on("2026-11-26")
		require.Equal(t, totals, into[invoice.Receivables](t, 200, h.call("GET", "/receivables?asOf=2026-11-25", nil)).Currencies)
		require.Equal(t, debtors, into[pageOf[invoice.CustomerReceivables]](t, 200, h.call("GET", "/receivables/customers?asOf=2026-11-25", nil)).Items)
	})
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

// TestPrintedAsIssued: the PDF of an issued document never changes, whatever happens to the
// company, its logo, its language or the invoice.
func TestPrintedAsIssued(t *testing.T) {
	t.Parallel()
	h := start(t)
	picture := func(width int) []byte {
		var b bytes.Buffer
		require.NoError(t, png.Encode(&b, image.NewGray(image.Rect(0, 0, width, 40))))
		return b.Bytes()
	}
	h.seller.profile.Logo, h.seller.profile.LogoType, h.seller.profile.BankName = picture(80), "image/png", "First Bank"
	customer := h.customer("Globex")
	inv := h.threePieces(customer)
	pdf := func() []byte {
		a := h.call("GET", "/invoices/"+inv.ID.String()+"/pdf", nil)
		require.Equal(t, 200, a.Status)
		return a.Body
	}
	before := pdf()
	h.seller.profile.Logo, h.seller.profile.BankName, h.seller.profile.Website = picture(200), "Second Bank", "www.new.example"
	h.seller.profile.Name, h.seller.profile.Line1, h.seller.profile.Language = "Renamed", "Elsewhere 1", "de"
	h.pay(customer, inv, "20")
	h.now = h.now.Add(72 * time.Hour)
	require.True(t, bytes.Equal(before, pdf()), "the same bytes")
	other := h.threePieces(customer)
	require.NotEqual(t, before, h.call("GET", "/invoices/"+other.ID.String()+"/pdf", nil).Body)
	var pictures int
	require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT count(*) FROM letterhead_logo`).Scan(&pictures))
	require.Equal(t, 2, pictures, "each logo is kept once")
}

func TestFingerprint(t *testing.T) {
	t.Parallel()
	h := start(t)
	inv := h.threePieces(h.customer("Globex"))
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
	h.asOwner(`UPDATE ledger_event SET payload = replace(payload::text, 'Chair', 'Table')::json WHERE invoice_id = '` + inv.ID.String() + `'`)
	err := h.module.VerifyLedger(t.Context(), nil)
	require.ErrorContains(t, err, "fingerprint", "a document changed behind the program's back is told")
	require.ErrorContains(t, err, inv.Number)
}

func TestSearchWithoutAccents(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Müller & Søn Straße")
	h.draft(customer, "1")
	for _, q := range []string{"muller", "MÜLLER", "son", "strasse", "Straße", "mü"} {
		found := into[pageOf[invoice.Customer]](t, 200, h.call("GET", "/customers?q="+q, nil)).Items
		require.Len(t, found, 1, q)
		require.Len(t, into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?q="+q, nil)).Items, 1, q)
	}
	require.Empty(t, into[pageOf[invoice.Customer]](t, 200, h.call("GET", "/customers?q=miller", nil)).Items)
}

// asOwner does what nobody but a database administrator can.
func (h *house) asOwner(sql string) {
	h.t.Helper()
	var name string
	require.NoError(h.t, h.db.Pool().QueryRow(h.t.Context(), `SELECT current_database()`).Scan(&name))
	at, err := url.Parse(pgtest.Admin(h.t))
	require.NoError(h.t, err)
	at.Path = "/" + name
	owner, err := database.Open(h.t.Context(), database.Options{URL: at.String(), Schema: "invoice", MaxConns: 2})
	require.NoError(h.t, err)
	defer owner.Close()
	_, err = owner.Pool().Exec(h.t.Context(), `SET search_path = invoice; `+sql)
	require.NoError(h.t, err)
}
