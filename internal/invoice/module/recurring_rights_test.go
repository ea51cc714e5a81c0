package module_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/admin"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
)

func TestItIsDoneWithTheRightsOfWhoeverSetItUp(t *testing.T) {
	t.Parallel()
	h := start(t)
	r := h.recur(h.customer("Globex"), object{"rhythm": object{"every": 1, "unit": "month", "firstOn": "2026-12-01"}})
	path := "/recurring-invoices/" + r.ID.String()
	h.on("2026-12-01")
	h.role = rbac.Manager // who may not issue
	h.look()
	h.role = rbac.Accountant
	is := h.recurring(r)
	require.Equal(t, "no-right", is.Obstacle.Code)
	require.Contains(t, is.Obstacle.Message, "Ann Noor, who may not do it any more")
	require.Empty(t, h.madeBy(r))

	was := h.me
	h.me = id.New[employee.Employee]()
	resumed := into[invoice.Recurring](t, 200, h.call("POST", path+"/resume", nil))
	require.Equal(t, h.me, resumed.OwnerID, "it is in the name of whoever resumed it")
	h.look()
	made := h.madeBy(r)
	require.Len(t, made, 1, "the date was not lost")
	require.Equal(t, h.me, h.get(invoice.Invoice{ID: made[0].InvoiceID}).OwnerID)
	require.NotEqual(t, was, h.me)
}

// rightsTo lets the caller have these permissions at this scope.
func (h *house) rightsTo(scope rbac.Scope, permissions ...string) {
	scopes := map[string]rbac.Scope{"customer:read": rbac.All, "item:read": rbac.All}
	for _, p := range permissions {
		scopes[p] = scope
	}
	h.rights = rbac.NewRights(scopes)
}

func TestRecurringIsForThoseWhoMay(t *testing.T) {
	t.Parallel()
	h := start(t)
	buyer := h.customer("Globex")
	r := h.recur(buyer, nil)
	path := "/recurring-invoices/" + r.ID.String()
	for _, role := range []rbac.Role{rbac.Employee, rbac.HRManager} {
		for _, one := range [][2]string{{"GET", ""}, {"PUT", ""}, {"POST", "/pause"}, {"POST", "/resume"}, {"POST", "/end"}, {"GET", "/invoices"}} {
			require.Equal(t, 403, h.call(one[0], path+one[1], nil, "X-Role", string(role)).Status, "%s %s", one, role)
		}
	}
	require.Equal(t, 404, h.call("GET", path, nil, "X-Role", string(rbac.Manager)).Status, "of nobody in the team")
	require.Empty(t, into[pageOf[invoice.RecurringRow]](t, 200, h.call("GET", "/recurring-invoices", nil, "X-Role", string(rbac.Manager))).Items)

	in := h.monthly(buyer, nil)
	h.rightsTo(rbac.All, "invoice:read", "invoice:write")
	require.Equal(t, 403, h.call("POST", "/recurring-invoices", in).Status, "who may not issue lets nothing be issued")
	require.Equal(t, 403, h.call("PUT", path, in, "If-Match", r.ETag()).Status)
	in["deed"] = "draft"
	into[invoice.Recurring](t, 201, h.call("POST", "/recurring-invoices", in))
	h.rightsTo(rbac.Own, "invoice:read", "invoice:write", "invoice:issue")
	h.me = id.New[employee.Employee]()
	for _, one := range [][2]string{{"GET", ""}, {"POST", "/pause"}, {"POST", "/resume"}, {"POST", "/end"}, {"GET", "/invoices"}} {
		require.Equal(t, 404, h.call(one[0], path+one[1], nil).Status, "somebody else's: %s", one)
	}
	require.Equal(t, 404, h.call("PUT", path, in, "If-Match", r.ETag()).Status)
	mine := into[invoice.Recurring](t, 201, h.call("POST", "/recurring-invoices", in))
	require.Len(t, into[pageOf[invoice.RecurringRow]](t, 200, h.call("GET", "/recurring-invoices", nil)).Items, 1)
	into[invoice.Recurring](t, 200, h.call("POST", "/recurring-invoices/"+mine.ID.String()+"/end", nil))
}

func TestWhatRecursInTheNameOfALeaverIsTakenOver(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.wire()
	buyer := h.customer("Globex")
	first := object{"every": 1, "unit": "month", "firstOn": "2026-12-10"}
	r, paused := h.recur(buyer, object{"rhythm": first}), h.recur(buyer, object{"rhythm": first})
	into[invoice.Recurring](t, 200, h.call("POST", "/recurring-invoices/"+paused.ID.String()+"/pause", nil))
	leaver := h.me
	require.NoError(t, h.db.Tx(auth.WithSystem(t.Context(), "test"), func(_ context.Context, tx *database.Tx) error {
		return events.Publish(tx, leaver.String(), employee.Left{EmployeeID: leaver, DisplayName: "Ann Noor"})
	}))
	require.Eventually(t, func() bool { return h.recurring(r).Obstacle != nil }, 10*time.Second, 20*time.Millisecond, "before its date comes")
	is := h.recurring(r)
	require.Equal(t, []any{"no-right", "2026-12-10", invoice.RecurringActive}, []any{is.Obstacle.Code, is.Obstacle.On.String(), is.Status})
	require.Len(t, toldOf[admin.Notice](h, "admin.notice.v1"), 2)
	require.Nil(t, h.recurring(paused).Obstacle, "nothing is done in their name")

	h.role = rbac.Employee // their account is closed
	h.on("2026-12-10")
	h.look()
	h.role = rbac.Accountant
	require.Len(t, toldOf[admin.Notice](h, "admin.notice.v1"), 2, "once is enough")
	h.me = id.New[employee.Employee]()
	into[invoice.Recurring](t, 200, h.call("POST", "/recurring-invoices/"+r.ID.String()+"/resume", nil))
	h.look()
	require.Len(t, h.madeBy(r), 1)
}
