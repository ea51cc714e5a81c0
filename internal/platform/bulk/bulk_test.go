package bulk_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/auth"
	"erp/internal/platform/bulk"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/page"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

// world is a module with one action, which writes a line into a table of its own for each record, unless the test says no.
type world struct {
	t      *testing.T
	db     *database.DB
	engine *bulk.Engine
	write  bulk.Defined[string]
	ctx    context.Context //nolint:containedctx // because somebody acts in it for the whole test

	mu      sync.Mutex
	now     time.Time
	no      map[string]error // what a record answers instead of being done
	silent  error            // what the peer answers
	reached func(subject string)
}

func newWorld(t *testing.T) *world {
	t.Helper()
	t.Parallel()
	w := &world{t: t, db: pgtest.New(t, "asset"), now: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC), no: map[string]error{}}
	who := auth.Principal{UserID: id.New[auth.User](), Name: "Ana", Kind: auth.KindUser}
	w.ctx = auth.With(t.Context(), who, rbac.NewRights(nil))
	w.engine, w.write = w.program()
	return w
}

// program is the module in one more process.
func (w *world) program() (*bulk.Engine, bulk.Defined[string]) {
	standing := func(_ context.Context, who auth.Principal) (auth.Principal, *rbac.Rights, error) {
		return who, rbac.NewRights(nil), nil
	}
	e := bulk.New(w.db, standing, w.clock)
	return e, bulk.Define(e, bulk.Action[string]{Name: "test.write", Prepare: func(_ context.Context, word string) (bulk.Prepared, error) {
		w.mu.Lock()
		defer w.mu.Unlock()
		return bulk.Prepared{Target: word, Do: func(ctx context.Context, tx *database.Tx, subject string) (bool, error) {
			return w.do(ctx, tx, word, subject)
		}}, w.silent
	}})
}

func (w *world) do(ctx context.Context, tx *database.Tx, word, subject string) (bool, error) {
	w.mu.Lock()
	no, reached := w.no[subject], w.reached
	w.mu.Unlock()
	if no != nil {
		return false, no
	}
	if auth.From(ctx).Name != "Ana" {
		return false, errors.New("done in nobody's name")
	}
	tx.Queue(`INSERT INTO inbox (subscriber, event_id, handled_at) VALUES ($1, $2::uuid, now())`, word, subject)
	if reached != nil {
		reached(subject)
	}
	return true, nil
}

func (w *world) clock() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.now
}

func (w *world) set(change func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	change()
}

func (w *world) wait(d time.Duration) { w.set(func() { w.now = w.now.Add(d) }) }

// begin starts the action on n records.
func (w *world) begin(n int) (bulk.Job, []bulk.Subject) {
	w.t.Helper()
	subjects := make([]bulk.Subject, n)
	for i := range subjects {
		subjects[i] = bulk.Subject{ID: id.New[world]().String(), Label: fmt.Sprintf("=Record %d", i+1)}
	}
	var job bulk.Job
	require.NoError(w.t, w.db.Tx(w.ctx, func(_ context.Context, tx *database.Tx) (err error) {
		job, err = w.write.Start(tx, "word", "Word", subjects)
		return err
	}))
	return job, subjects
}

func (w *world) is(job bulk.Job) bulk.Job {
	w.t.Helper()
	is, err := w.engine.Find(w.ctx, job.ID)
	require.NoError(w.t, err)
	return is
}

func (w *world) refused(job bulk.Job) []bulk.Result {
	w.t.Helper()
	list, err := w.engine.Rows(w.ctx, job.ID, bulk.RowRefused, page.Request{Limit: 200})
	require.NoError(w.t, err)
	return list.Items
}

// written counts what the records' changes have written.
func (w *world) written() (n int) {
	w.t.Helper()
	require.NoError(w.t, w.db.Pool().QueryRow(w.t.Context(), `SELECT count(*) FROM inbox WHERE subscriber = 'word'`).Scan(&n))
	return n
}

func TestEveryRecordHasItsOutcome(t *testing.T) {
	w := newWorld(t)
	job, subjects := w.begin(60)
	w.no[subjects[3].ID] = fault.New(fault.Conflict, "no", "It is lost.")
	w.no[subjects[40].ID] = errors.New("the disk's serial number is 42") // a defect: nobody is told
	for range 10 {                                                       // the defect is tried a few times, with pauses
		_ = w.engine.Resume(t.Context())
		w.wait(time.Minute)
	}
	is := w.is(job)
	require.Equal(t, []any{bulk.Done, 58, 2}, []any{is.State, is.Changed, is.Refused})
	require.Equal(t, 58, w.written())
	refused := w.refused(job)
	require.Equal(t, "It is lost.", refused[0].Reason)
	require.Equal(t, 41, refused[1].N)
	require.NotContains(t, refused[1].Reason, "42")
	write, err := w.engine.Export(w.ctx, job.ID, bulk.RowRefused)
	require.NoError(t, err)
	var file strings.Builder
	require.NoError(t, write(&file))
	require.Contains(t, file.String(), "'=Record 4", "no cell is a formula")
}

func TestWhatTheServerRefusesAtTheCommitIsOneRecords(t *testing.T) {
	w := newWorld(t)
	job, subjects := w.begin(30)
	_, err := w.db.Pool().Exec(t.Context(), `INSERT INTO inbox (subscriber, event_id, handled_at) VALUES ('word', $1, now())`, subjects[10].ID)
	require.NoError(t, err)
	require.NoError(t, w.engine.Resume(t.Context()))
	is := w.is(job)
	require.Equal(t, []any{bulk.Done, 29, 1}, []any{is.State, is.Changed, is.Refused})
	require.Equal(t, 11, w.refused(job)[0].N)
	require.Equal(t, 30, w.written())
}

func TestWhoDoesNotAnswerIsAskedAgain(t *testing.T) {
	w := newWorld(t)
	job, _ := w.begin(30)
	w.set(func() { w.silent = fault.New(fault.Unavailable, "silent", "The directory does not answer.") })
	for range 20 {
		require.NoError(t, w.engine.Resume(t.Context()))
		w.wait(time.Minute)
	}
	is := w.is(job)
	require.Equal(t, []any{bulk.Running, 0, "The directory does not answer."}, []any{is.State, is.Refused, is.WaitsFor})
	w.set(func() { w.silent = nil })
	require.NoError(t, w.engine.Resume(t.Context()))
	is = w.is(job)
	require.Equal(t, []any{bulk.Done, 30, ""}, []any{is.State, is.Changed, is.WaitsFor})
}

// TestAKilledProgramDoesNothingTwice stops one program in the middle of a transaction and lets another one look for work, as
// often as there are transactions, and once more while the first still believes the job to be its own.
func TestAKilledProgramDoesNothingTwice(t *testing.T) {
	w := newWorld(t)
	job, subjects := w.begin(60)
	for _, at := range []int{0, 24, 25, 59} {
		ctx, kill := context.WithCancel(t.Context())
		w.set(func() {
			w.reached = func(subject string) {
				if subject == subjects[at].ID {
					kill()
				}
			}
		})
		_ = w.engine.Resume(ctx)
		kill()
		w.set(func() { w.reached = nil })
		w.wait(time.Minute)
	}
	other, _ := w.program()
	w.set(func() {
		w.reached = func(string) {
			w.set(func() { w.reached, w.now = nil, w.now.Add(time.Minute) })
			go func() { _ = other.Resume(t.Context()) }() // waits for the first one's lock, and goes on behind it
			time.Sleep(50 * time.Millisecond)
		}
	})
	_ = w.engine.Resume(t.Context())
	require.Eventually(t, func() bool { _ = other.Resume(t.Context()); return w.is(job).State == bulk.Done }, 20*time.Second, 20*time.Millisecond)
	require.Equal(t, []any{60, 60}, []any{w.is(job).Changed, w.written()})
}

func TestJobsAreForgotten(t *testing.T) {
	w := newWorld(t)
	job, _ := w.begin(3)
	queue, err := jobs.New(w.db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	w.engine.Schedule(queue)
	require.NoError(t, queue.Start(t.Context()))
	defer func() { _ = queue.Stop(context.WithoutCancel(t.Context())) }()
	require.Eventually(t, func() bool { return w.is(job).State == bulk.Done }, 20*time.Second, 10*time.Millisecond, "the queue does it by itself")
	require.NoError(t, queue.Stop(t.Context()))
	w.wait(bulk.KeptFor + time.Hour)
	again, err := jobs.New(w.db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	w.engine.Schedule(again)
	_, err = w.db.Pool().Exec(t.Context(), `DELETE FROM river_job`)
	require.NoError(t, err)
	require.NoError(t, again.Start(t.Context()))
	defer func() { _ = again.Stop(context.WithoutCancel(t.Context())) }()
	require.Eventually(t, func() bool {
		_, err := w.engine.Find(w.ctx, job.ID)
		return fault.Is(err, fault.NotFound)
	}, 20*time.Second, 50*time.Millisecond)
}
