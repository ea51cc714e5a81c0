package audit_test

import (
	"context"
	"fmt"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/audit"
	"erp/internal/platform/audit/audittest"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/pgtest"
)

// fill writes and seals n entries.
func fill(t *testing.T, db *database.DB, n int) {
	t.Helper()
	ctx := auth.With(t.Context(), auth.Principal{Name: "Ana <ana> & \u2028 Zoë", Kind: auth.KindUser}, nil)
	require.NoError(t, db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		for i := range n {
			if err := audit.Record(tx, audit.Entry{Action: "thing.change", Subject: "thing", SubjectID: "1", Label: fmt.Sprintf("T-%d", i),
				Before: map[string]any{"b": "<x>", "a": i}, After: map[string]any{"b": "é", "a": i + 1}}); err != nil {
				return err
			}
		}
		return nil
	}))
	sealAll(t, db)
}

// sealAll seals what has been written: what runs elsewhere on the server may hold the seal back for a moment.
func sealAll(t *testing.T, db *database.DB) {
	t.Helper()
	require.Eventually(t, func() bool {
		require.NoError(t, audit.Seal(t.Context(), db))
		r, err := audit.Verify(t.Context(), db)
		require.NoError(t, err)
		return r.Unsealed == 0
	}, 20*time.Second, 20*time.Millisecond)
}

func receive(t *testing.T, r *audittest.Receiver) (address string) {
	t.Helper()
	server := httptest.NewServer(r)
	t.Cleanup(server.Close)
	return server.URL
}

func TestTheTrailIsSentElsewhere(t *testing.T) {
	t.Parallel()

	t.Run("all of it, in its order, signed, and a receiver can walk the chain", func(t *testing.T) {
		t.Parallel()
		db, receiver := pgtest.New(t, "platform"), &audittest.Receiver{}
		sender := audit.NewSender(db, receive(t, receiver)+"/erp?token=hunter2", audittest.Key())
		fill(t, db, 1_203) // three batches
		p, err := sender.Progress(t.Context())
		require.NoError(t, err)
		require.EqualValues(t, 1_203, p.Waiting)
		require.False(t, p.Since.IsZero())
		require.NoError(t, sender.Send(t.Context()))
		require.NoError(t, receiver.Wrong())
		require.Len(t, receiver.Chain("platform"), 1_203)
		fill(t, db, 1)
		require.NoError(t, sender.Send(t.Context()))
		require.NoError(t, receiver.Wrong())
		require.Len(t, receiver.Chain("platform"), 1_204)
		require.Zero(t, receiver.Repeats())
		p, err = sender.Progress(t.Context())
		require.NoError(t, err)
		require.Equal(t, audit.Progress{}, p)
		var kept string
		require.NoError(t, db.Pool().QueryRow(t.Context(), `SELECT receiver FROM audit_sent`).Scan(&kept))
		require.NotContains(t, kept, "hunter2")
	})

	t.Run("a receiver that fails in every way gets it all the same", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "platform")
		receiver := &audittest.Receiver{Trouble: func(call int) string {
			return []string{"refuse", "hang up", "lose", "", "lose", "refuse", ""}[(call-1)%7]
		}}
		sender := audit.NewSender(db, receive(t, receiver), audittest.Key())
		fill(t, db, 700)
		require.NoError(t, sender.Send(t.Context()))
		p, err := sender.Progress(t.Context())
		require.NoError(t, err)
		require.Equal(t, "the answer was 503, not 2xx", p.Problem)
		require.WithinDuration(t, time.Now(), p.FailingSince, time.Minute)
		require.EqualValues(t, 700, p.Waiting)
		for range 7 {
			fill(t, db, 100)
			require.NoError(t, sender.Send(t.Context()))
		}
		require.Eventually(t, func() bool {
			return sender.Send(t.Context()) == nil && len(receiver.Chain("platform")) == 1_400
		}, 10*time.Second, time.Millisecond)
		for range 2 { // the answer to the last batch may have been lost
			require.NoError(t, sender.Send(t.Context()))
		}
		require.NoError(t, receiver.Wrong())
		require.Len(t, receiver.Chain("platform"), 1_400)
		require.Positive(t, receiver.Repeats(), "what may have been lost is sent again")
		p, err = sender.Progress(t.Context())
		require.NoError(t, err)
		require.Equal(t, audit.Progress{}, p)
	})

	t.Run("stopped in the middle it loses nothing", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "platform")
		stop, end := context.WithCancel(t.Context())
		receiver := &audittest.Receiver{Trouble: func(call int) string {
			if call == 2 {
				end() // the program is told to stop while the receiver works
			}
			return ""
		}}
		sender := audit.NewSender(db, receive(t, receiver), audittest.Key())
		fill(t, db, 1_700)
		_ = sender.Send(stop)
		require.Less(t, len(receiver.Chain("platform")), 1_700)
		require.NoError(t, sender.Send(t.Context()))
		require.NoError(t, receiver.Wrong())
		require.Len(t, receiver.Chain("platform"), 1_700)
	})

	t.Run("many replicas at once send it once; one that was held up keeps nothing from the others", func(t *testing.T) {
		t.Parallel()
		db := pgtest.New(t, "platform")
		held, release := make(chan struct{}), make(chan struct{})
		var late atomic.Bool
		receiver := &audittest.Receiver{}
		inFront := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if !late.Swap(true) {
				close(held)
				<-release
			}
			receiver.ServeHTTP(w, r)
		}))
		t.Cleanup(inFront.Close)
		send := func() error { return audit.NewSender(db, inFront.URL, audittest.Key()).Send(t.Context()) }
		fill(t, db, 900)
		first := make(chan error, 1)
		go func() { first <- send() }()
		<-held
		for range 8 {
			require.NoError(t, send(), "who does not get the turn has nothing to do")
		}
		require.Empty(t, receiver.Chain("platform"))
		_, err := db.Pool().Exec(t.Context(), `UPDATE audit_sent SET busy_until = clock_timestamp() - interval '1 second'`) // its time is over
		require.NoError(t, err)
		var wait sync.WaitGroup
		for range 8 {
			wait.Go(func() {
				if err := send(); err != nil {
					t.Error(err)
				}
			})
		}
		wait.Wait()
		require.Len(t, receiver.Chain("platform"), 900)
		require.Zero(t, receiver.Repeats())
		close(release)
		require.ErrorContains(t, <-first, "another sender has taken the turn")
		fill(t, db, 1)
		require.NoError(t, send())
		require.NoError(t, receiver.Wrong())
		require.Len(t, receiver.Chain("platform"), 901)
	})

	t.Run("a cut end is noticed, for the receiver had it; a removed entry leaves its seal there", func(t *testing.T) {
		t.Parallel()
		db, receiver := pgtest.New(t, "platform"), &audittest.Receiver{}
		sender := audit.NewSender(db, receive(t, receiver), audittest.Key())
		fill(t, db, 10)
		forger := pgtest.Superuser(t, db)
		_, err := forger.Exec(t.Context(), `DELETE FROM platform.audit_entry WHERE id = (SELECT entry_id FROM platform.audit_seal WHERE seq = 10)`)
		require.NoError(t, err)
		require.NoError(t, sender.Send(t.Context()))
		require.NoError(t, receiver.Wrong())
		require.Equal(t, []bool{false, true}, []bool{receiver.Chain("platform")[8].Removed, receiver.Chain("platform")[9].Removed})
		_, err = forger.Exec(t.Context(), `WITH gone AS (DELETE FROM platform.audit_seal WHERE seq > 7 RETURNING entry_id) DELETE FROM platform.audit_entry WHERE id IN (SELECT entry_id FROM gone)`)
		require.NoError(t, err)
		r, err := audit.Verify(t.Context(), db)
		require.NoError(t, err)
		require.Equal(t, "seals 8 to 10 were removed; the receiver of the trail has them", r.Problem)
	})

	t.Run("another receiver gets the whole trail; what is too long for a batch goes alone", func(t *testing.T) {
		t.Parallel()
		db, one, other := pgtest.New(t, "platform"), &audittest.Receiver{}, &audittest.Receiver{}
		fill(t, db, 5)
		require.NoError(t, db.Tx(t.Context(), func(_ context.Context, tx *database.Tx) error {
			return audit.Record(tx, audit.Entry{Action: "thing.add", Subject: "thing", After: map[string]string{"long": strings.Repeat("x", 3<<20)}})
		}))
		fill(t, db, 5)
		for _, receiver := range []*audittest.Receiver{one, other} {
			require.NoError(t, audit.NewSender(db, receive(t, receiver), audittest.Key()).Send(t.Context()))
			require.NoError(t, receiver.Wrong())
			require.Len(t, receiver.Chain("platform"), 11)
		}
		require.True(t, slices.Equal(one.Chain("platform"), other.Chain("platform")))
	})
}
