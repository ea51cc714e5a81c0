package module_test

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/admin/module"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/saga"
)

// The console shows how far each process is; what is stuck is retried, turned back or settled by who may.
func TestProcesses(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	_, mila := h.addUser(ada, "Mila", "employee")
	engine := saga.New(h.db, h.clock.now)
	full := true
	trip := saga.Define(engine, saga.Process[struct{}]{Name: "travel.book", Subject: "trip", Steps: []saga.Step[struct{}]{
		{Name: "travel.pay", NoWayBack: true},
		{Name: "travel.ship", Do: func(context.Context, *saga.Run[struct{}]) error {
			if full {
				return fault.New(fault.Conflict, "full", "The ship is full.")
			}
			return nil
		}},
	}})
	h.module.ShowProcesses(module.ProcessSource{Module: "platform", Processes: engine.Console()})
	book := func(about string) string {
		var begun saga.Begun
		require.NoError(t, h.db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) (err error) {
			begun, err = trip.Start(tx, saga.About{ID: about, Label: about}, struct{}{})
			return err
		}))
		_, err := trip.Carry(t.Context(), begun)
		require.NoError(t, err)
		return "/processes/platform/" + begun.ID.String()
	}
	one, two, three := book("rome"), book("paris"), book("oslo")

	require.Equal(t, 403, mila.do("GET", "/processes", nil).status)
	var list struct {
		Items []saga.Entry
		Next  string
	}
	ada.do("GET", "/processes?state=stuck&limit=2", nil).into(t, &list)
	require.Equal(t, []string{"oslo", "paris"}, []string{list.Items[0].Label, list.Items[1].Label})
	require.Equal(t, saga.StepDone, list.Items[0].Steps[0].State)
	require.Equal(t, "The ship is full.", list.Items[0].Steps[1].Error)
	ada.do("GET", "/processes?open=true&limit=2&cursor="+list.Next, nil).into(t, &list)
	require.Equal(t, "rome", list.Items[0].Label)
	require.Equal(t, 422, ada.do("GET", "/processes?cursor=x", nil).status)
	require.Equal(t, 404, ada.do("GET", "/processes/moon/"+one[len("/processes/platform/"):], nil).status)

	require.Equal(t, 403, mila.do("POST", one+"/retry", nil).status)
	full = false
	require.Equal(t, 200, ada.do("POST", one+"/retry", nil).status)
	require.Equal(t, 422, ada.do("POST", two+"/settle", map[string]string{"note": ""}).status)
	require.Equal(t, 200, ada.do("POST", two+"/settle", map[string]string{"note": "went by train"}).status)
	require.Equal(t, 200, ada.do("POST", three+"/turn-back", nil).status)
	require.NoError(t, engine.Resume(t.Context()))
	for path, want := range map[string]saga.State{one: saga.Done, two: saga.Done, three: saga.Undone} {
		var entry saga.Entry
		ada.do("GET", path, nil).into(t, &entry)
		require.Equal(t, want, entry.State, path)
		require.Equal(t, 409, ada.do("POST", path+"/retry", nil).status, "it has ended")
	}
	require.Contains(t, string(ada.do("GET", "/audit?action=process.", nil).body), "went by train")
}
