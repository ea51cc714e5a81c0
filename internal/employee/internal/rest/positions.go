package rest

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/app"
	"erp/internal/platform/httpapi"
)

// PositionPath names one position.
type PositionPath struct {
	ID employee.PositionID `path:"id"`
}

type changePosition struct {
	httpapi.IfMatch
	PositionPath
	Body app.PositionInput
}

type removePosition struct {
	httpapi.IfMatch
	PositionPath
}

func positions(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-positions", Method: "GET", Path: "/positions", Summary: "List every position", Tag: tag, Permission: app.CanRead,
	}, all(a.Positions))
	httpapi.Register(api, httpapi.Operation{
		ID: "get-position", Method: "GET", Path: "/positions/{id}", Summary: "One position", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *PositionPath) (*httpapi.Answer[employee.Position], error) {
		return reply(a.Position(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "create-position", Method: "POST", Path: "/positions", Summary: "Add a position", Tag: tag, Permission: app.CanSetUp, Status: 201,
	}, func(ctx context.Context, in *struct{ Body app.PositionInput }) (*httpapi.Answer[employee.Position], error) {
		return reply(a.CreatePosition(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-position", Method: "PUT", Path: "/positions/{id}", Summary: "Change a position", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *changePosition) (*httpapi.Answer[employee.Position], error) {
		return reply(a.ChangePosition(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "remove-position", Method: "DELETE", Path: "/positions/{id}", Summary: "Delete a position that was never used", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *removePosition) (*httpapi.Answer[httpapi.None], error) {
		return reply(httpapi.None{}, a.RemovePosition(ctx, in.ID, in.Version()))
	})
}
