package audit

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
)

// sealBatch is how many entries one transaction seals.
const sealBatch = 5_000

// lookBack is how far behind the chain's head an entry of the same transaction may stand.
const lookBack = "10000"

// columns of an entry in the order in which the chain hashes them.
const columns = `e.id::text, e.n, e.at, e.actor_id, e.actor_name, e.actor_kind, e.ip, e.request_id, e.action, e.subject, e.subject_id,
	e.label, coalesce(e.before::text, ''), coalesce(e.after::text, '')`

// Seal extends the chain over all entries that have committed. It may run anywhere and
// at any time; two at once wait for each other.
func Seal(ctx context.Context, db *database.DB) error {
	for {
		n, err := sealOnce(ctx, db)
		if err != nil {
			return fmt.Errorf("seal audit of %s: %w", db.Schema(), err)
		}
		if n < sealBatch {
			return nil
		}
	}
}

type head struct {
	seq  int64
	hash []byte
	xid  string
	n    int64
}

func sealOnce(ctx context.Context, db *database.DB) (sealed int, err error) {
	err = db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		sealed = 0
		if _, err := tx.Conn().Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.audit_seal'))`); err != nil {
			return fmt.Errorf("lock the chain: %w", err)
		}
		last, err := chainHead(ctx, tx.Conn())
		if err != nil {
			return err
		}
		// Below the snapshot's xmin every transaction has ended, so no entry can appear there later. In a system that was
		// brought back from a copy all entries are of one transaction: what was not sealed yet stands among the last that were.
		rows, err := tx.Conn().Query(ctx, `SELECT `+columns+` FROM audit_entry e
			WHERE (e.xid, e.n) > ($1::text::xid8, $2::bigint - `+lookBack+`) AND e.xid < pg_snapshot_xmin(pg_current_snapshot())
			  AND NOT EXISTS (SELECT 1 FROM audit_seal s WHERE s.entry_id = e.id)
			ORDER BY e.xid, e.n LIMIT $3`, last.xid, last.n, sealBatch)
		if err != nil {
			return fmt.Errorf("read entries: %w", err)
		}
		seals, err := extend(rows, last)
		if err != nil {
			return err
		}
		sealed = len(seals)
		_, err = tx.Conn().CopyFrom(ctx, pgx.Identifier{"audit_seal"}, []string{"seq", "entry_id", "hash"}, pgx.CopyFromRows(seals))
		if err != nil {
			return fmt.Errorf("write seals: %w", err)
		}
		return nil
	})
	return sealed, err
}

func chainHead(ctx context.Context, conn *pgx.Conn) (head, error) {
	h := head{hash: make([]byte, sha256.Size), xid: "0"}
	err := conn.QueryRow(ctx, `SELECT s.seq, s.hash, coalesce(e.xid::text, '0'), coalesce(e.n, 0) FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id
		ORDER BY s.seq DESC LIMIT 1`).Scan(&h.seq, &h.hash, &h.xid, &h.n)
	if err != nil && !errors.Is(err, pgx.ErrNoRows) {
		return head{}, fmt.Errorf("read the chain's head: %w", err)
	}
	return h, nil
}

func extend(rows pgx.Rows, last head) ([][]any, error) {
	defer rows.Close()
	var seals [][]any
	for rows.Next() {
		e, err := scan(rows)
		if err != nil {
			return nil, err
		}
		last.seq++
		last.hash = link(last.hash, e)
		seals = append(seals, []any{last.seq, e.id, last.hash})
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read entries: %w", err)
	}
	return seals, nil
}

// sealedEntry is an entry as the chain sees it.
type sealedEntry struct {
	id     string
	n      int64
	at     time.Time
	fields [11]string
}

func (e *sealedEntry) targets() []any {
	out := []any{&e.id, &e.n, &e.at}
	for i := range e.fields {
		out = append(out, &e.fields[i])
	}
	return out
}

func scan(rows pgx.Rows) (sealedEntry, error) {
	var e sealedEntry
	if err := rows.Scan(e.targets()...); err != nil {
		return e, fmt.Errorf("read entry: %w", err)
	}
	return e, nil
}

// link is the hash of an entry chained to the one before: SHA-256 over the previous
// hash and the entry's fields as a JSON array.
func link(previous []byte, e sealedEntry) []byte {
	body := make([]byte, 0, 1<<10)
	body = append(body, previous...)
	body = append(appendText(append(body, '['), e.id), ',')
	body = append(strconv.AppendInt(body, e.n, 10), ',')
	body = append(e.at.UTC().AppendFormat(append(body, '"'), time.RFC3339Nano), '"', ',', '[')
	for i, field := range e.fields {
		if i > 0 {
			body = append(body, ',')
		}
		body = appendText(body, field)
	}
	sum := sha256.Sum256(append(body, ']', ']'))
	return sum[:]
}

// appendText writes the text as encoding/json does, which seals have stood on from the beginning; a million entries are
// verified by it.
func appendText(to []byte, text string) []byte {
	begin := len(to)
	to = append(to, '"')
	for i := range len(text) {
		switch c := text[i]; {
		case c == '"' || c == '\\':
			to = append(to, '\\', c)
		case c == '<' || c == '>' || c == '&':
			to = append(to, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
		case c < ' ' || c == 0xE2 && strings.HasPrefix(text[i:], "\u2028") || c == 0xE2 && strings.HasPrefix(text[i:], "\u2029"):
			return appendSlowly(to[:begin], text)
		default:
			to = append(to, c)
		}
	}
	if !utf8.ValidString(text) {
		return appendSlowly(to[:begin], text)
	}
	return append(to, '"')
}

const hexDigits = "0123456789abcdef"

func appendSlowly(to []byte, text string) []byte {
	raw, err := json.Marshal(text)
	if err != nil { // text always marshals
		panic(err)
	}
	return append(to, raw...)
}
