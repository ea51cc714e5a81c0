package module_test

import (
	"maps"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/rbac"
)

func TestHire(t *testing.T) {
	t.Parallel()
	c := open(t)
	sales := c.department("Sales")
	boss := c.hire("Grace", "Hopper", fields{"email": "Grace@Corp.test", "departmentId": sales})

	t.Run("somebody new has a number, a place and a manager", func(t *testing.T) {
		answer := c.hr.Do("POST", "/employees", fields{
			"givenName": " Ada ", "familyName": "Lovelace", "hiredOn": "2026-01-01", "departmentId": sales, "managerId": boss.ID,
			"contact": fields{"privateEmail": "ada@home.test"}, "compensation": fields{"amount": "52000.00", "currency": "EUR", "period": "year"},
		})
		require.Equal(t, 201, answer.Status, answer)
		require.Equal(t, `"1"`, answer.ETag())
		var ada profile
		answer.Into(t, &ada)
		require.NotEqual(t, boss.Number, ada.Number)
		require.Equal(t, "Ada Lovelace", ada.DisplayName)
		require.Equal(t, "Sales", ada.Department)
		require.Equal(t, "Grace Hopper", ada.Manager)
		require.Equal(t, "52000.00", ada.Compensation["amount"])
		require.Equal(t, "ada@home.test", ada.Contact["privateEmail"])
		require.ElementsMatch(t, []employee.ID{boss.ID, ada.ID}, c.team(boss.ID))
	})
	t.Run("one fact is one event and one audit row", func(t *testing.T) {
		before := c.count("SELECT count(*) FROM event_log")
		p := c.hire("Niels", "Abel")
		require.Equal(t, before+1, c.count("SELECT count(*) FROM event_log"))
		require.Equal(t, 1, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.hired.v1' AND about = $1", p.ID.String()))
		require.Equal(t, 1, c.count("SELECT count(*) FROM audit_entry WHERE action = 'employee.hire' AND subject_id = $1", p.ID.String()))
	})
	t.Run("every problem is told at once", func(t *testing.T) {
		answer := c.hr.Do("POST", "/employees", fields{
			"email": "nonsense", "hiredOn": "1826-01-01", "compensation": fields{"amount": "-1", "currency": "EUR", "period": "year"},
		})
		require.Equal(t, 422, answer.Status, answer)
		for _, at := range []string{"body.familyName", "body.email", "body.hiredOn", "body.compensation.amount"} {
			require.Contains(t, answer.Problems(), at)
		}
	})
	for name, test := range map[string]struct {
		body   fields
		status int
		at     string
	}{
		"an address that is taken":  {fields{"email": "GRACE@corp.test"}, 409, "body.email"},
		"a number that is taken":    {fields{"number": "e-0001"}, 409, "body.number"},
		"an unknown manager":        {fields{"managerId": "01890a5d-ac96-774b-bcce-b302099a8057"}, 422, "body.managerId"},
		"an unknown department":     {fields{"departmentId": "01890a5d-ac96-774b-bcce-b302099a8057"}, 422, "body.departmentId"},
		"an id that is none":        {fields{"departmentId": "sales"}, 422, "body.departmentId"},
		"a field that nobody knows": {fields{"salary": 1}, 422, "body.salary"},
		"a NUL character":           {fields{"givenName": "A\x00da"}, 422, "body.givenName"},
		"a day that does not exist": {fields{"hiredOn": "2026-02-30"}, 422, "body.hiredOn"},
	} {
		t.Run("refuses "+name, func(t *testing.T) {
			before := c.count("SELECT count(*) FROM employee")
			body := fields{"givenName": "X", "familyName": "Y", "hiredOn": "2026-01-01"}
			maps.Copy(body, test.body)
			answer := c.hr.Do("POST", "/employees", body)
			require.Equal(t, test.status, answer.Status, answer)
			require.Contains(t, answer.Problems(), test.at)
			require.Equal(t, before, c.count("SELECT count(*) FROM employee"))
		})
	}
	t.Run("a double click hires once", func(t *testing.T) {
		body := fields{"givenName": "Double", "familyName": "Click", "hiredOn": "2026-01-01"}
		first := c.hr.Do("POST", "/employees", body, "Idempotency-Key", "k1")
		second := c.hr.Do("POST", "/employees", body, "Idempotency-Key", "k1")
		require.Equal(t, 201, second.Status, second)
		require.Equal(t, first.Text("id"), second.Text("id"))
		require.Equal(t, 1, c.count("SELECT count(*) FROM employee WHERE display_name = 'Double Click'"))
	})
	t.Run("nobody without the permission", func(t *testing.T) {
		body := fields{"givenName": "X", "familyName": "Y", "hiredOn": "2026-01-01"}
		require.Equal(t, 403, c.as(rbac.Manager, boss.ID).Do("POST", "/employees", body).Status)
	})
	t.Run("a first day ahead is upcoming, with a place already", func(t *testing.T) {
		p := c.hire("To", "Come", fields{"hiredOn": "2027-01-01", "departmentId": sales, "managerId": boss.ID})
		require.Equal(t, employee.StatusUpcoming, p.Status)
		require.Equal(t, "Sales", p.Department)
		require.NotContains(t, c.team(boss.ID), p.ID)
	})
}

func TestEdit(t *testing.T) {
	t.Parallel()
	c := open(t)
	ada := c.hire("Ada", "Byron", fields{"email": "ada@corp.test"})
	path := "/employees/" + ada.ID.String()

	t.Run("a version must be named", func(t *testing.T) {
		require.Equal(t, 428, c.hr.Do("PATCH", path, fields{"familyName": "X"}).Status)
	})
	t.Run("what is not named stays", func(t *testing.T) {
		answer := c.hr.Do("PATCH", path, fields{"familyName": "Lovelace"}, "If-Match", ada.ETag())
		require.Equal(t, 200, answer.Status, answer)
		require.Equal(t, `"2"`, answer.ETag())
		require.Equal(t, "ada@corp.test", answer.Text("email"))
		require.Equal(t, []string{"Ada Lovelace"}, names(t, c.hr, map[string][]string{"q": {"lovelace"}}))
		require.Equal(t, 1, c.count("SELECT count(*) FROM event_log WHERE name = 'employee.changed.v1'"))
	})
	t.Run("an edit over somebody else's edit is refused and loses nothing", func(t *testing.T) {
		for _, change := range []struct {
			method, path string
			body         fields
		}{
			{"PATCH", path, fields{"familyName": "Stale"}},
			{"PUT", path + "/contact", fields{"city": "Stale"}},
			{"POST", path + "/compensation", fields{"from": "2026-01-01", "amount": "1", "currency": "EUR", "period": "year"}},
			{"POST", path + "/transfers", fields{"from": "2026-01-01"}},
		} {
			require.Equal(t, 412, c.hr.Do(change.method, change.path, change.body, "If-Match", ada.ETag()).Status, change.path)
		}
		require.Equal(t, "Lovelace", c.get(ada.ID).FamilyName)
	})
	t.Run("contact and pay change under the next version", func(t *testing.T) {
		answer := c.hr.Do("PUT", path+"/contact", fields{"city": "London", "country": "gb"}, "If-Match", `"2"`)
		require.Equal(t, 200, answer.Status, answer)
		answer = c.hr.Do("POST", path+"/compensation", fields{"from": "2026-06-01", "amount": "60000.50", "currency": "GBP", "period": "year"}, "If-Match", answer.ETag())
		require.Equal(t, 200, answer.Status, answer)
		p := c.get(ada.ID)
		require.Equal(t, "GB", p.Contact["country"])
		require.Equal(t, "60000.50", p.Compensation["amount"])
		require.Nil(t, read[profile](t, c.hr, path+"?asOf=2026-05-31").Compensation)
	})
	t.Run("a first day can be corrected, and everything that began with it", func(t *testing.T) {
		boss, sales := c.hire("The", "Boss"), c.department("Sales")
		p := c.hire("Late", "Comer", fields{"hiredOn": "2026-03-01", "managerId": boss.ID, "departmentId": sales,
			"compensation": fields{"amount": "1", "currency": "EUR", "period": "year"}})
		for _, hiredOn := range []string{"2026-01-15", "2026-05-02", "2026-12-24", "2026-02-01"} {
			answer := c.hr.Do("PATCH", "/employees/"+p.ID.String(), fields{"hiredOn": hiredOn}, "If-Match", c.get(p.ID).ETag())
			require.Equal(t, 200, answer.Status, answer)
			then := read[profile](t, c.hr, "/employees/"+p.ID.String()+"?asOf="+hiredOn)
			require.Equal(t, "Sales", then.Department)
			require.Equal(t, boss.ID, then.ManagerID)
			require.NotNil(t, then.Compensation)
			require.Equal(t, hiredOn <= today.String(), len(c.team(boss.ID)) == 2)
		}
		require.Len(t, read[pageOf[fields]](t, c.hr, "/employees/"+p.ID.String()+"/history").Items, 4)
		headcounts := map[string]int{}
		for _, m := range c.summary().Months {
			headcounts[m.Month.String()] = m.Joined
		}
		require.Equal(t, 1, headcounts["2026-02-01"])
		require.Zero(t, headcounts["2026-03-01"])
		require.Equal(t, 422, c.hr.Do("PATCH", "/employees/"+p.ID.String(), fields{"hiredOn": "1850-01-01"}, "If-Match", c.get(p.ID).ETag()).Status)
	})
	t.Run("an unknown person is not found", func(t *testing.T) {
		require.Equal(t, 404, c.hr.Do("PATCH", "/employees/01890a5d-ac96-774b-bcce-b302099a8057", fields{"phone": "1"}, "If-Match", `"1"`).Status)
	})
}
