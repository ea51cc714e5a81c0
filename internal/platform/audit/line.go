package audit

import (
	"bytes"
	"context"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"time"
)

// Line is one sealed entry as a receiver gets it: all that its hash covers, so that the receiver can walk the chain itself.
// Of an entry that is gone only the seal is told.
type Line struct {
	Module    string `json:"module"`
	Seq       int64  `json:"seq"`
	Hash      string `json:"hash"`
	ID        string `json:"id"`
	Removed   bool   `json:"removed,omitempty"`
	N         int64  `json:"n"`
	At        string `json:"at"`
	ActorID   string `json:"actorId"`
	ActorName string `json:"actorName"`
	ActorKind string `json:"actorKind"`
	IP        string `json:"ip"`
	RequestID string `json:"requestId"`
	Action    string `json:"action"`
	Subject   string `json:"subject"`
	SubjectID string `json:"subjectId"`
	Label     string `json:"label"`
	Before    string `json:"before"`
	After     string `json:"after"`
}

// Bounds of one batch.
const (
	batchLines = 500
	batchBytes = 1 << 20
)

type batch struct {
	body []byte
	last int64 // the seal of the last line
	more bool
}

func (b batch) empty() bool { return len(b.body) == 0 }

// next reads the entries sealed after seq, as many as fit into one batch.
func (s *Sender) next(ctx context.Context, seq int64) (b batch, err error) {
	rows, err := s.db.Pool().Query(ctx, `SELECT s.seq, s.hash, s.entry_id::text, e.id IS NULL,
		coalesce(e.id::text, ''), coalesce(e.n, 0), coalesce(e.at, 'epoch'), coalesce(e.actor_id, ''), coalesce(e.actor_name, ''),
		coalesce(e.actor_kind, ''), coalesce(e.ip, ''), coalesce(e.request_id, ''), coalesce(e.action, ''), coalesce(e.subject, ''),
		coalesce(e.subject_id, ''), coalesce(e.label, ''), coalesce(e.before::text, ''), coalesce(e.after::text, '')
		FROM audit_seal s LEFT JOIN audit_entry e ON e.id = s.entry_id WHERE s.seq > $1 ORDER BY s.seq LIMIT $2`, seq, batchLines)
	if err != nil {
		return b, s.failed("read", err)
	}
	defer rows.Close()
	var hash []byte
	var e sealedEntry
	var body bytes.Buffer
	out := json.NewEncoder(&body)
	var l Line
	targets := append([]any{&l.Seq, &hash, &l.ID, &l.Removed}, e.targets()...)
	for lines := 1; rows.Next(); lines++ {
		l = Line{Module: s.db.Schema()}
		if err := rows.Scan(targets...); err != nil {
			return b, s.failed("read", err)
		}
		l.Hash = hex.EncodeToString(hash)
		l.fill(e)
		if err := out.Encode(l); err != nil {
			return b, fmt.Errorf("write audit entry %s: %w", l.ID, err)
		}
		b.last = l.Seq
		if b.more = lines == batchLines || body.Len() >= batchBytes; b.more {
			break
		}
	}
	b.body = body.Bytes()
	rows.Close()
	return b, s.failed("read", rows.Err())
}

// fill tells the entry in the words of the line, each exactly as the hash covers it.
func (l *Line) fill(e sealedEntry) {
	if l.Removed {
		return
	}
	l.N, l.At = e.n, e.at.UTC().Format(time.RFC3339Nano)
	for i, field := range []*string{&l.ActorID, &l.ActorName, &l.ActorKind, &l.IP, &l.RequestID, &l.Action, &l.Subject, &l.SubjectID, &l.Label, &l.Before, &l.After} {
		*field = e.fields[i]
	}
}
