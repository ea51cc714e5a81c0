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

// store is a module that a leaver has things of.
type store struct {
	mu      sync.Mutex
	open    []employee.OpenItem
	settled []employee.Settlement
	down    bool
}

func (s *store) step() employee.OffboardingStep {
	return employee.OffboardingStep{
		Name: "asset.return-assets",
		Open: func(context.Context, employee.ID) ([]employee.OpenItem, error) {
			s.mu.Lock()
			defer s.mu.Unlock()
			if s.down {
				return nil, errors.New("down")
			}
			return slices.Clone(s.open), nil
		},
		Settle: func(_ context.Context, _ employee.ID, items []employee.Settlement) error {
			s.mu.Lock()
			defer s.mu.Unlock()
			s.settled = append(s.settled, items...)
			s.open = slices.DeleteFunc(s.open, func(o employee.OpenItem) bool {
				return slices.ContainsFunc(items, func(i employee.Settlement) bool { return i.ItemID == o.ID })
			})
			return nil
		},
	}
}

func thing(n int) employee.OpenItem {
	return employee.OpenItem{
		Kind: "asset", ID: fmt.Sprint(n), Label: fmt.Sprintf("LT-%d Laptop", n),
		Choices: []employee.Choice{employee.ChoiceReturn, employee.ChoiceHandOver, employee.ChoiceLost},
	}
}

func settle(items ...fields) fields { return fields{"items": items} }

func TestOffboardingCase(t *testing.T) {
	t.Parallel()
	admin, things := &access{revoked: map[employee.ID]bool{}}, &store{open: []employee.OpenItem{thing(1), thing(2), thing(3)}}
	c := open(t, admin.step("admin.end-access"), things.step())
	boss := c.hire("The", "Boss")
	ada := c.hire("Ada", "Lovelace", fields{"managerId": boss.ID})
	path := "/employees/" + ada.ID.String() + "/offboarding"
	post := func(what string, body fields, headers ...string) (int, string) {
		answer := c.hr.Do("POST", path+what, body, headers...)
		return answer.Status, answer.String()
	}
	state := func() fields { return read[fields](t, c.hr, path) }

	t.Run("nothing is settled and nothing confirmed before it has begun", func(t *testing.T) {
		status, _ := post("/settlements", settle(fields{"kind": "asset", "id": "1", "how": "return"}))
		require.Equal(t, 409, status)
		status, _ = post("/completion", fields{})
		require.Equal(t, 409, status)
	})
	t.Run("access ends, the employment waits", func(t *testing.T) {
		answer := c.hr.Do("POST", path+"/case", fields{"reason": "moves on"}, "Idempotency-Key", "case")
		require.Equal(t, 200, answer.Status, answer)
		require.Equal(t, "running", answer.Text("state"))
		require.Equal(t, answer.String(), c.hr.Do("POST", path+"/case", fields{"reason": "moves on"}, "Idempotency-Key", "case").String(), "a double click begins once")
		require.True(t, admin.revoked[ada.ID])
		o := state()
		require.Equal(t, true, o["blocking"])
		require.Equal(t, true, o["waiting"])
		require.Len(t, o["open"], 3)
		require.Equal(t, employee.StatusLeaving, c.get(ada.ID).Status)
		require.NoError(t, c.module.FinishOffboardings(t.Context()))
		require.Equal(t, true, state()["waiting"], "nobody carries it on but a person")
		require.Equal(t, 409, c.leave(ada.ID, fields{}).Status, "it ends by its own way")
	})
	t.Run("the end is refused while something is open, or nobody knows", func(t *testing.T) {
		status, text := post("/completion", fields{})
		require.Equal(t, 409, status)
		require.Contains(t, text, "LT-1 Laptop")
		things.down = true
		status, _ = post("/completion", fields{})
		require.Equal(t, 503, status)
		status, _ = post("/settlements", settle(fields{"kind": "asset", "id": "1", "how": "return"}))
		require.Equal(t, 503, status)
		things.down = false
	})
	t.Run("what cannot be settled so is told at its place, and nothing happens", func(t *testing.T) {
		for at, item := range map[string]fields{
			"body.items[0].id":   {"kind": "asset", "id": "9", "how": "return"},
			"body.items[0].toId": {"kind": "asset", "id": "1", "how": "hand-over"},
			"body.items[0].how":  {"kind": "asset", "id": "1", "how": "sold"},
		} {
			answer := c.hr.Do("POST", path+"/settlements", settle(item))
			require.Equal(t, 422, answer.Status, answer)
			require.Contains(t, answer.Problems(), at)
		}
		answer := c.hr.Do("POST", path+"/settlements", settle(fields{"kind": "asset", "id": "1", "how": "hand-over", "toId": ada.ID}))
		require.Equal(t, 422, answer.Status, answer)
		answer = c.hr.Do("POST", path+"/settlements", settle(fields{"kind": "asset", "id": "1", "how": "return"}, fields{"kind": "asset", "id": "1", "how": "lost"}))
		require.Equal(t, 422, answer.Status, answer)
		require.Empty(t, things.settled)
	})
	t.Run("each thing is settled in its way, and what comes up later keeps the end waiting", func(t *testing.T) {
		status, text := post("/settlements", settle(
			fields{"kind": "asset", "id": "1", "how": "hand-over", "toId": boss.ID, "note": "as agreed"}, fields{"kind": "asset", "id": "2", "how": "lost"}))
		require.Equal(t, 200, status, text)
		require.Equal(t, employee.Settlement{ItemID: "1", How: employee.ChoiceHandOver, ToID: boss.ID, Note: "as agreed"}, things.settled[0])
		require.Len(t, state()["open"], 1)
		status, _ = post("/completion", fields{})
		require.Equal(t, 409, status)
	})
	t.Run("confirmed, the employment ends, once", func(t *testing.T) {
		var all sync.WaitGroup
		statuses := make([]int, 4)
		for i := range statuses {
			all.Go(func() {
				statuses[i], _ = post("/completion", fields{"returnAll": true}, "Idempotency-Key", fmt.Sprint("end", i))
			})
		}
		all.Wait()
		slices.Sort(statuses)
		require.Equal(t, []int{200, 409, 409, 409}, statuses)
		require.Equal(t, employee.ChoiceReturn, things.settled[2].How)
		require.Equal(t, "done", state()["state"])
		require.Equal(t, employee.StatusLeft, c.get(ada.ID).Status)
		require.True(t, admin.revoked[ada.ID])
		require.Equal(t, 1, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.left.v1'"))
	})
	t.Run("a manager may not", func(t *testing.T) {
		manager := c.as(rbac.Manager, boss.ID)
		for _, what := range []string{"/case", "/settlements", "/completion"} {
			require.Equal(t, 403, manager.Do("POST", "/employees/"+boss.ID.String()+"/offboarding"+what, fields{}).Status)
		}
	})
}

func TestOffboardingCaseIsCancelled(t *testing.T) {
	t.Parallel()
	admin, things := &access{revoked: map[employee.ID]bool{}}, &store{open: []employee.OpenItem{thing(1)}}
	c := open(t, admin.step("admin.end-access"), things.step())
	ada := c.hire("Ada", "Lovelace")
	path := "/employees/" + ada.ID.String() + "/offboarding"
	require.Equal(t, 200, c.hr.Do("POST", path+"/case", fields{}).Status)
	answer := c.hr.Do("DELETE", path, nil)
	require.Equal(t, 200, answer.Status, answer)
	require.Equal(t, "cancelled", answer.Text("state"))
	require.False(t, admin.revoked[ada.ID], "access is given back")
	require.Equal(t, employee.StatusActive, c.get(ada.ID).Status)
	require.Equal(t, 409, c.hr.Do("DELETE", path, nil).Status)

	t.Run("a planned one waits from the day after the last", func(t *testing.T) {
		require.Equal(t, "planned", c.hr.Do("POST", path+"/case", fields{"leftOn": "2026-11-30"}).Text("state"))
		require.False(t, admin.revoked[ada.ID])
		require.Equal(t, 200, c.hr.Do("POST", path+"/settlements", settle(fields{"kind": "asset", "id": "1", "how": "return"})).Status, "things are settled ahead")
		require.Equal(t, 409, c.hr.Do("POST", path+"/completion", fields{}).Status)
		c.wait(6)
		require.NoError(t, c.module.FinishOffboardings(t.Context()))
		require.True(t, admin.revoked[ada.ID])
		require.Equal(t, employee.StatusLeaving, c.get(ada.ID).Status)
		require.Equal(t, "done", c.hr.Do("POST", path+"/completion", fields{}).Text("state"))
		require.Equal(t, "2026-11-30", c.get(ada.ID).LeftOn.String())
	})
}

// Wherever the program dies, the leaver waits to be cleared, is gone without access, or is here with it.
func TestOffboardingCaseKilledAnywhere(t *testing.T) {
	t.Parallel()
	for _, ends := range []bool{true, false} {
		for _, point := range []string{"do", "open", "undo"} {
			t.Run(fmt.Sprintf("%s, the end succeeds: %v", point, ends), func(t *testing.T) {
				t.Parallel()
				admin, things := &access{revoked: map[employee.ID]bool{}}, &store{}
				armed := ""
				dies := func(deed string) {
					if armed == deed {
						armed = ""
						panic("killed")
					}
				}
				end, assets := admin.step("admin.end-access"), things.step()
				do, undo, ask := end.Do, end.Undo, assets.Open
				end.Do = func(ctx context.Context, id employee.ID) error { err := do(ctx, id); dies("do"); return err }
				end.Undo = func(ctx context.Context, id employee.ID) error { err := undo(ctx, id); dies("undo"); return err }
				asked := 0
				assets.Open = func(ctx context.Context, id employee.ID) ([]employee.OpenItem, error) {
					if asked++; asked == 2 { // the second look is that of the step
						defer dies("open")
					}
					return ask(ctx, id)
				}
				c := open(t, end, assets)
				ada := c.hire("Ada", "Lovelace")
				path := "/employees/" + ada.ID.String() + "/offboarding"
				carryOn := func() {
					for range 2 {
						c.wait(1)
						require.NoError(t, c.module.FinishOffboardings(t.Context()))
					}
				}
				if point == "do" {
					armed = point
				}
				c.hr.Do("POST", path+"/case", fields{})
				carryOn()
				require.Equal(t, true, read[fields](t, c.hr, path)["waiting"])
				require.True(t, admin.revoked[ada.ID])
				armed, asked = point, 0
				if ends {
					c.hr.Do("POST", path+"/completion", fields{})
				} else {
					c.hr.Do("DELETE", path, nil)
				}
				armed = ""
				carryOn()
				require.Equal(t, map[bool]string{true: "done", false: "cancelled"}[ends], read[fields](t, c.hr, path)["state"])
				require.Equal(t, ends, admin.revoked[ada.ID])
				require.Equal(t, ends, c.get(ada.ID).Status == employee.StatusLeft)
			})
		}
	}
}
