package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// RolePath names a role in a path.
type RolePath struct {
	Code string `path:"code" maxLength:"50" pattern:"^[a-z][a-z0-9-]*$"`
}

func roles(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-permissions", Method: "GET", Path: "/permissions", Tag: tagAdministration,
		Summary: "What roles can grant", Permission: app.CanReadRoles},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.PermissionList], error) {
			return reply(a.Permissions(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "list-roles", Method: "GET", Path: "/roles", Tag: tagAdministration,
		Summary: "Every role with its grants", Permission: app.CanReadRoles},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.Roles], error) { return reply(a.Roles(ctx)) })
	httpapi.Register(api, httpapi.Operation{ID: "get-role", Method: "GET", Path: "/roles/{code}", Tag: tagAdministration,
		Summary: "One role with its grants", Permission: app.CanReadRoles},
		func(ctx context.Context, in *RolePath) (*httpapi.Answer[app.Role], error) {
			return reply(a.Role(ctx, in.Code))
		})
	httpapi.Register(api, httpapi.Operation{ID: "create-role", Method: "POST", Path: "/roles", Tag: tagAdministration, Status: 201,
		Summary: "Make a role, or copy one", Permission: app.CanManageRoles},
		func(ctx context.Context, in *struct{ Body app.CreateRole }) (*httpapi.Answer[app.Role], error) {
			return reply(a.CreateRole(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "edit-role", Method: "PUT", Path: "/roles/{code}", Tag: tagAdministration,
		Summary: "Decide what a role grants", Permission: app.CanManageRoles,
		Description: "The administrator role cannot be changed; built-in roles keep their names. No grant may exceed the caller's own rights."},
		func(ctx context.Context, in *struct {
			RolePath
			httpapi.IfMatch
			Body app.EditRole
		}) (*httpapi.Answer[app.Role], error) {
			return reply(a.EditRole(ctx, in.Code, in.Version(), in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "delete-role", Method: "DELETE", Path: "/roles/{code}", Tag: tagAdministration,
		Summary: "Remove a role of one's own", Permission: app.CanManageRoles},
		func(ctx context.Context, in *struct {
			RolePath
			httpapi.IfMatch
		}) (*httpapi.Answer[httpapi.None], error) {
			return done(a.DeleteRole(ctx, in.Code, in.Version()))
		})
	httpapi.Register(api, httpapi.Operation{ID: "require-second-factor", Method: "PUT", Path: "/roles/{code}/second-factor", Tag: tagAdministration,
		Summary: "Decide whether holders of a role must have a second factor", Permission: app.CanManageRoles,
		Description: "Holds from their next request on: who has none can only set one up."},
		func(ctx context.Context, in *struct {
			RolePath
			httpapi.IfMatch
			Body struct {
				Required bool `json:"required"`
			}
		}) (*httpapi.Answer[app.Role], error) {
			return reply(a.RequireSecondFactor(ctx, in.Code, in.Version(), in.Body.Required))
		})
	httpapi.Register(api, httpapi.Operation{ID: "preview-role", Method: "POST", Path: "/roles/{code}/preview", Tag: tagAdministration,
		Summary: "Who would gain and lose what by other grants", Permission: app.CanManageRoles, Description: "Changes nothing."},
		func(ctx context.Context, in *struct {
			RolePath
			Body app.RoleWish
		}) (*httpapi.Answer[app.Preview], error) {
			return reply(a.PreviewRole(ctx, in.Code, in.Body))
		})
	signInRule(api, a)
	roleMembers(api, a)
	viewAs(api, a)
}

func roleMembers(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "change-members", Method: "POST", Path: "/roles/{code}/members", Tag: tagAdministration,
		Summary: "Give a role to many people and take it from others", Permission: app.CanManageUsers,
		Description: "All of it or nothing. The last administrator stays one; nobody gives what they do not have."},
		func(ctx context.Context, in *struct {
			RolePath
			Body app.ChangeMembers
		}) (*httpapi.Answer[app.MembersChanged], error) {
			return reply(a.ChangeMembers(ctx, in.Code, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "preview-members", Method: "POST", Path: "/roles/{code}/members/preview", Tag: tagAdministration,
		Summary: "Who would gain and lose what by it", Permission: app.CanManageUsers, Description: "Changes nothing."},
		func(ctx context.Context, in *struct {
			RolePath
			Body app.ChangeMembers
		}) (*httpapi.Answer[app.Preview], error) {
			return reply(a.PreviewMembers(ctx, in.Code, in.Body))
		})
}

func viewAs(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "view-as", Method: "PUT", Path: "/me/view", Tag: tagAdministration,
		Summary: "Look at the application as a role sees it", Permission: app.CanReadRoles, PersonOnly: true,
		Description: "Sets a cookie. Read-only, recorded, and never more than the caller may see."},
		func(ctx context.Context, in *struct {
			Body struct {
				Role string `json:"role" minLength:"2" maxLength:"50" doc:"Code of a role"`
			}
		}) (*httpapi.Answer[app.View], error) {
			view, err := a.ViewAs(ctx, in.Body.Role)
			if err != nil {
				return nil, err
			}
			return httpapi.Reply(view).WithCookie(view.Cookie), nil
		})
	httpapi.Register(api, httpapi.Operation{ID: "end-view", Method: "DELETE", Path: "/me/view", Tag: tagAdministration,
		Summary: "Look at the application as oneself again", Permission: rbac.SignedIn, PersonOnly: true, WhileViewing: true},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[httpapi.None], error) {
			cookie, err := a.EndView(ctx)
			if err != nil {
				return nil, err
			}
			return httpapi.Reply(httpapi.None{}).WithCookie(cookie), nil
		})
}
