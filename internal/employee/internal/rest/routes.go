// Package rest is how the employee module is reached over HTTP: one file per resource, each operation with the permission
// that it takes. It decides nothing.
package rest

import (
	"context"

	"erp/internal/employee/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

const tag = "Employees"

// Register adds every operation of the module.
func Register(api *httpapi.API, a *app.App) {
	employees(api, a)
	changes(api, a)
	offboarding(api, a)
	files(api, a)
	departments(api, a)
	positions(api, a)
	workLocations(api, a)
	leaveSetup(api, a)
	leave(api, a)
}

// all is a list that is answered whole.
func all[T any](list func(context.Context) ([]T, error)) func(context.Context, *struct{}) (*httpapi.Answer[page.Of[T]], error) {
	return func(ctx context.Context, _ *struct{}) (*httpapi.Answer[page.Of[T]], error) {
		items, err := list(ctx)
		return reply(page.Of[T]{Items: items}, err)
	}
}

func reply[T any](view T, err error) (*httpapi.Answer[T], error) {
	if err != nil {
		return nil, err
	}
	return httpapi.Reply(view), nil
}
