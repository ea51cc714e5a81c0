package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// ProcessPath names a process in a path.
type ProcessPath struct {
	Module string        `path:"module" maxLength:"50"`
	ID     app.ProcessID `path:"id"`
}

type settleInput struct {
	ProcessPath
	Body app.SettleProcess
}

func processes(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-processes", Method: "GET", Path: "/processes", Tag: tagAdministration,
		Summary: "Processes of several steps, newest first", Permission: app.CanReadProcesses,
		Description: "Each is done, undone, or on its way there; a stuck one waits for a person."},
		func(ctx context.Context, in *struct {
			Module    string `query:"module" maxLength:"50"`
			State     string `query:"state" enum:"running,undoing,stuck,done,undone"`
			Open      bool   `query:"open" doc:"Only those that have not ended"`
			Subject   string `query:"subject" maxLength:"50" doc:"The kind of record that they are about"`
			SubjectID string `query:"subjectId" maxLength:"50"`
			Limit     int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many rows at most"`
			Cursor    string `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
		}) (*httpapi.Answer[app.ProcessPage], error) {
			return reply(a.ListProcesses(ctx, app.ListProcesses{
				Module: in.Module, State: in.State, Open: in.Open, Subject: in.Subject, SubjectID: in.SubjectID,
				Page: page.Request{Limit: in.Limit, Cursor: in.Cursor},
			}))
		})
	httpapi.Register(api, httpapi.Operation{ID: "get-process", Method: "GET", Path: "/processes/{module}/{id}", Tag: tagAdministration,
		Summary: "One process with the state of each step", Permission: app.CanReadProcesses},
		func(ctx context.Context, in *ProcessPath) (*httpapi.Answer[app.Process], error) {
			return reply(a.OneProcess(ctx, in.Module, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "retry-process", Method: "POST", Path: "/processes/{module}/{id}/retry", Tag: tagAdministration,
		Summary: "Try the failed step of a process again", Permission: app.CanSettleProcesses},
		func(ctx context.Context, in *ProcessPath) (*httpapi.Answer[app.Process], error) {
			return reply(a.RetryProcess(ctx, in.Module, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "turn-process-back", Method: "POST", Path: "/processes/{module}/{id}/turn-back", Tag: tagAdministration,
		Summary: "Undo what a process has done so far", Permission: app.CanSettleProcesses},
		func(ctx context.Context, in *ProcessPath) (*httpapi.Answer[app.Process], error) {
			return reply(a.TurnProcessBack(ctx, in.Module, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "settle-process", Method: "POST", Path: "/processes/{module}/{id}/settle", Tag: tagAdministration,
		Summary: "Take the failed step of a process as settled by hand, and go on", Permission: app.CanSettleProcesses},
		func(ctx context.Context, in *settleInput) (*httpapi.Answer[app.Process], error) {
			return reply(a.SettleProcess(ctx, in.Module, in.ID, in.Body))
		})
}
