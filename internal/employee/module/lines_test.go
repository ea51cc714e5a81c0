package module_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
)

func TestTransfer(t *testing.T) {
	t.Parallel()
	c := open(t)
	sales, legal := c.department("Sales"), c.department("Legal")
	top := c.hire("Top", "One", fields{"departmentId": sales})
	middle := c.hire("Middle", "One", fields{"departmentId": sales, "managerId": top.ID})
	low := c.hire("Low", "One", fields{"departmentId": sales, "managerId": middle.ID})

	t.Run("a circle is refused, directly or over others", func(t *testing.T) {
		for _, manager := range []employee.ID{low.ID, middle.ID, top.ID} {
			answer := c.transfer(top.ID, fields{"from": "2026-06-01", "managerId": manager})
			require.Equal(t, 409, answer.Status, answer)
			require.Contains(t, answer.Problems(), "body.managerId")
		}
		require.True(t, c.get(top.ID).ManagerID.IsZero())
	})
	t.Run("a circle that only plans would close is refused too", func(t *testing.T) {
		require.Equal(t, 200, c.transfer(middle.ID, fields{"from": "2027-01-01", "departmentId": sales}).Status)
		require.Equal(t, 200, c.transfer(top.ID, fields{"from": "2027-02-01", "departmentId": sales, "managerId": middle.ID}).Status)
		answer := c.transfer(middle.ID, fields{"from": "2027-03-01", "departmentId": sales, "managerId": top.ID})
		require.Equal(t, 409, answer.Status, answer)
	})
	t.Run("a planned change waits for its day, then the team follows", func(t *testing.T) {
		require.Equal(t, 200, c.transfer(low.ID, fields{"from": "2026-12-01", "departmentId": legal, "managerId": top.ID}).Status)
		require.Equal(t, "Sales", c.get(low.ID).Department)
		require.Contains(t, c.team(middle.ID), low.ID)
		require.Equal(t, "Legal", read[profile](t, c.hr, "/employees/"+low.ID.String()+"?asOf=2026-12-01").Department)
		changed := c.count("SELECT count(*) FROM event_log WHERE name = 'employee.changed.v1' AND about = $1", low.ID.String())
		c.wait(10)
		require.NotContains(t, c.team(middle.ID), low.ID)
		require.Equal(t, "Legal", c.get(low.ID).Department)
		require.Equal(t, changed+1, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.changed.v1' AND about = $1", low.ID.String()))
		c.wait(60)
		require.ElementsMatch(t, []employee.ID{top.ID, low.ID, middle.ID}, c.team(middle.ID), "middle leads top by now")
	})
	t.Run("history tells what changed, latest first", func(t *testing.T) {
		history := read[pageOf[fields]](t, c.hr, "/employees/"+low.ID.String()+"/history").Items
		require.Equal(t, "2026-12-01", history[0]["on"])
		kinds := []string{}
		for _, change := range history {
			kinds = append(kinds, fmt.Sprint(change["kind"], " ", change["before"], ">", change["after"]))
		}
		require.Contains(t, kinds, "department Sales>Legal")
		require.Contains(t, kinds, "manager Middle One>Top One")
	})
	t.Run("nobody moves before the first day", func(t *testing.T) {
		require.Equal(t, 422, c.transfer(low.ID, fields{"from": "2019-12-31"}).Status)
	})
}

// Two transactions that are each harmless alone cannot close a circle together, and after any number of changes at once
// the closure is what the lines say.
func TestNoCircleUnderConcurrency(t *testing.T) {
	t.Parallel()
	c := open(t)
	people := make([]employee.ID, 8)
	for i := range people {
		people[i] = c.hire("Person", fmt.Sprint(i)).ID
	}
	type change struct{ who, manager, month int }
	for round := range uint64(30) {
		random := rand.New(rand.NewPCG(round, 1))
		changes := make([]change, 2+random.IntN(7))
		for i := range changes {
			changes[i] = change{random.IntN(len(people)), random.IntN(len(people)), 1 + random.IntN(12)}
		}
		var all sync.WaitGroup
		statuses := make([]int, len(changes))
		for i, ch := range changes {
			all.Go(func() {
				statuses[i] = c.transfer(people[ch.who], fields{"from": fmt.Sprintf("2026-%02d-01", ch.month), "managerId": people[ch.manager]}).Status
			})
		}
		all.Wait()
		for _, status := range statuses {
			require.Contains(t, []int{200, 409, 412}, status, "round %d", round)
		}
		require.Zero(t, c.count(`WITH RECURSIVE up (start, id, days, steps) AS (
				SELECT employee_id, manager_id, valid, 1 FROM reporting_line
				UNION ALL SELECT up.start, l.manager_id, l.valid * up.days, steps + 1 FROM up
					JOIN reporting_line l ON l.employee_id = up.id AND l.valid && up.days WHERE steps < 20
			) SELECT count(*) FROM up WHERE start = id`), "a circle, round %d", round)
		require.Zero(t, c.count(`WITH RECURSIVE up (member, id) AS (
				SELECT id, id FROM employee
				UNION ALL SELECT up.member, l.manager_id FROM up JOIN reporting_line l ON l.employee_id = up.id AND l.valid @> $1::date
			), difference AS (
				(SELECT id, member FROM up EXCEPT SELECT manager_id, member_id FROM team)
				UNION ALL (SELECT manager_id, member_id FROM team EXCEPT SELECT id, member FROM up)
			) SELECT count(*) FROM difference`, today.String()), "a closure that the lines do not tell, round %d", round)
	}
}

func TestOrgChart(t *testing.T) {
	t.Parallel()
	c := open(t)
	top := c.hire("Top", "One")
	left := c.hire("Left", "Branch", fields{"managerId": top.ID})
	c.hire("Right", "Branch", fields{"managerId": top.ID, "hiredOn": "2025-01-01"})
	leaf := c.hire("Leaf", "One", fields{"managerId": left.ID})
	chart := func(query string) []string {
		list := []string{}
		for _, n := range read[struct{ Nodes []fields }](t, c.hr, "/employees/org-chart"+query).Nodes {
			list = append(list, fmt.Sprintf("%v %v (%v)", n["level"], n["displayName"], n["reports"]))
		}
		return list
	}
	require.Equal(t, []string{"0 Top One (2)", "1 Left Branch (1)", "1 Right Branch (0)", "2 Leaf One (0)"}, chart(""))
	require.Equal(t, []string{"0 Top One (2)", "1 Left Branch (1)", "1 Right Branch (0)"}, chart("?depth=1"))
	require.Equal(t, []string{"0 Left Branch (1)", "1 Leaf One (0)"}, chart("?root="+left.ID.String()))
	require.Equal(t, []string{"0 Top One (1)", "1 Left Branch (1)", "2 Leaf One (0)"}, chart("?asOf=2024-12-31"))
	require.Empty(t, chart("?asOf=2019-12-31"))
	require.Equal(t, 200, c.leave(left.ID, fields{}).Status)
	require.Equal(t, []string{"0 Top One (2)", "1 Right Branch (0)", "1 Leaf One (0)"}, chart(""), "a leaver's reports go to the leaver's manager")
	require.False(t, slices.Contains(c.team(left.ID), leaf.ID))
}
