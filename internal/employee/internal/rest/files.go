package rest

import (
	"context"
	"time"

	"erp/internal/employee/internal/app"
	"erp/internal/platform/httpapi"
)

type importInput struct {
	httpapi.Upload
	Preview bool `query:"preview" doc:"Check the file and tell what would happen, without changing anything"`
}

type exportInput struct {
	Q    string `query:"q" maxLength:"200" doc:"Words to search for"`
	Sort string `query:"sort" maxLength:"50" pattern:"^-?[A-Za-z][A-Za-z0-9.]*$" patternDescription:"a field name, with - in front for descending"`
	Filter
}

func files(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "import-employees", Method: "POST", Path: "/employees/import", Summary: "Hire everybody in a CSV file", Tag: tag, Permission: app.CanImport,
		Description: "All of the file or nothing. Problems name row and column. Managers are told by e-mail address or number, of people who are here or of other rows.",
		Timeout:     2 * time.Minute,
	}, func(ctx context.Context, in *importInput) (*httpapi.Answer[app.ImportResult], error) {
		return reply(a.Import(ctx, in.RawBody, in.Preview))
	})
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "export-employees", Method: "GET", Path: "/employees/export", Summary: "Export people as CSV, filtered as the list is", Tag: tag, Permission: app.CanExport,
	}, func(ctx context.Context, in *exportInput) (*httpapi.File, error) {
		write, err := a.Export(ctx, in.of(in.Q, in.Sort))
		if err != nil {
			return nil, err
		}
		return &httpapi.File{Name: "employees.csv", ContentType: "text/csv; charset=utf-8", Write: write}, nil
	}, "text/csv")
}
