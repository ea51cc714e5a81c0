package module_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
)

func TestRegister(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")

	first := h.asset(laptops, "ThinkPad X1")
	require.Equal(t, "LT-0001", first.Tag)
	require.Equal(t, "Laptops", first.Category)
	require.Equal(t, "1200.00 EUR 120.00", first.Cost.String()+" "+string(first.Currency)+" "+first.Salvage.String())
	require.Equal(t, asset.StatusAvailable, first.Status)
	require.Equal(t, 36, first.LifeMonths)
	require.Equal(t, "2026-01-15", first.InServiceOn.String())
	require.Equal(t, "LT-0002", h.asset(laptops, "ThinkPad X1").Tag)

	typed := h.asset(laptops, "MacBook", m{"tag": "lt-0003"})
	require.Equal(t, "lt-0003", typed.Tag)
	require.Equal(t, "LT-0004", h.asset(laptops, "ThinkPad").Tag, "a given tag leaves out typed ones, whatever their case")

	answer := h.clerk.Do("POST", "/assets", m{"name": "x", "categoryId": laptops.ID, "tag": "LT-0001"})
	require.Equal(t, 409, answer.Status, answer)
	require.Contains(t, answer.Problems(), "body.tag")

	answer = h.clerk.Do("POST", "/assets", m{"name": "x", "categoryId": laptops.ID, "cost": "-1", "salvage": "-5", "warrantyUntil": "2025-01-01", "purchasedOn": "2026-01-01"})
	require.Equal(t, 422, answer.Status, answer)
	for _, field := range []string{"body.cost", "body.salvage", "body.warrantyUntil"} {
		require.Contains(t, answer.Problems(), field)
	}
	require.Equal(t, 422, h.clerk.Do("POST", "/assets", m{"name": "x", "categoryId": first.ID}).Status, "an unknown category")
	answer = h.clerk.Do("POST", "/assets", m{"name": "x", "categoryId": laptops.ID, "inServiceOn": "9999-12-31"})
	require.Contains(t, answer.Problems(), "body.inServiceOn")

	require.Equal(t, first, do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+first.ID.String(), nil))
	require.Equal(t, []asset.LineKind{asset.LineRegistered}, kinds(h.history(first)))
	require.Equal(t, 4, one[int](h, `SELECT count(*) FROM event_log WHERE name = 'asset.registered.v1'`))
	require.Equal(t, 4, one[int](h, `SELECT count(*) FROM audit_entry WHERE action = 'asset.register'`))
	h.countersAgree()
}

func TestRegisterTwiceUnderOneKeyIsOnce(t *testing.T) {
	h := newHouse(t)
	body := m{"name": "Laptop", "categoryId": h.category("Laptops", "LT").ID}
	first := h.clerk.Do("POST", "/assets", body, "Idempotency-Key", "k1")
	again := h.clerk.Do("POST", "/assets", body, "Idempotency-Key", "k1")
	require.Equal(t, 201, first.Status, first)
	require.Equal(t, 201, again.Status, again)
	require.Equal(t, first.Text("id"), again.Text("id"))
	require.Equal(t, "true", again.Header.Get("Idempotent-Replayed"))
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM asset`))
	h.countersAgree()
}

func TestEdit(t *testing.T) {
	h := newHouse(t)
	laptops, phones := h.category("Laptops", "LT"), h.category("Phones", "PH")
	a := h.asset(laptops, "Laptop", m{"notes": "dented"})
	path := "/assets/" + a.ID.String()
	body := m{"name": "Laptop 14", "categoryId": phones.ID, "cost": "1300", "purchasedOn": "2026-01-15"}

	require.Equal(t, 428, h.clerk.Do("PUT", path, body).Status)
	edited := do[asset.Asset](h, h.clerk, 200, "PUT", path, body, "If-Match", `"1"`)
	require.Equal(t, "LT-0001 Laptop 14 Phones 1300.00", edited.Tag+" "+edited.Name+" "+edited.Category+" "+edited.Cost.String())
	require.Empty(t, edited.Notes, "editing replaces everything")
	require.Equal(t, 2, edited.Version)
	require.Equal(t, 412, h.clerk.Do("PUT", path, body, "If-Match", `"1"`).Status, "an edit over somebody else's edit")

	same := do[asset.Asset](h, h.clerk, 200, "PUT", path, body, "If-Match", `"2"`)
	require.Equal(t, 2, same.Version, "nothing changed")
	line := h.history(a)[0]
	require.Equal(t, asset.LineEdited, line.Kind)
	require.Contains(t, line.Changes, asset.Change{Field: "category", From: "Laptops", To: "Phones"})
	require.Contains(t, line.Changes, asset.Change{Field: "cost", From: "1200.00 EUR", To: "1300.00 EUR"})
	h.countersAgree()

	other := h.asset(laptops, "Other")
	answer := h.clerk.Do("PUT", path, m{"name": "x", "categoryId": phones.ID, "tag": other.Tag}, "If-Match", `"2"`)
	require.Equal(t, 409, answer.Status, answer)
	require.Contains(t, answer.Problems(), "body.tag")
}

func TestList(t *testing.T) {
	h := newHouse(t)
	laptops, phones := h.category("Laptops", "LT"), h.category("Phones", "PH")
	berlin := do[asset.Location](h, h.clerk, 201, "POST", "/locations", m{"name": "Berlin"})
	floor := do[asset.Location](h, h.clerk, 201, "POST", "/locations", m{"name": "Floor 2", "parentId": berlin.ID})
	for i := range 7 {
		h.asset(laptops, fmt.Sprintf("ThinkPad X%d", i), m{"cost": fmt.Sprint(100 + i%3), "serial": fmt.Sprintf("SN%04d", i)})
	}
	phone := h.asset(phones, "iPhone 17", m{"locationId": floor.ID, "warrantyUntil": "2026-12-10"})
	h.assign(phone, h.ana)

	get := func(query string) list[asset.Asset] {
		return do[list[asset.Asset]](h, h.clerk, 200, "GET", "/assets?"+query, nil)
	}
	for query, want := range map[string]int{
		"q=thinkpad": 7, "q=x3": 1, "q=sn0002": 1, "q=novak": 1, "q=think+pad+x5": 1, "q=PH-": 1, "q=%25": 0, "q=zzz": 0,
		"status=assigned": 1, "status=available,assigned": 8, "categoryId=" + laptops.ID.String(): 7, "locationId=" + berlin.ID.String(): 1,
		"holderId=" + h.ana.String(): 1, "warrantyUntil=2026-12-31": 1, "warrantyUntil=2026-12-01": 0, "status=assigned&q=think": 0,
	} {
		require.Len(t, get(query).Items, want, query)
	}
	require.Equal(t, 8, *get("count=true&limit=2").Total)

	for _, sort := range []string{"tag", "-tag", "name", "cost", "-cost", "purchasedOn", "warrantyUntil", "-warrantyUntil", "holder", "-holder", "updatedAt", "-updatedAt"} {
		whole := get("sort=" + sort).Items
		var walked []asset.Asset
		for cursor := ""; ; {
			next := get("limit=3&sort=" + sort + "&cursor=" + cursor)
			walked = append(walked, next.Items...)
			if cursor = next.Next; cursor == "" {
				break
			}
		}
		require.Equal(t, whole, walked, "pages of %s are the whole list", sort)
		require.Len(t, walked, 8)
	}
	require.Equal(t, "102.00", get("sort=-cost&q=thinkpad").Items[0].Cost.String())
	require.Equal(t, phone.ID, get("sort=-holder").Items[0].ID)
	require.Equal(t, 422, h.clerk.Do("GET", "/assets?sort=colour", nil).Status)
	require.Equal(t, 422, h.clerk.Do("GET", "/assets?colour=red", nil).Status)
	cursor := get("limit=1").Next
	require.Equal(t, 422, h.clerk.Do("GET", "/assets?sort=cost&cursor="+cursor, nil).Status, "a cursor of another order")
	for _, forged := range []string{page.Encode("cost", "abc", "x"), page.Encode("cost", "1", "x"), page.Encode("cost", "\x00", "x")} {
		answer := h.clerk.Do("GET", "/assets?sort=cost&cursor="+forged, nil)
		require.Equal(t, 422, answer.Status, answer)
		require.Contains(t, answer.Problems(), "query.cursor")
	}
}

func TestScopes(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	stock, anas, bens := h.asset(laptops, "Stock"), h.asset(laptops, "Ana's"), h.asset(laptops, "Ben's")
	h.assign(anas, h.ana)
	h.assign(bens, h.ben)

	names := func(answer list[asset.Asset]) []string {
		var all []string
		for _, a := range answer.Items {
			all = append(all, a.Name)
		}
		return all
	}
	ana, cleo, stranger := h.as(rbac.Employee, h.ana), h.as(rbac.Manager, h.cleo), h.as(rbac.Employee, h.cleo)
	require.Equal(t, []string{"Ana's"}, names(do[list[asset.Asset]](h, ana, 200, "GET", "/assets", nil)))
	require.Equal(t, []string{"Ben's"}, names(do[list[asset.Asset]](h, cleo, 200, "GET", "/assets", nil)), "a manager sees what the team holds")
	require.Empty(t, names(do[list[asset.Asset]](h, stranger, 200, "GET", "/assets", nil)))

	for _, path := range []string{"", "/history", "/depreciation", "/assignments"} {
		require.Equal(t, 200, ana.Do("GET", "/assets/"+anas.ID.String()+path, nil).Status)
		require.Equal(t, 404, ana.Do("GET", "/assets/"+bens.ID.String()+path, nil).Status, "a foreign record")
		require.Equal(t, 404, cleo.Do("GET", "/assets/"+stock.ID.String()+path, nil).Status)
	}
	require.Equal(t, 404, ana.Do("POST", "/assets/labels", m{"ids": []any{bens.ID}}).Status)
	require.Equal(t, 403, ana.Do("POST", "/assets/"+anas.ID.String()+"/returns", m{}).Status)
	require.Equal(t, 403, ana.Do("GET", "/assets/export", nil).Status)
	export := cleo.Do("GET", "/assets/export", nil)
	require.Contains(t, string(export.Body), "Ben's")
	require.NotContains(t, string(export.Body), "Ana's")

	ctx := ana.Who().Context(t.Context())
	found, err := h.module.Register().Search(ctx, "LT-", 10)
	require.NoError(t, err)
	require.Len(t, found, 1)
	summary, err := h.module.Register().Summary(ctx)
	require.NoError(t, err)
	require.Zero(t, summary.Assets)

	h.people.Fail(fault.New(fault.Unavailable, "gone", "The directory is gone."))
	require.Equal(t, 503, cleo.Do("GET", "/assets", nil).Status, "what a manager may see is never guessed")
	require.Equal(t, 200, ana.Do("GET", "/assets", nil).Status)
}
