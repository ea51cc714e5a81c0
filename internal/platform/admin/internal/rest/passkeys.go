package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// PasskeyPath names a passkey in a path.
type PasskeyPath struct {
	ID app.PasskeyID `path:"id"`
}

// PasswordIfNeeded is the password again, where the sign-in is not a moment ago.
type PasswordIfNeeded struct {
	Password string `json:"password,omitempty" maxLength:"1000" doc:"The current password; not needed within five minutes of signing in"`
}

func passkeys(api *httpapi.API, a *app.App) {
	mine := func(id, method, path, summary string, status int) httpapi.Operation {
		return httpapi.Operation{ID: id, Method: method, Path: "/me/passkeys" + path, Tag: tagAccount, Summary: summary, Status: status,
			Permission: rbac.SignedIn, PersonOnly: true}
	}
	httpapi.Register(api, mine("list-my-passkeys", "GET", "", "One's passkeys", 0),
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.Passkeys], error) {
			return reply(a.MyPasskeys(ctx))
		})
	httpapi.Register(api, settingUp(mine("begin-passkey", "POST", "/ceremony", "Ask the browser for a new passkey", 0)),
		func(ctx context.Context, in *struct{ Body PasswordIfNeeded }) (*httpapi.Answer[app.Ceremony], error) {
			return asking(a.BeginPasskey(ctx, in.Body.Password))
		})
	httpapi.Register(api, settingUp(mine("add-passkey", "POST", "", "Keep the passkey that the browser has made", 201)),
		func(ctx context.Context, in *struct {
			Asked string `cookie:"erp_passkey" maxLength:"4000"`
			Body  app.NewPasskey
		}) (*httpapi.Answer[app.Passkey], error) {
			return reply(a.AddPasskey(ctx, in.Body, in.Asked))
		})
	httpapi.Register(api, mine("rename-passkey", "PUT", "/{id}", "Call a passkey otherwise", 0),
		func(ctx context.Context, in *struct {
			PasskeyPath
			Body struct {
				Name string `json:"name" minLength:"1" maxLength:"100"`
			}
		}) (*httpapi.Answer[app.Passkey], error) {
			return reply(a.RenamePasskey(ctx, in.ID, in.Body.Name))
		})
	httpapi.Register(api, mine("remove-passkey", "POST", "/{id}/removal", "Take a passkey away", 204),
		func(ctx context.Context, in *struct {
			PasskeyPath
			Body PasswordIfNeeded
		}) (*httpapi.Answer[httpapi.None], error) {
			return done(a.RemovePasskey(ctx, in.ID, in.Body.Password))
		})
	passkeySignIn(api, a)
}

func passkeySignIn(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "begin-passkey-sign-in", Method: "POST", Path: "/session/passkey/ceremony", Tag: tagAccount,
		Summary: "Ask the browser for a passkey", Permission: rbac.Anyone, Description: "Sets a cookie that the answer must come with."},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.Ceremony], error) {
			return asking(a.BeginPasskeySignIn(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "sign-in-by-passkey", Method: "POST", Path: "/session/passkey", Tag: tagAccount,
		Summary: "Sign in with a passkey", Permission: rbac.Anyone, Description: "Sets the session cookie. It counts as two factors."},
		func(ctx context.Context, in *struct {
			Asked string `cookie:"erp_passkey" maxLength:"4000"`
			Body  app.PasskeyAnswer
		}) (*httpapi.Answer[app.SignedIn], error) {
			out, err := letIn(a.SignInByPasskey(ctx, in.Body, in.Asked))
			if err != nil {
				return nil, err
			}
			return out.WithCookie(a.ForgetCeremony()), nil
		})
}

// asking answers with a question to the browser's keys.
func asking(in app.Ceremony, err error) (*httpapi.Answer[app.Ceremony], error) {
	if err != nil {
		return nil, err
	}
	return httpapi.Reply(in).WithCookie(in.Cookie), nil
}
