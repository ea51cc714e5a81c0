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

type settleInput struct {
	One
	Body app.SettleInput
}

type confirmInput struct {
	One
	Body app.ConfirmInput
}

func offboarding(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "offboard-employee", Method: "POST", Path: "/employees/{id}/offboarding", Summary: "Let somebody leave", Tag: tag, Permission: app.CanOffboard,
		Description: "With a last day up to today the end takes effect at once: access ends first, then the employment, and whatever the leaver holds returns to stock. " +
			"A later day is planned. An end that waits until everything is settled is begun by begin-offboarding-case.",
		Timeout: time.Minute,
	}, func(ctx context.Context, in *offboardInput) (*httpapi.Answer[app.Offboarding], error) {
		return reply(a.Offboard(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-offboarding", Method: "GET", Path: "/employees/{id}/offboarding", Summary: "How far leaving has come, and what is still held", Tag: tag, Permission: app.CanOffboard,
	}, func(ctx context.Context, in *One) (*httpapi.Answer[app.Offboarding], error) {
		return reply(a.Offboarding(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "cancel-offboarding", Method: "DELETE", Path: "/employees/{id}/offboarding", Summary: "Take back an end that is planned or waits", Tag: tag, Permission: app.CanOffboard,
	}, func(ctx context.Context, in *One) (*httpapi.Answer[app.Offboarding], error) {
		return reply(a.CancelOffboarding(ctx, in.ID))
	})
	offboardingCase(api, a)
}

func offboardingCase(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "begin-offboarding-case", Method: "POST", Path: "/employees/{id}/offboarding/case", Summary: "Let somebody leave once everything is settled", Tag: tag, Permission: app.CanOffboard,
		Description: "Access ends when the last day is over, or at once when it is today; the employment ends when everything is settled and somebody has confirmed it. " +
			"Cancelled meanwhile, access is given back.",
		Timeout: time.Minute,
	}, func(ctx context.Context, in *offboardInput) (*httpapi.Answer[app.Offboarding], error) {
		return reply(a.BeginOffboarding(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "settle-offboarding-items", Method: "POST", Path: "/employees/{id}/offboarding/settlements", Summary: "Settle what a leaver holds, each thing in its way", Tag: tag, Permission: app.CanOffboard,
		Timeout: time.Minute,
	}, func(ctx context.Context, in *settleInput) (*httpapi.Answer[app.Offboarding], error) {
		return reply(a.SettleOffboarding(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "complete-offboarding", Method: "POST", Path: "/employees/{id}/offboarding/completion", Summary: "Confirm an end that waits; refused while something is open", Tag: tag, Permission: app.CanOffboard,
		Timeout: time.Minute,
	}, func(ctx context.Context, in *confirmInput) (*httpapi.Answer[app.Offboarding], error) {
		return reply(a.CompleteOffboarding(ctx, in.ID, in.Body))
	})
}
