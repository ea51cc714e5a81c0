package module_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
)

// Whatever happens to people, in whatever order and however dated, the read model says what counting everybody would say.
func TestSummaryFollowsEveryChange(t *testing.T) {
	t.Parallel()
	c := open(t)
	departments := []employee.DepartmentID{c.department("A"), c.department("B"), c.department("C"), {}}
	random := rand.New(rand.NewPCG(1, 2))
	day := func() string { return today.AddDays(random.IntN(500) - 400).String() }
	place := func(body fields) fields {
		if d := departments[random.IntN(len(departments))]; !d.IsZero() {
			body["departmentId"] = d
		}
		return body
	}
	var people []employee.ID
	for i := range 150 {
		if len(people) < 10 || random.IntN(4) == 0 {
			people = append(people, c.hire("Person", fmt.Sprint(i), place(fields{"hiredOn": day()})).ID)
			continue
		}
		who := people[random.IntN(len(people))]
		path := "/employees/" + who.String()
		switch random.IntN(4) {
		case 0:
			c.hr.Do("POST", path+"/offboarding", fields{"leftOn": day()})
		case 1:
			c.hr.Do("POST", path+"/employments", place(fields{"hiredOn": day()}), "If-Match", c.get(who).ETag())
		default:
			c.hr.Do("POST", path+"/transfers", place(fields{"from": day()}), "If-Match", c.get(who).ETag())
		}
	}
	compare := func() {
		s := c.summary()
		now := s.Months[len(s.Months)-1].Month
		require.Equal(t, c.count("SELECT count(*) FROM employee WHERE NOT ended AND hired_on <= $1::date", c.today().String()), s.Headcount)
		require.Equal(t, c.count("SELECT count(*) FROM employee WHERE NOT ended AND hired_on > $1::date", c.today().String()), s.Upcoming)
		for _, m := range s.Months {
			if m.Month == now {
				continue
			}
			require.Equal(t, c.count(`SELECT count(*) FROM employment WHERE hired_on <= $1::date AND (left_on IS NULL OR left_on > $1::date)`,
				m.Month.LastOfMonth().String()), m.Headcount, m.Month)
			require.Equal(t, c.count(`SELECT count(*) FROM employment WHERE date_trunc('month', left_on) = $1::date`, m.Month.String()), m.Left, m.Month)
		}
		total := 0
		for _, d := range s.Departments {
			total += d.Headcount
		}
		require.Equal(t, s.Headcount, total)
	}
	compare()
	require.Positive(t, c.count("SELECT count(*) FROM employment WHERE left_on IS NOT NULL"), "somebody has left")
	require.Positive(t, c.count("SELECT count(*) FROM offboarding WHERE state = 'planned'"), "somebody is leaving")
	c.wait(120)
	require.NoError(t, c.module.FinishOffboardings(t.Context()))
	compare()
	require.Zero(t, c.count(`SELECT count(*) FROM employee e LEFT JOIN placement p ON p.employee_id = e.id AND p.valid @> $1::date
		WHERE NOT e.ended AND e.hired_on <= $1::date AND e.department_id IS DISTINCT FROM p.department_id`, c.today().String()),
		"today's copy says what the timelines say")
}
