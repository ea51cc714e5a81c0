package employeetest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/id"
)

// Person is somebody for a Directory under test. Manager is the index of the manager among the persons, -1 for none.
type Person struct {
	GivenName, FamilyName string
	Department            string
	Manager               int
	Left                  bool
}

// Company builds a Directory of these persons, all hired in the past, and returns it with their ids in the same order
// and a context whose caller may see everybody.
type Company func(t *testing.T, people []Person) (context.Context, employee.Directory, []employee.ID)

// people are who the promise is about.
func people() []Person {
	return []Person{
		{GivenName: "Ada", FamilyName: "Lovelace", Department: "Engineering", Manager: -1},
		{GivenName: "Grace", FamilyName: "Hopper", Department: "Engineering", Manager: 0},
		{GivenName: "Zoë", FamilyName: "Öztürk", Department: "Engineering", Manager: 1},
		{GivenName: "Niels", FamilyName: "Abel", Department: "Sales", Manager: 0},
		{GivenName: "Gone", FamilyName: "Away", Department: "Sales", Manager: 3, Left: true},
	}
}

// TestDirectory is the promise that every employee.Directory must keep, near or far.
func TestDirectory(t *testing.T, company Company) {
	ctx, directory, ids := company(t, people())
	t.Run("employees are found by id, leavers too, strangers are absent", func(t *testing.T) {
		testEmployees(ctx, t, directory, ids)
	})
	t.Run("a team is everybody below, the manager included, without leavers", func(t *testing.T) {
		testTeams(ctx, t, directory, ids)
	})
	t.Run("a department is everybody in it, without leavers", func(t *testing.T) {
		colleagues, err := directory.DepartmentOf(ctx, ids[2])
		require.NoError(t, err)
		require.ElementsMatch(t, pick(ids, []int{0, 1, 2}), colleagues)
		colleagues, err = directory.DepartmentOf(ctx, ids[3])
		require.NoError(t, err)
		require.Equal(t, []employee.ID{ids[3]}, colleagues)
	})
	t.Run("search finds by part of a name, never leavers, at most the limit", func(t *testing.T) {
		for q, want := range map[string]int{"lovel": 1, "ÖZTÜRK": 1, "gone": 0, "nobody at all": 0, "": 0} {
			found, err := directory.Search(ctx, q, 10)
			require.NoError(t, err)
			require.Len(t, found, want, "search for %q", q)
		}
		found, err := directory.Search(ctx, "e", 2)
		require.NoError(t, err)
		require.LessOrEqual(t, len(found), 2)
	})
	t.Run("the summary counts who is here", func(t *testing.T) {
		s, err := directory.Summary(ctx)
		require.NoError(t, err)
		require.Equal(t, 4, s.Headcount)
		require.Equal(t, "Engineering", s.Departments[0].Department)
		require.Equal(t, 3, s.Departments[0].Headcount)
	})
}

func testEmployees(ctx context.Context, t *testing.T, directory employee.Directory, ids []employee.ID) {
	t.Helper()
	found, err := directory.Employees(ctx, append([]employee.ID{id.New[employee.Employee](), ids[0]}, ids...))
	require.NoError(t, err)
	require.Len(t, found, len(ids))
	for i, p := range people() {
		e := found[ids[i]]
		require.Equal(t, ids[i], e.ID)
		require.Equal(t, p.GivenName+" "+p.FamilyName, e.DisplayName)
		require.Equal(t, p.Department, e.Department)
		require.Equal(t, p.Left, e.Status == employee.StatusLeft)
	}
	require.Equal(t, ids[0], found[ids[1]].ManagerID)
	found, err = directory.Employees(ctx, nil)
	require.NoError(t, err)
	require.Empty(t, found)
}

func testTeams(ctx context.Context, t *testing.T, directory employee.Directory, ids []employee.ID) {
	t.Helper()
	for manager, members := range map[int][]int{0: {0, 1, 2, 3}, 1: {1, 2}, 2: {2}, 3: {3}} {
		team, err := directory.TeamOf(ctx, ids[manager])
		require.NoError(t, err)
		require.ElementsMatch(t, pick(ids, members), team)
	}
	stranger := id.New[employee.Employee]()
	team, err := directory.TeamOf(ctx, stranger)
	require.NoError(t, err)
	require.Equal(t, []employee.ID{stranger}, team, "a stranger is a team of one")
}

func pick(ids []employee.ID, indexes []int) []employee.ID {
	picked := make([]employee.ID, len(indexes))
	for i, index := range indexes {
		picked[i] = ids[index]
	}
	return picked
}
