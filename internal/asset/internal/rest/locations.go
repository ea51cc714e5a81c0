package rest

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// LocationPath names the place of a request.
type LocationPath struct {
	ID asset.LocationID `path:"id"`
}

type listLocations struct {
	Counted bool `query:"counted" doc:"Also count the assets at each place"`
}

type editLocation struct {
	httpapi.IfMatch
	LocationPath
	Body app.LocationInput
}

type removeLocation struct {
	httpapi.IfMatch
	LocationPath
}

func locations(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-locations", Method: "GET", Path: "/locations", Summary: "List the tree of places, parents before children", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *listLocations) (*httpapi.Answer[page.Of[asset.Location]], error) {
		return whole(a.Locations(ctx, in.Counted))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "add-location", Method: "POST", Path: "/locations", Summary: "Add a place", Tag: tag, Permission: app.CanConfigure, Status: 201,
	}, func(ctx context.Context, in *struct{ Body app.LocationInput }) (*httpapi.Answer[asset.Location], error) {
		return reply(a.AddLocation(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "edit-location", Method: "PUT", Path: "/locations/{id}", Summary: "Rename a place or move it with all in it", Tag: tag, Permission: app.CanConfigure,
	}, func(ctx context.Context, in *editLocation) (*httpapi.Answer[asset.Location], error) {
		return reply(a.EditLocation(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "remove-location", Method: "DELETE", Path: "/locations/{id}", Summary: "Remove an empty place", Tag: tag, Permission: app.CanConfigure,
	}, func(ctx context.Context, in *removeLocation) (*httpapi.Answer[httpapi.None], error) {
		return reply(httpapi.None{}, a.RemoveLocation(ctx, in.ID, in.Version()))
	})
}
