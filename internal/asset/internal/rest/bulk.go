package rest

import (
	"context"

	"erp/internal/asset/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// bulkActions are the actions on many assets. Each names the permission of what it does to one.
func bulkActions(api *httpapi.API, a *app.App) {
	inBulk(api, "move", "Put many assets somewhere else, in the background", app.CanRegister, a.BulkMove)
	inBulk(api, "assign", "Hand many assets to somebody, in the background", app.CanAssign, a.BulkAssign)
	inBulk(api, "return", "Take many assets back into stock, in the background", app.CanAssign, a.BulkReturn)
	inBulk(api, "retire", "Retire many assets, in the background", app.CanRetire, a.BulkRetire)
	inBulk(api, "recategorise", "Put many assets into another category, in the background", app.CanRegister, a.BulkRecategorise)
}

func inBulk[I any](api *httpapi.API, deed, summary string, permission rbac.Permission, begin func(context.Context, I) (app.BulkJob, error)) {
	httpapi.Register(api, httpapi.Operation{
		ID: "bulk-" + deed + "-assets", Method: "POST", Path: "/assets/bulk/" + deed, Summary: summary, Tag: tag, Permission: permission, Status: 202,
		Description: "The assets are named, or found by the list's filter, at most 10,000. Each is done or refused by itself; the job tells which, and why.",
	}, func(ctx context.Context, in *struct{ Body I }) (*httpapi.Answer[app.BulkJob], error) {
		return reply(begin(ctx, in.Body))
	})
}
