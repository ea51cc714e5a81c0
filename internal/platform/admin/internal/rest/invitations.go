package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

func invitations(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "invite-user", Method: "POST", Path: "/invitations", Tag: tagAdministration, Status: 201,
		Summary: "Invite somebody to choose a password", Permission: app.CanManageUsers,
		Description: "Opens the account and mails a link that works once, for three days. Without a mail server the answer has the link, once."},
		func(ctx context.Context, in *struct{ Body app.InviteUser }) (*httpapi.Answer[app.LinkMade], error) {
			return reply(a.InviteUser(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "send-password-link", Method: "POST", Path: "/users/{id}/password-links", Tag: tagAdministration,
		Status: 201, Summary: "Send somebody a link to choose a password", Permission: app.CanManageUsers,
		Description: "The invitation again, or a reset that works for an hour. Links made before stop working."},
		func(ctx context.Context, in *UserPath) (*httpapi.Answer[app.LinkMade], error) {
			return reply(a.SendPasswordLink(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "request-password", Method: "POST", Path: "/password-requests", Tag: tagAccount, Status: 202,
		Summary: "Ask for a link because the password is forgotten", Permission: rbac.Anyone,
		Description: "Answers the same whether the address is known or not."},
		func(ctx context.Context, in *struct {
			Body struct {
				Email string `json:"email" minLength:"3" maxLength:"254"`
			}
		}) (*httpapi.Answer[httpapi.None], error) {
			return done(a.RequestPassword(ctx, in.Body.Email))
		})
	httpapi.Register(api, httpapi.Operation{ID: "check-password-link", Method: "POST", Path: "/password-links/check", Tag: tagAccount,
		Summary: "Whom a link is for", Permission: rbac.Anyone, Description: "404 when it does not work any more."},
		func(ctx context.Context, in *struct{ Body app.LinkToken }) (*httpapi.Answer[app.LinkState], error) {
			return reply(a.PasswordLink(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "use-password-link", Method: "POST", Path: "/password-links/use", Tag: tagAccount,
		Summary: "Choose a password by link", Permission: rbac.Anyone,
		Description: "Works once. Ends all sessions of the account; signing in comes after."},
		func(ctx context.Context, in *struct{ Body app.UsePasswordLink }) (*httpapi.Answer[httpapi.None], error) {
			return done(a.UsePasswordLink(ctx, in.Body))
		})
}
