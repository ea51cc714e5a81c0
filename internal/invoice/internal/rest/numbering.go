package rest

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

type changeNumbering struct {
	Kind string `path:"kind" enum:"invoice,credit-note"`
	httpapi.IfMatch
	Body app.NumberingInput
}

func numbering(api *httpapi.API, a *app.App) {
	const tag = "Numbering"
	httpapi.Register(api, httpapi.Operation{
		ID: "list-numbering", Method: "GET", Path: "/numbering", Summary: "How documents are numbered, and which number comes next", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Answer[page.Of[app.Numbering]], error) {
		all, err := a.Numbering(ctx)
		return reply(page.Of[app.Numbering]{Items: all}, err)
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-numbering", Method: "PUT", Path: "/numbering/{kind}", Summary: "Decide how documents of a kind are numbered from now on", Tag: tag, Permission: app.CanSetUp,
		Description: "Issued documents keep their numbers. Where a series begins can be set before its first document only, and upwards only.",
	}, func(ctx context.Context, in *changeNumbering) (*httpapi.Answer[app.Numbering], error) {
		return reply(a.ChangeNumbering(ctx, invoice.Kind(in.Kind), in.Version(), in.Body))
	})
}
