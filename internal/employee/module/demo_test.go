package module_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
)

func TestSampleCompany(t *testing.T) {
	t.Parallel()
	one, two := open(t), open(t)
	ids, err := one.module.LoadDemo(t.Context(), 500, 7)
	require.NoError(t, err)
	again, err := two.module.LoadDemo(t.Context(), 500, 7)
	require.NoError(t, err)
	require.Len(t, ids, 500)
	require.Equal(t, ids, again)

	t.Run("the same seed is the same company", func(t *testing.T) {
		require.Equal(t, one.hr.Do("GET", "/employees/export", nil).Body, two.hr.Do("GET", "/employees/export", nil).Body)
	})
	t.Run("the read model counts what is there", func(t *testing.T) {
		s := one.summary()
		here := one.count("SELECT count(*) FROM employee WHERE NOT ended AND hired_on <= $1::date", today.String())
		require.Equal(t, here, s.Headcount)
		total := 0
		for _, d := range s.Departments {
			total += d.Headcount
			n := one.count("SELECT count(*) FROM placement p JOIN employee e ON e.id = p.employee_id WHERE NOT e.ended AND e.hired_on <= $1::date AND p.valid @> $1::date AND p.department_id = $2::uuid",
				today.String(), d.DepartmentID.String())
			require.Equal(t, n, d.Headcount, d.Department)
		}
		require.Equal(t, here, total)
		require.Positive(t, s.Upcoming)
		require.Len(t, s.Months, 13)
		for _, m := range s.Months[:12] {
			n := one.count("SELECT count(*) FROM employment WHERE hired_on <= $1::date AND (left_on IS NULL OR left_on > $1::date)", m.Month.LastOfMonth().String())
			require.Equal(t, n, m.Headcount, m.Month)
		}
	})
	t.Run("the closure is what the lines say, and everybody here is below the director", func(t *testing.T) {
		require.Len(t, one.team(ids[0]), one.count("SELECT count(*) FROM employee WHERE NOT ended AND hired_on <= $1::date", today.String()))
		require.Zero(t, one.count(`SELECT count(*) FROM reporting_line l JOIN employee m ON m.id = l.manager_id JOIN employee e ON e.id = l.employee_id
			WHERE m.ended OR m.hired_on > e.hired_on`))
	})
	t.Run("a company with people takes no sample", func(t *testing.T) {
		_, err := one.module.LoadDemo(t.Context(), 10, 1)
		require.Error(t, err)
	})
	t.Run("any size will do", func(t *testing.T) {
		for _, n := range []int{0, 1, 2, 20} {
			ids, err := open(t).module.LoadDemo(t.Context(), n, 1)
			require.NoError(t, err)
			require.Len(t, ids, n)
		}
	})
}

// What others ask in their own hot paths costs one query, whatever the number of people asked for.
func TestQueriesAreCounted(t *testing.T) {
	t.Parallel()
	c := open(t)
	ids, err := c.module.LoadDemo(t.Context(), 2000, 1)
	require.NoError(t, err)
	directory := c.module.Directory()
	require.Len(t, c.team(ids[0]), len(c.team(ids[0])), "the day's first question brings the closure up to date")
	queries := func(ask func()) int64 {
		before := c.db.Pool().Stat().AcquireCount()
		ask()
		return c.db.Pool().Stat().AcquireCount() - before
	}
	for _, n := range []int{1, 50, 200} {
		require.EqualValues(t, 1, queries(func() {
			found, err := directory.Employees(t.Context(), ids[:n])
			require.NoError(t, err)
			require.Len(t, found, n)
		}))
	}
	require.EqualValues(t, 1, queries(func() { c.team(ids[0]) }))
	require.LessOrEqual(t, queries(func() { c.summary() }), int64(2))
	began := time.Now()
	for range 100 {
		_, err := directory.Employees(t.Context(), ids[:50])
		require.NoError(t, err)
	}
	t.Logf("50 people by id: %v", (time.Since(began) / 100).Round(time.Microsecond))
	require.Equal(t, employee.StatusActive, c.get(ids[0]).Status)
}
