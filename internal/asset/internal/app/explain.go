package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/platform/auth"
	"erp/internal/platform/id"
)

// Records lets the console ask how an asset stands to a person.
func (a *App) Records() auth.Records {
	return auth.Records{Kind: "asset", See: CanRead, Find: func(ctx context.Context, which string) (string, error) {
		parsed, err := id.Parse[asset.Asset](which)
		if err != nil {
			return "", notFound()
		}
		r, err := a.record(ctx, parsed)
		if err != nil {
			return "", err
		}
		return r.Tag + " " + r.Name, nil
	}}
}
