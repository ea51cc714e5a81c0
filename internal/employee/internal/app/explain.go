package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/id"
)

// Records lets the console ask how somebody's record stands to a person.
func (a *App) Records() auth.Records {
	return auth.Records{Kind: "employee", See: CanRead, Find: func(ctx context.Context, who string) (string, error) {
		parsed, err := id.Parse[employee.Employee](who)
		if err != nil {
			return "", store.Unknown()
		}
		found, err := a.Profile(ctx, parsed, a.today(), Guarded{})
		if err != nil {
			return "", err
		}
		return found.DisplayName, nil
	}}
}
