package rest

import (
	"context"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// UserPath names a user in a path. It is exported because only then its fields are filled where it is embedded.
type UserPath struct {
	ID admin.UserID `path:"id"`
}

func users(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-users", Method: "GET", Path: "/users", Tag: tagAdministration,
		Summary: "Who can sign in", Permission: app.CanReadUsers, Description: "Sorted by name, email or createdAt."},
		func(ctx context.Context, in *struct {
			httpapi.ListQuery
			Status string `query:"status" enum:"active,disabled,revoked"`
			Role   string `query:"role" maxLength:"50" doc:"Code of a role that they hold"`
		}) (*httpapi.Answer[page.Of[admin.User]], error) {
			return reply(a.ListUsers(ctx, app.ListUsers{Q: in.Q, Status: in.Status, Role: in.Role, Sort: in.Sort, Page: in.Page()}))
		})
	httpapi.Register(api, httpapi.Operation{ID: "create-user", Method: "POST", Path: "/users", Tag: tagAdministration, Status: 201,
		Summary: "Open an account", Permission: app.CanManageUsers,
		Description: "Its roles may grant no more than the caller has. The password must be changed at the first sign-in."},
		func(ctx context.Context, in *struct{ Body app.CreateUser }) (*httpapi.Answer[admin.User], error) {
			return reply(a.CreateUser(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "get-user", Method: "GET", Path: "/users/{id}", Tag: tagAdministration,
		Summary: "One account", Permission: app.CanReadUsers},
		func(ctx context.Context, in *UserPath) (*httpapi.Answer[admin.User], error) {
			return reply(a.User(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "edit-user", Method: "PUT", Path: "/users/{id}", Tag: tagAdministration,
		Summary: "Change, close or open an account", Permission: app.CanManageUsers},
		func(ctx context.Context, in *struct {
			UserPath
			httpapi.IfMatch
			Body app.EditUser
		}) (*httpapi.Answer[admin.User], error) {
			return reply(a.EditUser(ctx, in.ID, in.Version(), in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "assign-roles", Method: "PUT", Path: "/users/{id}/roles", Tag: tagAdministration,
		Summary: "Decide which roles somebody holds", Permission: app.CanManageUsers},
		func(ctx context.Context, in *struct {
			UserPath
			httpapi.IfMatch
			Body app.AssignRoles
		}) (*httpapi.Answer[admin.User], error) {
			return reply(a.SetUserRoles(ctx, in.ID, in.Version(), in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "reset-password", Method: "PUT", Path: "/users/{id}/password", Tag: tagAdministration,
		Summary: "Give somebody a password to be changed at the next sign-in", Permission: app.CanManageUsers,
		Description: "Ends all their sessions."},
		func(ctx context.Context, in *struct {
			UserPath
			Body struct {
				Password string `json:"password" minLength:"1" maxLength:"1000"`
			}
		}) (*httpapi.Answer[admin.User], error) {
			return reply(a.ResetPassword(ctx, in.ID, in.Body.Password))
		})
	httpapi.Register(api, httpapi.Operation{ID: "explain-access", Method: "GET", Path: "/users/{id}/explanation", Tag: tagAdministration,
		Summary: "Why somebody may or may not do something", Permission: app.CanReadRoles,
		Description: "In general, or with one record that the caller may see. It tells through which role, given by whom and when, and what would change it. Asking about others takes user:read."},
		func(ctx context.Context, in *struct {
			UserPath
			Permission string `query:"permission" required:"true" maxLength:"100" doc:"Code of a permission"`
			RecordID   string `query:"recordId" maxLength:"100" doc:"Id of an employee, an asset, an invoice, as the permission is about"`
		}) (*httpapi.Answer[app.Explanation], error) {
			return reply(a.Explain(ctx, app.Explain{UserID: in.ID, Permission: in.Permission, RecordID: in.RecordID}))
		})
	userSessions(api, a)
}

func userSessions(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-user-sessions", Method: "GET", Path: "/users/{id}/sessions", Tag: tagAdministration,
		Summary: "Where somebody is signed in", Permission: app.CanReadUsers},
		func(ctx context.Context, in *UserPath) (*httpapi.Answer[app.Sessions], error) {
			return reply(a.Sessions(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "end-user-session", Method: "DELETE", Path: "/users/{id}/sessions/{session}", Tag: tagAdministration,
		Summary: "End one session of somebody", Permission: app.CanManageUsers},
		func(ctx context.Context, in *struct {
			UserPath
			Session app.SessionID `path:"session"`
		}) (*httpapi.Answer[httpapi.None], error) {
			return done(a.EndSession(ctx, in.ID, in.Session))
		})
	httpapi.Register(api, httpapi.Operation{ID: "end-user-sessions", Method: "DELETE", Path: "/users/{id}/sessions", Tag: tagAdministration,
		Summary: "End all sessions of somebody", Permission: app.CanManageUsers},
		func(ctx context.Context, in *UserPath) (*httpapi.Answer[httpapi.None], error) {
			return done(a.EndSessions(ctx, in.ID))
		})
}
