package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

func mail(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-mail", Method: "GET", Path: "/mail", Tag: tagAdministration,
		Summary: "Which mails were sent, the newest first", Permission: app.CanReadMail,
		Description: "What they said is not kept: it may have held a secret link."},
		func(ctx context.Context, in *struct {
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
			Cursor string `query:"cursor" maxLength:"1000"`
			Q      string `query:"q" maxLength:"200" doc:"In address or subject"`
			State  string `query:"state" enum:"queued,sent,failed"`
			Module string `query:"module" enum:"platform,invoice" doc:"Whose mails: those to colleagues, or those to customers"`
		}) (*httpapi.Answer[app.MailLog], error) {
			return reply(a.ListMail(ctx, app.ListMail{Q: in.Q, State: in.State, Module: in.Module, Page: page.Request{Limit: in.Limit, Cursor: in.Cursor}}))
		})
}
