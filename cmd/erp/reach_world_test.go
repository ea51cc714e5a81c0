package main_test

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/stretchr/testify/require"
)

// record is something that somebody may reach or not.
type record struct {
	standing string            // o, t, f, n or x: how it stands to the caller
	marks    map[string]string // what shows in an answer that it was reached; "word" finds it
	names    *strings.Replacer // what stands for {id} and others
}

func (r record) in(text string) string { return r.names.Replace(text) }

// inhabitant is somebody with a role, an employee's record, a team, and records of each kind around them.
type inhabitant struct {
	name    string
	person  *person
	grants  object
	records map[string][]record
	others  []*inhabitant
}

// world is a company in which everybody has something of their own.
type world struct {
	i        *installation
	ana      *person
	callers  []*inhabitant
	stranger soul
	known    map[string]string // what belongs to the company, by its kind
}

// record tells how one stands to a caller, and how it is found.
func (w *world) record(standing, id string, marks map[string]string) record {
	names := []string{
		"{id}", id, "{code}", id, "{kind}", "invoice", "{word}", marks["word"], "{customer}", w.known["customer"], "{category}", w.known["category"], "{rate}", w.known["rate"],
		"{employee}", field(w.stranger.employee, "id"), "{later}", time.Now().AddDate(0, 0, 30).Format(time.DateOnly),
		"{account}", w.known["account"], "{invoiceId}", field(w.stranger.invoice, "id"),
	}
	return record{standing, marks, strings.NewReplacer(names...)}
}

// soul is one employee with an account, an asset in hand and an invoice made.
type soul struct {
	user     object
	employee object
	asset    object
	handover object
	invoice  object
	repeated object
	person   *person
}

func field(o object, name string) string {
	s, _ := o[name].(string)
	return s
}

// world builds it. Everybody is an accountant until they have made their invoice.
func (i *installation) world() *world {
	i.t.Helper()
	w := &world{i: i, ana: i.setUp(false), known: map[string]string{}}
	w.furnish()
	stranger := w.settle("stranger", object{})
	w.stranger = stranger
	for _, role := range []string{"employee", "manager", "hr-manager", "asset-manager", "accountant", "administrator", w.narrow("own"), w.narrow("team")} {
		name := strings.ReplaceAll(role, "-", "")
		own := w.settle("own"+name, object{})
		team := w.settle("team"+name, object{"managerId": own.employee["id"], "departmentId": own.employee["departmentId"]})
		c := &inhabitant{name: role, person: own.person, records: w.shared()}
		for standing, s := range map[string]soul{"o": own, "t": team, "f": stranger} {
			w.place(c, standing, s)
		}
		c.records["asset"] = append(c.records["asset"], w.assetRecord("n", w.asset("nobody"+name, "")))
		w.sessions(c, own, stranger)
		roles := []string{role}
		w.ana.must(http.MethodPut, "/api/v1/users/"+field(own.user, "id")+"/roles", object{"roles": roles}, http.StatusOK, w.version(own.user))
		c.grants, _ = c.person.get("/api/v1/me")["permissions"].(object)
		w.keys(c)
		for kind := range c.records {
			c.sort(kind)
		}
		w.callers = append(w.callers, c)
	}
	for _, c := range w.callers {
		for _, other := range w.callers {
			if other != c {
				c.others = append(c.others, other)
			}
		}
	}
	return w
}

func (c *inhabitant) sort(kind string) {
	var sorted []record
	for _, standing := range []string{"o", "t", "f", "n", "x"} {
		for _, r := range c.records[kind] {
			if r.standing == standing {
				sorted = append(sorted, r)
			}
		}
	}
	c.records[kind] = sorted
}

// narrow makes a role that has each permission at one scope, where the permission knows it.
func (w *world) narrow(scope string) string {
	grants := object{}
	for _, p := range items(w.ana.get("/api/v1/permissions")) {
		scopes, _ := p["scopes"].([]any)
		for _, s := range scopes {
			if s == scope {
				grants[field(p, "code")] = scope
			}
		}
	}
	return field(w.ana.post("/api/v1/roles", object{"name": "Only " + scope, "grants": grants}, http.StatusCreated), "code")
}

// furnish makes what belongs to nobody.
func (w *world) furnish() {
	made := func(path string, body object) string {
		return field(w.ana.post("/api/v1/"+path, body, http.StatusCreated), "id")
	}
	w.known["category"] = made("categories", object{"name": "Laptops", "prefix": "LAP"})
	w.known["location"] = made("locations", object{"name": "Store"})
	w.known["position"] = made("positions", object{"title": "Clerk"})
	w.known["site"] = made("work-locations", object{"name": "Bonn"})
	w.known["department"] = made("departments", object{"name": "Everybody"})
	w.known["customer"] = made("customers", object{"name": "Globex AG", "country": "DE", "city": "Berlin"})
	w.known["rate"] = field(items(w.ana.get("/api/v1/tax-rates"))[0], "id")
	w.known["item"] = made("items", object{"code": "CON", "name": "Consulting", "unitPrice": "80.00"})
	w.known["payment"] = made("payments", object{"customerId": w.known["customer"], "amount": "10.00"})
	w.known["hook"] = made("webhooks", object{"name": "Elsewhere", "address": "https://hooks.example.com/x", "active": false, "events": []string{"employee.hired.v1"}})
	w.known["account"] = made("users", object{"name": "Zed", "email": "zed@acme.example", "password": "first password of zed", "roles": []string{}})
	w.known["numbers"] = "numbers of invoices"
	w.known["role"] = field(w.ana.post("/api/v1/roles", object{"name": "Reader", "grants": object{}}, http.StatusCreated), "code")
}

// shared are the records that belong to the company.
func (w *world) shared() map[string][]record {
	records := map[string][]record{}
	for kind, key := range w.known {
		records[kind] = []record{w.record("x", key, map[string]string{"word": key})}
	}
	return records
}

// settle hires somebody, lets them sign in, gives them an asset and has them make an invoice.
func (w *world) settle(name string, more object) soul {
	w.i.t.Helper()
	if more["departmentId"] == nil {
		more["departmentId"] = field(w.ana.post("/api/v1/departments", object{"name": "Of " + name}, http.StatusCreated), "id")
	}
	pay := 9_000_000 + len(name)*1000 + len(w.callers)*10 + 7 // nobody else's, and no part of an id
	body := object{
		"number": "P-" + name, "familyName": "Family" + name, "hiredOn": "2020-01-01", "positionId": w.known["position"], "locationId": w.known["site"],
		"contact": object{"privateEmail": name + "@home.example"}, "compensation": object{"amount": fmt.Sprint(pay), "currency": "EUR", "period": "year"},
	}
	for field, value := range more {
		body[field] = value
	}
	s := soul{employee: w.ana.post("/api/v1/employees", body, http.StatusCreated)}
	s.employee["pay"], s.employee["passport"], s.employee["holder"] = fmt.Sprint(pay), "PASS-"+name, "Holder "+name
	w.guarded(s.employee, "identity", object{"document": "passport", "documentNumber": s.employee["passport"], "documentExpiresOn": "2030-01-31"})
	w.guarded(s.employee, "bank", object{"holder": s.employee["holder"], "iban": "DE89370400440532013000"})
	email, first := name+"@acme.example", "first password for somebody"
	s.user = w.ana.post("/api/v1/users", object{"name": name, "email": email, "password": first, "roles": []string{"accountant"}, "employeeId": s.employee["id"]}, http.StatusCreated)
	s.person = w.i.signIn(email, first)
	s.user = s.person.post("/api/v1/me/password", object{"current": first, "new": "second password for somebody"}, http.StatusOK)
	s.asset = w.asset(name, field(s.employee, "id"))
	s.handover = w.ana.post("/api/v1/handovers", object{"kind": "handover", "personId": s.employee["id"], "items": []object{{"assetId": s.asset["id"]}}}, http.StatusCreated)
	s.invoice = s.person.post("/api/v1/invoices?issue=true", object{"customerId": w.known["customer"], "lines": []object{
		{"description": "Work of " + name, "quantity": "1", "unitPrice": "80.00", "taxRateId": w.known["rate"]},
	}}, http.StatusCreated)
	s.repeated = s.person.post("/api/v1/recurring-invoices", object{
		"name": "Monthly" + name, "rhythm": object{"every": 1, "unit": "month", "firstOn": time.Now().AddDate(0, 0, 30).Format(time.DateOnly)},
		"draft": object{"customerId": w.known["customer"], "lines": []object{{"description": "Work", "quantity": "1", "unitPrice": "80.00", "taxRateId": w.known["rate"]}}},
	}, http.StatusCreated)
	return s
}

func (w *world) asset(name, holder string) object {
	made := w.ana.post("/api/v1/assets", object{"name": "Laptop", "tag": "TAG-" + strings.ToUpper(name), "categoryId": w.known["category"], "locationId": w.known["location"]}, http.StatusCreated)
	if holder != "" {
		w.ana.post("/api/v1/assets/"+field(made, "id")+"/assignments", object{"employeeId": holder}, http.StatusCreated)
	}
	return made
}

func (w *world) assetRecord(standing string, a object) record {
	return w.record(standing, field(a, "id"), map[string]string{"word": field(a, "tag")})
}

// place adds what somebody has to what a caller may try.
func (w *world) place(c *inhabitant, standing string, s soul) {
	contact, _ := s.employee["contact"].(object)
	c.records["employee"] = append(c.records["employee"], w.record(standing, field(s.employee, "id"), map[string]string{
		"word": field(s.employee, "familyName"), "contact": field(contact, "privateEmail"), "pay": field(s.employee, "pay"),
		"identity": field(s.employee, "passport"), "bank": field(s.employee, "holder"),
	}))
	c.records["asset"] = append(c.records["asset"], w.assetRecord(standing, s.asset))
	c.records["handover"] = append(c.records["handover"], w.record(standing, field(s.handover, "id"), map[string]string{"word": field(s.handover, "id")}))
	c.records["invoice"] = append(c.records["invoice"], w.record(standing, field(s.invoice, "id"), map[string]string{"word": field(s.invoice, "number")}))
	c.records["recurring"] = append(c.records["recurring"], w.record(standing, field(s.repeated, "id"), map[string]string{"word": field(s.repeated, "name")}))
}

// sessions are the caller's other one, and somebody else's.
func (w *world) sessions(c *inhabitant, own, stranger soul) {
	w.i.signIn(field(own.user, "email"), "second password for somebody")
	for standing, s := range map[string]soul{"o": own, "f": stranger} {
		for _, session := range items(s.person.get("/api/v1/me/sessions")) {
			if session["current"] != true || standing == "f" {
				c.records["session"] = append(c.records["session"], w.record(standing, field(session, "id"), map[string]string{"word": field(session, "id")}))
				break
			}
		}
	}
}

// keys are one of the caller's own, where they may have one, and one of the administrator's.
func (w *world) keys(c *inhabitant) {
	key := func(p *person, standing, name string) {
		answer := p.post("/api/v1/api-keys", object{"name": name, "grants": object{"employee:read": "own"}}, http.StatusCreated)
		made, _ := answer["key"].(object)
		if made == nil {
			made = answer
		}
		c.records["key"] = append(c.records["key"], w.record(standing, field(made, "id"), map[string]string{"word": name}))
	}
	if c.grants["api-key:manage"] != nil {
		key(c.person, "o", "Own key of "+c.name)
	}
	key(w.ana, "f", "Foreign key beside "+c.name)
}

// guarded tells a group of facts of its own permission.
func (w *world) guarded(employee object, group string, body object) {
	path := "/api/v1/employees/" + field(employee, "id")
	w.ana.must(http.MethodPut, path+"/"+group, body, http.StatusOK, map[string]string{"If-Match": fmt.Sprintf("%q", fmt.Sprint(w.ana.get(path)["version"]))})
}

func (w *world) version(user object) map[string]string {
	now := w.ana.get("/api/v1/users/" + field(user, "id"))
	require.NotNil(w.i.t, now["version"])
	return map[string]string{"If-Match": fmt.Sprintf("%q", fmt.Sprint(now["version"]))}
}
