package module_test

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/invoice"
	"erp/internal/platform/admin"
	"erp/internal/platform/rbac"
)

// monthly is a recurring invoice of one line as an input; with overwrites.
func (h *house) monthly(customer string, with object) object {
	h.t.Helper()
	in := object{
		"name": "Support", "deed": "issue", "rhythm": object{"every": 1, "unit": "month", "firstOn": "2026-11-25"},
		"draft": object{"customerId": customer, "reference": "Contract 7", "lines": []object{{"description": "Support {month} {year}", "quantity": "1", "unitPrice": "100", "taxRateId": h.rate("19")}}},
	}
	for name, value := range with {
		in[name] = value
	}
	return in
}

func (h *house) recur(customer string, with object) invoice.Recurring {
	h.t.Helper()
	return into[invoice.Recurring](h.t, 201, h.call("POST", "/recurring-invoices", h.monthly(customer, with)))
}

func (h *house) recurring(r invoice.Recurring) invoice.Recurring {
	h.t.Helper()
	return into[invoice.Recurring](h.t, 200, h.call("GET", "/recurring-invoices/"+r.ID.String(), nil))
}

// madeBy lists what one made, the first date first.
func (h *house) madeBy(r invoice.Recurring) []invoice.RecurringInvoice {
	h.t.Helper()
	list := into[pageOf[invoice.RecurringInvoice]](h.t, 200, h.call("GET", "/recurring-invoices/"+r.ID.String()+"/invoices?limit=200", nil)).Items
	for i, j := 0, len(list)-1; i < j; i, j = i+1, j-1 {
		list[i], list[j] = list[j], list[i]
	}
	return list
}

// look is the scheduled look of one program.
func (h *house) look() {
	h.t.Helper()
	require.NoError(h.t, h.module.MakeRecurring(h.t.Context()))
}

func (h *house) on(day string) {
	h.t.Helper()
	at, err := time.Parse(time.DateOnly, day)
	require.NoError(h.t, err)
	h.now = at.Add(10 * time.Hour)
}

func TestInvoicesRecur(t *testing.T) {
	t.Parallel()
	h := start(t)
	r := h.recur(h.customer("Globex"), object{"rhythm": object{"every": 1, "unit": "month", "firstOn": "2026-11-30", "times": 3}})
	require.Equal(t, []any{"2026-11-30", 3, "Ann Noor", "119.00"}, []any{r.NextOn.String(), len(r.Next), r.By, r.Totals.Gross.String()})
	h.look()
	require.Empty(t, h.madeBy(r), "its day has not come")

	h.on("2026-11-30")
	h.look()
	h.look()
	made := h.madeBy(r)
	require.Len(t, made, 1)
	inv := into[invoice.Invoice](t, 200, h.call("GET", "/invoices/"+made[0].InvoiceID.String(), nil))
	require.Equal(t, []any{"2026-11-30", "2026-12-14", "Support November 2026", "Contract 7", h.me}, []any{inv.IssuedOn.String(), inv.DueOn.String(), inv.Lines[0].Description, inv.Reference, inv.OwnerID})
	require.Equal(t, invoice.Recurrence{ID: r.ID, On: inv.IssuedOn}, *inv.Recurring)
	require.Equal(t, made[0].Number, inv.Number)

	h.on("2026-12-31")
	h.look()
	h.on("2027-02-01")
	h.look()
	made = h.madeBy(r)
	require.Len(t, made, 3)
	require.Equal(t, []string{"2026-11-30", "2026-12-30", "2027-01-30"}, []string{made[0].On.String(), made[1].On.String(), made[2].On.String()}, "no drift")
	require.Equal(t, "2027-02-01", made[2].IssuedOn.String(), "dated the day it was made")
	is := h.recurring(r)
	require.Equal(t, []any{invoice.RecurringEnded, 3, ""}, []any{is.Status, is.Made, is.NextOn.String()}, "three times it was to be")
	h.on("2027-06-01")
	h.look()
	require.Len(t, h.madeBy(r), 3)
	require.Equal(t, 3, h.audited("recurring-invoice.make"))
	require.Len(t, toldOf[invoice.RecurringMade](h, "invoice.recurring-made.v1"), 3)
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

func TestTheFirstOneOfTodayIsMadeAtOnce(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	h.work()
	r := h.recur(h.reachable("Müller", "office@mueller.example"), object{"deed": "send"})
	got := server.Wait(1)[0]
	made := h.madeBy(r)
	require.Equal(t, "office@mueller.example", got.To)
	require.Len(t, got.Files, 2, "PDF and e-invoice")
	require.Contains(t, got.Subject, made[0].Number)
	require.Equal(t, 1, h.audited("invoice.send"))
}

func TestDraftsRecurToo(t *testing.T) {
	t.Parallel()
	h := start(t)
	r := h.recur(h.customer("Globex"), object{"deed": "draft"})
	h.look()
	made := h.madeBy(r)[0]
	require.Equal(t, invoice.Draft, made.Status)
	draft := h.get(invoice.Invoice{ID: made.InvoiceID})
	require.Equal(t, r.ID, draft.Recurring.ID)
	require.Equal(t, 204, h.call("DELETE", "/invoices/"+draft.ID.String(), nil, "If-Match", draft.ETag()).Status)
	gone := h.madeBy(r)[0]
	require.True(t, gone.InvoiceID.IsZero())
	h.look()
	require.Len(t, h.madeBy(r), 1, "a deleted draft is not made again")
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

// TestEachDateIsServedOnceByTwoPrograms lets several look at the same moment, again and again.
func TestEachDateIsServedOnceByTwoPrograms(t *testing.T) {
	t.Parallel()
	h := start(t)
	buyer := h.customer("Globex")
	var all []invoice.Recurring
	for n := range 6 {
		all = append(all, h.recur(buyer, object{"name": fmt.Sprint("Support ", n), "rhythm": object{"every": 1, "unit": "week", "firstOn": "2026-11-25"}}))
	}
	h.on("2027-01-20") // eight missed, and one today
	var programs sync.WaitGroup
	for range 4 {
		programs.Go(func() {
			for range 3 {
				_ = h.module.MakeRecurring(h.t.Context())
			}
		})
	}
	programs.Wait()
	for _, r := range all {
		require.Len(t, h.madeBy(r), 9)
	}
	var issued, dates int
	require.NoError(t, h.db.Pool().QueryRow(t.Context(), `SELECT (SELECT count(*) FROM invoice WHERE number IS NOT NULL), (SELECT count(DISTINCT (recurring_id, "on")) FROM recurring_date)`).Scan(&issued, &dates))
	require.Equal(t, []int{54, 54}, []int{issued, dates})
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

// TestAKilledProgramMakesNothingTwice ends the look at any moment, and lets another one go on.
func TestAKilledProgramMakesNothingTwice(t *testing.T) {
	t.Parallel()
	h := start(t)
	r := h.recur(h.customer("Globex"), object{"rhythm": object{"every": 1, "unit": "week", "firstOn": "2026-11-25"}})
	h.on("2027-02-03") // ten missed, and one today
	for n := range 25 {
		ctx, kill := context.WithTimeout(t.Context(), time.Duration(n)*2*time.Millisecond)
		_ = h.module.MakeRecurring(ctx)
		kill()
	}
	h.look()
	require.Len(t, h.madeBy(r), 11)
	require.Nil(t, h.recurring(r).Obstacle, "a program that stops is nothing in the way")
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

func TestAfterALongStandstillSomebodyDecides(t *testing.T) {
	t.Parallel()
	h := start(t)
	r := h.recur(h.customer("Globex"), object{"rhythm": object{"every": 1, "unit": "week", "firstOn": "2026-11-25"}})
	other := h.recur(h.customer("Initech"), object{"rhythm": object{"every": 1, "unit": "month", "firstOn": "2026-11-25"}})
	h.on("2027-03-03") // fourteen Wednesdays have passed, and this is one
	h.look()
	require.Len(t, h.madeBy(other), 4, "few missed dates are made up by themselves")
	is := h.recurring(r)
	require.Equal(t, []any{invoice.RecurringPaused, "too-many-missed", 14, 0}, []any{is.Status, is.Obstacle.Code, is.Missed, is.Made})
	require.Len(t, into[pageOf[invoice.RecurringRow]](t, 200, h.call("GET", "/recurring-invoices?status=blocked", nil)).Items, 1)

	t.Run("left out", func(t *testing.T) {
		second := h.recur(h.customer("Hooli"), object{"rhythm": object{"every": 1, "unit": "week", "firstOn": "2027-03-10"}})
		into[invoice.Recurring](t, 200, h.call("POST", "/recurring-invoices/"+second.ID.String()+"/pause", nil))
		h.on("2027-06-02")
		resumed := into[invoice.Recurring](t, 200, h.call("POST", "/recurring-invoices/"+second.ID.String()+"/resume", nil))
		require.Equal(t, []any{invoice.RecurringActive, "2027-06-02", 0}, []any{resumed.Status, resumed.NextOn.String(), resumed.Missed})
		h.look()
		require.Len(t, h.madeBy(second), 1)
	})
	t.Run("made up", func(t *testing.T) {
		h.on("2027-03-03")
		resumed := into[invoice.Recurring](t, 200, h.call("POST", "/recurring-invoices/"+r.ID.String()+"/resume", object{"missed": "make"}, "If-Match", is.ETag()))
		require.Nil(t, resumed.Obstacle)
		h.look()
		require.Len(t, h.madeBy(r), 15)
	})
}

func TestClockJumpsMakeNothingTwice(t *testing.T) {
	t.Parallel()
	h := start(t)
	r := h.recur(h.customer("Globex"), nil)
	h.look()
	for _, day := range []string{"2026-12-27", "2026-11-24", "2026-12-26", "2026-12-24"} {
		h.on(day)
		h.look()
	}
	require.Len(t, h.madeBy(r), 2)
	blocked := h.recur(h.customer("Initech"), object{"rhythm": object{"every": 1, "unit": "year", "firstOn": "2027-01-05"}})
	h.role = rbac.Employee
	h.on("2027-06-01") // a clock that is wrong
	h.look()
	h.role = rbac.Accountant
	require.Equal(t, "no-right", h.recurring(blocked).Obstacle.Code)
	h.on("2027-01-05")
	h.look()
	require.Len(t, h.madeBy(blocked), 1, "the next attempt that the wrong clock set keeps nobody waiting")
}

func TestWhatIsInTheWayIsShown(t *testing.T) {
	t.Parallel()
	h, server := startPost(t)
	put := func(customer string, with object) {
		t.Helper()
		was := into[invoice.Customer](t, 200, h.call("GET", "/customers/"+customer, nil))
		body := object{"name": was.Name, "email": was.Email, "country": "DE", "paymentDays": 14}
		for name, value := range with {
			body[name] = value
		}
		into[invoice.Customer](t, 200, h.call("PUT", "/customers/"+customer, body, "If-Match", was.ETag()))
	}
	h.rate("19") // the usual ones first
	reduced := into[invoice.TaxRate](t, 201, h.call("POST", "/tax-rates", object{"name": "Books", "percent": "5"}))
	archived, silent, fine := h.customer("Archived Ltd"), h.reachable("Silent Ltd", "a@example.com"), h.customer("Fine Ltd")
	first := object{"every": 1, "unit": "month", "firstOn": "2026-12-01"}
	lines := func(rate string) []object {
		return []object{{"description": "Books", "quantity": "1", "unitPrice": "10", "taxRateId": rate}}
	}
	byCustomer := h.recur(archived, object{"rhythm": first})
	byAddress := h.recur(silent, object{"rhythm": first, "deed": "send"})
	byRate := h.recur(fine, object{"rhythm": first, "draft": object{"customerId": fine, "lines": lines(reduced.ID.String())}})
	other := h.recur(fine, object{"rhythm": first})
	put(archived, object{"archived": true})
	put(silent, object{"email": ""})
	into[invoice.TaxRate](t, 200, h.call("PUT", "/tax-rates/"+reduced.ID.String(), object{"name": "Books", "archived": true}, "If-Match", `"1"`))

	h.on("2026-12-01")
	h.look()
	require.Len(t, h.madeBy(other), 1, "the others go on")
	for code, r := range map[string]invoice.Recurring{"customer-archived": byCustomer, "no-address": byAddress, "tax-rate-archived": byRate} {
		is := h.recurring(r)
		require.Equal(t, []any{code, "2026-12-01", "2026-12-01", invoice.RecurringActive}, []any{is.Obstacle.Code, is.Obstacle.On.String(), is.NextOn.String(), is.Status})
		require.Empty(t, h.madeBy(r))
	}
	require.Contains(t, h.recurring(byAddress).Obstacle.Message, "Add one to the customer")
	notices := toldOf[admin.Notice](h, "admin.notice.v1")
	require.Len(t, notices, 6, "each to who may write invoices, and to whose it is")
	require.Equal(t, "recurring-blocked", notices[0].Kind)
	h.now = h.now.Add(2 * time.Hour)
	h.look()
	require.Len(t, toldOf[admin.Notice](h, "admin.notice.v1"), 6, "once is enough")

	put(archived, object{"archived": false})
	put(silent, object{"email": "b@example.com"})
	h.look()
	require.Empty(t, h.madeBy(byCustomer), "it waits for its next attempt")
	h.now = h.now.Add(2 * time.Hour)
	h.look()
	require.Len(t, h.madeBy(byCustomer), 1, "what is out of the way is made by itself")
	require.Nil(t, h.recurring(byCustomer).Obstacle)
	require.Equal(t, "b@example.com", server.Wait(1)[0].To)
	into[invoice.Recurring](t, 200, h.call("PUT", "/recurring-invoices/"+byRate.ID.String(), h.monthly(fine, object{"rhythm": first}), "If-Match", h.recurring(byRate).ETag()))
	h.look()
	require.Len(t, h.madeBy(byRate), 1, "a change is tried at once")
	require.NoError(t, h.module.VerifyLedger(t.Context(), nil))
}

func TestRecurringIsRefused(t *testing.T) {
	t.Parallel()
	h := start(t)
	buyer := h.customer("Globex")
	line := func(text string) object {
		return object{"customerId": buyer, "lines": []object{{"description": text, "quantity": "1", "unitPrice": "100", "taxRateId": h.rate("19")}}}
	}
	for name, one := range map[string]struct {
		with object
		at   string
	}{
		"from yesterday":            {object{"rhythm": object{"every": 1, "unit": "month", "firstOn": "2026-11-24"}}, "body.rhythm.firstOn"},
		"in a thousand years":       {object{"rhythm": object{"every": 1, "unit": "month", "firstOn": "3026-11-24"}}, "body.rhythm.firstOn"},
		"never":                     {object{"rhythm": object{"every": 0, "unit": "month", "firstOn": "2026-11-25"}}, "body.rhythm.every"},
		"by the hour":               {object{"rhythm": object{"every": 1, "unit": "hour", "firstOn": "2026-11-25"}}, "body.rhythm.unit"},
		"ended before it begins":    {object{"rhythm": object{"every": 1, "unit": "month", "firstOn": "2026-12-25", "lastOn": "2026-12-24"}}, "body.rhythm.lastOn"},
		"minus one times":           {object{"rhythm": object{"every": 1, "unit": "month", "firstOn": "2026-12-25", "times": -1}}, "body.rhythm.times"},
		"with an unknown word":      {object{"draft": line("Support {moth}")}, "body.draft.lines[0].description"},
		"for nobody":                {object{"draft": object{"lines": []object{{"description": "x", "quantity": "1", "unitPrice": "1"}}}}, "body.draft.customerId"},
		"with nothing on it":        {object{"draft": object{"customerId": buyer, "lines": []object{}}}, "body.draft.lines"},
		"delivered on one day":      {object{"draft": object{"customerId": buyer, "deliveredOn": "2026-11-25", "lines": line("x")["lines"]}}, "body.draft.deliveredOn"},
		"with a NUL in the name":    {object{"name": "a\x00b"}, "body"},
		"mailed without an address": {object{"deed": "send"}, "body.deed"},
		"with too long a text":      {object{"draft": line(strings.Repeat("{period}", 240))}, "body.draft.lines[0].description"},
		"burnt":                     {object{"deed": "burn"}, "body.deed"},
	} {
		refused := h.call("POST", "/recurring-invoices", h.monthly(buyer, one.with))
		require.Equal(t, 422, refused.Status, "%s: %s", name, refused.Body)
		require.Contains(t, string(refused.Body), one.at, name)
	}
	require.Equal(t, 404, h.call("GET", "/recurring-invoices/0190aaaa-0000-7000-8000-000000000001", nil).Status)
	require.Equal(t, 422, h.call("GET", "/recurring-invoices?cursor=abc", nil).Status)
	require.Equal(t, 422, h.call("GET", "/recurring-invoices?sort=eaten", nil).Status)

	r := h.recur(buyer, nil)
	path := "/recurring-invoices/" + r.ID.String()
	require.Equal(t, 428, h.call("PUT", path, h.monthly(buyer, nil)).Status)
	require.Equal(t, 412, h.call("PUT", path, h.monthly(buyer, nil), "If-Match", `"7"`).Status)
	require.Equal(t, 409, h.call("POST", path+"/resume", nil).Status, "nothing is in its way")
	h.look()
	is := h.recurring(r)
	again := h.call("PUT", path, h.monthly(buyer, object{"rhythm": object{"every": 2, "unit": "month", "firstOn": "2026-11-25"}}), "If-Match", is.ETag())
	require.Equal(t, 422, again.Status, "that day is served")
	require.Contains(t, string(again.Body), "must be after 2026-11-25")
	into[invoice.Recurring](t, 200, h.call("POST", path+"/pause", nil))
	require.Equal(t, 409, h.call("POST", path+"/pause", nil).Status)
	into[invoice.Recurring](t, 200, h.call("POST", path+"/end", nil))
	for _, deed := range []string{"/pause", "/resume", "/end"} {
		require.Equal(t, 409, h.call("POST", path+deed, nil).Status)
	}
	require.Equal(t, 409, h.call("PUT", path, h.monthly(buyer, nil), "If-Match", h.recurring(r).ETag()).Status)
}

func TestWhatComesNextIsChanged(t *testing.T) {
	t.Parallel()
	h := start(t)
	buyer := h.customer("Globex")
	r := h.recur(buyer, nil)
	h.look()
	lines := []object{{"description": "Support {month}", "quantity": "1", "unitPrice": "120", "taxRateId": h.rate("19")}}
	with := object{"rhythm": object{"every": 1, "unit": "month", "firstOn": "2026-11-25", "lastOn": "2027-01-31"}, "draft": object{"customerId": buyer, "lines": lines}}
	changed := into[invoice.Recurring](t, 200, h.call("PUT", "/recurring-invoices/"+r.ID.String(), h.monthly(buyer, with), "If-Match", h.recurring(r).ETag()))
	require.Equal(t, []any{"2026-12-25", 2, "142.80"}, []any{changed.NextOn.String(), len(changed.Next), changed.Totals.Gross.String()}, "the same rhythm goes on")
	h.on("2026-12-25")
	h.look()
	made := h.madeBy(r)
	require.Equal(t, []string{"119.00", "142.80"}, []string{made[0].Gross.String(), made[1].Gross.String()}, "what was made stays")

	with["rhythm"] = object{"every": 2, "unit": "week", "firstOn": "2026-12-28", "times": 4}
	changed = into[invoice.Recurring](t, 200, h.call("PUT", "/recurring-invoices/"+r.ID.String(), h.monthly(buyer, with), "If-Match", h.recurring(r).ETag()))
	require.Equal(t, []any{"2026-12-28", 2}, []any{changed.NextOn.String(), len(changed.Next)}, "four times altogether, two of them made")
	page := into[pageOf[invoice.RecurringInvoice]](t, 200, h.call("GET", "/recurring-invoices/"+r.ID.String()+"/invoices?limit=1", nil))
	require.Equal(t, "2026-12-25", page.Items[0].On.String())
	page = into[pageOf[invoice.RecurringInvoice]](t, 200, h.call("GET", "/recurring-invoices/"+r.ID.String()+"/invoices?limit=1&cursor="+page.Next, nil))
	require.Equal(t, "2026-11-25", page.Items[0].On.String())
	preview := into[invoice.RecurringPreview](t, 200, h.call("POST", "/recurring-invoices/preview", h.monthly(buyer, object{"rhythm": object{"every": 1, "unit": "month", "firstOn": "2027-01-31"}})))
	require.Equal(t, "2027-02-28", preview.Dates[1].String())
	require.Equal(t, "Support January 2027", preview.First.Lines[0].Description)
	for n := range 3 {
		h.recur(buyer, object{"name": fmt.Sprint("Hosting ", n), "rhythm": object{"every": 1, "unit": "year", "firstOn": fmt.Sprintf("2027-0%d-01", n+1)}})
	}
	var names []string
	for cursor := ""; ; {
		list := into[pageOf[invoice.RecurringRow]](t, 200, h.call("GET", "/recurring-invoices?limit=2&q=hosting&customerId="+buyer+"&cursor="+cursor, nil))
		for _, row := range list.Items {
			names = append(names, row.Name)
		}
		if cursor = list.Next; cursor == "" {
			break
		}
	}
	require.Equal(t, []string{"Hosting 0", "Hosting 1", "Hosting 2"}, names)
}
