package remote

import (
	"context"
	"maps"
	"slices"

	"erp/internal/employee"
	"erp/internal/employee/remote/employeewire"
	"erp/internal/platform/rpc"
)

// ServeDirectory lets other processes ask the directory.
func ServeDirectory(s *rpc.Server, directory employee.Directory) {
	s.Mount(employeewire.NewDirectoryHandler(near{directory}, s.Options()))
}

type near struct{ directory employee.Directory }

func emptyEmployee() *employeewire.Employee { return &employeewire.Employee{} }

// Employees implements employeewire.DirectoryHandler.
func (n near) Employees(ctx context.Context, in *employeewire.EmployeesRequest) (*employeewire.EmployeesResponse, error) {
	ids, err := rpc.IDs[employee.Employee](in.GetIds())
	if err != nil {
		return nil, err
	}
	found, err := n.directory.Employees(ctx, ids)
	if err != nil {
		return nil, err
	}
	people, err := rpc.Messages(slices.Collect(maps.Values(found)), emptyEmployee)
	return &employeewire.EmployeesResponse{Employees: people}, err
}

// TeamOf implements employeewire.DirectoryHandler.
func (n near) TeamOf(ctx context.Context, in *employeewire.TeamOfRequest) (*employeewire.TeamOfResponse, error) {
	manager, err := rpc.ID[employee.Employee](in.GetManager())
	if err != nil {
		return nil, err
	}
	team, err := n.directory.TeamOf(ctx, manager)
	return &employeewire.TeamOfResponse{Ids: rpc.Texts(team)}, err
}

// DepartmentOf implements employeewire.DirectoryHandler.
func (n near) DepartmentOf(ctx context.Context, in *employeewire.DepartmentOfRequest) (*employeewire.DepartmentOfResponse, error) {
	member, err := rpc.ID[employee.Employee](in.GetMember())
	if err != nil {
		return nil, err
	}
	colleagues, err := n.directory.DepartmentOf(ctx, member)
	return &employeewire.DepartmentOfResponse{Ids: rpc.Texts(colleagues)}, err
}

// Search implements employeewire.DirectoryHandler.
func (n near) Search(ctx context.Context, in *employeewire.SearchRequest) (*employeewire.SearchResponse, error) {
	found, err := n.directory.Search(ctx, in.GetQ(), int(in.GetLimit()))
	if err != nil {
		return nil, err
	}
	people, err := rpc.Messages(found, emptyEmployee)
	return &employeewire.SearchResponse{Employees: people}, err
}

// Summary implements employeewire.DirectoryHandler.
func (n near) Summary(ctx context.Context, _ *employeewire.SummaryRequest) (*employeewire.SummaryResponse, error) {
	said, err := n.directory.Summary(ctx)
	if err != nil {
		return nil, err
	}
	summary, err := rpc.Message(said, &employeewire.Summary{})
	return &employeewire.SummaryResponse{Summary: summary}, err
}
