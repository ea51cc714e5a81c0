package rest

import (
	"bytes"
	"context"
	"io"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// setUpTakes leaves time for the example company.
const setUpTakes = 2 * time.Minute

func company(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "get-company", Method: "GET", Path: "/company", Tag: tagAdministration,
		Summary: "The company's settings", Permission: rbac.SignedIn},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[admin.CompanyProfile], error) {
			return reply(a.Profile(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "edit-company", Method: "PUT", Path: "/company", Tag: tagAdministration,
		Summary: "Change the company's settings", Permission: app.CanEditCompany},
		func(ctx context.Context, in *struct {
			httpapi.IfMatch
			Body app.EditCompany
		}) (*httpapi.Answer[admin.CompanyProfile], error) {
			return reply(a.EditCompany(ctx, in.Version(), in.Body))
		})
	httpapi.Register(api, httpapi.Operation{ID: "set-logo", Method: "PUT", Path: "/company/logo", Tag: tagAdministration,
		Summary: "Give the company a logo", Permission: app.CanEditCompany,
		Description: "PNG or JPEG, at most 512 KiB and 4,000 pixels wide and high; what the bytes are counts, not what they are called."},
		func(ctx context.Context, in *struct {
			httpapi.IfMatch
			httpapi.Picture
		}) (*httpapi.Answer[admin.CompanyProfile], error) {
			return reply(a.SetLogo(ctx, in.Version(), bytes.Clone(in.RawBody)))
		})
	httpapi.Register(api, httpapi.Operation{ID: "remove-logo", Method: "DELETE", Path: "/company/logo", Tag: tagAdministration,
		Summary: "Take the logo away", Permission: app.CanEditCompany, Status: 200},
		func(ctx context.Context, in *struct{ httpapi.IfMatch }) (*httpapi.Answer[admin.CompanyProfile], error) {
			return reply(a.SetLogo(ctx, in.Version(), nil))
		})
	httpapi.RegisterFile(api, httpapi.Operation{ID: "get-logo", Method: "GET", Path: "/company/logo", Tag: tagAdministration,
		Summary: "The logo itself", Permission: rbac.SignedIn},
		func(ctx context.Context, _ *struct{}) (*httpapi.File, error) {
			profile, err := a.Profile(ctx)
			if err != nil {
				return nil, err
			}
			if profile.LogoType == "" {
				return nil, fault.New(fault.NotFound, "no-logo", "The company has no logo.")
			}
			return &httpapi.File{Name: "logo", ContentType: profile.LogoType, Inline: true, Write: func(w io.Writer) error {
				_, err := w.Write(profile.Logo)
				return err
			}}, nil
		}, "image/png", "image/jpeg")
}
