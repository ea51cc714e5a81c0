// Package rest is how the administration is reached over HTTP.
package rest

import (
	"context"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// Register adds the module's operations.
func Register(api *httpapi.API, a *app.App) {
	session(api, a)
	signIn(api, a)
	passkeys(api, a)
	me(api, a)
	company(api, a)
	users(api, a)
	roles(api, a)
	audit(api, a)
	events(api, a)
	processes(api, a)
	apiKeys(api, a)
	secondFactor(api, a)
	invitations(api, a)
	mail(api, a)
	notifications(api, a)
	webhooks(api, a)
	backups(api, a)
}

const (
	tagAccount        = "Account"
	tagAdministration = "Administration"
)

func session(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "get-set-up", Method: "GET", Path: "/setup", Tag: tagAccount,
		Summary: "Whether the first visit is still to come", Permission: rbac.Anyone},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.SetUpState], error) {
			return reply(a.SetUpState(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "set-up", Method: "POST", Path: "/setup", Tag: tagAccount, Status: 201,
		Summary: "Make the company and its first administrator, once", Permission: rbac.Anyone,
		Description: "Signs the administrator in. A company that exists already is 409.", Timeout: setUpTakes},
		func(ctx context.Context, in *struct{ Body app.SetUp }) (*httpapi.Answer[app.SignedIn], error) {
			return letIn(a.SetUp(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "sign-in", Method: "POST", Path: "/session", Tag: tagAccount,
		Summary: "Sign in", Permission: rbac.Anyone,
		Description: "Sets the session cookie. Whoever has a second factor is told so by the code second-factor-required (401), and sends " +
			"the same again with its code. After too many failures the answer is 429 with Retry-After."},
		func(ctx context.Context, in *struct{ Body app.SignIn }) (*httpapi.Answer[app.SignedIn], error) {
			return letIn(a.SignIn(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "sign-out", Method: "DELETE", Path: "/session", Tag: tagAccount,
		Summary: "Sign out", Permission: rbac.Anyone},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[httpapi.None], error) {
			cookie, err := a.SignOut(ctx)
			if err != nil {
				return nil, err
			}
			return httpapi.Reply(httpapi.None{}).WithCookie(cookie), nil
		})
}

func letIn(in app.SignedIn, err error) (*httpapi.Answer[app.SignedIn], error) {
	if err != nil {
		return nil, err
	}
	return httpapi.Reply(in).WithCookie(in.Cookie), nil
}

// reply answers with what a use case gave.
func reply[T any](v T, err error) (*httpapi.Answer[T], error) {
	if err != nil {
		return nil, err
	}
	return httpapi.Reply(v), nil
}

// done answers without a body.
func done(err error) (*httpapi.Answer[httpapi.None], error) { return reply(httpapi.None{}, err) }

func me(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "get-me", Method: "GET", Path: "/me", Tag: tagAccount,
		Summary: "Who is calling, and what they may do", Permission: rbac.SignedIn, WhileConfirming: true, WhileSettingUp: true},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.Me], error) { return reply(a.Me(ctx)) })
	httpapi.Register(api, httpapi.Operation{ID: "set-preferences", Method: "PUT", Path: "/me/preferences", Tag: tagAccount,
		Summary: "Keep one's own choices for the browser", Permission: rbac.SignedIn, PersonOnly: true},
		func(ctx context.Context, in *struct{ Body app.Preferences }) (*httpapi.Answer[app.Preferences], error) {
			return reply(a.SetPreferences(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "change-password", Method: "POST", Path: "/me/password", Tag: tagAccount,
		Summary: "Choose another password", Description: "Ends all other sessions.", Permission: rbac.SignedIn, PersonOnly: true, WhileSettingUp: true},
		func(ctx context.Context, in *struct{ Body app.ChangePassword }) (*httpapi.Answer[admin.User], error) {
			return reply(a.ChangePassword(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "list-my-sessions", Method: "GET", Path: "/me/sessions", Tag: tagAccount,
		Summary: "Where one is signed in", Permission: rbac.SignedIn, PersonOnly: true},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.Sessions], error) {
			return reply(a.MySessions(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "end-my-session", Method: "DELETE", Path: "/me/sessions/{id}", Tag: tagAccount,
		Summary: "Sign out somewhere else", Permission: rbac.SignedIn, PersonOnly: true},
		func(ctx context.Context, in *struct {
			ID app.SessionID `path:"id"`
		}) (*httpapi.Answer[httpapi.None], error) {
			return done(a.EndMySession(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "end-my-other-sessions", Method: "DELETE", Path: "/me/sessions", Tag: tagAccount,
		Summary: "Sign out everywhere else", Permission: rbac.SignedIn, PersonOnly: true},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[httpapi.None], error) {
			return done(a.EndMyOtherSessions(ctx))
		})
}
