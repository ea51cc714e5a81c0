package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// Proof is what somebody shows again before the second factor changes.
type Proof struct {
	Password string `json:"password" minLength:"1" maxLength:"1000" doc:"The current password"`
	Code     string `json:"code" minLength:"1" maxLength:"40" doc:"Of the authenticator, or a recovery code"`
}

// settingUp lets somebody ask for it whose role needs a second factor that they do not have yet.
func settingUp(op httpapi.Operation) httpapi.Operation {
	op.WhileSettingUp = true
	return op
}

func secondFactor(api *httpapi.API, a *app.App) {
	mine := func(id, method, path, summary string, status int) httpapi.Operation {
		return httpapi.Operation{ID: id, Method: method, Path: "/me/second-factor" + path, Tag: tagAccount, Summary: summary, Status: status,
			Permission: rbac.SignedIn, PersonOnly: true}
	}
	httpapi.Register(api, mine("get-my-second-factor", "GET", "", "Whether one signs in with an authenticator", 0),
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.SecondFactor], error) {
			return reply(a.MySecondFactor(ctx))
		})
	httpapi.Register(api, settingUp(mine("begin-second-factor", "POST", "", "Draw a secret for an authenticator", 201)),
		func(ctx context.Context, in *struct {
			Body struct {
				Password string `json:"password" minLength:"1" maxLength:"1000" doc:"The current password"`
			}
		}) (*httpapi.Answer[app.Enrolment], error) {
			return reply(a.BeginSecondFactor(ctx, in.Body.Password))
		})
	httpapi.Register(api, settingUp(mine("confirm-second-factor", "POST", "/confirmation", "Sign in with the authenticator from now on", 0)),
		func(ctx context.Context, in *struct {
			Body struct {
				Code string `json:"code" minLength:"1" maxLength:"40" doc:"That the authenticator shows"`
			}
		}) (*httpapi.Answer[app.RecoveryCodes], error) {
			return reply(a.ConfirmSecondFactor(ctx, in.Body.Code))
		})
	httpapi.Register(api, mine("renew-recovery-codes", "POST", "/recovery-codes", "Other recovery codes in place of all before", 0),
		func(ctx context.Context, in *struct{ Body Proof }) (*httpapi.Answer[app.RecoveryCodes], error) {
			return reply(a.RenewRecoveryCodes(ctx, in.Body.Password, in.Body.Code))
		})
	httpapi.Register(api, mine("remove-second-factor", "POST", "/removal", "Sign in with the password alone again", 204),
		func(ctx context.Context, in *struct{ Body Proof }) (*httpapi.Answer[httpapi.None], error) {
			return done(a.RemoveSecondFactor(ctx, in.Body.Password, in.Body.Code))
		})
	httpapi.Register(api, httpapi.Operation{ID: "get-user-second-factor", Method: "GET", Path: "/users/{id}/second-factor", Tag: tagAdministration,
		Summary: "Whether somebody signs in with an authenticator", Permission: app.CanReadUsers},
		func(ctx context.Context, in *UserPath) (*httpapi.Answer[app.SecondFactor], error) {
			return reply(a.SecondFactor(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "reset-second-factor", Method: "DELETE", Path: "/users/{id}/second-factor", Tag: tagAdministration,
		Summary: "Take a lost second factor away", Permission: app.CanManageUsers, Description: "Their authenticator and passkeys. Ends all their sessions."},
		func(ctx context.Context, in *UserPath) (*httpapi.Answer[httpapi.None], error) {
			return done(a.ResetSecondFactor(ctx, in.ID))
		})
}
