package audit

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"

	"erp/internal/platform/database"
)

// Report is the outcome of checking a module's chain.
type Report struct {
	Schema   string
	Sealed   int64  // entries whose seal was checked
	Unsealed int64  // entries written since the last seal
	Problem  string // the first entry that was changed, removed or put in, empty when none was
}

// Verify walks the chain from its beginning and names the first entry that is not
// what was sealed.
func Verify(ctx context.Context, db *database.DB) (Report, error) {
	r := Report{Schema: db.Schema()}
	if err := r.walk(ctx, db); err != nil {
		return r, fmt.Errorf("verify audit of %s: %w", db.Schema(), database.Fault(err))
	}
	if r.Problem != "" {
		return r, nil
	}
	if err := r.strays(ctx, db); err != nil {
		return r, fmt.Errorf("verify audit of %s: %w", db.Schema(), database.Fault(err))
	}
	return r, nil
}

func (r *Report) walk(ctx context.Context, db *database.DB) error {
	rows, err := db.Pool().Query(ctx, `SELECT s.seq, s.hash, s.entry_id::text, e.id IS NOT NULL,
		coalesce(e.id::text, ''), coalesce(e.n, 0), coalesce(e.at, 'epoch'), coalesce(e.actor_id, ''), coalesce(e.actor_name, ''),
		coalesce(e.actor_kind, ''), coalesce(e.ip, ''), coalesce(e.request_id, ''), coalesce(e.action, ''), coalesce(e.subject, ''),
		coalesce(e.subject_id, ''), coalesce(e.label, ''), coalesce(e.before::text, ''), coalesce(e.after::text, '')
		FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id ORDER BY s.seq`)
	if err != nil {
		return fmt.Errorf("read the chain: %w", err)
	}
	defer rows.Close()
	previous := make([]byte, sha256.Size)
	for rows.Next() {
		var seq int64
		var hash []byte
		var sealed string
		var present bool
		var e sealedEntry
		if err := rows.Scan(append([]any{&seq, &hash, &sealed, &present}, e.targets()...)...); err != nil {
			return fmt.Errorf("read the chain: %w", err)
		}
		switch {
		case seq != r.Sealed+1:
			r.Problem = fmt.Sprintf("seal %d is missing", r.Sealed+1)
		case !present:
			r.Problem = fmt.Sprintf("entry %s (seal %d) was removed", sealed, seq)
		case !bytes.Equal(hash, link(previous, e)):
			r.Problem = fmt.Sprintf("entry %s (seal %d, %s %s) was changed", sealed, seq, e.fields[5], e.fields[8])
		}
		if r.Problem != "" {
			return nil
		}
		previous, r.Sealed = hash, seq
	}
	return rows.Err()
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
