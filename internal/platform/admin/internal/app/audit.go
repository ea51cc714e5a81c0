package app

import (
	"bufio"
	"context"
	"encoding/json"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"erp/internal/platform/audit"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
)

// ListAudit narrows the audit trail; empty fields do not.
type ListAudit struct {
	Q, Module, ActorID, Action, Subject, SubjectID, RequestID string
	From, To                                                  time.Time
	Page                                                      page.Request
}

// AuditPage is a page of the trail over all modules, the newest entries first.
type AuditPage struct {
	Items   []audit.Row `json:"items"`
	Next    string      `json:"next,omitempty"`
	Missing []string    `json:"missing,omitempty" doc:"Modules that could not answer; their entries are not in the list"`
}

const auditSort = "-at"

// ListAudit pages through who changed what. Every module keeps its own trail; ids grow with time in each, so that the
// trails merge by id.
func (a *App) ListAudit(ctx context.Context, in ListAudit) (AuditPage, error) {
	after, err := page.Decode(in.Page.Cursor, auditSort, 1)
	if err != nil {
		return AuditPage{}, err
	}
	q := audit.Query{
		Q: in.Q, ActorID: in.ActorID, Action: in.Action, Subject: in.Subject, SubjectID: in.SubjectID, RequestID: in.RequestID,
		From: in.From, To: in.To, Limit: in.Page.Size() + 1,
	}
	if after != nil {
		q.BeforeID = after[0]
	}
	rows, missing, err := a.gather(ctx, in.Module, q)
	if err != nil {
		return AuditPage{}, err
	}
	cut := page.Cut(rows, in.Page.Size(), func(r audit.Row) string { return page.Encode(auditSort, r.ID) })
	return AuditPage{Items: cut.Items, Next: cut.Next, Missing: missing}, nil
}

// gather asks the modules at once and merges what they say.
func (a *App) gather(ctx context.Context, module string, q audit.Query) (rows []audit.Row, missing []string, err error) {
	answers := make([][]audit.Row, len(a.trails))
	problems := make([]error, len(a.trails))
	var asked sync.WaitGroup
	for i, trail := range a.trails {
		if module != "" && module != trail.Module {
			continue
		}
		asked.Go(func() { answers[i], problems[i] = trail.List(ctx, q) })
	}
	asked.Wait()
	for i, problem := range problems {
		if problem == nil {
			continue
		}
		if !fault.Is(problem, fault.Unavailable) {
			return nil, nil, problem
		}
		missing = append(missing, a.trails[i].Module)
	}
	rows = slices.Concat(answers...)
	slices.SortFunc(rows, func(x, y audit.Row) int { return strings.Compare(y.ID, x.ID) })
	return rows[:min(len(rows), q.Limit)], missing, nil
}

// maxExport bounds an export; a longer trail is exported by time.
const maxExport = 100_000

// ExportAudit writes the trail as CSV, where cells that a spreadsheet would run as formulas are made text.
func (a *App) ExportAudit(ctx context.Context, in ListAudit, w io.Writer) error {
	out := csvfile.NewWriter(w, "at", "module", "action", "subject", "subject id", "label", "actor", "actor id", "actor kind",
		"ip", "request id", "before", "after")
	err := a.eachAudit(ctx, in, func(r audit.Row) error {
		out.Row(r.At.UTC().Format(time.RFC3339), r.Module, r.Action, r.Subject, r.SubjectID, r.Label, r.ActorName, r.ActorID,
			r.ActorKind, r.IP, r.RequestID, string(r.Before), string(r.After))
		return nil
	})
	if err != nil {
		return err
	}
	return out.Flush()
}

// ExportAuditLines writes the trail as JSON, one entry a line, as the list gives them.
func (a *App) ExportAuditLines(ctx context.Context, in ListAudit, w io.Writer) error {
	buffered := bufio.NewWriterSize(w, 64<<10)
	out := json.NewEncoder(buffered)
	if err := a.eachAudit(ctx, in, func(r audit.Row) error { return out.Encode(r) }); err != nil {
		return err
	}
	return buffered.Flush()
}

// eachAudit visits up to maxExport entries, the newest first. A module that does not answer fails it: half a trail must
// not pass for a whole one.
func (a *App) eachAudit(ctx context.Context, in ListAudit, visit func(audit.Row) error) error {
	in.Page = page.Request{Limit: page.MaxLimit}
	for written := 0; written < maxExport; {
		rows, err := a.ListAudit(ctx, in)
		if err != nil {
			return err
		}
		if len(rows.Missing) > 0 {
			return fault.New(fault.Unavailable, "module-missing", "The trail of %s cannot be read right now; try again in a moment.", strings.Join(rows.Missing, ", "))
		}
		for _, r := range rows.Items {
			if err := visit(r); err != nil {
				return err
			}
		}
		written += len(rows.Items)
		if rows.Next == "" {
			break
		}
		in.Page.Cursor = rows.Next
	}
	return nil
}
