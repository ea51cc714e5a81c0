package module_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/rbac"
)

// access is what another module contributes: it remembers whom it let go.
type access struct {
	mu      sync.Mutex
	revoked map[employee.ID]bool
	calls   []string
	fail    error
}

func (a *access) step(name string) employee.OffboardingStep {
	return employee.OffboardingStep{
		Name: name,
		Do: func(_ context.Context, id employee.ID) error {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.revoked[id], a.calls = true, append(a.calls, "do "+name)
			return nil
		},
		Undo: func(_ context.Context, id employee.ID) error {
			a.mu.Lock()
			defer a.mu.Unlock()
			a.revoked[id], a.calls = false, append(a.calls, "undo "+name)
			return nil
		},
	}
}

func (a *access) failing(name string) employee.OffboardingStep {
	step := a.step(name)
	do := step.Do
	step.Do = func(ctx context.Context, id employee.ID) error {
		_ = do(ctx, id)
		return a.fail
	}
	return step
}

func TestOffboarding(t *testing.T) {
	t.Parallel()
	admin := &access{revoked: map[employee.ID]bool{}}
	end := admin.step("admin.end-access")
	end.Open = func(context.Context, employee.ID) ([]employee.OpenItem, error) {
		return []employee.OpenItem{{Kind: "asset", ID: "1", Label: "LT-0042 Laptop"}}, nil
	}
	broken := employee.OffboardingStep{Name: "asset.return", Open: func(context.Context, employee.ID) ([]employee.OpenItem, error) {
		return nil, errors.New("down")
	}}
	c := open(t, end, broken)
	sales := c.department("Sales")
	boss := c.hire("The", "Boss", fields{"departmentId": sales})
	lead := c.hire("A", "Lead", fields{"managerId": boss.ID, "departmentId": sales})
	ada := c.hire("Ada", "Lovelace", fields{"managerId": lead.ID, "departmentId": sales})
	ben := c.hire("Ben", "Ritchie", fields{"managerId": lead.ID, "departmentId": sales})

	t.Run("what is open is told, and what nobody knows", func(t *testing.T) {
		o := read[fields](t, c.hr, "/employees/"+lead.ID.String()+"/offboarding")
		require.Equal(t, "none", o["state"])
		require.EqualValues(t, 2, o["reports"])
		require.Len(t, o["open"], 1)
		require.Equal(t, []any{"asset.return"}, o["unknown"])
	})
	t.Run("bad input changes nothing", func(t *testing.T) {
		for at, body := range map[string]fields{
			"body.leftOn":      {"leftOn": "2019-01-01"},
			"body.successorId": {"successorId": lead.ID},
		} {
			answer := c.leave(lead.ID, body)
			require.Equal(t, 422, answer.Status, answer)
			require.Contains(t, answer.Problems(), at)
		}
		require.Equal(t, employee.StatusActive, c.get(lead.ID).Status)
		require.Empty(t, admin.calls)
	})
	t.Run("leaving ends access, hands reports over and is told once", func(t *testing.T) {
		answer := c.leave(lead.ID, fields{"leftOn": "2026-11-25", "reason": "retires", "successorId": ada.ID})
		require.Equal(t, 200, answer.Status, answer)
		require.Equal(t, "done", answer.Text("state"))
		require.True(t, admin.revoked[lead.ID])
		require.Equal(t, employee.StatusLeft, c.get(lead.ID).Status)
		require.Equal(t, ada.ID, c.get(ben.ID).ManagerID)
		require.Equal(t, boss.ID, c.get(ada.ID).ManagerID, "the successor goes to the leaver's manager")
		require.ElementsMatch(t, []employee.ID{boss.ID, ada.ID, ben.ID}, c.team(boss.ID))
		require.Equal(t, 1, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.left.v1' AND payload ->> 'reason' = 'retires'"))
		require.Equal(t, 3, c.summary().Headcount)
	})
	t.Run("nobody leaves twice", func(t *testing.T) {
		answer := c.leave(lead.ID, fields{})
		require.Equal(t, 409, answer.Status, answer)
		require.Equal(t, 1, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.left.v1'"))
	})
	t.Run("two ends at once are one", func(t *testing.T) {
		var all sync.WaitGroup
		statuses := make([]int, 4)
		for i := range statuses {
			all.Go(func() { statuses[i] = c.leave(ben.ID, fields{}).Status })
		}
		all.Wait()
		slices.Sort(statuses)
		require.Equal(t, []int{200, 409, 409, 409}, statuses)
		require.Equal(t, 1, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.left.v1' AND about = $1", ben.ID.String()))
	})
	t.Run("who has left can be hired again", func(t *testing.T) {
		path := "/employees/" + ben.ID.String() + "/employments"
		require.Equal(t, 422, c.hr.Do("POST", path, fields{"hiredOn": "2026-11-25"}, "If-Match", c.get(ben.ID).ETag()).Status)
		answer := c.hr.Do("POST", path, fields{"hiredOn": "2026-12-01", "managerId": boss.ID}, "If-Match", c.get(ben.ID).ETag())
		require.Equal(t, 200, answer.Status, answer)
		require.Equal(t, "upcoming", answer.Text("status"))
		require.Equal(t, 409, c.hr.Do("POST", path, fields{"hiredOn": "2027-12-01"}, "If-Match", answer.ETag()).Status)
	})
	t.Run("a manager may not", func(t *testing.T) {
		require.Equal(t, 403, c.as(rbac.Manager, boss.ID).Do("POST", "/employees/"+ada.ID.String()+"/offboarding", fields{}).Status)
		require.Equal(t, 403, c.as(rbac.Manager, boss.ID).Do("GET", "/employees/"+ada.ID.String()+"/offboarding", nil).Status)
	})
}

func TestPlannedLeave(t *testing.T) {
	t.Parallel()
	admin := &access{revoked: map[employee.ID]bool{}}
	c := open(t, admin.step("admin.end-access"))
	ada := c.hire("Ada", "Lovelace")
	path := "/employees/" + ada.ID.String() + "/offboarding"

	require.Equal(t, "planned", c.leave(ada.ID, fields{"leftOn": "2026-12-31"}).Text("state"))
	require.Equal(t, employee.StatusLeaving, c.get(ada.ID).Status)
	require.Empty(t, admin.calls, "access stays until the last day is over")

	require.Equal(t, "cancelled", c.hr.Do("DELETE", path, nil).Text("state"))
	require.Equal(t, employee.StatusActive, c.get(ada.ID).Status)
	require.Equal(t, 409, c.hr.Do("DELETE", path, nil).Status)

	require.Equal(t, 200, c.leave(ada.ID, fields{"leftOn": "2026-12-31"}).Status)
	require.Equal(t, 200, c.leave(ada.ID, fields{"leftOn": "2026-11-30", "reason": "earlier"}).Status, "a new plan takes the place of the old one")
	c.wait(5)
	require.NoError(t, c.module.FinishOffboardings(t.Context()))
	require.Equal(t, employee.StatusLeaving, c.get(ada.ID).Status, "the last day belongs to the employment")
	c.wait(1)
	require.NoError(t, c.module.FinishOffboardings(t.Context()))
	require.NoError(t, c.module.FinishOffboardings(t.Context()))
	require.Equal(t, employee.StatusLeft, c.get(ada.ID).Status)
	require.True(t, admin.revoked[ada.ID])
	require.Equal(t, 1, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.left.v1'"))
}

func TestFailedOffboardingGivesAccessBack(t *testing.T) {
	t.Parallel()
	admin := &access{revoked: map[employee.ID]bool{}, fail: errors.New("no answer")}
	c := open(t, admin.step("first"), admin.failing("second"), admin.step("third"))
	ada := c.hire("Ada", "Lovelace")

	answer := c.leave(ada.ID, fields{})
	require.Equal(t, 500, answer.Status, answer)
	require.NotContains(t, answer.String(), "no answer", "inner detail stays inside")
	require.Equal(t, []string{"do first", "do second", "undo second", "undo first"}, admin.calls)
	require.False(t, admin.revoked[ada.ID])
	require.Equal(t, employee.StatusActive, c.get(ada.ID).Status)
	require.Zero(t, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.left.v1'"))
	require.Equal(t, "failed", read[fields](t, c.hr, "/employees/"+ada.ID.String()+"/offboarding")["state"])

	admin.fail = nil
	require.Equal(t, 200, c.leave(ada.ID, fields{}).Status, "it can be tried again")
}

// A program that ends in the middle leaves a running process; the next one carries it on to its end.
func TestAbandonedOffboardingIsCarriedOn(t *testing.T) {
	t.Parallel()
	admin := &access{revoked: map[employee.ID]bool{}}
	killed := false
	step := admin.step("admin.end-access")
	do := step.Do
	step.Do = func(ctx context.Context, id employee.ID) error {
		defer func() {
			if killed {
				panic("killed")
			}
		}()
		return do(ctx, id)
	}
	c := open(t, step)
	ada := c.hire("Ada", "Lovelace")
	killed = true
	c.leave(ada.ID, fields{})
	killed = false
	require.Equal(t, "running", read[fields](t, c.hr, "/employees/"+ada.ID.String()+"/offboarding")["state"])
	require.Equal(t, 409, c.leave(ada.ID, fields{}).Status)

	require.NoError(t, c.module.FinishOffboardings(t.Context()))
	require.Equal(t, employee.StatusLeaving, c.get(ada.ID).Status, "it may still be alive elsewhere")
	c.wait(1)
	require.NoError(t, c.module.FinishOffboardings(t.Context()))
	require.Equal(t, employee.StatusLeft, c.get(ada.ID).Status)
	require.Equal(t, 1, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.left.v1'"))
}

// Wherever the program dies, the leaver is gone and without access, or here and with it.
func TestOffboardingKilledAnywhere(t *testing.T) {
	t.Parallel()
	for _, ends := range []bool{true, false} {
		for _, point := range []string{"do first", "do second", "do third", "undo third", "undo second", "undo first"} {
			t.Run(fmt.Sprintf("%s, the end succeeds: %v", point, ends), func(t *testing.T) {
				t.Parallel()
				admin := &access{revoked: map[employee.ID]bool{}}
				alive := true
				var steps []employee.OffboardingStep
				for _, name := range []string{"first", "second", "third"} {
					step := admin.step(name)
					do, undo := step.Do, step.Undo
					dies := func(deed string, err error) error {
						if deed+" "+name == point && alive {
							alive = false
							panic("killed")
						}
						return err
					}
					step.Do = func(ctx context.Context, id employee.ID) error {
						err := do(ctx, id)
						if name == "third" && !ends {
							err = errors.New("no answer")
						}
						return dies("do", err)
					}
					step.Undo = func(ctx context.Context, id employee.ID) error { return dies("undo", undo(ctx, id)) }
					steps = append(steps, step)
				}
				c := open(t, steps...)
				ada := c.hire("Ada", "Lovelace")
				c.leave(ada.ID, fields{})
				for range 2 {
					c.wait(1)
					require.NoError(t, c.module.FinishOffboardings(t.Context()))
				}
				require.Equal(t, ends, c.get(ada.ID).Status == employee.StatusLeft)
				require.Equal(t, ends, admin.revoked[ada.ID])
				require.Equal(t, map[bool]int{true: 1}[ends], c.count("SELECT count(*) FROM event_log WHERE name = 'employee.left.v1'"))
				require.Equal(t, map[bool]string{true: "done", false: "failed"}[ends], read[fields](t, c.hr, "/employees/"+ada.ID.String()+"/offboarding")["state"])
			})
		}
	}
}
