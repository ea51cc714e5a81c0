package rest

import (
	"context"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// KeyPath names an API key in a path.
type KeyPath struct {
	ID app.KeyID `path:"id"`
}

func apiKeys(api *httpapi.API, a *app.App) {
	const tag = "API keys"
	httpapi.Register(api, httpapi.Operation{ID: "list-api-keys", Method: "GET", Path: "/api-keys", Tag: tag,
		Summary: "Keys of programs, the newest first", Permission: app.CanManageKeys,
		Description: "One's own, or everybody's for whoever may manage all."},
		func(ctx context.Context, in *struct {
			Limit   int          `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many rows at most"`
			Cursor  string       `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
			Q       string       `query:"q" maxLength:"200" doc:"Words to search for in name, owner and beginning"`
			Count   bool         `query:"count" doc:"Also count the matching rows, exactly up to 10,000"`
			Status  string       `query:"status" enum:"active,expired,revoked"`
			OwnerID admin.UserID `query:"ownerId" doc:"Only keys of this user"`
		}) (*httpapi.Answer[page.Of[app.APIKey]], error) {
			return reply(a.ListAPIKeys(ctx, app.ListAPIKeys{Q: in.Q, Status: in.Status, OwnerID: in.OwnerID,
				Page: page.Request{Limit: in.Limit, Cursor: in.Cursor, Count: in.Count}}))
		})
	httpapi.Register(api, httpapi.Operation{ID: "create-api-key", Method: "POST", Path: "/api-keys", Tag: tag, Status: 201,
		Summary: "Make a key for a program, with some of one's own rights", Permission: app.CanManageKeys,
		Description: "The secret stands in this answer only; a repeated request under the same Idempotency-Key is answered without it. " +
			"At every request the key may do what both it and its owner may."},
		func(ctx context.Context, in *struct{ Body app.CreateAPIKey }) (*httpapi.Answer[app.MadeAPIKey], error) {
			return reply(a.CreateAPIKey(ctx, in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "list-key-permissions", Method: "GET", Path: "/api-keys/permissions", Tag: tag,
		Summary: "What one can give to a key, and how far", Permission: app.CanManageKeys},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.PermissionList], error) {
			return reply(a.KeyPermissions(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "get-api-key", Method: "GET", Path: "/api-keys/{id}", Tag: tag,
		Summary: "One key", Permission: app.CanManageKeys},
		func(ctx context.Context, in *KeyPath) (*httpapi.Answer[app.APIKey], error) {
			return reply(a.APIKey(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "revoke-api-key", Method: "DELETE", Path: "/api-keys/{id}", Tag: tag,
		Summary: "End a key at once", Permission: app.CanManageKeys},
		func(ctx context.Context, in *KeyPath) (*httpapi.Answer[httpapi.None], error) {
			return done(a.RevokeAPIKey(ctx, in.ID))
		})
}
