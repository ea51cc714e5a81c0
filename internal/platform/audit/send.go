package audit

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
	"erp/internal/platform/egress"
)

// Sender carries the sealed trail of one schema to a receiver elsewhere, so that whoever rules this database cannot rewrite
// what happened unseen. Entries leave in the order of their seals, each at least once; the position is kept in the schema.
type Sender struct {
	db       *database.DB
	address  string
	receiver string // the address without its query, which may hold a token
	key      []byte
	outside  *egress.Client
}

// Bounds of sending. A sender that was killed keeps the turn for as long as holdsTurn; a call takes less.
const (
	holdsTurn = "30 seconds"
	worksFor  = 12 * time.Second // before another batch is begun no more, so that a run ends within a job's time
)

// NewSender prepares what sends the trail of the schema behind db. The client reaches private networks: the operator
// gave the address.
func NewSender(db *database.DB, address string, key []byte) *Sender {
	receiver := address
	if u, err := url.Parse(address); err == nil {
		u.RawQuery = ""
		receiver = u.String()
	}
	return &Sender{db: db, address: address, receiver: receiver, key: key, outside: egress.New(egress.Options{Private: true})}
}

// turn is the right to send, and from where on.
type turn struct{ number, seq int64 }

// Send sends what is sealed and has not arrived yet, batch by batch. It may run anywhere and at any time: who does not get
// the turn has nothing to do. What the receiver does not take is kept for the next run, with the reason.
func (s *Sender) Send(ctx context.Context) error {
	mine, ok, err := s.take(ctx)
	if err != nil || !ok {
		return err
	}
	begins, done := context.WithTimeout(ctx, worksFor)
	defer done()
	for more := true; more && begins.Err() == nil; {
		if more, err = s.sendBatch(ctx, &mine); err != nil {
			return err
		}
	}
	return s.settle(context.WithoutCancel(ctx), mine, `busy_until = '-infinity'`)
}

// take gets the turn; not ok when somebody else has it.
func (s *Sender) take(ctx context.Context) (mine turn, ok bool, err error) {
	err = s.db.Pool().QueryRow(ctx, `INSERT INTO audit_sent AS a (receiver, busy_until) VALUES ($1, clock_timestamp() + interval '`+holdsTurn+`')
		ON CONFLICT (receiver) DO UPDATE SET busy_until = excluded.busy_until, turn = a.turn + 1 WHERE a.busy_until < clock_timestamp()
		RETURNING turn, seq`, s.receiver).Scan(&mine.number, &mine.seq)
	if errors.Is(err, pgx.ErrNoRows) {
		return mine, false, nil
	}
	return mine, err == nil, s.failed("take the turn", err)
}

var errTurnLost = errors.New("another sender has taken the turn") //nolint:gochecknoglobals // because it is a constant

// settle writes what has changed, as long as the turn is still this sender's.
func (s *Sender) settle(ctx context.Context, mine turn, set string, args ...any) error {
	tag, err := s.db.Pool().Exec(ctx, `UPDATE audit_sent SET `+set+` WHERE receiver = $1 AND turn = $2`, append([]any{s.receiver, mine.number}, args...)...)
	if err == nil && tag.RowsAffected() == 0 {
		err = errTurnLost
	}
	return s.failed("keep the position", err)
}

// sendBatch sends the next entries; no more when these were the last, or the receiver did not take them.
func (s *Sender) sendBatch(ctx context.Context, mine *turn) (more bool, err error) {
	next, err := s.next(ctx, mine.seq)
	if err != nil || next.empty() {
		return false, err
	}
	message := fmt.Sprintf("audit-%s-%d-%d", s.db.Schema(), mine.seq+1, next.last)
	headers := egress.Signed(s.key, message, s.db.Now(), next.body)
	headers["Content-Type"], headers["User-Agent"] = "application/x-ndjson", "ERP-Audit/1"
	if _, _, problem := s.outside.Post(ctx, s.address, headers, next.body); problem != nil {
		return false, s.settle(context.WithoutCancel(ctx), *mine, `problem = $3, failing_since = coalesce(failing_since, clock_timestamp())`, problem.Error())
	}
	// It has arrived, also when the program is being stopped.
	err = s.settle(context.WithoutCancel(ctx), *mine, `seq = $3, sent_at = clock_timestamp(), problem = '', failing_since = NULL,
		busy_until = clock_timestamp() + interval '`+holdsTurn+`'`, next.last)
	mine.seq = next.last
	return next.more, err
}

func (s *Sender) failed(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s of the audit trail of %s: %w", what, s.db.Schema(), database.Fault(err))
}

// Progress is how far the trail has been sent.
type Progress struct {
	Waiting      int64     // sealed entries that have not arrived
	Since        time.Time // when the oldest of them was written
	Problem      string    // of the last try, empty when it went well
	FailingSince time.Time
}

// Progress looks how far the trail has been sent, by whichever replica.
func (s *Sender) Progress(ctx context.Context) (p Progress, err error) {
	var since, failing *time.Time
	err = s.db.Pool().QueryRow(ctx, `WITH sent AS (SELECT coalesce(max(seq), 0) AS seq, coalesce(max(problem), '') AS problem, max(failing_since) AS failing_since
			FROM audit_sent WHERE receiver = $1)
		SELECT greatest(0, (SELECT coalesce(max(seq), 0) FROM audit_seal) - seq), problem, failing_since,
			(SELECT e.at FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id WHERE s.seq = sent.seq + 1) FROM sent`,
		s.receiver).Scan(&p.Waiting, &p.Problem, &failing, &since)
	if since != nil {
		p.Since = *since
	}
	if failing != nil {
		p.FailingSince = *failing
	}
	return p, s.failed("look at the sending", err)
}
