package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
)

func notifications(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-my-notifications", Method: "GET", Path: "/me/notifications", Tag: tagAccount,
		Summary: "What one was told, the newest first", Permission: rbac.SignedIn, PersonOnly: true},
		func(ctx context.Context, in *struct {
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50"`
			Cursor string `query:"cursor" maxLength:"1000"`
			Unread bool   `query:"unread" doc:"Only what was not read"`
		}) (*httpapi.Answer[app.Notifications], error) {
			return reply(a.MyNotifications(ctx, in.Unread, page.Request{Limit: in.Limit, Cursor: in.Cursor}))
		})
	httpapi.Register(api, httpapi.Operation{ID: "read-my-notifications", Method: "POST", Path: "/me/notifications/read", Tag: tagAccount,
		Summary: "Mark as read", Permission: rbac.SignedIn, PersonOnly: true},
		func(ctx context.Context, in *struct {
			Body struct {
				IDs []app.NotificationID `json:"ids,omitempty" maxItems:"200" doc:"All when absent"`
			}
		}) (*httpapi.Answer[httpapi.None], error) {
			return done(a.ReadNotifications(ctx, in.Body.IDs))
		})
	httpapi.Register(api, httpapi.Operation{ID: "list-my-notification-choices", Method: "GET", Path: "/me/notification-choices", Tag: tagAccount,
		Summary: "How one wants to be told of what", Permission: rbac.SignedIn, PersonOnly: true},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.NoticeChoices], error) {
			return reply(a.MyNoticeChoices(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "choose-my-notification", Method: "PUT", Path: "/me/notification-choices", Tag: tagAccount,
		Summary: "Decide how to be told of one kind", Permission: rbac.SignedIn, PersonOnly: true},
		func(ctx context.Context, in *struct{ Body app.NoticeChoice }) (*httpapi.Answer[app.NoticeChoice], error) {
			return reply(a.ChooseNotice(ctx, in.Body))
		})
}
