// Package rest is how the asset module is reached over HTTP: one file per resource, each operation with the permission
// that it takes. It decides nothing.
package rest

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

const tag = "Assets"

// Register adds every operation of the module.
func Register(api *httpapi.API, a *app.App) {
	assets(api, a)
	custody(api, a)
	many(api, a)
	bulkActions(api, a)
	bulkJobs(api, a)
	books(api, a)
	files(api, a)
	handovers(api, a)
	handoverDecisions(api, a)
	handoverTexts(api, a)
	categories(api, a)
	locations(api, a)
}

// AssetPath names the asset of a request.
type AssetPath struct {
	ID asset.ID `path:"id"`
}

func reply[T any](view T, err error) (*httpapi.Answer[T], error) {
	if err != nil {
		return nil, err
	}
	return httpapi.Reply(view), nil
}

// whole is a list that is answered whole.
func whole[T any](items []T, err error) (*httpapi.Answer[page.Of[T]], error) {
	return reply(page.Of[T]{Items: items}, err)
}

// plain is a deed that needs nothing but the asset's id.
func plain(do func(ctx context.Context, which asset.ID) (asset.Asset, error)) func(context.Context, *AssetPath) (*httpapi.Answer[asset.Asset], error) {
	return func(ctx context.Context, in *AssetPath) (*httpapi.Answer[asset.Asset], error) {
		return reply(do(ctx, in.ID))
	}
}

type noteInput struct {
	AssetPath
	Body app.NoteInput
}

// noted is a deed that takes a note.
func noted(do func(ctx context.Context, which asset.ID, in app.NoteInput) (asset.Asset, error)) func(context.Context, *noteInput) (*httpapi.Answer[asset.Asset], error) {
	return func(ctx context.Context, in *noteInput) (*httpapi.Answer[asset.Asset], error) {
		return reply(do(ctx, in.ID, in.Body))
	}
}
