package module_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/auth"
)

func TestDemo(t *testing.T) {
	t.Parallel()
	h, again := start(t), start(t)
	again.me = h.me
	ctx := auth.WithSystem(t.Context(), "demo")
	told := 0
	n, err := h.module.LoadDemo(ctx, 3000, 7, []employee.ID{h.me}, func(done int) { told = done })
	require.NoError(t, err)
	require.Equal(t, 3000, n)
	require.Equal(t, 3000, told)
	require.NoError(t, h.module.VerifyLedger(ctx, nil))
	_, err = again.module.LoadDemo(ctx, 3000, 7, []employee.ID{h.me}, nil)
	require.NoError(t, err)

	t.Run("the same seed makes the same company", func(t *testing.T) {
		first := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?limit=200&sort=-gross", nil))
		second := into[pageOf[invoice.Row]](t, 200, again.call("GET", "/invoices?limit=200&sort=-gross", nil))
		require.Equal(t, first.Items, second.Items)
	})

	t.Run("its recurring invoices wait until somebody resumes them", func(t *testing.T) {
		list := into[pageOf[invoice.RecurringRow]](t, 200, h.call("GET", "/recurring-invoices", nil)).Items
		require.Len(t, list, 3)
		for _, one := range list {
			require.Equal(t, invoice.RecurringPaused, one.Status)
		}
		resumed := into[invoice.Recurring](t, 200, h.call("POST", "/recurring-invoices/"+list[0].ID.String()+"/resume", nil))
		require.Equal(t, []any{"Ann Noor", "2026-12-01"}, []any{resumed.By, resumed.NextOn.String()})
	})

	t.Run("every kind of document is there and the next number follows", func(t *testing.T) {
		for _, status := range []string{"draft", "issued", "paid", "partly-paid", "overdue", "credited", "settled"} {
			p := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?limit=1&status="+status, nil))
			require.NotEmpty(t, p.Items, status)
		}
		d := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?limit=1&status=draft", nil)).Items[0]
		into[invoice.Invoice](t, 200, h.call("POST", "/invoices/"+d.ID.String()+"/issue", nil))
		require.NoError(t, h.module.VerifyLedger(ctx, nil))
		_, err := h.module.LoadDemo(ctx, 10, 7, nil, nil)
		require.ErrorContains(t, err, "already")
	})
}

func TestDemoInACompanyWithNumbersOfItsOwn(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		decided object
		first   string
	}{
		"its series begins later":               {object{"prefix": "INV", "yearly": true, "width": 5, "next": 500}, "INV-2026-00500"},
		"letters, digits and start are its own": {object{"prefix": "RE", "yearly": true, "width": 7, "next": 4001}, "RE-2026-0004001"},
		"one series over all years":             {object{"prefix": "R", "yearly": false, "width": 3, "next": 70}, "R-070"},
		"as usual, said again":                  {object{"prefix": "INV", "yearly": true, "width": 5}, "INV-2026-00001"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := start(t)
			ctx := auth.WithSystem(t.Context(), "demo")
			require.Equal(t, 200, h.renumber("invoice", c.decided).Status)
			require.Equal(t, c.first, h.numbering("invoice").Preview)
			n, err := h.module.LoadDemo(ctx, 400, 7, []employee.ID{h.me}, nil)
			require.NoError(t, err)
			require.Equal(t, 400, n)
			require.NoError(t, h.module.VerifyLedger(ctx, nil))
			require.Len(t, into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?limit=2&q="+c.first, nil)).Items, 1)

			next := h.numbering("invoice")
			require.True(t, next.Used)
			d := into[pageOf[invoice.Row]](t, 200, h.call("GET", "/invoices?limit=1&status=draft", nil)).Items[0]
			issued := into[invoice.Invoice](t, 200, h.call("POST", "/invoices/"+d.ID.String()+"/issue", nil))
			require.Equal(t, next.Preview, issued.Number, "goes on behind the sample")
			require.NoError(t, h.module.VerifyLedger(ctx, nil))
		})
	}
}

func TestDemoSaysWhatToDo(t *testing.T) {
	t.Parallel()
	t.Run("a company that charges no tax has no rate for the sample", func(t *testing.T) {
		t.Parallel()
		h := start(t)
		into[invoice.TaxRate](t, 201, h.call("POST", "/tax-rates", object{"name": "Small business", "category": "E", "reason": "Exempt", "default": true}))
		for _, rate := range into[struct{ Items []invoice.TaxRate }](t, 200, h.call("GET", "/tax-rates", nil)).Items {
			if rate.Category != invoice.Exempt {
				require.Equal(t, 200, h.call("PUT", "/tax-rates/"+rate.ID.String(), object{"name": rate.Name, "reason": rate.Reason, "archived": true}, "If-Match", fmt.Sprintf("%q", fmt.Sprint(rate.Version))).Status)
			}
		}
		_, err := h.module.LoadDemo(auth.WithSystem(t.Context(), "demo"), 10, 7, nil, nil)
		require.ErrorContains(t, err, "add one under Invoices")
	})
	t.Run("items of its own are no place for a sample", func(t *testing.T) {
		t.Parallel()
		h := start(t)
		rate := into[struct{ Items []invoice.TaxRate }](t, 200, h.call("GET", "/tax-rates", nil)).Items[0]
		require.Equal(t, 201, h.call("POST", "/items", object{"code": "IT-001", "name": "Mine", "unitPrice": "1.00", "taxRateId": rate.ID}).Status)
		_, err := h.module.LoadDemo(auth.WithSystem(t.Context(), "demo"), 10, 7, nil, nil)
		require.ErrorContains(t, err, "empty company only")
	})
}
