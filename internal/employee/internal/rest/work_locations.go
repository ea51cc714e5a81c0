package rest

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/app"
	"erp/internal/platform/httpapi"
)

// WorkLocationPath names one site.
type WorkLocationPath struct {
	ID employee.LocationID `path:"id"`
}

type changeWorkLocation struct {
	httpapi.IfMatch
	WorkLocationPath
	Body app.WorkLocationInput
}

type removeWorkLocation struct {
	httpapi.IfMatch
	WorkLocationPath
}

func workLocations(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-work-locations", Method: "GET", Path: "/work-locations", Summary: "List every site", Tag: tag, Permission: app.CanRead,
	}, all(a.WorkLocations))
	httpapi.Register(api, httpapi.Operation{
		ID: "get-work-location", Method: "GET", Path: "/work-locations/{id}", Summary: "One site", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *WorkLocationPath) (*httpapi.Answer[employee.WorkLocation], error) {
		return reply(a.WorkLocation(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "create-work-location", Method: "POST", Path: "/work-locations", Summary: "Add a site", Tag: tag, Permission: app.CanSetUp, Status: 201,
	}, func(ctx context.Context, in *struct{ Body app.WorkLocationInput }) (*httpapi.Answer[employee.WorkLocation], error) {
		return reply(a.CreateWorkLocation(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-work-location", Method: "PUT", Path: "/work-locations/{id}", Summary: "Change a site", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *changeWorkLocation) (*httpapi.Answer[employee.WorkLocation], error) {
		return reply(a.ChangeWorkLocation(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "remove-work-location", Method: "DELETE", Path: "/work-locations/{id}", Summary: "Delete a site that was never used", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *removeWorkLocation) (*httpapi.Answer[httpapi.None], error) {
		return reply(httpapi.None{}, a.RemoveWorkLocation(ctx, in.ID, in.Version()))
	})
}
