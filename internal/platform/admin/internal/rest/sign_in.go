package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// signIn is signing in by other ways than the password alone.
func signIn(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "get-sign-in-ways", Method: "GET", Path: "/session/ways", Tag: tagAccount,
		Summary: "How one can sign in besides the password", Permission: rbac.Anyone},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.SignInWays], error) {
			return reply(a.SignInWays(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "begin-provider-sign-in", Method: "POST", Path: "/session/provider", Tag: tagAccount,
		Summary: "Go to the company's own sign-in service", Permission: rbac.Anyone,
		Description: "Sets a cookie that belongs to this departure. The browser goes to the address, and comes back to /sign-in/provider with a code " +
			"and a state. A service that does not answer is 503."},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.Departure], error) {
			out, err := a.BeginProviderSignIn(ctx)
			if err != nil {
				return nil, err
			}
			return httpapi.Reply(out).WithCookie(out.Cookie), nil
		})
	httpapi.Register(api, httpapi.Operation{ID: "finish-provider-sign-in", Method: "POST", Path: "/session/provider/return", Tag: tagAccount,
		Summary: "Come back from the company's own sign-in service", Permission: rbac.Anyone,
		Description: "Sets the session cookie. Only people who have an account here come in."},
		func(ctx context.Context, in *struct {
			Departure string `cookie:"erp_provider" maxLength:"2000"`
			Body      app.ProviderReturn
		}) (*httpapi.Answer[app.SignedIn], error) {
			out, err := letIn(a.SignInByProvider(ctx, in.Body, in.Departure))
			if err != nil {
				return nil, err
			}
			return out.WithCookie(a.ForgetDeparture()), nil
		})
	httpapi.Register(api, httpapi.Operation{ID: "separate-user-from-provider", Method: "DELETE", Path: "/users/{id}/provider", Tag: tagAdministration,
		Summary: "Forget who somebody is at the company's own sign-in service", Permission: app.CanManageUsers,
		Description: "Ends their sessions. Whoever has the account's verified address there next is joined with it."},
		func(ctx context.Context, in *UserPath) (*httpapi.Answer[httpapi.None], error) {
			return done(a.SeparateFromProvider(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "confirm-sign-in", Method: "POST", Path: "/session/second-factor", Tag: tagAccount,
		Summary: "Show the second factor that the session waits for", Permission: rbac.SignedIn, PersonOnly: true,
		Description: "Sets another session cookie.", WhileConfirming: true},
		func(ctx context.Context, in *struct {
			Body struct {
				Code string `json:"code" minLength:"1" maxLength:"40" doc:"Of the authenticator, or a recovery code"`
			}
		}) (*httpapi.Answer[app.SignedIn], error) {
			return letIn(a.ConfirmSignIn(ctx, in.Body.Code))
		})
}
