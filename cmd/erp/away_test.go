package main_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// spread is a house in which each module has a process and a database of its own.
type spread struct {
	process map[string]*installation // by module
	owner   map[string]string        // operation -> the module that answers it
	ana     *person
}

func spreadOut(t *testing.T, env ...string) *spread {
	t.Helper()
	s := &spread{process: map[string]*installation{}, owner: map[string]string{}}
	modules := []string{"platform", "employee", "asset", "invoice"}
	addresses, peers := map[string]string{}, []string{}
	for _, module := range modules {
		addresses[module] = freeAddress(t)
		peers = append(peers, "ERP_PEERS_"+strings.ToUpper(module)+"=http://"+addresses[module])
	}
	var all sync.WaitGroup
	for _, module := range modules {
		i := install(t, slices.Concat(peers, env, []string{"ERP_MODULES=" + module, "ERP_ADDR=" + addresses[module]})...)
		s.process[module] = i
		all.Go(i.start)
		t.Cleanup(func() { i.tell(t) })
	}
	all.Wait()
	require.False(t, t.Failed())
	s.ana = s.process["platform"].setUp(false)
	for _, module := range []string{"employee", "asset", "invoice"} {
		for _, op := range operationsOf(s.process[module].visitor().get("/api/openapi.json")) {
			s.owner[op.method+" "+op.path] = module
		}
	}
	s.owner["GET /api/ui/assets"] = "asset"                        // the register itself, with names beside it
	s.owner["GET /api/v1/processes/{module}/{id}"] = "employee"    // the one that pages asks for
	s.owner["GET /api/v1/audit/export"] = "employee asset invoice" // a trail with a hole must not pass for a whole one
	return s
}

// furnish fills every list with something.
func (s *spread) furnish(t *testing.T) {
	t.Helper()
	ana := s.ana.on(t)
	ana.post("/api/v1/employees/import", people(12), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(4), http.StatusOK)
	ana.post("/api/v1/work-locations", object{"name": "Bonn"}, http.StatusCreated)
	holder := items(ana.get("/api/v1/employees?q=P-012"))[0]
	user := items(ana.get("/api/v1/users"))[0]
	now := ana.get("/api/v1/users/" + field(user, "id"))
	ana.must(http.MethodPut, "/api/v1/users/"+field(user, "id"), object{"name": now["name"], "email": now["email"], "status": "active", "employeeId": holder["id"]},
		http.StatusOK, map[string]string{"If-Match": fmt.Sprintf("%q", fmt.Sprint(now["version"]))})
	for _, thing := range items(ana.get("/api/v1/assets"))[:2] {
		ana.post("/api/v1/assets/"+field(thing, "id")+"/assignments", object{"employeeId": holder["id"]}, http.StatusCreated)
	}
	buyer := ana.post("/api/v1/customers", object{"name": "Globex AG", "country": "DE", "city": "Berlin", "email": "pay@globex.example"}, http.StatusCreated)
	ana.post("/api/v1/items", object{"code": "CON", "name": "Consulting", "unitPrice": "80.00"}, http.StatusCreated)
	ana.post("/api/v1/payments", object{"customerId": buyer["id"], "amount": "10.00"}, http.StatusCreated)
	ana.post("/api/v1/invoices?issue=true", object{"customerId": buyer["id"], "lines": []object{
		{"description": "Work", "quantity": "1", "unitPrice": "80.00", "taxRateId": items(ana.get("/api/v1/tax-rates"))[0]["id"]},
	}}, http.StatusCreated)
	billOf(ana, "R-1")
	ana.post("/api/v1/webhooks", object{"name": "Elsewhere", "address": "https://hooks.example.com/x", "active": false, "events": []string{"employee.hired.v1"}}, http.StatusCreated)
	ana.post("/api/v1/api-keys", object{"name": "A key", "grants": object{"employee:read": "own"}}, http.StatusCreated)
	away := time.Now().AddDate(0, 0, 30).Format(time.DateOnly)
	kind := items(ana.get("/api/v1/leave/types"))[0]
	ana.post("/api/v1/leave/requests", object{"employeeId": holder["id"], "typeId": kind["id"], "first": away, "last": away}, http.StatusCreated)
	ana.post(fmt.Sprintf("/api/v1/employees/%s/offboarding", items(ana.get("/api/v1/employees?q=P-011"))[0]["id"]), object{"reason": "New job"}, http.StatusOK)
}

// nobody is the id of no record: what a house has none of is asked for by it.
const nobody = "01890a5d-ac96-774b-bcce-b302099a8057"

// query is what an operation cannot be asked without.
var query = map[string]string{ //nolint:gochecknoglobals // because it is a table
	"/api/ui/search":                 "?q=given",
	"/api/ui/assets":                 "?status=assigned",
	"/api/v1/users/{id}/explanation": "?permission=asset:read",
	"/api/v1/handovers/candidates":   "?personId=" + nobody,
}

// pages are all operations that read, each with a record that exists: a new operation is walked without being named here.
func (s *spread) pages(t *testing.T) map[string]string {
	t.Helper()
	ana := s.ana.on(t)
	pages := map[string]string{}
	for _, op := range operationsOf(ana.get("/api/openapi.json")) {
		if op.method != http.MethodGet {
			continue
		}
		path := strings.ReplaceAll(op.path, "{module}", "employee")
		if collection, rest, one := strings.Cut(path, "/{"); one {
			_, rest, _ = strings.Cut(rest, "}")
			found := items(ana.get(strings.Replace(collection, "processes/employee", "processes", 1)))
			which := nobody
			if len(found) > 0 {
				which = field(found[0], "id")
				if code := field(found[0], "code"); which == "" {
					which = code
				}
			}
			path = collection + "/" + which + rest
		}
		pages[op.path] = path + query[op.path]
	}
	require.Greater(t, len(pages), 70)
	return pages
}

// seen is an answer without what differs from one moment to the next.
func (p *person) seen(path string) (status int, headers http.Header, body string, took time.Duration) {
	p.t.Helper()
	began := time.Now()
	status, headers, content := p.do(http.MethodGet, path, nil, nil)
	return status, headers, momentary.ReplaceAllString(string(content), ""), time.Since(began)
}

type answered struct {
	status int
	body   string
}

var momentary = regexp.MustCompile(`"(lastSeenAt|requestId|traceId|nonce|challenge)":"[^"]*",?`)

// TestEveryPageAnswersWhileAModuleIsAway asks for everything that can be read, while each module in turn is killed: nothing
// breaks. What belongs to the module says when to come back. Everything else answers as before, at once; what lacks
// something says so.
func TestEveryPageAnswersWhileAModuleIsAway(t *testing.T) {
	t.Parallel()
	s := spreadOut(t)
	s.furnish(t)
	pages := s.pages(t)
	ana := s.ana
	whole := map[string]answered{}
	for op, path := range pages {
		status, _, body, _ := ana.seen(path)
		if status != http.StatusNotFound || !strings.Contains(path, nobody) && op != "/api/v1/company/logo" {
			require.Equal(t, http.StatusOK, status, "%s: %s", path, body)
		}
		whole[op] = answered{status, body}
	}
	require.Contains(t, whole["/api/v1/invoices/{id}"].body, `"owner":"Given12 Family12"`)
	for _, module := range []string{"employee", "asset", "invoice"} {
		t.Run(module, func(t *testing.T) {
			s.process[module].kill()
			s.walk(t, module, pages, whole)
			if module == "employee" { // the names last heard outlive a restart of those who show them
				for _, other := range []string{"platform", "asset", "invoice"} {
					s.process[other].kill()
					s.process[other].start()
				}
				s.walk(t, module, pages, whole)
			}
			s.process[module].start()
			require.Eventually(t, func() bool {
				for op, path := range pages {
					if status, _, _, _ := ana.on(t).seen(path); status != whole[op].status {
						return false
					}
				}
				return true
			}, time.Minute, 100*time.Millisecond, "everything is back without a hand")
		})
	}
	t.Run("a module that hangs", func(t *testing.T) {
		frozen := s.process["employee"].process.Process
		require.NoError(t, frozen.Signal(syscall.SIGSTOP))
		defer func() { require.NoError(t, frozen.Signal(syscall.SIGCONT)) }()
		for op := range pages {
			if strings.Contains(s.owner["GET "+op], "employee") {
				delete(pages, op)
			}
		}
		s.walk(t, "employee", pages, whole)
	})
}

// walk asks for every page while the module is away.
func (s *spread) walk(t *testing.T, away string, pages map[string]string, whole map[string]answered) {
	t.Helper()
	ana := s.ana.on(t)
	for op, path := range pages {
		status, headers, body, took := ana.seen(path)
		what := fmt.Sprintf("without %s: GET %s: %.300s", away, path, body)
		if strings.Contains(s.owner["GET "+op], away) {
			assert.Equal(t, http.StatusServiceUnavailable, status, what)
			assert.NotEmpty(t, headers.Get("Retry-After"), what)
			assert.Equal(t, "application/problem+json", headers.Get("Content-Type"), what)
			continue
		}
		if !assert.Equal(t, whole[op].status, status, what) {
			continue
		}
		lacks := regexp.MustCompile(`"(degraded|missing)":\["` + away + `"\]|"unknown":\["` + away + `\.|"module":"` + away + `","counts":{},"error":"does not answer"`)
		tells := func() bool {
			return body == whole[op].body || lacks.MatchString(body) || !strings.HasPrefix(headers.Get("Content-Type"), "application/json")
		}
		for range 3 { // a module that is there may be busy for a moment, and is named too
			if !tells() {
				status, headers, body, took = ana.seen(path)
			}
		}
		assert.True(t, tells(), "%s says nothing of what it lacks, or of more; it is %.600s, and was %.600s", what, body, whole[op].body)
		for range 3 { // the machine may be busy with something else
			if took > 300*time.Millisecond {
				_, _, _, took = ana.seen(path)
			}
		}
		assert.LessOrEqual(t, took, 300*time.Millisecond, what)
	}
}
