package module_test

import (
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
