package rest

import (
	"bytes"
	"context"
	"time"

	"erp/internal/asset/internal/app"
	"erp/internal/platform/httpapi"
)

type importInput struct {
	httpapi.Upload
	app.Import
}

type exportInput struct {
	Q    string `query:"q" maxLength:"200" doc:"Words to search for"`
	Sort string `query:"sort" maxLength:"50" pattern:"^-?[A-Za-z][A-Za-z0-9.]*$" patternDescription:"a field name, with - in front for descending"`
	Filter
}

type labelCodeInput struct {
	AssetPath
	Link string `query:"link" maxLength:"200" pattern:"^https?://[^\\s]+$" patternDescription:"an http or https address" doc:"Where the application is reached; left open, the code holds the tag alone"`
}

func files(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "import-assets", Method: "POST", Path: "/assets/import", Summary: "Register every asset of a CSV file", Tag: tag, Permission: app.CanImport,
		Description: "All of the file or nothing. Problems name row and column: body.rows[12].cost.",
		Timeout:     2 * time.Minute,
	}, func(ctx context.Context, in *importInput) (*httpapi.Answer[app.ImportReport], error) {
		return reply(a.ImportAssets(ctx, bytes.NewReader(in.RawBody), in.Import))
	})
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "export-assets", Method: "GET", Path: "/assets/export", Summary: "Export assets as CSV, filtered as the list is", Tag: tag, Permission: app.CanExport,
	}, func(ctx context.Context, in *exportInput) (*httpapi.File, error) {
		write, err := a.ExportAssets(ctx, in.of(in.Q, in.Sort))
		if err != nil {
			return nil, err
		}
		return &httpapi.File{Name: "assets.csv", ContentType: "text/csv; charset=utf-8", Write: write}, nil
	}, "text/csv")
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "get-asset-label-code", Method: "GET", Path: "/assets/{id}/label-code", Summary: "The QR code of an asset's label as PNG", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *labelCodeInput) (*httpapi.File, error) {
		write, err := a.LabelCode(ctx, in.ID, in.Link)
		if err != nil {
			return nil, err
		}
		return &httpapi.File{Name: "label.png", ContentType: "image/png", Inline: true, Write: write}, nil
	}, "image/png")
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "print-asset-labels", Method: "POST", Path: "/assets/labels", Summary: "Labels with QR codes as PDF", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *struct{ Body app.Labels }) (*httpapi.File, error) {
		write, err := a.PrintLabels(ctx, in.Body)
		if err != nil {
			return nil, err
		}
		return &httpapi.File{Name: "labels.pdf", ContentType: "application/pdf", Inline: true, Write: write}, nil
	}, "application/pdf")
}
