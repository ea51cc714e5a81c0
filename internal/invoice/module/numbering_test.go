package module_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
)

type numbers struct {
	Kind, Prefix, Series, Preview string
	Yearly, Used                  bool
	Width, Next, Version          int
}

func (h *house) numbering(kind string) numbers {
	h.t.Helper()
	for _, n := range into[struct{ Items []numbers }](h.t, 200, h.call("GET", "/numbering", nil)).Items {
		if n.Kind == kind {
			return n
		}
	}
	h.t.Fatalf("no numbering of %s", kind)
	return numbers{}
}

func (h *house) renumber(kind string, body object) answer {
	h.t.Helper()
	return h.call("PUT", "/numbering/"+kind, body, "If-Match", fmt.Sprintf("%q", fmt.Sprint(h.numbering(kind).Version)))
}

func TestNumbering(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")
	usual := h.numbering("invoice")
	require.Equal(t, numbers{Kind: "invoice", Prefix: "INV", Series: "INV-2026", Preview: "INV-2026-00001", Yearly: true, Width: 5, Next: 1, Version: 1}, usual)

	t.Run("a company that comes from elsewhere goes on with its numbers", func(t *testing.T) {
		changed := into[numbers](t, 200, h.renumber("invoice", object{"prefix": "re", "yearly": true, "width": 4, "next": 43}))
		require.Equal(t, "RE-2026-0043", changed.Preview)
		require.Equal(t, 409, h.renumber("invoice", object{"prefix": "RE", "yearly": true, "width": 4, "next": 42}).Status, "never back")
		require.Equal(t, "RE-2026-0044", into[numbers](t, 200, h.renumber("invoice", object{"prefix": "RE", "yearly": true, "width": 4, "next": 44})).Preview)
		require.Equal(t, "RE-2026-0044", h.issue(h.draft(customer, "1")).Number)
		require.Equal(t, "RE-2026-0045", h.numbering("invoice").Preview)
		require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
	})
	t.Run("a series in use gets no gap", func(t *testing.T) {
		for _, next := range []int{1, 44, 46, 1000} {
			a := h.renumber("invoice", object{"prefix": "RE", "yearly": true, "width": 4, "next": next})
			require.Equal(t, 409, a.Status, "%d: %s", next, a.Body)
		}
		_, err := h.db.Pool().Exec(t.Context(), `UPDATE number_series SET first_number = 1 WHERE series = 'RE-2026'`)
		require.Error(t, err, "the table refuses it too")
		_, err = h.db.Pool().Exec(t.Context(), `UPDATE number_series SET first_number = 50, last_number = 49 WHERE series = 'RE-2026'`)
		require.Error(t, err)
		require.Equal(t, "RE-2026-045", into[numbers](t, 200, h.renumber("invoice", object{"prefix": "RE", "yearly": true, "width": 3})).Preview, "digits change, the sequence does not")
		require.Equal(t, "RE-2026-045", h.issue(h.draft(customer, "1")).Number)
	})
	t.Run("a series over all years", func(t *testing.T) {
		require.Equal(t, "RE-00001", into[numbers](t, 200, h.renumber("invoice", object{"prefix": "RE", "yearly": false, "width": 5})).Preview)
		inv := h.issue(h.draft(customer, "1"))
		require.Equal(t, "RE-00001", inv.Number)
		found := into[struct{ Items []invoice.Row }](t, 200, h.call("GET", "/invoices?q=re-00001", nil)).Items
		require.Len(t, found, 1)
		h.now = h.now.AddDate(1, 0, 0)
		require.Equal(t, "RE-00002", h.issue(h.draft(customer, "1")).Number, "another year, the same series")
		require.Len(t, into[struct{ Items []invoice.Row }](t, 200, h.call("GET", "/invoices?q=RE-2026", nil)).Items, 2, "a part of a number finds all of that year")
		h.now = h.now.AddDate(-1, 0, 0)
	})
	t.Run("a prefix that was left is taken up where it stood", func(t *testing.T) {
		require.Equal(t, "RE-2026-00046", into[numbers](t, 200, h.renumber("invoice", object{"prefix": "RE", "yearly": true, "width": 5})).Preview)
		require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
	})
	t.Run("no two kinds share a prefix, now or ever", func(t *testing.T) {
		require.Equal(t, 409, h.renumber("credit-note", object{"prefix": "RE", "yearly": true, "width": 5}).Status)
		require.Equal(t, 200, h.renumber("invoice", object{"prefix": "INV", "yearly": true, "width": 5}).Status)
		a := h.renumber("credit-note", object{"prefix": "RE", "yearly": false, "width": 5})
		require.Equal(t, 409, a.Status, "invoices had it")
		require.Contains(t, string(a.Body), "body.prefix")
	})
	t.Run("what is wrong is refused, and who may not", func(t *testing.T) {
		for field, body := range map[string]object{
			"body.prefix": {"prefix": "R1", "yearly": true, "width": 5}, "body.width": {"prefix": "RE", "yearly": true, "width": 2}, "body.next": {"prefix": "RE", "yearly": true, "width": 5, "next": -1},
		} {
			a := h.renumber("invoice", body)
			require.Equal(t, 422, a.Status, a.Body)
			require.Contains(t, string(a.Body), field)
		}
		good := object{"prefix": "RE", "yearly": true, "width": 5}
		require.Equal(t, 412, h.call("PUT", "/numbering/invoice", good, "If-Match", `"1"`).Status)
		require.Equal(t, 422, h.call("PUT", "/numbering/payment", good, "If-Match", `"1"`).Status)
		require.Equal(t, 403, h.call("GET", "/numbering", nil, "X-Role", "manager").Status)
		require.Equal(t, 403, h.call("PUT", "/numbering/invoice", good, "If-Match", `"1"`, "X-Role", "manager").Status)
	})
}

// While somebody changes the numbers, documents are issued: each number comes once, and no series has a gap.
func TestNumberingChangesWhileIssuing(t *testing.T) {
	t.Parallel()
	h := start(t)
	customer := h.customer("Globex")
	const writers, each = 8, 6
	var drafts [writers][each]invoice.Invoice
	for w := range writers {
		for i := range each {
			drafts[w][i] = h.draft(customer, "1")
		}
	}
	atOnce(t, writers+1, func(w int) (answer, error) {
		for i := range each {
			if w == writers {
				yearly := fmt.Sprint(i%2 == 0)
				h.db.Pool().QueryRow(t.Context(), `UPDATE number_pattern SET prefix = $1, yearly = $2::boolean, width = $3 WHERE kind = 'invoice' RETURNING 1`, []string{"INV", "RE", "A"}[i%3], yearly, 3+i).Scan(new(int)) //nolint:errcheck // because what is issued tells
				continue
			}
			if a, err := h.send("POST", "/invoices/"+drafts[w][i].ID.String()+"/issue", nil); err != nil || a.Status != 200 {
				return a, fmt.Errorf("issue: %d %s %w", a.Status, a.Body, err)
			}
		}
		return answer{}, nil
	})
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}
