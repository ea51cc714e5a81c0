package rest

import (
	"context"
	"time"

	"erp/internal/employee/internal/app"
	"erp/internal/platform/httpapi"
)

type offboardInput struct {
	One
	Body app.OffboardInput
}

func offboarding(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "offboard-employee", Method: "POST", Path: "/employees/{id}/offboarding", Summary: "Let somebody leave", Tag: tag, Permission: app.CanOffboard,
		Description: "With a last day up to today the end takes effect at once: access ends first, then the employment. A later day is planned.",
		Timeout:     time.Minute,
	}, func(ctx context.Context, in *offboardInput) (*httpapi.Answer[app.Offboarding], error) {
		return reply(a.Offboard(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-offboarding", Method: "GET", Path: "/employees/{id}/offboarding", Summary: "How far leaving has come, and what is still held", Tag: tag, Permission: app.CanOffboard,
	}, func(ctx context.Context, in *One) (*httpapi.Answer[app.Offboarding], error) {
		return reply(a.Offboarding(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "cancel-offboarding", Method: "DELETE", Path: "/employees/{id}/offboarding", Summary: "Take a planned end back", Tag: tag, Permission: app.CanOffboard,
	}, func(ctx context.Context, in *One) (*httpapi.Answer[app.Offboarding], error) {
		return reply(a.CancelOffboarding(ctx, in.ID))
	})
}
