package saga_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/fault"
	"erp/internal/platform/saga"
)

// Behind the point of no return a run goes forward: what may pass is tried again, and in the end a person decides.
func TestByHand(t *testing.T) {
	t.Parallel()
	begin := func(t *testing.T, no error) (*world, context.Context, *saga.Engine, saga.Defined[trip], saga.ID) {
		t.Helper()
		w := newWorld(t)
		ctx, engine, p := w.program("write")
		w.no["do ship"] = no
		begun := w.start(ctx, p, "rome")
		_, err := p.Carry(ctx, begun)
		require.NoError(t, err, "it has not failed yet")
		return w, ctx, engine, p, begun.ID
	}
	state := func(t *testing.T, engine *saga.Engine, which saga.ID) saga.Entry {
		t.Helper()
		entry, err := engine.Entry(context.Background(), which)
		require.NoError(t, err)
		return entry
	}
	t.Run("what may pass is tried again by itself", func(t *testing.T) {
		t.Parallel()
		w, ctx, engine, _, which := begin(t, errors.New("no answer"))
		entry := state(t, engine, which)
		require.Equal(t, saga.Running, entry.State)
		require.Equal(t, saga.StepFailed, entry.Steps[2].State)
		require.Equal(t, "no answer", entry.Steps[2].Error)
		require.Equal(t, w.clock().Add(time.Second), entry.RetryAt)
		delete(w.no, "do ship")
		require.NoError(t, engine.Resume(ctx))
		require.Equal(t, saga.Running, state(t, engine, which).State, "not yet")
		w.wait(2 * time.Second)
		require.NoError(t, engine.Resume(ctx))
		require.Equal(t, saga.Done, state(t, engine, which).State)
		require.Equal(t, 2, w.rows(which))
	})
	t.Run("what keeps failing waits for a person, who retries it", func(t *testing.T) {
		t.Parallel()
		w, ctx, engine, _, which := begin(t, errors.New("no answer"))
		for range 20 {
			w.wait(time.Hour)
			require.NoError(t, engine.Resume(ctx))
		}
		require.Equal(t, saga.Stuck, state(t, engine, which).State)
		require.Equal(t, 12, state(t, engine, which).Steps[2].Attempts)
		delete(w.no, "do ship")
		_, err := engine.Retry(ctx, which)
		require.NoError(t, err)
		require.NoError(t, engine.Resume(ctx))
		require.Equal(t, saga.Done, state(t, engine, which).State)
	})
	t.Run("what is refused waits for a person, who turns it back", func(t *testing.T) {
		t.Parallel()
		w, ctx, engine, _, which := begin(t, fault.New(fault.Conflict, "no", "The ship is full."))
		require.Equal(t, saga.Stuck, state(t, engine, which).State)
		_, err := engine.TurnBack(ctx, which)
		require.NoError(t, err)
		require.NoError(t, engine.Resume(ctx))
		require.Equal(t, saga.Undone, state(t, engine, which).State)
		require.Zero(t, w.rows(which))
		require.Zero(t, w.effects())
	})
	t.Run("or settles the step by hand", func(t *testing.T) {
		t.Parallel()
		w, ctx, engine, _, which := begin(t, fault.New(fault.Conflict, "no", "The ship is full."))
		_, err := engine.Settle(ctx, which, "sent by train")
		require.NoError(t, err)
		require.NoError(t, engine.Resume(ctx))
		entry := state(t, engine, which)
		require.Equal(t, saga.Done, entry.State)
		require.Equal(t, "sent by train", entry.Steps[2].Note)
		require.Equal(t, 2, w.rows(which))
		n := 0
		require.NoError(t, w.db.Pool().QueryRow(ctx, `SELECT count(*) FROM audit_entry WHERE action = 'process.settle' AND subject_id = $1`, which.String()).Scan(&n))
		require.Equal(t, 1, n)
	})
	t.Run("what has ended is nobody's to decide", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, engine, p := w.program("")
		begun := w.start(ctx, p, "rome")
		_, err := engine.Retry(ctx, begun.ID)
		require.Equal(t, fault.Conflict, fault.KindOf(err), "somebody is at it")
		_, err = p.Carry(ctx, begun)
		require.NoError(t, err)
		for _, decide := range []func() (saga.Entry, error){
			func() (saga.Entry, error) { return engine.Retry(ctx, begun.ID) },
			func() (saga.Entry, error) { return engine.TurnBack(ctx, begun.ID) },
			func() (saga.Entry, error) { return engine.Settle(ctx, begun.ID, "") },
		} {
			_, err := decide()
			require.Equal(t, fault.Conflict, fault.KindOf(err))
		}
	})
}
