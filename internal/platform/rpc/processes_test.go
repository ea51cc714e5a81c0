package rpc_test

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rpc"
	"erp/internal/platform/rpc/rpctest"
	"erp/internal/platform/saga"
)

// The console sees and settles the processes of a module in another process as it does near ones.
func TestFarProcesses(t *testing.T) {
	t.Parallel()
	db := pgtest.New(t, "invoice")
	engine := saga.New(db, time.Now)
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
	book := func(about string) saga.ID {
		var begun saga.Begun
		require.NoError(t, db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) (err error) {
			begun, err = trip.Start(tx, saga.About{ID: about, Label: about}, struct{}{})
			return err
		}))
		_, err := trip.Carry(t.Context(), begun)
		require.NoError(t, err)
		return begun.ID
	}
	one, two, three := book("rome"), book("paris"), book("oslo")
	wire := rpctest.New(t, "invoice")
	rpc.ServeProcesses(wire.Server, map[string]saga.Console{"invoice": engine.Console()})
	far := rpc.NewProcesses(wire.Link)
	ctx := auth.With(t.Context(), auth.Principal{UserID: id.New[auth.User](), Name: "Ada", Kind: auth.KindUser}, nil)

	near, err := engine.List(ctx, saga.Query{State: saga.Stuck, Limit: 2})
	require.NoError(t, err)
	list, err := far.List(ctx, saga.Query{State: saga.Stuck, Limit: 2})
	require.NoError(t, err)
	require.Len(t, list, 2)
	require.Equal(t, near[0].Steps[1].Error, list[0].Steps[1].Error)
	require.Equal(t, near[0].ID, list[0].ID)

	full = false
	_, err = far.Retry(ctx, one)
	require.NoError(t, err)
	settled, err := far.Settle(ctx, two, "went by train")
	require.NoError(t, err)
	require.Equal(t, "Ada", settled.Steps[1].By)
	_, err = far.TurnBack(ctx, three)
	require.NoError(t, err)
	require.NoError(t, engine.Resume(t.Context()))
	for which, want := range map[saga.ID]saga.State{one: saga.Done, two: saga.Done, three: saga.Undone} {
		entry, err := far.Entry(ctx, which)
		require.NoError(t, err)
		require.Equal(t, want, entry.State, entry.Label)
		_, err = far.Retry(ctx, which)
		require.True(t, fault.Is(err, fault.Conflict), "it has ended: %v", err)
	}
	_, err = far.Entry(ctx, id.New[saga.Entry]())
	require.True(t, fault.Is(err, fault.NotFound), err)
	_, err = rpc.NewProcesses(wire.Link.As("asset")).List(ctx, saga.Query{Limit: 1})
	require.True(t, fault.Is(err, fault.Forbidden), "%v", err)
}
