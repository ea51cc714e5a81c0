package module_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/rbac"
)

const vacation, sick = "01890a5d-0000-7000-8000-000000000101", "01890a5d-0000-7000-8000-000000000102"

// ask asks for leave and wants that answer.
func ask(t *testing.T, who *httpapitest.Client, status int, body fields) employee.LeaveRequest {
	t.Helper()
	if body["typeId"] == nil {
		body["typeId"] = vacation
	}
	answer := who.Do("POST", "/leave/requests", body)
	require.Equal(t, status, answer.Status, answer)
	var r employee.LeaveRequest
	if status == 201 {
		answer.Into(t, &r)
	}
	return r
}

func decide(t *testing.T, who *httpapitest.Client, r employee.LeaveRequest, approve bool, status int) {
	t.Helper()
	answer := who.Do("POST", "/leave/requests/"+r.ID.String()+"/decision", fields{"approve": approve})
	require.Equal(t, status, answer.Status, answer)
}

func (c *company) balance(who employee.ID, year string) employee.LeaveBalance {
	c.t.Helper()
	for _, b := range read[struct{ Items []employee.LeaveBalance }](c.t, c.hr, "/employees/"+who.String()+"/leave?year="+year).Items {
		if b.TypeID.String() == vacation {
			return b
		}
	}
	c.t.Fatal("no vacation")
	return employee.LeaveBalance{}
}

func waiting(t *testing.T, who *httpapitest.Client) []employee.LeaveRequest {
	t.Helper()
	return read[struct{ Items []employee.LeaveRequest }](t, who, "/leave/requests?waiting=true").Items
}

func TestLeaveIsAskedForAndApproved(t *testing.T) {
	t.Parallel()
	c := open(t)
	boss, other := c.hire("Bea", "Boss"), c.hire("Otto", "Other")
	ada := c.hire("Ada", "Byron", fields{"managerId": boss.ID})
	me, manager, stranger := c.as(rbac.Employee, ada.ID), c.as(rbac.Manager, boss.ID), c.as(rbac.Manager, other.ID)

	r := ask(t, me, 201, fields{"first": "2026-12-21", "last": "2026-12-24", "note": "Home"})
	require.InDelta(t, 4, r.Days, 0)
	require.InDelta(t, 24, c.balance(ada.ID, "2026").Days, 0, "taken off at once")
	require.Len(t, waiting(t, manager), 1)
	require.True(t, waiting(t, manager)[0].MayDecide)
	require.Empty(t, waiting(t, me))
	require.Empty(t, waiting(t, stranger))
	require.Equal(t, 404, stranger.Do("GET", "/leave/requests/"+r.ID.String(), nil).Status)
	decide(t, stranger, r, true, 404)
	decide(t, me, r, true, 403)
	decide(t, manager, r, true, 200)
	decide(t, manager, r, false, 409)
	require.Empty(t, waiting(t, manager))
	require.Equal(t, 1, c.count(`SELECT count(*) FROM event_log WHERE name = 'employee.leave-requested.v1' AND payload ->> 'managerId' = $1`, boss.ID.String()))
	require.Equal(t, 1, c.count(`SELECT count(*) FROM audit_entry WHERE action = 'leave.approve'`))

	ask(t, me, 409, fields{"first": "2026-12-24", "last": "2026-12-28"})
	declined := ask(t, me, 201, fields{"first": "2026-12-28", "halfFirst": true})
	require.InDelta(t, 0.5, declined.Days, 0)
	decide(t, manager, declined, false, 200)
	require.Equal(t, 200, me.Do("DELETE", "/leave/requests/"+r.ID.String(), nil).Status, "not begun yet")
	b := c.balance(ada.ID, "2026")
	require.InDelta(t, 28, b.Days, 0)
	var kinds []string
	for _, l := range b.Lines {
		kinds = append(kinds, l.Kind)
	}
	require.Equal(t, []string{"allowance", "taken", "taken", "given-back", "given-back"}, kinds, "every step explains itself")

	own := ask(t, manager, 201, fields{"first": "2026-12-21"})
	decide(t, manager, own, true, 409)
	require.Equal(t, 404, stranger.Do("DELETE", "/leave/requests/"+own.ID.String(), nil).Status)
	ask(t, me, 404, fields{"first": "2026-12-21", "employeeId": boss.ID})
}

func TestLeaveThatIsRefused(t *testing.T) {
	t.Parallel()
	c := open(t)
	ada := c.hire("Ada", "Byron")
	me := c.as(rbac.Employee, ada.ID)
	for name, body := range map[string]fields{
		"no day":                    {},
		"the last before the first": {"first": "2026-12-02", "last": "2026-12-01"},
		"over New Year":             {"first": "2026-12-30", "last": "2027-01-04"},
		"before the employment":     {"first": "2019-12-30"},
		"years ahead":               {"first": "2036-12-30"},
		"an unknown kind":           {"first": "2026-12-01", "typeId": "01890a5d-0000-7000-8000-00000000ffff"},
		"two halves of one day":     {"first": "2026-12-01", "halfFirst": true, "halfLast": true},
		"a NUL in the note":         {"first": "2026-12-01", "note": "a\x00"},
	} {
		require.NotNil(t, body, name)
		ask(t, me, 422, body)
	}
	ask(t, me, 409, fields{"first": "2026-11-28", "last": "2026-11-29"})
	ask(t, me, 409, fields{"first": "2026-01-01", "last": "2026-03-01"})
	ask(t, me, 201, fields{"first": "2026-01-01", "last": "2026-03-01", "typeId": sick})
	require.Equal(t, 200, c.hr.Do("PUT", "/leave/holidays/2026-12-25", fields{"name": "Christmas"}).Status)
	ask(t, me, 409, fields{"first": "2026-12-25"})
	require.Equal(t, 403, me.Do("PUT", "/leave/holidays/2026-12-25", fields{"name": "Mine"}).Status)
	nobody := c.as(rbac.Employee, employee.ID{})
	ask(t, nobody, 404, fields{"first": "2026-12-01"})
}

func TestSixteenRequestsSpendNothingTwice(t *testing.T) {
	t.Parallel()
	c := open(t)
	ada := c.hire("Ada", "Byron")
	me := c.as(rbac.Employee, ada.ID)
	var wait sync.WaitGroup
	status := make([]int, 16)
	for i := range status { // four days each, on days of their own; 28 days are enough for seven
		first := date.MustParse("2026-02-02").AddDays(7 * i)
		wait.Go(func() {
			status[i] = me.Do("POST", "/leave/requests", fields{"typeId": vacation, "first": first, "last": first.AddDays(3)}).Status
		})
	}
	wait.Wait()
	granted := 0
	for _, s := range status {
		require.Contains(t, []int{201, 409}, s)
		if s == 201 {
			granted++
		}
	}
	require.Equal(t, 7, granted)
	require.InDelta(t, 0, c.balance(ada.ID, "2026").Days, 0)
}

func TestLeaveGoesOnToTheNextYear(t *testing.T) {
	t.Parallel()
	c := open(t)
	ada := c.hire("Ada", "Byron", fields{"hiredOn": "2026-07-15"})
	require.NoError(t, c.module.AccrueLeave(t.Context()))
	require.InDelta(t, 14, c.balance(ada.ID, "2026").Days, 0, "six of twelve months")
	c.wait(60)
	next := c.balance(ada.ID, "2027")
	require.InDelta(t, 28+5, next.Days, 0)
	old := c.balance(ada.ID, "2026")
	require.InDelta(t, 0, old.Days, 0)
	require.Len(t, old.Lines, 3, "came, moved on, forfeited")
	require.Len(t, c.balance(ada.ID, "2027").Lines, 2, "looking again books nothing again")
	for statement, code := range map[string]string{`UPDATE leave_line SET halves = 0`: "42501", `DELETE FROM leave_line`: "42501"} {
		_, err := c.db.Pool().Exec(t.Context(), statement)
		require.ErrorContains(t, err, code)
	}
}

func TestLeaveOfALeaverIsClosed(t *testing.T) {
	t.Parallel()
	c := open(t)
	boss := c.hire("Bea", "Boss")
	ada := c.hire("Ada", "Byron", fields{"managerId": boss.ID})
	me := c.as(rbac.Employee, ada.ID)
	past := ask(t, me, 201, fields{"first": "2026-11-02"})
	decide(t, c.as(rbac.Manager, boss.ID), past, true, 200)
	ask(t, me, 201, fields{"first": "2026-12-01"})
	require.Less(t, c.leave(ada.ID, fields{"leftOn": today}).Status, 300)
	states := map[string]string{}
	for _, r := range read[struct{ Items []employee.LeaveRequest }](t, c.hr, "/leave/requests?employeeId="+ada.ID.String()).Items {
		states[r.First.String()] = r.State
	}
	require.Equal(t, map[string]string{"2026-11-02": "approved", "2026-12-01": "cancelled"}, states)
}

func TestLeaveTypes(t *testing.T) {
	t.Parallel()
	c := open(t)
	require.Equal(t, 201, c.hr.Do("POST", "/leave/types", fields{"name": "Study", "days": 5, "monthly": true}).Status)
	require.Equal(t, 409, c.hr.Do("POST", "/leave/types", fields{"name": "study"}).Status)
	require.Equal(t, 422, c.hr.Do("POST", "/leave/types", fields{"name": "Odd", "days": 1.25}).Status)
	require.Equal(t, 422, c.hr.Do("POST", "/leave/types", fields{"name": "Both", "days": 3, "unlimited": true}).Status)
	require.Equal(t, 200, c.hr.Do("PUT", "/leave/types/"+vacation, fields{"name": "Vacation", "days": 30}, "If-Match", `"1"`).Status)
	require.Equal(t, 412, c.hr.Do("PUT", "/leave/types/"+vacation, fields{"name": "Vacation", "days": 31}, "If-Match", `"1"`).Status)
	require.Equal(t, 403, c.as(rbac.Manager, employee.ID{}).Do("POST", "/leave/types", fields{"name": "Mine"}).Status)
}
