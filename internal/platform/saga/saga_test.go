package saga_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/saga"
)

// trip is what the process of these tests knows.
type trip struct {
	Booked string `json:"booked"`
}

// world is a module with a process of four steps, two of its own and two elsewhere, and a program that can be killed.
type world struct {
	t  *testing.T
	db *database.DB

	mu        sync.Mutex
	now       time.Time
	elsewhere map[string]bool // the other module's effects by key
	calls     []string
	killAt    string             // "do write, before": the program dies there
	kill      context.CancelFunc // of the program that runs now
	no        map[string]error   // what steps answer instead of being done
	pause     func()             // before an own step; nil: none
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return &world{
		t: t, db: pgtest.New(t, "employee"), now: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC), elsewhere: map[string]bool{}, no: map[string]error{},
	}
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) wait(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.now = w.now.Add(d)
}

// reached notes where the program is, and kills it there if the test says so.
func (w *world) reached(ctx context.Context, point string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.calls = append(w.calls, point)
	if point == w.killAt {
		w.killAt = ""
		w.kill()
	}
	return ctx.Err()
}

func (w *world) refusal(deed string) error {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.no[deed]
}

// there is a step of another module: what it does is known by its key, and twice is once.
func (w *world) there(name string, exists bool) func(context.Context, *saga.Run[trip]) error {
	deed := map[bool]string{true: "do ", false: "undo "}[exists] + name
	return func(ctx context.Context, r *saga.Run[trip]) error {
		if err := w.reached(ctx, deed+", before"); err != nil {
			return err
		}
		if err := w.refusal(deed); err != nil {
			return err
		}
		w.mu.Lock()
		w.elsewhere[r.Key()] = exists
		w.mu.Unlock()
		return w.reached(ctx, deed+", after")
	}
}

// here is a step of the module's own schema: one row more, or one less.
func (w *world) here(name string, sql string) func(context.Context, *saga.Run[trip]) error {
	return func(ctx context.Context, r *saga.Run[trip]) error {
		if err := w.reached(ctx, name+", before"); err != nil {
			return err
		}
		if w.pause != nil {
			w.pause()
		}
		err := r.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
			if err := w.refusal(name); err != nil {
				return err
			}
			r.Data.Booked = name
			return tx.Exec(sql, r.ID().String()).Error
		})
		if err != nil {
			return err
		}
		return w.reached(ctx, name+", after")
	}
}

const (
	add    = `INSERT INTO inbox (subscriber, event_id, handled_at) VALUES (?, gen_random_uuid(), now())`
	remove = `DELETE FROM inbox WHERE ctid IN (SELECT ctid FROM inbox WHERE subscriber = ? LIMIT 1)`
)

// program is a new program over the world: an engine, and a context that ends when it is killed.
func (w *world) program(noWayBack string) (context.Context, *saga.Engine, saga.Defined[trip]) {
	engine := saga.New(w.db, w.clock)
	steps := []saga.Step[trip]{
		{Name: "reserve", Do: w.there("reserve", true), Undo: w.there("reserve", false)},
		{Name: "write", Do: w.here("do write", add), Undo: w.here("undo write", remove)},
		{Name: "ship", Do: w.there("ship", true), Undo: w.there("ship", false)},
		{Name: "close", Do: w.here("do close", add), Undo: w.here("undo close", remove)},
	}
	for i := range steps {
		steps[i].NoWayBack = steps[i].Name == noWayBack
	}
	ctx, cancel := context.WithCancel(auth.WithSystem(context.Background(), "test"))
	w.kill = cancel
	w.t.Cleanup(cancel)
	return ctx, engine, saga.Define(engine, saga.Process[trip]{Name: "employee.trip", Subject: "trip", Steps: steps})
}

func (w *world) start(ctx context.Context, p saga.Defined[trip], about string) saga.Begun {
	w.t.Helper()
	var begun saga.Begun
	require.NoError(w.t, w.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		var err error
		begun, err = p.Start(tx, saga.About{ID: about, Label: about}, trip{})
		return err
	}))
	return begun
}

// rows is what the run has left in the module's own schema.
func (w *world) rows(which saga.ID) int {
	w.t.Helper()
	n := 0
	require.NoError(w.t, w.db.Pool().QueryRow(context.Background(), `SELECT count(*) FROM inbox WHERE subscriber = $1`, which.String()).Scan(&n))
	return n
}

// effects are what the run has left elsewhere.
func (w *world) effects() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	n := 0
	for _, exists := range w.elsewhere {
		if exists {
			n++
		}
	}
	return n
}

var steps = []string{"reserve", "write", "ship", "close"}

// A program that is killed anywhere leaves a run that the next one carries to its end.
func TestKilledAnywhereItEndsDone(t *testing.T) {
	t.Parallel()
	for _, step := range steps {
		for _, when := range []string{"before", "after"} {
			t.Run(step+", "+when, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				ctx, _, p := w.program("")
				begun := w.start(ctx, p, "rome")
				w.killAt = "do " + step + ", " + when
				_, err := p.Carry(ctx, begun)
				if step != "close" || when != "after" { // then it was done, and only its answer was lost
					require.ErrorIs(t, err, context.Canceled)
				}

				ctx, engine, p := w.program("")
				require.NoError(t, engine.Resume(ctx))
				if end, err := p.Find(ctx, begun.ID); step != "close" || when != "after" {
					require.NoError(t, err)
					require.Equal(t, saga.Running, end.State, "it may still be alive elsewhere")
				}
				w.wait(time.Minute)
				require.NoError(t, engine.Resume(ctx))
				end, err := p.Find(ctx, begun.ID)
				require.NoError(t, err)
				require.Equal(t, saga.Done, end.State, "%+v", end)
				require.Equal(t, "do close", end.Data.Booked)
				require.Equal(t, 2, w.rows(begun.ID), "each own step once: %v", w.calls)
				require.Equal(t, 2, w.effects())
			})
		}
	}
}

// A run whose last step is refused is undone, wherever the program is killed on the way there and back.
func TestKilledAnywhereItEndsUndone(t *testing.T) {
	t.Parallel()
	for _, step := range steps {
		for _, point := range []string{"do " + step + ", before", "do " + step + ", after", "undo " + step + ", before", "undo " + step + ", after"} {
			t.Run(point, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				w.no["do close"] = fault.New(fault.Conflict, "closed", "The office is closed.")
				ctx, _, p := w.program("")
				begun := w.start(ctx, p, "rome")
				w.killAt = point
				_, _ = p.Carry(ctx, begun)

				ctx, engine, p := w.program("")
				w.wait(time.Minute)
				require.NoError(t, engine.Resume(ctx))
				end, err := p.Find(ctx, begun.ID)
				require.NoError(t, err)
				require.Equal(t, saga.Undone, end.State, "%+v", end)
				require.Equal(t, "The office is closed.", end.Failure)
				require.Zero(t, w.effects(), "%v", w.calls)
				require.Zero(t, w.rows(begun.ID), "%v", w.calls)
			})
		}
	}
}

func TestRun(t *testing.T) {
	t.Parallel()
	t.Run("a failure undoes what was begun, the last first, and comes back to the caller", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, _, p := w.program("")
		w.no["do ship"] = errors.New("no answer")
		_, err := p.Carry(ctx, w.start(ctx, p, "rome"))
		require.ErrorContains(t, err, "no answer")
		require.Equal(t, []string{
			"do reserve, before", "do reserve, after", "do write, before", "do write, after", "do ship, before",
			"undo ship, before", "undo ship, after", "undo write, before", "undo write, after", "undo reserve, before", "undo reserve, after",
		}, w.calls)
		require.Zero(t, w.effects())
	})
	t.Run("one run at a time about one record", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, _, p := w.program("")
		begun := w.start(ctx, p, "rome")
		err := w.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
			_, err := p.Start(tx, saga.About{ID: "rome", Label: "rome"}, trip{})
			return err
		})
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		_, err = p.Carry(ctx, begun)
		require.NoError(t, err)
		_, err = p.Carry(ctx, w.start(ctx, p, "rome"))
		require.NoError(t, err, "the first one has ended")
	})
	t.Run("who lost the run to somebody else writes nothing any more", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, engine, p := w.program("")
		begun := w.start(ctx, p, "rome")
		w.wait(time.Minute) // a long pause of the starter, and somebody else finds the run
		require.NoError(t, engine.Resume(ctx))
		_, err := p.Carry(ctx, begun)
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		require.Equal(t, 2, w.rows(begun.ID))
	})
	t.Run("a step that took too long is not recorded over what somebody else did meanwhile", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, engine, p := w.program("")
		begun := w.start(ctx, p, "rome")
		w.pause = func() {
			w.pause = nil // who finds the run does not stop
			w.wait(time.Minute)
			require.NoError(t, engine.Resume(ctx))
		}
		_, err := p.Carry(ctx, begun)
		require.Equal(t, fault.Conflict, fault.KindOf(err), "%v", err)
		end, err := p.Find(ctx, begun.ID)
		require.NoError(t, err)
		require.Equal(t, saga.Done, end.State)
		require.Equal(t, 2, w.rows(begun.ID), "each own step once: %v", w.calls)
	})
	t.Run("two who look at once carry it on once", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, engine, p := w.program("")
		begun := w.start(ctx, p, "rome")
		w.wait(time.Minute)
		var all sync.WaitGroup
		for range 8 {
			all.Go(func() { _ = engine.Resume(ctx) })
		}
		all.Wait()
		end, err := p.Find(ctx, begun.ID)
		require.NoError(t, err)
		require.Equal(t, saga.Done, end.State)
		require.Equal(t, 2, w.rows(begun.ID))
		require.Len(t, w.calls, 8, "%v", w.calls)
	})
	t.Run("what was done can be taken back, once", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, engine, p := w.program("write")
		begun := w.start(ctx, p, "rome")
		_, err := p.Carry(ctx, begun)
		require.NoError(t, err)
		for range 2 {
			require.NoError(t, w.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return p.TakeBack(ctx, tx, begun.ID, "credited") }))
			require.NoError(t, engine.Resume(ctx))
		}
		end, err := p.Find(ctx, begun.ID)
		require.NoError(t, err)
		require.Equal(t, saga.Undone, end.State)
		require.Equal(t, "credited", end.Failure)
		require.Zero(t, w.rows(begun.ID))
		require.Zero(t, w.effects())
	})
	t.Run("a step that the program no longer knows waits for a person", func(t *testing.T) {
		t.Parallel()
		w := newWorld(t)
		ctx, _, p := w.program("")
		begun := w.start(ctx, p, "rome")
		w.wait(time.Minute)
		stranger := saga.New(w.db, w.clock)
		require.NoError(t, stranger.Resume(ctx))
		entry, err := stranger.Entry(ctx, begun.ID)
		require.NoError(t, err)
		require.Equal(t, saga.Stuck, entry.State)
		require.Contains(t, entry.Failure, "does not know the step reserve")
	})
}

func TestList(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ctx, engine, p := w.program("")
	var ids []saga.ID
	for i := range 3 {
		begun := w.start(ctx, p, fmt.Sprint("trip ", i))
		ids = append(ids, begun.ID)
		if i < 2 {
			_, err := p.Carry(ctx, begun)
			require.NoError(t, err)
		}
	}
	list := func(q saga.Query) (found []saga.ID) {
		t.Helper()
		entries, err := engine.List(ctx, q)
		require.NoError(t, err)
		for _, e := range entries {
			found = append(found, e.ID)
		}
		return found
	}
	require.Equal(t, []saga.ID{ids[2], ids[1]}, list(saga.Query{Limit: 2}))
	require.Equal(t, []saga.ID{ids[0]}, list(saga.Query{Limit: 2, BeforeID: ids[1].String()}))
	require.Equal(t, []saga.ID{ids[2]}, list(saga.Query{Limit: 9, Open: true}))
	require.Equal(t, []saga.ID{ids[1], ids[0]}, list(saga.Query{Limit: 9, State: saga.Done}))
	require.Equal(t, []saga.ID{ids[1]}, list(saga.Query{Limit: 9, Subject: "trip", SubjectID: "trip 1"}))
}

// The answer of a request is kept with the step that makes it true, although another program finished the work.
func TestAnswerSurvivesTheProgram(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	type view struct{ Done bool }
	program := func(dies bool) (*saga.Engine, saga.Defined[trip]) {
		engine := saga.New(w.db, w.clock)
		return engine, saga.Define(engine, saga.Process[trip]{Name: "employee.trip", Subject: "trip", Steps: []saga.Step[trip]{{
			Name: "close", Do: func(ctx context.Context, r *saga.Run[trip]) error {
				if dies {
					panic("killed")
				}
				return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error { return saga.Answer(ctx, tx, view{true}) })
			},
		}}})
	}
	_, p := program(true)
	key := func() context.Context {
		return database.WithIdempotency(t.Context(), &database.Idempotency{Principal: "ann", Key: "k", Fingerprint: []byte("f")})
	}
	begun := w.start(key(), p, "rome")
	require.Panics(t, func() { _, _ = p.Carry(key(), begun) })
	w.wait(time.Minute)
	engine, _ := program(false)
	require.NoError(t, engine.Resume(t.Context()))
	got, err := database.Write(key(), w.db, func(context.Context, *database.Tx) (view, error) { return view{}, errors.New("asked again") })
	require.NoError(t, err)
	require.Equal(t, view{true}, got)
}
