package module_test

import (
	"encoding/json"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
	"erp/internal/platform/admin"
	"erp/internal/platform/pgtest"
)

// toldOf are the payloads of the events of that name.
func toldOf[E any](h *house, name string) []E {
	h.t.Helper()
	rows, err := h.db.Pool().Query(h.t.Context(), `SELECT payload FROM event_log WHERE name = $1 ORDER BY seq`, name)
	require.NoError(h.t, err)
	defer rows.Close()
	var out []E
	for rows.Next() {
		var raw []byte
		require.NoError(h.t, rows.Scan(&raw))
		var e E
		require.NoError(h.t, json.Unmarshal(raw, &e))
		out = append(out, e)
	}
	return out
}

func TestOverdueIsToldOnce(t *testing.T) {
	t.Parallel()
	h := startOn(t, pgtest.New(t, "invoice"))
	tell := func() []admin.Notice {
		require.NoError(t, h.module.TellOfOverdue(t.Context()))
		return toldOf[admin.Notice](h, "admin.notice.v1")
	}
	customer := h.customer("Müller & Söhne")
	first := h.issue(h.draft(customer, "100"))
	require.Empty(t, tell(), "nothing is due yet")

	h.now = h.now.AddDate(0, 0, 14)
	require.Empty(t, tell(), "the last day is not over")
	h.now = h.now.AddDate(0, 0, 1)
	got := tell()
	require.Len(t, got, 2, "who may record payments, and who made it")
	require.Equal(t, "payment:record", got[0].Permission)
	require.Equal(t, map[string]string{"count": "1", "number": first.Number, "customer": "Müller & Söhne", "on": "2026-12-09", "amount": "119.00 EUR"}, got[0].Facts)
	require.True(t, got[0].Employee.IsZero())
	require.Equal(t, h.me, got[1].Employee)
	require.Equal(t, "/invoices/"+first.ID.String(), got[1].Href)
	overdue := toldOf[invoice.FellOverdue](h, "invoice.fell-overdue.v1")
	require.Len(t, overdue, 1)
	require.Equal(t, first.ID, overdue[0].InvoiceID)
	require.Len(t, tell(), 2, "once is enough")

	h.issue(h.draft(customer, "10"))
	h.issue(h.draft(customer, "20"))
	h.now = h.now.AddDate(0, 0, 15)
	got = tell()
	require.Len(t, got, 4)
	require.Equal(t, "2", got[2].Facts["count"], "what is found together is one notice")
	require.Equal(t, "/invoices?status=overdue", got[2].Href)

	h.issue(h.draft(customer, "30"))
	h.now = h.now.AddDate(0, 0, 30)
	require.Len(t, tell(), 4, "what was due long ago is no news")
}
