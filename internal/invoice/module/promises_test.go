package module_test

import (
	"context"
	"fmt"
	"log/slog"
	"sort"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/jobs"
)

// atOnce runs f n times at once and gives the answers.
func atOnce(t *testing.T, n int, f func(i int) (answer, error)) []answer {
	t.Helper()
	answers := make([]answer, n)
	errs := make([]error, n)
	var wg sync.WaitGroup
	for i := range n {
		wg.Go(func() { answers[i], errs[i] = f(i) })
	}
	wg.Wait()
	for _, err := range errs {
		require.NoError(t, err)
	}
	return answers
}

func count(answers []answer, status int) int {
	n := 0
	for _, a := range answers {
		if a.Status == status {
			n++
		}
	}
	return n
}

func TestNumbersHaveNoGap(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")
	const writers, each = 16, 6
	var drafts [writers][each]invoice.Invoice
	for w := range writers {
		for i := range each {
			drafts[w][i] = h.draft(customer, fmt.Sprint(w+1))
		}
	}
	bad := into[invoice.Invoice](t, 201, h.call("POST", "/invoices", object{"customerId": customer, "lines": []object{}}))
	var mu sync.Mutex
	var numbers []string
	atOnce(t, writers, func(w int) (answer, error) {
		for i, d := range drafts[w] {
			if i%2 == 1 { // a refusal between issues must not cost a number
				if a, err := h.send("POST", "/invoices/"+bad.ID.String()+"/issue", nil); err != nil || a.Status != 422 {
					return a, fmt.Errorf("bad draft: %d %s %w", a.Status, a.Body, err)
				}
			}
			a, err := h.send("POST", "/invoices/"+d.ID.String()+"/issue", nil)
			if err != nil || a.Status != 200 {
				return a, fmt.Errorf("issue: %d %s %w", a.Status, a.Body, err)
			}
			mu.Lock()
			numbers = append(numbers, into[invoice.Invoice](t, 200, a).Number)
			mu.Unlock()
		}
		return answer{}, nil
	})
	sort.Strings(numbers)
	require.Len(t, numbers, writers*each)
	for i, n := range numbers {
		require.Equal(t, fmt.Sprintf("INV-2026-%05d", i+1), n)
	}
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

func TestAtOnce(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")

	t.Run("of two full payments exactly one wins", func(t *testing.T) {
		inv := h.issue(h.draft(customer, "100"))
		pay := object{"customerId": customer, "amount": "119.00", "allocations": []object{{"invoiceId": inv.ID, "amount": "119.00"}}}
		answers := atOnce(t, 8, func(int) (answer, error) { return h.send("POST", "/payments", pay) })
		require.Equal(t, 1, count(answers, 201))
		require.Equal(t, 7, count(answers, 409))
		require.Equal(t, "119.00", h.get(inv).Paid.String())
	})

	t.Run("a double click on issue has one effect and one answer", func(t *testing.T) {
		d := h.draft(customer, "100")
		answers := atOnce(t, 6, func(int) (answer, error) {
			return h.send("POST", "/invoices/"+d.ID.String()+"/issue", nil, "Idempotency-Key", "click-1")
		})
		require.Equal(t, 6, count(answers, 200))
		for _, a := range answers {
			require.JSONEq(t, string(answers[0].Body), string(a.Body))
		}
		require.Equal(t, 2, h.get(d).Version)
		other := h.draft(customer, "100")
		require.Equal(t, 422, h.call("POST", "/invoices/"+other.ID.String()+"/issue", nil, "Idempotency-Key", "click-1").Status)
	})

	t.Run("without a key the second click is a conflict", func(t *testing.T) {
		d := h.draft(customer, "100")
		answers := atOnce(t, 4, func(int) (answer, error) { return h.send("POST", "/invoices/"+d.ID.String()+"/issue", nil) })
		require.Equal(t, 1, count(answers, 200))
		require.Equal(t, 3, count(answers, 409))
	})

	t.Run("payments over the same invoices in any order and a credit note between them", func(t *testing.T) {
		a, b := h.issue(h.draft(customer, "100")), h.issue(h.draft(customer, "100"))
		answers := atOnce(t, 12, func(i int) (answer, error) {
			first, second := a, b
			if i%2 == 1 {
				first, second = b, a
			}
			if i == 7 {
				return h.send("POST", "/invoices/"+a.ID.String()+"/credit-notes", nil)
			}
			return h.send("POST", "/payments", object{"customerId": customer, "amount": "20", "allocations": []object{
				{"invoiceId": first.ID, "amount": "10"}, {"invoiceId": second.ID, "amount": "10"},
			}})
		})
		for _, x := range answers {
			require.Contains(t, []int{201, 409}, x.Status, "%s", x.Body)
		}
	})
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

// Whatever a defect in the program tried, the database refuses it.
func TestDatabaseKeepsThePromises(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")
	inv := h.issue(h.draft(customer, "100"))
	draft := h.draft(customer, "50")
	payment := into[invoice.Payment](t, 201, h.call("POST", "/payments", object{"customerId": customer, "amount": "10", "allocations": []object{{"invoiceId": inv.ID, "amount": "10"}}}))
	note := into[invoice.Invoice](t, 201, h.call("POST", "/invoices/"+h.issue(h.draft(customer, "1")).ID.String()+"/credit-notes", nil))
	for what, sql := range map[string]string{
		"change a total":             `UPDATE invoice SET net = 1, tax = 0, gross = 1, payable = 1, lines_total = 1 WHERE id = '` + inv.ID.String() + `'`,
		"renumber":                   `UPDATE invoice SET sequence = 9, number = 'INV-2026-00009' WHERE id = '` + inv.ID.String() + `'`,
		"change the customer":        `UPDATE invoice SET customer_name = 'x' WHERE id = '` + inv.ID.String() + `'`,
		"back to draft":              `UPDATE invoice SET number = NULL, series = NULL, sequence = NULL, issued_on = NULL, status = 'draft' WHERE id = '` + inv.ID.String() + `'`,
		"delete":                     `DELETE FROM invoice WHERE id = '` + inv.ID.String() + `'`,
		"delete a credit note":       `DELETE FROM invoice WHERE id = '` + note.ID.String() + `'`,
		"delete its lines":           `DELETE FROM invoice_line WHERE invoice_id = '` + inv.ID.String() + `'`,
		"change its lines":           `UPDATE invoice_line SET net = 0 WHERE invoice_id = '` + inv.ID.String() + `'`,
		"add a line":                 `INSERT INTO invoice_line VALUES ('` + inv.ID.String() + `', 9, NULL, 'x', 1, '', 0, 'S', 19, 0)`,
		"add a tax":                  `INSERT INTO invoice_tax VALUES ('` + inv.ID.String() + `', 9, 'S', 19, 0, 0)`,
		"pay too much":               `UPDATE invoice SET paid = 1000 WHERE id = '` + inv.ID.String() + `'`,
		"pay without an allocation":  `UPDATE invoice SET paid = 20 WHERE id = '` + inv.ID.String() + `'`,
		"allocate without paying":    `INSERT INTO allocation VALUES ('` + payment.ID.String() + `', '` + draft.ID.String() + `', 1, '2026-11-25')`,
		"allocate more":              `UPDATE allocation SET amount = 11`,
		"take an allocation":         `DELETE FROM allocation`,
		"change a payment":           `UPDATE payment SET amount = 1000`,
		"delete a payment":           `DELETE FROM payment`,
		"rewrite the ledger":         `UPDATE ledger_event SET payload = '{}'`,
		"cut the ledger":             `DELETE FROM ledger_event`,
		"truncate the ledger":        `TRUNCATE ledger_event`,
		"repeat a version":           `INSERT INTO ledger_event SELECT invoice_id, version, kind, at, actor, payload FROM ledger_event LIMIT 1`,
		"a negative allocation fact": `INSERT INTO ledger_event VALUES ('` + inv.ID.String() + `', 99, 'payment-allocated', now(), 'x', '{"amount":"-5"}')`,
		"turn the series back":       `UPDATE number_series SET last_number = last_number - 1`,
		"forget the series":          `DELETE FROM number_series`,
		"a number that adds nothing": `UPDATE invoice SET series = 'INV-2026', sequence = 99, number = 'INV-2026-00099', issued_on = '2026-11-25', status = 'issued', lines_total = 1, net = 1, gross = net + tax WHERE id = '` + draft.ID.String() + `'`,
		"change a tax rate":          `UPDATE tax_rate SET percent = 1 WHERE category = 'S'`,
		"a gross that does not add":  `UPDATE invoice SET gross = gross + 1 WHERE id = '` + draft.ID.String() + `'`,
	} {
		_, err := h.db.Pool().Exec(t.Context(), sql)
		require.Error(t, err, what)
	}
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
	_, err := h.db.Pool().Exec(t.Context(), `UPDATE receivable SET open = open + 1 WHERE open > 0`)
	require.NoError(t, err)
	require.ErrorContains(t, h.module.VerifyLedger(t.Context(), nil), "receivables")
}

func TestLeaver(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")
	draft, issued := h.draft(customer, "1"), h.issue(h.draft(customer, "2"))

	bus := events.NewBus()
	queue, err := jobs.New(h.db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	h.module.Subscribe(bus)
	bus.Connect(h.db, queue)
	require.NoError(t, queue.Start(t.Context()))
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		defer cancel()
		_ = queue.Stop(ctx)
	})
	require.NoError(t, h.db.Tx(auth.WithSystem(t.Context(), "test"), func(_ context.Context, tx *database.Tx) error {
		return events.Publish(tx, h.me.String(), employee.Left{EmployeeID: h.me, DisplayName: "Ann Noor"})
	}))
	require.Eventually(t, func() bool { return h.get(draft).OwnerID.IsZero() }, 20*time.Second, 50*time.Millisecond)
	require.Equal(t, h.me, h.get(issued).OwnerID)
	history := into[pageOf[invoice.HistoryEntry]](t, 200, h.call("GET", "/invoices/"+draft.ID.String()+"/history", nil))
	require.Equal(t, "Ann Noor has left", history.Items[1].Detail)
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}
