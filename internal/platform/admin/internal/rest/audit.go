package rest

import (
	"context"
	"io"
	"time"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// AuditFilter narrows the trail.
type AuditFilter struct {
	Q         string    `query:"q" maxLength:"200" doc:"In the record's name, or the whole id of a record or request"`
	Module    string    `query:"module" maxLength:"50" doc:"Whose trail"`
	ActorID   string    `query:"actorId" maxLength:"50" doc:"Who did it"`
	Action    string    `query:"action" maxLength:"100" doc:"What was done; asset. for everything that begins so"`
	Subject   string    `query:"subject" maxLength:"50" doc:"Kind of record, such as invoice"`
	SubjectID string    `query:"subjectId" maxLength:"100"`
	RequestID string    `query:"requestId" maxLength:"100"`
	From      time.Time `query:"from"`
	To        time.Time `query:"to" doc:"Not included"`
}

func (f AuditFilter) list() app.ListAudit {
	return app.ListAudit{Q: f.Q, Module: f.Module, ActorID: f.ActorID, Action: f.Action, Subject: f.Subject, SubjectID: f.SubjectID,
		RequestID: f.RequestID, From: f.From, To: f.To}
}

func audit(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-audit", Method: "GET", Path: "/audit", Tag: tagAdministration,
		Summary: "Who changed what, the newest first", Permission: app.CanReadAudit},
		func(ctx context.Context, in *struct {
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
			Cursor string `query:"cursor" maxLength:"1000"`
			AuditFilter
		}) (*httpapi.Answer[app.AuditPage], error) {
			q := in.list()
			q.Page = page.Request{Limit: in.Limit, Cursor: in.Cursor}
			return reply(a.ListAudit(ctx, q))
		})
	httpapi.RegisterFile(api, httpapi.Operation{ID: "export-audit", Method: "GET", Path: "/audit/export", Tag: tagAdministration,
		Summary: "The trail as CSV or as JSON lines, at most 100,000 entries", Permission: app.CanReadAudit},
		func(ctx context.Context, in *struct {
			AuditFilter
			Format string `query:"format" enum:"csv,jsonl" default:"csv"`
		}) (*httpapi.File, error) {
			if in.Format == "jsonl" {
				return &httpapi.File{Name: "audit.jsonl", ContentType: "application/x-ndjson", Write: func(w io.Writer) error {
					return a.ExportAuditLines(ctx, in.list(), w)
				}}, nil
			}
			return &httpapi.File{Name: "audit.csv", ContentType: "text/csv", Write: func(w io.Writer) error {
				return a.ExportAudit(ctx, in.list(), w)
			}}, nil
		}, "text/csv", "application/x-ndjson")
}
