package module_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/httpapi/httpapitest"
)

func (c *company) importFile(query, file string) httpapitest.Answer {
	c.t.Helper()
	return c.hr.Do("POST", "/employees/import"+query, file, "Content-Type", "text/csv")
}

func TestImport(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.department("Sales")
	boss := c.hire("The", "Boss", fields{"email": "boss@corp.test"})
	file := strings.Join([]string{
		"First name;Last name;E-Mail;Department;Job title;Office;Manager;Start date;Salary;Currency;City",
		"Ada;Lovelace;ada@corp.test;Engineering;Analyst;London;grace@corp.test;01.02.2024;52.000,50;EUR;London",
		"Grace;Hopper;Grace@corp.test;engineering;Head;London;BOSS@corp.test;2023-01-01;;;",
		"Ben;Ritchie;;SALES;;;" + boss.Number + ";;;;",
	}, "\r\n")

	t.Run("a preview tells what would happen and does nothing", func(t *testing.T) {
		answer := c.importFile("?preview=true", file)
		require.Equal(t, 200, answer.Status, answer)
		require.EqualValues(t, 3, answer.JSON["rows"])
		require.EqualValues(t, 0, answer.JSON["hired"])
		require.Equal(t, []any{"Engineering"}, answer.JSON["departments"])
		require.Equal(t, []any{"Analyst", "Head"}, answer.JSON["positions"])
		require.Equal(t, []any{"London"}, answer.JSON["locations"])
		require.Empty(t, answer.JSON["problems"])
		require.Equal(t, 1, c.count("SELECT count(*) FROM employee"))
		require.Equal(t, 1, c.count("SELECT count(*) FROM department"))
	})
	t.Run("managers may be rows of the same file", func(t *testing.T) {
		answer := c.importFile("", file)
		require.Equal(t, 200, answer.Status, answer)
		require.EqualValues(t, 3, answer.JSON["hired"])
		people := map[string]profile{}
		for _, p := range read[pageOf[profile]](t, c.hr, "/employees?include=compensation,contact").Items {
			people[p.DisplayName] = p
		}
		ada := people["Ada Lovelace"]
		require.Equal(t, "Grace Hopper", ada.Manager)
		require.Equal(t, "The Boss", people["Grace Hopper"].Manager)
		require.Equal(t, "Engineering", people["Grace Hopper"].Department)
		require.Equal(t, "Sales", people["Ben Ritchie"].Department)
		require.Equal(t, "2024-02-01", ada.HiredOn.String())
		require.Equal(t, today, people["Ben Ritchie"].HiredOn)
		require.Equal(t, "52000.50", ada.Compensation["amount"])
		require.Equal(t, "London", ada.Contact["city"])
		require.Len(t, c.team(boss.ID), 4)
		require.Equal(t, 4, c.summary().Headcount)
		require.Equal(t, 4, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.hired.v1'"))
	})
	t.Run("the same file again is refused row by row", func(t *testing.T) {
		answer := c.importFile("", file)
		require.Equal(t, 422, answer.Status, answer)
		require.Contains(t, answer.Problems(), "body.rows[2].email")
	})
	t.Run("what an export writes, an import reads", func(t *testing.T) {
		export := c.hr.Do("GET", "/employees/export?include=compensation,contact", nil)
		require.Equal(t, 200, export.Status, export)
		require.Contains(t, export.Header.Get("Content-Disposition"), "employees.csv")
		other := open(t)
		require.Equal(t, 200, other.importFile("", string(export.Body)).Status)
		require.Equal(t, export.Body, other.hr.Do("GET", "/employees/export?include=compensation,contact", nil).Body)
	})
}

func TestImportRefusesAllOrNothing(t *testing.T) {
	t.Parallel()
	c := open(t)
	c.hire("The", "Boss", fields{"email": "boss@corp.test", "number": "B-1"})
	const header = "givenName,familyName,email,number,manager,hiredOn,leftOn,pay,currency\n"
	for name, test := range map[string]struct{ rows, at, message string }{
		"nobody's name":               {",,x@corp.test,,,,,,", "body.rows[2].familyName", "needed"},
		"a wrong address":             {"A,B,nonsense,,,,,,", "body.rows[2].email", "not an e-mail"},
		"a wrong day":                 {"A,B,,,,2026-02-30,,,", "body.rows[2].hiredOn", "not a date"},
		"a number twice":              {"A,B,,7,,,,,\nC,D,,7,,,,,", "body.rows[3].number", "row 2"},
		"an address that is taken":    {"A,B,boss@corp.test,,,,,,", "body.rows[2].email", "The Boss"},
		"a number that is taken":      {"A,B,,b-1,,,,,", "body.rows[2].number", "The Boss"},
		"an unknown manager":          {"A,B,,,nobody@corp.test,,,,", "body.rows[2].manager", "nobody here"},
		"somebody as their own":       {"A,B,a@corp.test,,a@corp.test,,,,", "body.rows[2].manager", "own manager"},
		"a circle":                    {"A,B,a@corp.test,,c@corp.test,,,,\nX,Y,,,a@corp.test,,,,\nC,D,c@corp.test,,a@corp.test,,,,", "body.rows[4].manager", "A B -> C D -> A B"},
		"a last day before the first": {"A,B,,,,2026-01-01,2025-01-01,,", "body.rows[2].leftOn", "before the first"},
		"a last day ahead":            {"A,B,,,,2026-01-01,2027-01-01,,", "body.rows[2].leftOn", "still to come"},
		"pay without a currency":      {"A,B,,,,,,1000,", "body.rows[2].currency", "not a currency"},
		"pay that is negative":        {"A,B,,,,,,-1000,EUR", "body.rows[2].pay", "negative"},
	} {
		t.Run(name, func(t *testing.T) {
			good := "\nFine,Person,fine@corp.test,,boss@corp.test,2026-01-01,,,\n"
			answer := c.importFile("", header+test.rows+good)
			require.Equal(t, 422, answer.Status, answer)
			require.Contains(t, answer.Problems()[test.at], test.message)
			require.Equal(t, 1, c.count("SELECT count(*) FROM employee"))
			require.Equal(t, 1, c.count("SELECT count(*) FROM event_log"))

			preview := c.importFile("?preview=true", header+test.rows+good)
			require.Equal(t, 200, preview.Status, preview)
			require.Len(t, preview.JSON["problems"], len(answer.Problems()))
		})
	}
	t.Run("every problem of a file is told at once", func(t *testing.T) {
		answer := c.importFile("", header+"A,B,nonsense,,nobody,,,,\n,,,,,2026-13-01,,,\n")
		require.Len(t, answer.Problems(), 4, answer)
	})
	t.Run("a leaver of the past is kept as one", func(t *testing.T) {
		require.Equal(t, 200, c.importFile("", header+"Long,Gone,,,boss@corp.test,2019-01-01,2020-06-30,,\n").Status)
		s := c.summary()
		require.Equal(t, 1, s.Headcount)
		require.Equal(t, []string{"Long Gone"}, names(t, c.hr, map[string][]string{"status": {"left"}}))
	})
}

func TestImportOfTenThousand(t *testing.T) {
	t.Parallel()
	c := open(t)
	var file strings.Builder
	file.WriteString("givenName,familyName,email,department,manager,hiredOn\n")
	for i := range 10_000 {
		manager := ""
		if i > 0 {
			manager = fmt.Sprintf("p%d@corp.test", (i-1)/8)
		}
		fmt.Fprintf(&file, "Person,%d,p%d@corp.test,Department %d,%s,2024-01-01\n", i, i, i%20, manager)
	}
	began := time.Now()
	answer := c.importFile("", file.String())
	require.Equal(t, 200, answer.Status, answer)
	t.Logf("10,000 people imported in %v", time.Since(began).Round(time.Millisecond))
	require.Equal(t, 10_000, c.summary().Headcount)
	require.Len(t, c.summary().Departments, 20)
	ids := []employee.ID{}
	for _, p := range read[pageOf[profile]](t, c.hr, "/employees?limit=1&sort=number").Items {
		ids = append(ids, p.ID)
	}
	require.Len(t, c.team(ids[0]), 10_000)
}
