package main_test

import (
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// apart are the processes that docs/how-to/split-a-module.md starts, at free ports and in a folder of the test's own.
type apart struct {
	console, people, things *installation
	verify                  []string // the arguments of the page's last command
}

var (
	commands = regexp.MustCompile("(?s)```sh\n(.*?)\n```")
	port     = regexp.MustCompile(`127\.0\.0\.1:\d+`)
)

// takeApart reads the page and prepares what it says.
func takeApart(t *testing.T) *apart {
	t.Helper()
	page, err := os.ReadFile(filepath.Join("..", "..", "docs", "how-to", "split-a-module.md"))
	require.NoError(t, err)
	addresses := map[string]string{}
	text := port.ReplaceAllStringFunc(string(page), func(written string) string {
		if addresses[written] == "" {
			addresses[written] = freeAddress(t)
		}
		return addresses[written]
	})
	dir := folder(t)
	a := &apart{}
	var shared []string
	for _, block := range commands.FindAllStringSubmatch(text, -1) {
		var env, args []string
		for word := range strings.FieldsSeq(block[1]) {
			name, value, setting := strings.Cut(word, "=")
			switch {
			case setting && name == "ERP_DATA_DIR":
				env = append(env, name+"="+filepath.Join(dir, value))
			case setting:
				env = append(env, word)
			case word != "export":
				args = append(args, word)
			}
		}
		if len(args) == 0 {
			shared = env
			continue
		}
		i := install(t, append(shared, env...)...)
		switch command := strings.Join(args, " "); {
		case command == "erp audit verify":
			a.verify = args[1:] // without the program
		case command != "erp serve":
			t.Fatalf("the page has a command that nobody tries: %s", command)
		case a.console == nil:
			a.console = i
		case a.people == nil:
			a.people = i
		default:
			a.things = i
		}
	}
	require.NotNil(t, a.things)
	require.NotEmpty(t, a.verify)
	return a
}

func (a *apart) start() {
	var all sync.WaitGroup
	for _, i := range []*installation{a.things, a.console, a.people} {
		all.Go(i.start)
	}
	all.Wait()
}

// TestThreeProcesses is the first day of a company whose modules run in three processes with three databases, and what
// people see when one of them is killed.
func TestThreeProcesses(t *testing.T) {
	t.Parallel()
	a := takeApart(t)
	a.start()
	for _, i := range []*installation{a.console, a.people, a.things} {
		t.Cleanup(func() { i.tell(t) })
	}
	ana := a.console.setUp(false)
	ana.post("/api/v1/employees/import", people(30), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(20), http.StatusOK)
	holder := items(ana.get("/api/v1/employees?q=P-022"))[0]
	laptop := items(ana.get("/api/v1/assets?q=LAP-0007"))[0]
	path := fmt.Sprintf("/api/v1/assets/%s", laptop["id"])
	ana.post(path+"/assignments", object{"employeeId": holder["id"]}, http.StatusCreated)
	ana.post(path+"/assignments", object{"employeeId": holder["id"]}, http.StatusConflict)
	row := items(ana.get("/api/ui/assets?status=assigned"))[0]
	require.Equal(t, "Given22 Family22", row["holderName"])
	require.Equal(t, "Dept 2", row["holderDepartment"])

	t.Run("three items are sold, part is paid, and the books say so", func(t *testing.T) { sell(t, ana.on(t)) })
	t.Run("the holder leaves and the laptop returns to stock", func(t *testing.T) {
		ana := ana.on(t)
		open := ana.get(fmt.Sprintf("/api/v1/employees/%s/offboarding", holder["id"]))["open"]
		require.Contains(t, fmt.Sprint(open), "LAP-0007", "what is still to be given back is asked of another process")
		ana.post(fmt.Sprintf("/api/v1/employees/%s/offboarding", holder["id"]), object{"reason": "New job"}, http.StatusOK)
		require.Eventually(t, func() bool { return ana.get(path)["status"] == "available" }, 20*time.Second, 50*time.Millisecond)
		require.Contains(t, fmt.Sprint(ana.get(path+"/history")), "Family22")
	})
	t.Run("a leaver settles each thing across processes before the end", func(t *testing.T) { settleFirst(t, ana.on(t)) })
	t.Run("a bill becomes assets in somebody's hands across processes", func(t *testing.T) { buyFirst(t, ana.on(t)) })
	t.Run("a bulk action asks in the console's process what the person may do by now", func(t *testing.T) { moveAll(t, ana.on(t), a.console) })
	t.Run("a double click counts once, an edit over another's edit is refused", func(t *testing.T) {
		ana := ana.on(t)
		key := map[string]string{"Idempotency-Key": "one-customer"}
		first := ana.must(http.MethodPost, "/api/v1/customers", object{"name": "Initech"}, http.StatusCreated, key)
		again := ana.must(http.MethodPost, "/api/v1/customers", object{"name": "Initech"}, http.StatusCreated, key)
		require.Equal(t, first["id"], again["id"])
		status, _, _ := ana.do(http.MethodPut, path, object{"tag": "LAP-0007", "name": "x", "categoryId": laptop["categoryId"]}, map[string]string{"If-Match": `"1"`})
		require.Equal(t, http.StatusPreconditionFailed, status)
		status, _, body := ana.do(http.MethodPost, "/api/v1/customers", object{"name": 7}, nil)
		require.Equal(t, http.StatusUnprocessableEntity, status, "%s", body)
	})
	t.Run("nobody reaches a module past the process where people sign in", func(t *testing.T) { refuseStrangers(t, a) })
	t.Run("the console looks behind every module", func(t *testing.T) {
		ana := ana.on(t)
		for _, module := range []string{"platform", "employee", "asset", "invoice"} {
			trail := ana.get("/api/v1/audit?limit=5&module=" + module)
			require.Empty(t, trail["missing"])
			require.NotEmpty(t, items(trail), module)
		}
		require.Len(t, items(ana.get("/api/v1/events/queues")), 4)
		require.Empty(t, ana.get("/api/v1/events/dead-letters")["missing"])
		require.Empty(t, ana.get("/api/v1/mail?module=invoice")["missing"])
		list := ana.get("/api/v1/processes?module=employee")
		require.Empty(t, list["missing"])
		require.NotEmpty(t, items(list), "the ends of employments")
		one := items(list)[0]
		path := fmt.Sprintf("/api/v1/processes/employee/%s", one["id"])
		require.Equal(t, one["steps"], ana.get(path)["steps"])
		ana.post(path+"/retry", nil, http.StatusConflict)
	})
	t.Run("home adds up", func(t *testing.T) {
		home := ana.on(t).get("/api/ui/home")
		require.Empty(t, home["degraded"])
		require.EqualValues(t, 28, home["people"].(object)["headcount"]) //nolint:forcetypeassert // because the API says so
		require.EqualValues(t, 22, home["assets"].(object)["assets"])    //nolint:forcetypeassert // because the API says so
	})
	t.Run("a killed module degrades pages and breaks none, and comes back without a hand", func(t *testing.T) { killPeople(t, a, ana.on(t)) })
	t.Run("what happens while a module is away reaches it when it is back", func(t *testing.T) { killThings(t, a, ana.on(t)) })

	for _, i := range []*installation{a.console, a.people, a.things} {
		require.NoError(t, i.stop(), "SIGTERM ends each process with exit code 0")
		out, err := i.run(a.verify...)
		require.NoError(t, err, out)
	}
}

// refuseStrangers tries what a stranger in the network would.
func refuseStrangers(t *testing.T, a *apart) {
	t.Helper()
	for _, try := range []struct{ method, path string }{
		{http.MethodGet, "/api/v1/employees"}, {http.MethodPost, "/erp.employee.v1.Directory/Summary"},
		{http.MethodPost, "/erp.wire.v1.Inbox/Deliver"}, {http.MethodPost, "/erp.employee.v1.OffboardingSteps/Do"},
	} {
		stranger := a.people.visitor().on(t)
		status, _, body := stranger.do(try.method, try.path, object{}, map[string]string{"Authorization": "Bearer made.up.token"})
		require.Equal(t, http.StatusUnauthorized, status, "%s: %s", try.path, body)
		require.NotContains(t, string(body), "P-0")
	}
	for _, i := range []*installation{a.people, a.things} {
		status, _, _ := i.visitor().on(t).do(http.MethodPost, "/api/v1/session", object{"email": adminEmail, "password": adminPassword}, nil)
		require.Equal(t, http.StatusNotFound, status, "nobody signs in where there is no console")
	}
}

// killPeople kills the process of the employee module and looks at every kind of page.
func killPeople(t *testing.T, a *apart, ana *person) {
	t.Helper()
	holder := items(ana.get("/api/v1/employees?q=P-011"))[0]
	laptop := items(ana.get("/api/v1/assets?q=LAP-0002"))[0]
	path := fmt.Sprintf("/api/v1/assets/%s", laptop["id"])
	ana.post(path+"/assignments", object{"employeeId": holder["id"]}, http.StatusCreated)
	a.people.kill()

	for range 8 { // the breaker opens on the way
		list := ana.get("/api/ui/assets?status=assigned&q=LAP-0002")
		require.Equal(t, []any{"employee"}, list["degraded"])
		require.Equal(t, "Given11 Family11", items(list)[0]["holderName"], "the name last heard")
	}
	require.Equal(t, []any{"employee"}, ana.get("/api/v1/processes")["missing"])
	home := ana.get("/api/ui/home")
	require.Equal(t, []any{"employee"}, home["degraded"])
	require.NotNil(t, home["assets"])
	ana.get("/api/v1/invoices")
	ana.get("/api/v1/assets")
	free := items(ana.get("/api/v1/assets?q=LAP-0003"))[0]
	for what, try := range map[string]func() (int, http.Header, []byte){
		"its own page": func() (int, http.Header, []byte) { return ana.do(http.MethodGet, "/api/v1/employees", nil, nil) },
		"a write that needs it": func() (int, http.Header, []byte) {
			return ana.do(http.MethodPost, fmt.Sprintf("/api/v1/assets/%s/assignments", free["id"]), object{"employeeId": holder["id"]}, nil)
		},
	} {
		status, headers, body := try()
		require.Equal(t, http.StatusServiceUnavailable, status, "%s: %s", what, body)
		require.NotEmpty(t, headers.Get("Retry-After"), what)
		require.Equal(t, "application/problem+json", headers.Get("Content-Type"), what)
	}
	_, _, ready := a.console.visitor().on(t).do(http.MethodGet, "/readyz", nil, nil)
	require.Contains(t, string(ready), `"status":"ready"`, "a peer that is away makes nobody unready")
	require.Contains(t, string(ready), "0 of 1 addresses answer")

	a.people.start()
	require.Eventually(t, func() bool {
		status, _, _ := ana.do(http.MethodPost, fmt.Sprintf("/api/v1/assets/%s/assignments", free["id"]), object{"employeeId": holder["id"]}, nil)
		return status == http.StatusCreated
	}, 30*time.Second, 100*time.Millisecond)
	require.Eventually(t, func() bool { return len(ana.get("/api/ui/assets?status=assigned")["degraded"].([]any)) == 0 }, 30*time.Second, 100*time.Millisecond) //nolint:forcetypeassert // because the API says so
}

// killThings kills the process of the asset module, lets a holder leave meanwhile, and starts it again.
func killThings(t *testing.T, a *apart, ana *person) {
	t.Helper()
	held := items(ana.get("/api/ui/assets?status=assigned"))
	require.NotEmpty(t, held)
	a.things.kill()
	ana.post(fmt.Sprintf("/api/v1/employees/%s/offboarding", held[0]["holderId"]), object{"reason": "While nobody looked"}, http.StatusOK)
	status, headers, _ := ana.do(http.MethodGet, "/api/v1/assets", nil, nil)
	require.Equal(t, http.StatusServiceUnavailable, status)
	require.NotEmpty(t, headers.Get("Retry-After"))
	require.Contains(t, fmt.Sprint(ana.get("/api/ui/home")["degraded"]), "asset")
	time.Sleep(2 * time.Second) // deliveries fail meanwhile
	a.things.start()
	require.Eventually(t, func() bool {
		status, _, body := ana.do(http.MethodGet, fmt.Sprintf("/api/v1/assets/%s", held[0]["id"]), nil, nil)
		return status == http.StatusOK && decode(body)["status"] == "available"
	}, time.Minute, 200*time.Millisecond)
}
