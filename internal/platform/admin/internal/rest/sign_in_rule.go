package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
)

func signInRule(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "get-sign-in-rule", Method: "GET", Path: "/sign-in-rule", Tag: tagAdministration,
		Summary: "What is asked of everybody who signs in", Permission: app.CanManageRoles},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.SignInRule], error) {
			return reply(a.SignInRule(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "set-sign-in-rule", Method: "PUT", Path: "/sign-in-rule", Tag: tagAdministration,
		Summary: "Decide whether everybody must have a second factor", Permission: app.CanManageRoles,
		Description: "Holds from their next request on: who has none can only set one up. Only an administrator who has one can ask it of everybody."},
		func(ctx context.Context, in *struct {
			httpapi.IfMatch
			Body struct {
				SecondFactor bool `json:"secondFactor"`
			}
		}) (*httpapi.Answer[app.SignInRule], error) {
			return reply(a.SetSignInRule(ctx, in.Version(), in.Body.SecondFactor))
		})
	httpapi.Register(api, httpapi.Operation{ID: "preview-sign-in-rule", Method: "GET", Path: "/sign-in-rule/without-factor", Tag: tagAdministration,
		Summary: "Who has no second factor, and would be asked for one", Permission: app.CanManageRoles},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.WithoutFactor], error) {
			return reply(a.PreviewSignInRule(ctx))
		})
}
