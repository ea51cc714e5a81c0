package employeetest_test

import (
	"context"
	"testing"

	"erp/internal/employee"
	"erp/internal/employee/employeetest"
	"erp/internal/platform/id"
)

func TestInMemoryDirectory(t *testing.T) {
	t.Parallel()
	employeetest.TestDirectory(t, func(_ *testing.T, people []employeetest.Person) (context.Context, employee.Directory, []employee.ID) {
		directory := employeetest.New()
		ids := make([]employee.ID, len(people))
		departments := map[string]employee.DepartmentID{}
		for i, p := range people {
			if departments[p.Department].IsZero() {
				departments[p.Department] = id.New[employee.Department]()
			}
			ids[i] = id.New[employee.Employee]()
			e := employee.Employee{
				ID: ids[i], GivenName: p.GivenName, FamilyName: p.FamilyName,
				Department: p.Department, DepartmentID: departments[p.Department],
			}
			if p.Manager >= 0 {
				e.ManagerID = ids[p.Manager]
			}
			if p.Left {
				e.Status = employee.StatusLeft
			}
			directory.Put(e)
		}
		return context.Background(), directory, ids
	})
}
