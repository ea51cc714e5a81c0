package rest

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/app"
	"erp/internal/platform/httpapi"
)

// DepartmentPath names one department.
type DepartmentPath struct {
	ID employee.DepartmentID `path:"id"`
}

type changeDepartment struct {
	httpapi.IfMatch
	DepartmentPath
	Body app.DepartmentInput
}

type removeDepartment struct {
	httpapi.IfMatch
	DepartmentPath
}

func departments(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-departments", Method: "GET", Path: "/departments", Summary: "List every department", Tag: tag, Permission: app.CanRead,
	}, all(a.Departments))
	httpapi.Register(api, httpapi.Operation{
		ID: "get-department", Method: "GET", Path: "/departments/{id}", Summary: "One department", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *DepartmentPath) (*httpapi.Answer[employee.Department], error) {
		return reply(a.Department(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "create-department", Method: "POST", Path: "/departments", Summary: "Add a department", Tag: tag, Permission: app.CanSetUp, Status: 201,
	}, func(ctx context.Context, in *struct{ Body app.DepartmentInput }) (*httpapi.Answer[employee.Department], error) {
		return reply(a.CreateDepartment(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-department", Method: "PUT", Path: "/departments/{id}", Summary: "Change a department", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *changeDepartment) (*httpapi.Answer[employee.Department], error) {
		return reply(a.ChangeDepartment(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "remove-department", Method: "DELETE", Path: "/departments/{id}", Summary: "Delete a department that was never used", Tag: tag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *removeDepartment) (*httpapi.Answer[httpapi.None], error) {
		return reply(httpapi.None{}, a.RemoveDepartment(ctx, in.ID, in.Version()))
	})
}
