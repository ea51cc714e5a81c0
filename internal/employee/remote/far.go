// Package remote is the contract of the employee module over the wire: a Directory that asks the module in another
// process, and a server that lets other processes ask the Directory here. It knows no inside of the module.
package remote

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/remote/employeewire"
	"erp/internal/platform/rpc"
)

// NewDirectory is the Directory of the module at the other end of the link.
func NewDirectory(link *rpc.Link) employee.Directory {
	return far{employeewire.NewDirectoryClient(link.HTTP(), link.URL(), link.Options())}
}

type far struct {
	directory employeewire.DirectoryClient
}

// Employees implements employee.Directory.
func (f far) Employees(ctx context.Context, ids []employee.ID) (map[employee.ID]employee.Employee, error) {
	answer, err := f.directory.Employees(ctx, &employeewire.EmployeesRequest{Ids: rpc.Texts(ids)})
	if err != nil {
		return nil, err
	}
	people, err := rpc.Values[employee.Employee](answer.GetEmployees())
	found := make(map[employee.ID]employee.Employee, len(people))
	for _, person := range people {
		found[person.ID] = person
	}
	return found, err
}

// TeamOf implements employee.Directory.
func (f far) TeamOf(ctx context.Context, manager employee.ID) ([]employee.ID, error) {
	answer, err := f.directory.TeamOf(ctx, &employeewire.TeamOfRequest{Manager: manager.String()})
	if err != nil {
		return nil, err
	}
	return rpc.IDs[employee.Employee](answer.GetIds())
}

// DepartmentOf implements employee.Directory.
func (f far) DepartmentOf(ctx context.Context, member employee.ID) ([]employee.ID, error) {
	answer, err := f.directory.DepartmentOf(ctx, &employeewire.DepartmentOfRequest{Member: member.String()})
	if err != nil {
		return nil, err
	}
	return rpc.IDs[employee.Employee](answer.GetIds())
}

// Search implements employee.Directory.
func (f far) Search(ctx context.Context, q string, limit int) ([]employee.Employee, error) {
	answer, err := f.directory.Search(ctx, &employeewire.SearchRequest{Q: q, Limit: int32(limit)})
	if err != nil {
		return nil, err
	}
	return rpc.Values[employee.Employee](answer.GetEmployees())
}

// Summary implements employee.Directory.
func (f far) Summary(ctx context.Context) (employee.Summary, error) {
	answer, err := f.directory.Summary(ctx, &employeewire.SummaryRequest{})
	if err != nil {
		return employee.Summary{}, err
	}
	return rpc.Value[employee.Summary](answer.GetSummary())
}
