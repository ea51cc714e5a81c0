package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// HookPath names a webhook in a path.
type HookPath struct {
	ID app.HookID `path:"id"`
}

const tagWebhooks = "Webhooks"

func webhooks(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-webhooks", Method: "GET", Path: "/webhooks", Tag: tagWebhooks,
		Summary: "Addresses that are told of events, the newest first", Permission: app.CanManageHooks},
		func(ctx context.Context, in *struct {
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many rows at most"`
			Cursor string `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
		}) (*httpapi.Answer[page.Of[app.Webhook]], error) {
			return reply(a.ListWebhooks(ctx, page.Request{Limit: in.Limit, Cursor: in.Cursor}))
		})
	httpapi.Register(api, httpapi.Operation{ID: "create-webhook", Method: "POST", Path: "/webhooks", Tag: tagWebhooks, Status: 201,
		Summary: "Have an address told of events", Permission: app.CanManageHooks,
		Description: "The secret stands in this answer only; a repeated request under the same Idempotency-Key is answered without it. " +
			"An event is sent only while the webhook's owner may see, of the whole company, what it tells."},
		func(ctx context.Context, in *struct{ Body app.SaveWebhook }) (*httpapi.Answer[app.MadeWebhook], error) {
			return reply(a.CreateWebhook(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "list-webhook-events", Method: "GET", Path: "/webhooks/events", Tag: tagWebhooks,
		Summary: "What webhooks can be told of", Permission: app.CanManageHooks},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.HookEvents], error) {
			return reply(a.HookEvents(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "get-webhook", Method: "GET", Path: "/webhooks/{id}", Tag: tagWebhooks,
		Summary: "One webhook", Permission: app.CanManageHooks},
		func(ctx context.Context, in *HookPath) (*httpapi.Answer[app.Webhook], error) {
			return reply(a.Webhook(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "edit-webhook", Method: "PUT", Path: "/webhooks/{id}", Tag: tagWebhooks,
		Summary: "Change a webhook, or switch it on or off", Permission: app.CanManageHooks,
		Description: "Whoever saves it is its owner from then on."},
		func(ctx context.Context, in *struct {
			HookPath
			httpapi.IfMatch
			Body app.SaveWebhook
		}) (*httpapi.Answer[app.Webhook], error) {
			return reply(a.EditWebhook(ctx, in.ID, in.Version(), in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "delete-webhook", Method: "DELETE", Path: "/webhooks/{id}", Tag: tagWebhooks,
		Summary: "Remove a webhook with its log", Permission: app.CanManageHooks},
		func(ctx context.Context, in *HookPath) (*httpapi.Answer[httpapi.None], error) {
			return done(a.DeleteWebhook(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "renew-webhook-secret", Method: "POST", Path: "/webhooks/{id}/secret", Tag: tagWebhooks,
		Summary: "Draw another secret", Permission: app.CanManageHooks,
		Description: "From now on this one signs, and the one before no more. It stands in this answer only."},
		func(ctx context.Context, in *HookPath) (*httpapi.Answer[app.MadeWebhook], error) {
			return reply(a.NewHookSecret(ctx, in.ID))
		})
	deliveries(api, a)
}

func deliveries(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "test-webhook", Method: "POST", Path: "/webhooks/{id}/test", Tag: tagWebhooks, Status: 202,
		Summary: "Send an event that says nothing", Permission: app.CanManageHooks,
		Description: "Its name is webhook.test.v1. It is sent within a second or two; the log tells how it went."},
		func(ctx context.Context, in *HookPath) (*httpapi.Answer[app.HookDelivery], error) {
			return reply(a.TestWebhook(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "list-webhook-deliveries", Method: "GET", Path: "/webhooks/{id}/deliveries", Tag: tagWebhooks,
		Summary: "What was sent, the newest first; kept for thirty days", Permission: app.CanManageHooks},
		func(ctx context.Context, in *struct {
			HookPath
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many rows at most"`
			Cursor string `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
			State  string `query:"state" enum:"waiting,delivered,failed"`
		}) (*httpapi.Answer[page.Of[app.HookDelivery]], error) {
			return reply(a.ListHookDeliveries(ctx, in.ID, in.State, page.Request{Limit: in.Limit, Cursor: in.Cursor}))
		})
	httpapi.Register(api, httpapi.Operation{ID: "retry-webhook-delivery", Method: "POST", Path: "/webhooks/{id}/deliveries/{delivery}/retry",
		Tag: tagWebhooks, Status: 202, Summary: "Send again what failed, for another day", Permission: app.CanManageHooks},
		func(ctx context.Context, in *struct {
			HookPath
			Delivery app.DeliveryID `path:"delivery"`
		}) (*httpapi.Answer[app.HookDelivery], error) {
			return reply(a.RetryHookDelivery(ctx, in.ID, in.Delivery))
		})
}
