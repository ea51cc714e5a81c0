package audit

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"erp/internal/platform/database"
)

// Row is an audit entry as people read it.
type Row struct {
	ID        string          `json:"id"`
	Module    string          `json:"module"`
	At        time.Time       `json:"at"`
	ActorID   string          `json:"actorId,omitempty"`
	ActorName string          `json:"actorName"`
	ActorKind string          `json:"actorKind"`
	IP        string          `json:"ip,omitempty"`
	RequestID string          `json:"requestId,omitempty"`
	Action    string          `json:"action"`
	Subject   string          `json:"subject"`
	SubjectID string          `json:"subjectId"`
	Label     string          `json:"label"`
	Before    json.RawMessage `json:"before,omitempty"`
	After     json.RawMessage `json:"after,omitempty"`
}

// Query narrows a list; zero fields do not. Ids grow with time in every schema alike, so
// lists of several modules merge by id.
type Query struct {
	BeforeID  string // only entries older than this one
	Q         string // in the label, or a whole id of record or request
	ActorID   string
	Action    string // "asset.assign", or "asset." for all of them
	Subject   string
	SubjectID string
	RequestID string
	From, To  time.Time
	Limit     int
}

// List gives the newest entries of the module first.
func List(ctx context.Context, db *database.DB, q Query) ([]Row, error) {
	where, args := q.where()
	args = append(args, q.Limit)
	rows, err := db.Pool().Query(ctx, `SELECT id::text, at, actor_id, actor_name, actor_kind, ip, request_id, action, subject, subject_id, label, before, after
		FROM audit_entry`+where+fmt.Sprintf(` ORDER BY id DESC LIMIT $%d`, len(args)), args...)
	if err != nil {
		return nil, fmt.Errorf("list audit of %s: %w", db.Schema(), database.Fault(err))
	}
	defer rows.Close()
	var out []Row
	for rows.Next() {
		r := Row{Module: db.Schema()}
		if err := rows.Scan(&r.ID, &r.At, &r.ActorID, &r.ActorName, &r.ActorKind, &r.IP, &r.RequestID, &r.Action,
			&r.Subject, &r.SubjectID, &r.Label, &r.Before, &r.After); err != nil {
			return nil, fmt.Errorf("read audit of %s: %w", db.Schema(), err)
		}
		out = append(out, r)
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read audit of %s: %w", db.Schema(), database.Fault(err))
	}
	return out, nil
}

func (q Query) where() (sql string, args []any) {
	var conditions []string
	add := func(condition string, value any) {
		args = append(args, value)
		conditions = append(conditions, fmt.Sprintf(condition, len(args)))
	}
	if q.BeforeID != "" {
		add("id < $%d::text::uuid", q.BeforeID)
	}
	if q.Q != "" {
		args = append(args, database.Contains(q.Q), q.Q)
		conditions = append(conditions, fmt.Sprintf("(label ILIKE $%d OR subject_id = $%d OR request_id = $%d)", len(args)-1, len(args), len(args)))
	}
	if q.ActorID != "" {
		add("actor_id = $%d", q.ActorID)
	}
	switch {
	case strings.HasSuffix(q.Action, "."):
		add("action LIKE $%d", database.Prefix(q.Action))
	case q.Action != "":
		add("action = $%d", q.Action)
	}
	if q.Subject != "" {
		add("subject = $%d", q.Subject)
	}
	if q.SubjectID != "" {
		add("subject_id = $%d", q.SubjectID)
	}
	if q.RequestID != "" {
		add("request_id = $%d", q.RequestID)
	}
	if !q.From.IsZero() {
		add("at >= $%d", q.From)
	}
	if !q.To.IsZero() {
		add("at < $%d", q.To)
	}
	if len(conditions) == 0 {
		return "", nil
	}
	return " WHERE " + strings.Join(conditions, " AND "), args
}
