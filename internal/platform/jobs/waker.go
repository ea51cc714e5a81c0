package jobs

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"github.com/riverqueue/river"

	"erp/internal/platform/database"
)

// waker tells all replicas that there is work, after the transaction that made it. A
// NOTIFY inside it would queue all commits behind one lock; what a crash loses here
// the next poll finds.
type waker struct {
	db      *database.DB
	log     *slog.Logger
	pending chan struct{}
	quit    chan struct{}
	once    sync.Once
	done    sync.WaitGroup
}

func newWaker(db *database.DB, log *slog.Logger) *waker {
	return &waker{db: db, log: log, pending: make(chan struct{}, 1), quit: make(chan struct{})}
}

func (w *waker) wake() {
	select {
	case w.pending <- struct{}{}:
	default: // a wake-up is due already
	}
}

func (w *waker) start() { w.done.Go(w.run) }

func (w *waker) stop() {
	w.once.Do(func() { close(w.quit) })
	w.done.Wait()
}

func (w *waker) run() {
	for {
		select {
		case <-w.quit:
			return
		case <-w.pending:
		}
		ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
		_, err := w.db.Pool().Exec(ctx, `SELECT pg_notify($1, $2)`, w.db.Schema()+".river_insert", `{"queue": "`+river.QueueDefault+`"}`)
		cancel()
		if err != nil {
			w.log.Warn("wake job queue", "module", w.db.Schema(), "error", err)
		}
		time.Sleep(fetchCooldown)
	}
}
