package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
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
}
