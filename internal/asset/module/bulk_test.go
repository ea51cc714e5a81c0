package module_test

import (
	"fmt"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/asset/module"
	"erp/internal/employee"
	"erp/internal/platform/auth"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/rbac"
)

type bulkJob struct {
	ID, Action, Target, State, WaitsFor string
	Total, Changed, Unchanged, Refused  int
}

type bulkRow struct {
	N                                 int
	SubjectID, Label, Outcome, Reason string
}

// work lets the module's queue run until the test ends.
func (h *house) work() {
	h.t.Helper()
	queue, err := jobs.New(h.db, slog.New(slog.DiscardHandler))
	require.NoError(h.t, err)
	h.module.Schedule(queue)
	require.NoError(h.t, queue.Start(h.t.Context()))
	h.t.Cleanup(func() { _ = queue.Stop(h.t.Context()) })
}

func (h *house) begin(client *httpapitest.Client, deed string, body m, headers ...string) bulkJob {
	h.t.Helper()
	return do[bulkJob](h, client, 202, "POST", "/assets/bulk/"+deed, body, headers...)
}

// ended waits for the end of the job.
func (h *house) ended(client *httpapitest.Client, job bulkJob) bulkJob {
	h.t.Helper()
	var is bulkJob
	require.Eventually(h.t, func() bool {
		is = do[bulkJob](h, client, 200, "GET", "/assets/bulk/"+job.ID, nil)
		return is.State != "running"
	}, 60*time.Second, 20*time.Millisecond, "the job does not end: %+v", &is)
	return is
}

func (h *house) rowsOf(client *httpapitest.Client, job bulkJob, outcome string) []bulkRow {
	h.t.Helper()
	var all []bulkRow
	cursor := ""
	for {
		page := do[list[bulkRow]](h, client, 200, "GET", "/assets/bulk/"+job.ID+"/rows?limit=200&outcome="+outcome+"&cursor="+cursor, nil)
		all = append(all, page.Items...)
		if page.Next == "" {
			return all
		}
		cursor = page.Next
	}
}

// holding is a client whose grants are these, at their scopes.
func (h *house) holding(who employee.ID, scopes map[string]rbac.Scope) *httpapitest.Client {
	caller := httpapitest.As(rbac.AssetManager).Employee(auth.PersonID(who))
	caller.Rights = rbac.NewRights(scopes)
	h.rights.put(caller)
	return httpapitest.NewClient(h.t, h.api, caller)
}

func ids(assets ...asset.Asset) []asset.ID {
	all := make([]asset.ID, len(assets))
	for i, a := range assets {
		all[i] = a.ID
	}
	return all
}

func TestBulkActions(t *testing.T) {
	h := newHouse(t)
	h.work()
	laptops, screens := h.category("Laptops", "LT"), h.category("Screens", "SC")
	berlin := do[asset.Location](h, h.clerk, 201, "POST", "/locations", m{"name": "Berlin"})
	free, held, lost := h.asset(laptops, "Free"), h.assign(h.asset(laptops, "Held"), h.ben), h.asset(laptops, "Lost")
	do[asset.Asset](h, h.clerk, 200, "PUT", "/assets/"+lost.ID.String()+"/loss", m{})
	all := ids(free, held, lost)
	status := func(a asset.Asset) asset.Status {
		return do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+a.ID.String(), nil).Status
	}

	t.Run("moving says where to, and what stands there already stays as it is", func(t *testing.T) {
		job := h.begin(h.clerk, "move", m{"ids": all, "locationId": berlin.ID, "note": "new office"})
		require.Equal(t, bulkJob{ID: job.ID, Action: "asset.move", Target: "Berlin", State: "running", Total: 3}, job)
		is := h.ended(h.clerk, job)
		require.Equal(t, []any{"done", 3, 0, 0}, []any{is.State, is.Changed, is.Unchanged, is.Refused})
		require.Equal(t, asset.LineMoved, h.history(free)[0].Kind)
		require.Equal(t, "new office", h.history(free)[0].Note)
		require.Equal(t, string(rbac.AssetManager), h.history(free)[0].Actor, "in the name of who began it")

		again := h.ended(h.clerk, h.begin(h.clerk, "move", m{"filter": m{"locationId": berlin.ID}, "locationId": berlin.ID}))
		require.Equal(t, []any{3, 0, 3, 0}, []any{again.Total, again.Changed, again.Unchanged, again.Refused})
		require.Len(t, h.history(free), 2, "and has no second line in its history")
	})
	t.Run("each is handed out or refused by itself, and says why", func(t *testing.T) {
		is := h.ended(h.clerk, h.begin(h.clerk, "assign", m{"ids": all, "employeeId": h.ana, "dueOn": "2027-01-31"}))
		require.Equal(t, []any{"Ana Novak", 1, 0, 2}, []any{is.Target, is.Changed, is.Unchanged, is.Refused})
		refused := h.rowsOf(h.clerk, is, "refused")
		require.Equal(t, []bulkRow{
			{N: 2, SubjectID: held.ID.String(), Label: held.Label(), Outcome: "refused", Reason: "Asset " + held.Tag + " is held by Ben Okafor."},
			{N: 3, SubjectID: lost.ID.String(), Label: lost.Label(), Outcome: "refused", Reason: "Asset " + lost.Tag + " is lost."},
		}, refused)
		require.Equal(t, 1, one[int](h, `SELECT count(*) FROM event_log WHERE name = 'asset.holder-changed.v1' AND about = $1`, free.ID.String()))
		require.Equal(t, 1, one[int](h, `SELECT count(*) FROM audit_entry WHERE action = 'asset.assign' AND subject_id = $1 AND actor_id = $2`,
			free.ID.String(), h.clerk.Who().Principal.UserID.String()))
	})
	t.Run("a transfer takes it from whoever holds it", func(t *testing.T) {
		is := h.ended(h.clerk, h.begin(h.clerk, "assign", m{"filter": m{"holderId": h.ben}, "employeeId": h.ana, "transfer": true}))
		require.Equal(t, []any{1, 1, 0}, []any{is.Total, is.Changed, is.Refused})
	})
	t.Run("what is held returns to stock", func(t *testing.T) {
		is := h.ended(h.clerk, h.begin(h.clerk, "return", m{"filter": m{"holderId": h.ana}}))
		require.Equal(t, []any{2, 2, 0}, []any{is.Total, is.Changed, is.Refused})
		require.Equal(t, asset.StatusAvailable, status(held))
	})
	t.Run("another category leaves the tag as it is", func(t *testing.T) {
		is := h.ended(h.clerk, h.begin(h.clerk, "recategorise", m{"ids": ids(free), "categoryId": screens.ID}))
		require.Equal(t, []any{"Screens", 1}, []any{is.Target, is.Changed})
		now := do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+free.ID.String(), nil)
		require.Equal(t, []any{"Screens", free.Tag, free.LifeMonths}, []any{now.Category, now.Tag, now.LifeMonths})
		h.countersAgree()
	})
	t.Run("retiring is of one day, and what is retired already is refused", func(t *testing.T) {
		is := h.ended(h.clerk, h.begin(h.clerk, "retire", m{"filter": m{"status": []string{"available", "lost"}}, "note": "sold for parts"}))
		require.Equal(t, []any{3, 3}, []any{is.Total, is.Changed})
		require.Equal(t, 3, one[int](h, `SELECT count(*) FROM event_log WHERE name = 'asset.retired.v1'`))
		again := h.ended(h.clerk, h.begin(h.clerk, "retire", m{"ids": all}))
		require.Equal(t, 3, again.Refused)
		h.countersAgree()
	})
	t.Run("the report is a file too", func(t *testing.T) {
		newest := do[list[bulkJob]](h, h.clerk, 200, "GET", "/assets/bulk?limit=1", nil)
		require.NotEmpty(t, newest.Next)
		file := h.clerk.Do("GET", "/assets/bulk/"+newest.Items[0].ID+"/export?outcome=refused", nil)
		require.Equal(t, 200, file.Status)
		lines := strings.Split(strings.TrimSpace(string(file.Body)), "\r\n")
		require.Len(t, lines, 4)
		require.Contains(t, lines[1], "is retired.")
	})
	t.Run("the key of a repeated request begins nothing new", func(t *testing.T) {
		body := m{"ids": all, "locationId": nil}
		delete(body, "locationId")
		first := h.begin(h.clerk, "move", body, "Idempotency-Key", "twice")
		second := h.clerk.Do("POST", "/assets/bulk/move", body, "Idempotency-Key", "twice")
		require.Equal(t, first.ID, second.Text("id"))
		require.Equal(t, "true", second.Header.Get("Idempotent-Replayed"))
		require.Equal(t, 3, h.ended(h.clerk, first).Changed)
	})
}

func TestBulkActionsAreRefused(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	laptop := h.asset(laptops, "ThinkPad")
	somewhere := id.New[asset.Location]()
	for name, c := range map[string]struct {
		deed   string
		body   any
		status int
		at     string
	}{
		"neither ids nor filter":  {"move", m{}, 422, "body.ids"},
		"both":                    {"move", m{"ids": ids(laptop), "filter": m{}}, 422, "body.filter"},
		"no ids at all":           {"move", m{"ids": []string{}}, 422, "body.ids"},
		"an id that is none":      {"move", m{"ids": []string{"x"}}, 422, "body.ids[0]"},
		"null":                    {"move", m{"ids": nil, "filter": nil}, 422, "body.ids"},
		"a filter of another age": {"move", m{"filter": m{"colour": "red"}}, 422, "body.filter.colour"},
		"NUL":                     {"move", m{"filter": m{"q": "a\x00b"}}, 422, "body.filter.q"},
		"an unknown status":       {"move", m{"filter": m{"status": []string{"eaten"}}}, 422, "body.filter.status[0]"},
		"an unknown place":        {"move", m{"ids": ids(laptop), "locationId": somewhere}, 422, "body.locationId"},
		"nobody's id":             {"assign", m{"ids": ids(laptop), "employeeId": id.New[employee.Employee]()}, 422, "body.employeeId"},
		"no person":               {"assign", m{"ids": ids(laptop)}, 422, "body.employeeId"},
		"a day to come":           {"retire", m{"ids": ids(laptop), "on": "2031-01-01"}, 422, "body.on"},
		"an unknown category":     {"recategorise", m{"ids": ids(laptop), "categoryId": id.New[asset.Category]()}, 422, "body.categoryId"},
		"too many ids":            {"return", m{"ids": make([]string, 10_001)}, 422, "body.ids"},
		"nothing that matches":    {"return", m{"filter": m{"q": "nothing like that"}}, 409, ""},
	} {
		answer := h.clerk.Do("POST", "/assets/bulk/"+c.deed, c.body)
		require.Equal(t, c.status, answer.Status, "%s: %s", name, answer)
		if c.at != "" {
			require.Contains(t, answer.Problems(), c.at, "%s: %s", name, answer)
		}
	}
	require.Zero(t, one[int](h, `SELECT count(*) FROM bulk_job`))

	t.Run("who may not do it to one may not do it to many", func(t *testing.T) {
		for _, deed := range []string{"move", "assign", "return", "retire", "recategorise"} {
			require.Equal(t, 403, h.as(rbac.Employee, h.ben).Do("POST", "/assets/bulk/"+deed, m{"ids": ids(laptop), "employeeId": h.ben, "categoryId": laptops.ID}).Status)
		}
	})
	t.Run("somebody's jobs are nobody else's", func(t *testing.T) {
		job := h.begin(h.clerk, "move", m{"ids": ids(laptop)})
		other := h.as(rbac.AssetManager, h.cleo)
		for _, path := range []string{"", "/rows", "/export"} {
			require.Equal(t, 404, other.Do("GET", "/assets/bulk/"+job.ID+path, nil).Status, path)
		}
		require.Equal(t, 404, other.Do("POST", "/assets/bulk/"+job.ID+"/cancel", nil).Status)
		require.Empty(t, do[list[bulkJob]](h, other, 200, "GET", "/assets/bulk", nil).Items)
		require.Equal(t, 422, h.clerk.Do("GET", "/assets/bulk?cursor=rubbish", nil).Status)
		require.Equal(t, 422, h.clerk.Do("GET", "/assets/bulk/"+job.ID+"/rows?cursor=rubbish", nil).Status)
	})
	t.Run("several may be under way, not any number", func(t *testing.T) {
		for range 4 {
			h.begin(h.clerk, "move", m{"ids": ids(laptop)})
		}
		answer := h.clerk.Do("POST", "/assets/bulk/move", m{"ids": ids(laptop)})
		require.Equal(t, 409, answer.Status)
		require.Equal(t, "too-many-bulk-jobs", answer.Text("code"))
	})
}

func TestBulkActionsReachAsFarAsThePersonDoes(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	mine, theirs, stock := h.assign(h.asset(laptops, "Ben's"), h.ben), h.assign(h.asset(laptops, "Ana's"), h.ana), h.asset(laptops, "Stock")
	scopes := map[string]rbac.Scope{module.Permissions()[0].Code: rbac.Team, "asset:assign": rbac.All}
	lead := h.holding(h.cleo, scopes)

	t.Run("a filter finds what the person reaches", func(t *testing.T) {
		job := h.begin(lead, "return", m{"filter": m{}})
		require.Equal(t, 1, job.Total)
		require.Equal(t, mine.ID.String(), h.rowsOf(lead, job, "")[0].SubjectID)
		do[bulkJob](h, lead, 200, "POST", "/assets/bulk/"+job.ID+"/cancel", nil)
	})
	job := h.begin(lead, "return", m{"ids": ids(theirs, mine, stock, mine)})
	require.Equal(t, 3, job.Total, "each once")
	t.Run("what was named without being seen is not told by name", func(t *testing.T) {
		rows := h.rowsOf(lead, job, "")
		require.Equal(t, []string{"", mine.Label(), ""}, []string{rows[0].Label, rows[1].Label, rows[2].Label})
	})
	h.work()
	is := h.ended(lead, job)
	t.Run("and is refused", func(t *testing.T) {
		require.Equal(t, []any{1, 2}, []any{is.Changed, is.Refused})
		for _, row := range h.rowsOf(lead, is, "refused") {
			require.Equal(t, "There is no such asset, or you may not see it.", row.Reason)
		}
		require.Equal(t, asset.StatusAssigned, do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+theirs.ID.String(), nil).Status)
	})
}

func TestBulkActionsAskForTheRightAgain(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	var all []asset.Asset
	for n := range 30 {
		all = append(all, h.asset(laptops, fmt.Sprintf("Laptop %d", n)))
	}
	demoted, gone := h.as(rbac.AssetManager, h.ben), h.as(rbac.AssetManager, h.cleo)
	first := h.begin(demoted, "retire", m{"ids": ids(all...)})
	second := h.begin(gone, "retire", m{"ids": ids(all...)})
	h.rights.put(httpapitest.Caller{Principal: demoted.Who().Principal, Rights: h.as(rbac.Employee, h.ben).Who().Rights})
	h.rights.mu.Lock()
	delete(h.rights.people, gone.Who().Principal.UserID)
	h.rights.mu.Unlock()
	h.work()

	is := h.ended(demoted, first)
	require.Equal(t, 30, is.Refused)
	require.Contains(t, h.rowsOf(demoted, is, "refused")[29].Reason, "It needs the permission")
	is = h.ended(gone, second)
	require.Equal(t, 30, is.Refused)
	require.Contains(t, h.rowsOf(gone, is, "refused")[0].Reason, "can no longer sign in")
	require.Zero(t, one[int](h, `SELECT count(*) FROM asset WHERE status = 'retired'`))
}

func TestBulkActionsOnThousands(t *testing.T) {
	h := newHouse(t)
	_, err := h.module.LoadDemo(t.Context(), 5_200, 7, []employee.ID{h.ana, h.ben, h.cleo}, nil)
	require.NoError(t, err)
	unretired := m{"status": []string{"available", "reserved", "assigned", "in-repair", "lost"}}
	place := do[asset.Location](h, h.clerk, 201, "POST", "/locations", m{"name": "The new warehouse"})
	expected := one[int](h, `SELECT count(*) FROM asset WHERE status <> 'retired'`)
	require.Greater(t, expected, 4_000)
	h.work()

	began := time.Now()
	job := h.begin(h.clerk, "move", m{"filter": unretired, "locationId": place.ID})
	require.Equal(t, expected, job.Total)
	require.Less(t, time.Since(began), 5*time.Second, "beginning takes no longer than a request")
	is := h.ended(h.clerk, job)
	t.Logf("%d assets in %s", is.Total, time.Since(began))
	require.Equal(t, expected, is.Changed)
	require.Equal(t, expected, one[int](h, `SELECT count(*) FROM asset WHERE location_id = $1`, place.ID.String()))
	require.Equal(t, expected, one[int](h, `SELECT count(*) FROM audit_entry WHERE action = 'asset.move'`), "one audit row each")

	t.Run("a long one can be cancelled, and what was done stays done", func(t *testing.T) {
		job := h.begin(h.clerk, "move", m{"filter": m{"locationId": place.ID}})
		require.Eventually(t, func() bool {
			return do[bulkJob](h, h.clerk, 200, "GET", "/assets/bulk/"+job.ID, nil).Changed > 100
		}, 30*time.Second, time.Millisecond)
		cancelled := do[bulkJob](h, h.clerk, 200, "POST", "/assets/bulk/"+job.ID+"/cancel", nil)
		require.Equal(t, "cancelled", cancelled.State)
		require.Less(t, cancelled.Changed, expected)
		time.Sleep(300 * time.Millisecond)
		require.Equal(t, expected-cancelled.Changed, one[int](h, `SELECT count(*) FROM asset WHERE location_id = $1`, place.ID.String()))
		require.Equal(t, cancelled, do[bulkJob](h, h.clerk, 200, "POST", "/assets/bulk/"+job.ID+"/cancel", nil), "cancelling twice is cancelling once")
		require.Len(t, h.rowsOf(h.clerk, job, "cancelled"), expected-cancelled.Changed)
	})
	t.Run("more than 10,000 are told to be too many", func(t *testing.T) {
		_, err := h.db.Pool().Exec(t.Context(), `INSERT INTO asset (id, tag, name, serial, model, supplier, notes, category_id, cost, currency, method,
			convention, life_months, salvage, status, holder_name, version, created_at, updated_at)
			SELECT gen_random_uuid(), 'Z-' || n, 'Copy', '', '', '', '', (SELECT id FROM category LIMIT 1), 1, 'EUR', 'none', 'full-month', 0, 0, 'available', '', 1, now(), now()
			FROM generate_series(1, 6000) n`)
		require.NoError(t, err)
		answer := h.clerk.Do("POST", "/assets/bulk/move", m{"filter": m{}})
		require.Equal(t, 422, answer.Status)
		require.Contains(t, answer.Problems()["body.filter"], "more than 10000 assets")
	})
}
