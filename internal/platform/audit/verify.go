package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"erp/internal/platform/database"
)

// Report is the outcome of checking a module's chain.
type Report struct {
	Schema   string
	Sealed   int64  // entries whose seal was checked
	Unsealed int64  // entries written since the last seal
	Problem  string // the first entry that was changed, removed or put in, empty when none was
}

// A long chain is checked in stretches, a few at once: each begins with the stored hash before it, which the stretch
// before must end with.
const (
	stretch  = 50_000
	checkers = 4
)

// Verify walks the chain from its beginning and names the first entry that is not
// what was sealed.
func Verify(ctx context.Context, db *database.DB) (Report, error) {
	r := Report{Schema: db.Schema()}
	for _, look := range []func(context.Context, *database.DB) error{r.walk, r.cutOff, r.strays} {
		if err := look(ctx, db); err != nil {
			return r, fmt.Errorf("verify audit of %s: %w", db.Schema(), database.Fault(err))
		}
		if r.Problem != "" {
			break
		}
	}
	return r, nil
}

func (r *Report) walk(ctx context.Context, db *database.DB) error {
	var last int64
	if err := db.Pool().QueryRow(ctx, `SELECT coalesce(max(seq), 0) FROM audit_seal`).Scan(&last); err != nil {
		return fmt.Errorf("read the chain's head: %w", err)
	}
	found := make([]struct {
		sealed  int64
		problem string
	}, (last+stretch-1)/stretch)
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(checkers)
	for i := range found {
		group.Go(func() (err error) {
			from := int64(i) * stretch
			found[i].sealed, found[i].problem, err = check(ctx, db, from, min(from+stretch, last))
			return err
		})
	}
	if err := group.Wait(); err != nil {
		return err
	}
	for _, part := range found {
		r.Sealed += part.sealed
		if part.problem != "" {
			r.Problem = part.problem
			return nil
		}
	}
	return nil
}

// cutOff looks whether the chain ends before what has been sent elsewhere: a cut end is a chain, too.
func (r *Report) cutOff(ctx context.Context, db *database.DB) error {
	var last, sent int64
	if err := db.Pool().QueryRow(ctx, `SELECT (SELECT coalesce(max(seq), 0) FROM audit_seal), (SELECT coalesce(max(seq), 0) FROM audit_sent)`).Scan(&last, &sent); err != nil {
		return fmt.Errorf("read what was sent: %w", err)
	}
	if sent > last {
		r.Problem = fmt.Sprintf("seals %d to %d were removed; the receiver of the trail has them", last+1, sent)
	}
	return nil
}

// check compares the seals behind `from`, up to and with `to`, with their entries.
func check(ctx context.Context, db *database.DB, from, to int64) (sealed int64, problem string, err error) {
	previous := make([]byte, sha256.Size)
	if from > 0 {
		err := db.Pool().QueryRow(ctx, `SELECT hash FROM audit_seal WHERE seq = $1`, from).Scan(&previous)
		if errors.Is(err, pgx.ErrNoRows) {
			return 0, fmt.Sprintf("seal %d is missing", from), nil
		}
		if err != nil {
			return 0, "", fmt.Errorf("read the chain: %w", err)
		}
	}
	rows, err := db.Pool().Query(ctx, `SELECT s.seq, s.hash, s.entry_id::text, e.id IS NOT NULL,
		coalesce(e.id::text, ''), coalesce(e.n, 0), coalesce(e.at, 'epoch'), coalesce(e.actor_id, ''), coalesce(e.actor_name, ''),
		coalesce(e.actor_kind, ''), coalesce(e.ip, ''), coalesce(e.request_id, ''), coalesce(e.action, ''), coalesce(e.subject, ''),
		coalesce(e.subject_id, ''), coalesce(e.label, ''), coalesce(e.before::text, ''), coalesce(e.after::text, '')
		FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id WHERE s.seq > $1 AND s.seq <= $2 ORDER BY s.seq`, from, to)
	if err != nil {
		return 0, "", fmt.Errorf("read the chain: %w", err)
	}
	defer rows.Close()
	var seq int64
	var hash []byte
	var entry string
	var present bool
	var e sealedEntry
	targets := append([]any{&seq, &hash, &entry, &present}, e.targets()...)
	for rows.Next() {
		if err := rows.Scan(targets...); err != nil {
			return sealed, "", fmt.Errorf("read the chain: %w", err)
		}
		switch {
		case seq != from+sealed+1:
			return sealed, fmt.Sprintf("seal %d is missing", from+sealed+1), nil
		case !present:
			return sealed, fmt.Sprintf("entry %s (seal %d) was removed", entry, seq), nil
		case !bytes.Equal(hash, link(previous, e)):
			return sealed, fmt.Sprintf("entry %s (seal %d, %s %s) was changed", entry, seq, e.fields[5], e.fields[8]), nil
		}
		previous = bytes.Clone(hash)
		sealed++
	}
	if err := rows.Err(); err != nil {
		return sealed, "", fmt.Errorf("read the chain: %w", err)
	}
	if from+sealed < to {
		return sealed, fmt.Sprintf("seal %d is missing", from+sealed+1), nil
	}
	return sealed, "", nil
}

// strays looks for entries that were put in behind the chain's head.
func (r *Report) strays(ctx context.Context, db *database.DB) error {
	var stray *string
	err := db.Pool().QueryRow(ctx, `WITH head AS (SELECT e.xid, e.n FROM audit_seal s JOIN audit_entry e ON e.id = s.entry_id ORDER BY s.seq DESC LIMIT 1),
		unsealed AS (SELECT e.* FROM audit_entry e LEFT JOIN audit_seal s ON s.entry_id = e.id WHERE s.seq IS NULL)
		SELECT count(*), min(u.id::text) FILTER (WHERE u.xid < (SELECT xid FROM head)) FROM unsealed u`).Scan(&r.Unsealed, &stray)
	if err != nil {
		return fmt.Errorf("look for strays: %w", err)
	}
	if stray != nil {
		r.Problem = fmt.Sprintf("entry %s was put in behind the chain's head", *stray)
	}
	return nil
}
