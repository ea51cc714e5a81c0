package module_test

import (
	"net/url"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/rbac"
)

// guarded is a profile with the groups that are shown to those who ask.
type guarded struct {
	profile
	Identity fields `json:"identity"`
	Bank     fields `json:"bank"`
}

const (
	adasIBAN = "DE89370400440532013000"
	evesIBAN = "GB82WEST12345698765432"
)

// papered is a company of a boss, somebody below and somebody elsewhere, all with papers and accounts.
func papered(t *testing.T) (c *company, boss, ada, eve profile) {
	t.Helper()
	c = open(t)
	boss = c.hire("The", "Boss")
	ada = c.hire("Ada", "Lovelace", fields{"managerId": boss.ID})
	eve = c.hire("Eve", "Other")
	for _, one := range []struct {
		who                profile
		born, number, iban string
	}{{boss, "1970-01-01", "PASS-BOSS", "NO9386011117947"}, {ada, "1990-02-28", "PASS-ADA", adasIBAN}, {eve, "1980-06-30", "PASS-EVE", evesIBAN}} {
		answer := c.put(one.who.ID, "identity", fields{"birthDate": one.born, "document": "passport", "documentNumber": one.number, "documentExpiresOn": "2027-01-31"})
		require.Equal(t, 200, answer.Status, answer)
		answer = c.put(one.who.ID, "bank", fields{"holder": one.who.DisplayName, "iban": one.iban})
		require.Equal(t, 200, answer.Status, answer)
	}
	return c, boss, ada, eve
}

func TestPapersAndAccount(t *testing.T) {
	t.Parallel()
	c, boss, ada, eve := papered(t)
	const both = "?include=identity,bank"

	t.Run("are shown to those who ask and may", func(t *testing.T) {
		require.Nil(t, read[guarded](t, c.hr, "/employees/"+ada.ID.String()).Bank, "nobody asked")
		shown := read[guarded](t, c.hr, "/employees/"+ada.ID.String()+both)
		require.Equal(t, "1990-02-28", shown.Identity["birthDate"])
		require.Equal(t, adasIBAN, shown.Bank["iban"])
	})
	t.Run("are one's own, and nobody else's, whoever leads whom", func(t *testing.T) {
		for _, role := range []rbac.Role{rbac.Employee, rbac.Manager, rbac.AssetManager, rbac.Accountant} {
			client := c.as(role, boss.ID)
			own := read[guarded](t, client, "/employees/"+boss.ID.String()+both)
			require.Equal(t, "PASS-BOSS", own.Identity["documentNumber"], role)
			require.NotNil(t, own.Bank)
			for _, other := range []employee.ID{ada.ID, eve.ID} {
				seen := read[guarded](t, client, "/employees/"+other.String()+both)
				require.Nil(t, seen.Identity, role)
				require.Nil(t, seen.Bank, role)
			}
			for _, group := range []string{"identity", "bank"} {
				answer := client.Do("PUT", "/employees/"+boss.ID.String()+"/"+group, fields{}, "If-Match", c.get(boss.ID).ETag())
				require.Equal(t, 403, answer.Status, "what pay hangs on is changed by HR: %s", answer)
			}
		}
	})
	t.Run("cannot be guessed by sorting, filtering, searching or exporting", func(t *testing.T) {
		client := c.with(boss.ID, map[string]rbac.Scope{"employee:read": rbac.All, "employee:export": rbac.All, "employee.identity:read": rbac.Own, "employee.bank:read": rbac.Own})
		for query, want := range map[string][]string{
			"documentExpiresTo=2030-01-01": {"The Boss"}, "account=known": {"The Boss"}, "account=missing": {},
			"sort=birthDate&limit=1": {"The Boss"}, "sort=documentExpiresOn&limit=1": {"The Boss"}, "q=PASS-EVE": {}, "q=" + evesIBAN: {},
		} {
			require.Equal(t, want, names(t, client, must(url.ParseQuery(query))), query)
		}
		export := string(client.Do("GET", "/employees/export"+both, nil).Body)
		require.Contains(t, export, "PASS-BOSS")
		for _, foreign := range []string{"PASS-ADA", "PASS-EVE", adasIBAN, evesIBAN, "1980-06-30"} {
			require.NotContains(t, export, foreign)
		}
		blind := c.with(boss.ID, map[string]rbac.Scope{"employee:read": rbac.All, "employee:export": rbac.All})
		for _, query := range []string{"?sort=birthDate", "?sort=documentExpiresOn", "?documentExpiresTo=2030-01-01", "?account=known", "?account=missing", "?include=identity", "?include=bank"} {
			require.Equal(t, 403, blind.Do("GET", "/employees"+query, nil).Status, query)
			require.Equal(t, 403, blind.Do("GET", "/employees/export"+query, nil).Status, query)
		}
		require.Equal(t, 403, blind.Do("GET", "/employees/"+boss.ID.String()+both, nil).Status)
	})
	t.Run("are found by HR", func(t *testing.T) {
		c.hire("No", "Account")
		require.Equal(t, []string{"No Account"}, names(t, c.hr, url.Values{"account": {"missing"}}))
		require.Equal(t, []string{"The Boss", "Eve Other", "Ada Lovelace", "No Account"}, names(t, c.hr, url.Values{"sort": {"birthDate"}}))
		require.Len(t, names(t, c.hr, url.Values{"documentExpiresTo": {"2027-01-31"}}), 3)
		require.Empty(t, names(t, c.hr, url.Values{"documentExpiresTo": {"2027-01-30"}}))
	})
	t.Run("changes reach as far as their own grant, and show nothing", func(t *testing.T) {
		team := c.with(boss.ID, map[string]rbac.Scope{"employee:read": rbac.All, "employee.identity:edit": rbac.Team, "employee.bank:edit": rbac.Team})
		for group, body := range map[string]fields{"identity": {"taxId": "123"}, "bank": {"holder": "Ada", "iban": adasIBAN}} {
			answer := team.Do("PUT", "/employees/"+eve.ID.String()+"/"+group, body, "If-Match", c.get(eve.ID).ETag())
			require.Equal(t, 404, answer.Status, answer)
			answer = team.Do("PUT", "/employees/"+ada.ID.String()+"/"+group, body, "If-Match", c.get(ada.ID).ETag())
			require.Equal(t, 200, answer.Status, answer)
			require.NotContains(t, string(answer.Body), adasIBAN)
			answer = team.Do("PUT", "/employees/"+ada.ID.String()+"/"+group, body, "If-Match", `"1"`)
			require.Equal(t, 412, answer.Status, answer)
		}
	})
	t.Run("what is wrong is named and not repeated", func(t *testing.T) {
		answer := c.put(ada.ID, "bank", fields{"holder": "Ada", "iban": "DE89370400440532013001"})
		require.Equal(t, 422, answer.Status)
		require.Contains(t, string(answer.Body), "body.iban")
		require.NotContains(t, string(answer.Body), "0532013001")
	})
	t.Run("nothing said is nothing kept", func(t *testing.T) {
		require.Equal(t, 200, c.put(ada.ID, "identity", fields{}).Status)
		require.Equal(t, 200, c.put(ada.ID, "bank", fields{}).Status)
		require.Equal(t, 0, c.count("SELECT (SELECT count(*) FROM identity WHERE employee_id = $1) + (SELECT count(*) FROM bank_account WHERE employee_id = $1)", ada.ID))
	})
}

func TestLooksAtPapersAreWrittenDown(t *testing.T) {
	t.Parallel()
	c, boss, ada, _ := papered(t)
	looks := func(like string) int {
		return c.count("SELECT count(*) FROM audit_entry WHERE action LIKE $1 AND (action LIKE '%-identity' OR action LIKE '%-bank')", like)
	}
	read[guarded](t, c.hr, "/employees/"+ada.ID.String())
	require.Equal(t, 0, looks("employee.read-%"), "nobody looked")
	read[guarded](t, c.hr, "/employees/"+ada.ID.String()+"?include=identity,bank")
	read[guarded](t, c.hr, "/employees/"+ada.ID.String()+"?include=bank")
	require.Equal(t, 3, looks("employee.read-%"))
	read[guarded](t, c.as(rbac.Employee, boss.ID), "/employees/"+boss.ID.String()+"?include=identity,bank")
	require.Equal(t, 3, looks("employee.read-%"), "everybody may look at their own")
	read[pageOf[guarded]](t, c.hr, "/employees?include=bank")
	read[pageOf[guarded]](t, c.hr, "/employees?sort=birthDate")
	require.Equal(t, 2, looks("employee.list-%"))
	c.hr.Do("GET", "/employees/export?include=identity,bank", nil)
	c.hr.Do("GET", "/employees/export?account=missing", nil)
	require.Equal(t, 3, looks("employee.export-%"), "a filter tells too")

	require.Equal(t, 6, looks("employee.change-%"), "three people have papers and an account")
	told := c.count("SELECT count(*) FROM audit_entry WHERE concat(before, after, label) ~ 'PASS-|DE8937|GB82|1990-02-28'") +
		c.count("SELECT count(*) FROM event_log WHERE event_log::text ~ 'PASS-|DE8937|GB82|1990-02-28'")
	require.Zero(t, told, "neither trail nor events tell what is guarded")
}

func TestPapersComeWithAFile(t *testing.T) {
	t.Parallel()
	c := open(t)
	file := "givenName,familyName,hiredOn,dob,document,documentNumber,documentExpiresOn,iban\nAda,Lovelace,2020-01-01,1990-02-28,passport,PASS-ADA,2027-01-31," + adasIBAN + "\nEve,Other,2020-01-01,,,,,\n"
	for missing, rest := range map[string]map[string]rbac.Scope{
		"identity": {"employee:import": rbac.All, "employee.bank:edit": rbac.All}, "bank": {"employee:import": rbac.All, "employee.identity:edit": rbac.All},
	} {
		require.Equal(t, 403, c.with(employee.ID{}, rest).Do("POST", "/employees/import", file, "Content-Type", "text/csv").Status, "without %s", missing)
	}
	answer := c.hr.Do("POST", "/employees/import", "givenName,familyName,iban,birthDate\nAda,Lovelace,DE00370400440532013000,2999-01-01\n", "Content-Type", "text/csv")
	require.Equal(t, 422, answer.Status)
	for _, column := range []string{"iban", "birthDate"} {
		require.Contains(t, string(answer.Body), column)
	}
	answer = c.hr.Do("POST", "/employees/import", file, "Content-Type", "text/csv")
	require.Equal(t, 200, answer.Status, answer)
	export := c.hr.Do("GET", "/employees/export?include=compensation,contact,identity,bank", nil)
	require.Contains(t, string(export.Body), "1990-02-28,,,,passport,PASS-ADA,,2027-01-31,Ada Lovelace,"+adasIBAN)
	other := open(t)
	answer = other.hr.Do("POST", "/employees/import", string(export.Body), "Content-Type", "text/csv")
	require.Equal(t, 200, answer.Status, answer)
	require.Equal(t, string(export.Body), string(other.hr.Do("GET", "/employees/export?include=compensation,contact,identity,bank", nil).Body), "an export comes back as it was")
}

func TestDocumentsThatEndAreToldOfOnce(t *testing.T) {
	t.Parallel()
	c := open(t)
	soon, later, gone := c.hire("Ada", "Soon"), c.hire("Bea", "Later"), c.hire("Cleo", "Gone")
	for who, on := range map[employee.ID]string{soon.ID: "2027-01-15", later.ID: "2028-01-15", gone.ID: "2027-01-15"} {
		answer := c.put(who, "identity", fields{"document": "passport", "documentNumber": "P-1", "documentExpiresOn": on})
		require.Equal(t, 200, answer.Status, answer)
	}
	require.Equal(t, 200, c.hr.Do("POST", "/employees/"+gone.ID.String()+"/offboarding", fields{"reason": "Over"}).Status)
	for range 2 {
		require.NoError(t, c.module.TellOfDocuments(t.Context()))
	}
	const told = `SELECT count(*) FROM event_log WHERE name = 'employee.document-expiring.v1'`
	require.Equal(t, 1, c.count(told+` AND about = $1`, soon.ID.String()))
	require.Equal(t, 1, c.count(told), "not what ends in a year, and nobody who has left")
	require.Zero(t, c.count(told+` AND payload::text LIKE '%P-1%'`), "what is secret stands in no event")

	answer := c.put(soon.ID, "identity", fields{"document": "passport", "documentNumber": "P-2", "documentExpiresOn": "2027-01-20"})
	require.Equal(t, 200, answer.Status, answer)
	require.NoError(t, c.module.TellOfDocuments(t.Context()))
	require.Equal(t, 2, c.count(told), "a new day is news")
}

func TestHiredWithPapersAndAccount(t *testing.T) {
	t.Parallel()
	c := open(t)
	whole := func() fields {
		return fields{"givenName": "Ada", "familyName": "Lovelace", "hiredOn": "2026-01-01",
			"identity": fields{"birthDate": "1990-02-28", "document": "passport", "documentNumber": "PASS-ADA", "nationality": "gb"},
			"bank":     fields{"holder": "Ada Lovelace", "iban": "de89 3704 0044 0532 0130 00"}}
	}
	t.Run("by whoever may note both, in one go", func(t *testing.T) {
		answer := c.hr.Do("POST", "/employees", whole(), "Idempotency-Key", "ada")
		require.Equal(t, 201, answer.Status, answer)
		require.NotContains(t, string(answer.Body), adasIBAN, "the answer tells no more than a profile does")
		require.Equal(t, 201, c.hr.Do("POST", "/employees", whole(), "Idempotency-Key", "ada").Status)
		var hired profile
		answer.Into(t, &hired)
		shown := read[guarded](t, c.hr, "/employees/"+hired.ID.String()+"?include=identity,bank")
		require.Equal(t, "PASS-ADA", shown.Identity["documentNumber"])
		require.Equal(t, adasIBAN, shown.Bank["iban"])
		for _, table := range []string{"audit_entry", "event_log", "idempotency_key"} {
			var rows string
			require.NoError(t, c.db.Pool().QueryRow(t.Context(), `SELECT coalesce(string_agg(t::text, ' '), '') FROM `+table+` t`).Scan(&rows))
			require.NotContains(t, rows, "PASS-ADA", table)
			require.NotContains(t, rows, adasIBAN, table)
		}
	})
	t.Run("a wrong value is named where it stands, and nobody is hired", func(t *testing.T) {
		wrong := whole()
		wrong["bank"] = fields{"iban": "DE00"}
		wrong["identity"] = fields{"birthDate": "2999-01-01"}
		answer := c.hr.Do("POST", "/employees", wrong)
		require.Equal(t, 422, answer.Status, answer)
		require.Contains(t, string(answer.Body), `"body.bank.iban"`)
		require.Contains(t, string(answer.Body), `"body.identity.birthDate"`)
	})
	t.Run("not by who may only hire", func(t *testing.T) {
		for _, missing := range []string{"employee.identity:edit", "employee.bank:edit"} {
			rights := map[string]rbac.Scope{"employee:read": rbac.All, "employee:hire": rbac.All, "employee.identity:edit": rbac.All, "employee.bank:edit": rbac.All}
			rights[missing] = rbac.Own
			require.Equal(t, 403, c.with(employee.ID{}, rights).Do("POST", "/employees", whole()).Status, missing)
		}
	})
	require.Len(t, read[struct{ Items []profile }](t, c.hr, "/employees").Items, 1)
}
