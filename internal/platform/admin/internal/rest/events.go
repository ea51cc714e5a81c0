package rest

import (
	"context"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
)

// LetterPath names a dead letter in a path.
type LetterPath struct {
	Module string `path:"module" maxLength:"50"`
	ID     int64  `path:"id" minimum:"1"`
}

func events(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-dead-letters", Method: "GET", Path: "/events/dead-letters", Tag: tagAdministration,
		Summary: "Background work that failed for good", Permission: app.CanReadEvents},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.DeadLetters], error) {
			return reply(a.DeadLetters(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "list-queues", Method: "GET", Path: "/events/queues", Tag: tagAdministration,
		Summary: "How much background work waits", Permission: app.CanReadEvents},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.QueueCounts], error) {
			return reply(a.Queues(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "retry-dead-letter", Method: "POST", Path: "/events/dead-letters/{module}/{id}/retry",
		Tag: tagAdministration, Summary: "Try failed work again", Permission: app.CanSettleEvents, Status: 204},
		func(ctx context.Context, in *LetterPath) (*httpapi.Answer[httpapi.None], error) {
			return done(a.RetryDeadLetter(ctx, in.Module, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "drop-dead-letter", Method: "DELETE", Path: "/events/dead-letters/{module}/{id}",
		Tag: tagAdministration, Summary: "Give failed work up for good", Permission: app.CanSettleEvents},
		func(ctx context.Context, in *LetterPath) (*httpapi.Answer[httpapi.None], error) {
			return done(a.DropDeadLetter(ctx, in.Module, in.ID))
		})
}
