package module_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
)

func (h *house) drawUp(kind asset.HandoverKind, who employee.ID, items ...m) asset.Handover {
	h.t.Helper()
	return do[asset.Handover](h, h.clerk, 201, "POST", "/handovers", m{"kind": kind, "personId": who, "items": items})
}

func (h *house) handover(which asset.HandoverID) asset.Handover {
	h.t.Helper()
	return do[asset.Handover](h, h.clerk, 200, "GET", "/handovers/"+which.String(), nil)
}

func TestHandoverIsConfirmedByThePerson(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	laptop, phone, bens := h.asset(laptops, "Laptop", m{"serial": "SN-1"}), h.asset(laptops, "Phone"), h.asset(laptops, "Ben's")
	h.assign(laptop, h.ana)
	h.assign(phone, h.ana)
	h.assign(bens, h.ben)
	candidates := func(kind string) []asset.HandoverCandidate {
		return do[list[asset.HandoverCandidate]](h, h.clerk, 200, "GET", "/handovers/candidates?kind="+kind+"&personId="+h.ana.String(), nil).Items
	}
	require.Len(t, candidates("handover"), 2)

	doc := h.drawUp("handover", h.ana, m{"assetId": laptop.ID, "condition": "scratch on the lid", "accessories": "charger"}, m{"assetId": phone.ID})
	require.Equal(t, asset.HandoverOpen, doc.State)
	require.Equal(t, "Ana Novak", doc.PersonName)
	require.Equal(t, "2026-11-25", doc.On.String())
	require.Equal(t, []asset.HandoverItem{
		{AssetID: laptop.ID, Tag: "LT-0001", Name: "Laptop", Serial: "SN-1", Since: doc.On, Condition: "scratch on the lid", Accessories: "charger"},
		{AssetID: phone.ID, Tag: "LT-0002", Name: "Phone", Since: doc.On},
	}, doc.Items)
	require.Empty(t, candidates("handover"), "everything is on a document")
	answer := h.clerk.Do("POST", "/handovers", m{"kind": "handover", "personId": h.ana, "items": []m{{"assetId": laptop.ID}, {"assetId": bens.ID}, {"assetId": id.New[asset.Asset]()}}})
	require.Equal(t, 409, answer.Status, answer)
	require.Equal(t, map[string]string{
		"body.items[0].assetId": "A document over asset LT-0001 is there already.",
		"body.items[1].assetId": "Asset LT-0003 is held by Ben Okafor; this person does not hold it.",
		"body.items[2].assetId": "There is no such asset, or you may not see it.",
	}, answer.Problems())

	path := "/handovers/" + doc.ID.String()
	ana, ben, cleo := h.as(rbac.Employee, h.ana), h.as(rbac.Employee, h.ben), h.as(rbac.Manager, h.cleo)
	for _, stranger := range []*httpapitest.Client{ben, cleo} {
		require.Equal(t, 404, stranger.Do("GET", path, nil).Status)
		require.Equal(t, 404, stranger.Do("PUT", path+"/confirmation", m{"name": "Ben Okafor"}).Status)
		require.Equal(t, 404, stranger.Do("PUT", path+"/refusal", m{"reason": "no"}).Status)
		require.Equal(t, 403, stranger.Do("PUT", path+"/paper-signature", m{}).Status)
		require.Empty(t, do[list[asset.HandoverSummary]](h, stranger, 200, "GET", "/handovers?personId="+h.ana.String(), nil).Items)
	}
	require.Equal(t, 404, h.clerk.Do("PUT", path+"/confirmation", m{"name": "Mia"}).Status, "who may draw it up cannot confirm it for somebody")
	require.Equal(t, 422, ana.Do("PUT", path+"/confirmation", m{"name": "  "}).Status)
	require.Equal(t, asset.HandoverOpen, h.handover(doc.ID).State)

	done := do[asset.Handover](h, ana, 200, "PUT", path+"/confirmation", m{"name": "Ana Novak"})
	require.Equal(t, asset.HandoverConfirmed, done.State)
	require.Equal(t, "Ana Novak", done.SignedName)
	again := do[asset.Handover](h, ana, 200, "PUT", path+"/confirmation", m{"name": "Somebody Else"})
	require.Equal(t, done, again, "again is the same answer")
	require.Equal(t, 409, ana.Do("PUT", path+"/refusal", m{"reason": "changed my mind"}).Status)
	require.Equal(t, 409, h.clerk.Do("PUT", path+"/withdrawal", m{}).Status)
	require.Equal(t, 409, h.clerk.Do("PUT", path+"/paper-signature", m{}).Status)
	require.Equal(t, []asset.LineKind{asset.LineDocumentConfirmed, asset.LineDocumentDrawnUp, asset.LineAssigned, asset.LineRegistered}, kinds(h.history(phone)))
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM audit_entry WHERE action = 'handover.confirm' AND subject_id = $1`, doc.ID.String()))
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM event_log WHERE name = 'admin.notice.v1' AND payload->>'kind' = 'handover-waiting' AND payload->>'employee' = $1`, h.ana.String()))

	do[asset.Asset](h, h.clerk, 201, "POST", "/assets/"+laptop.ID.String()+"/returns", m{})
	require.Equal(t, asset.HandoverConfirmed, h.handover(doc.ID).State, "what was confirmed stays")
	back := candidates("return")
	require.Len(t, back, 1)
	require.Equal(t, laptop.ID, back[0].AssetID)
	returned := h.drawUp("return", h.ana, m{"assetId": laptop.ID})
	require.Equal(t, asset.HandoverConfirmed, do[asset.Handover](h, ana, 200, "PUT", "/handovers/"+returned.ID.String()+"/confirmation", m{"name": "Ana Novak"}).State)
	require.Equal(t, "Asset LT-0002 is still held by Ana Novak; take it back first, or a document over this return is there already.",
		h.clerk.Do("POST", "/handovers", m{"kind": "return", "personId": h.ana, "items": []m{{"assetId": phone.ID}}}).Problems()["body.items[0].assetId"])
}

func TestHandoverDecidedAtOnceIsDecidedOnce(t *testing.T) {
	h := newHouse(t)
	a := h.asset(h.category("Laptops", "LT"), "Laptop")
	h.assign(a, h.ana)
	ana := h.as(rbac.Employee, h.ana)
	for range 5 {
		doc := h.drawUp("handover", h.ana, m{"assetId": a.ID})
		path := "/handovers/" + doc.ID.String()
		var wait sync.WaitGroup
		answers := make([]httpapitest.Answer, 12)
		for i := range answers {
			wait.Go(func() {
				switch i % 3 {
				case 0:
					answers[i] = ana.Do("PUT", path+"/confirmation", m{"name": "Ana Novak"})
				case 1:
					answers[i] = ana.Do("PUT", path+"/refusal", m{"reason": "no charger"})
				default:
					answers[i] = h.clerk.Do("PUT", path+"/withdrawal", m{})
				}
			})
		}
		wait.Wait()
		won := map[string]string{}
		for i, answer := range answers {
			require.Contains(t, []int{200, 409}, answer.Status, answer)
			if answer.Status == 200 {
				var view asset.Handover
				require.NoError(t, json.Unmarshal(answer.Body, &view))
				won[string(view.State)] = string(answer.Body)
				require.Equal(t, won[string(view.State)], string(answer.Body), "%d has another answer", i)
			}
		}
		require.Len(t, won, 1, "one decision wins")
		require.Equal(t, 2, one[int](h, `SELECT count(*) FROM audit_entry WHERE subject_id = $1`, doc.ID.String()))
		do[asset.Asset](h, h.clerk, 201, "POST", "/assets/"+a.ID.String()+"/returns", m{})
		h.assign(a, h.ana)
	}
}

func TestHandoverIsOvertakenByAReturn(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	laptop, phone, tablet := h.asset(laptops, "Laptop"), h.asset(laptops, "Phone"), h.asset(laptops, "Tablet")
	for _, a := range []asset.Asset{laptop, phone, tablet} {
		h.assign(a, h.ana)
	}
	doc := h.drawUp("handover", h.ana, m{"assetId": laptop.ID}, m{"assetId": phone.ID})
	do[asset.Asset](h, h.clerk, 200, "PUT", "/assets/"+phone.ID.String()+"/repair", m{})
	require.Equal(t, asset.HandoverOpen, h.handover(doc.ID).State, "in repair it is still hers")
	do[asset.Asset](h, h.clerk, 201, "POST", "/assets/"+laptop.ID.String()+"/assignments", m{"employeeId": h.ben, "transfer": true})
	closed := h.handover(doc.ID)
	require.Equal(t, "closed transferred LT-0001", string(closed.State)+" "+string(closed.Reason)+" "+closed.Note)
	require.Equal(t, asset.LineDocumentClosed, h.history(phone)[0].Kind)
	answer := h.as(rbac.Employee, h.ana).Do("PUT", "/handovers/"+doc.ID.String()+"/confirmation", m{"name": "Ana Novak"})
	require.Equal(t, 409, answer.Status, answer)
	require.Contains(t, answer.Text("detail"), "is closed")
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM audit_entry WHERE action = 'handover.close'`))

	both := h.drawUp("handover", h.ana, m{"assetId": phone.ID}, m{"assetId": tablet.ID})
	do[list[asset.Asset]](h, h.clerk, 200, "POST", "/assets/returns", m{"ids": []any{phone.ID, tablet.ID}})
	require.Equal(t, asset.HandoverClosed, h.handover(both.ID).State)
	require.Equal(t, 2, one[int](h, `SELECT count(*) FROM audit_entry WHERE action = 'handover.close'`), "two taken back at once close it once")
	h.assign(phone, h.ana)
	rest := h.drawUp("handover", h.ana, m{"assetId": phone.ID})

	var wait sync.WaitGroup // a return and a confirmation at once: one of them is first, and neither is lost
	wait.Go(func() { h.clerk.Do("POST", "/assets/"+phone.ID.String()+"/returns", m{}) })
	wait.Go(func() {
		status := h.as(rbac.Employee, h.ana).Do("PUT", "/handovers/"+rest.ID.String()+"/confirmation", m{"name": "Ana Novak"}).Status
		require.Contains(t, []int{200, 409}, status)
	})
	wait.Wait()
	require.Contains(t, []asset.HandoverState{asset.HandoverConfirmed, asset.HandoverClosed}, h.handover(rest.ID).State)
	require.Equal(t, asset.StatusAvailable, do[asset.Asset](h, h.clerk, 200, "GET", "/assets/"+phone.ID.String(), nil).Status)
}

func TestALeaversHandoversAreClosed(t *testing.T) {
	h := newHouse(t)
	h.wire()
	laptops := h.category("Laptops", "LT")
	laptop, phone := h.asset(laptops, "Laptop"), h.asset(laptops, "Phone")
	h.assign(laptop, h.ana)
	h.assign(phone, h.ana)
	do[asset.Asset](h, h.clerk, 201, "POST", "/assets/"+phone.ID.String()+"/returns", m{})
	out, back := h.drawUp("handover", h.ana, m{"assetId": laptop.ID}), h.drawUp("return", h.ana, m{"assetId": phone.ID})
	h.publish(h.ana, employee.Left{EmployeeID: h.ana, DisplayName: "Ana Novak", LeftOn: date.MustParse("2026-11-25")})
	h.eventually(`SELECT count(*) FROM asset WHERE holder_id = $1`, 0, h.ana.String())
	closed := h.handover(out.ID)
	require.Equal(t, "closed employee-left System", string(closed.State)+" "+string(closed.Reason)+" "+closed.DecidedBy)
	require.Equal(t, asset.HandoverOpen, h.handover(back.ID).State, "what was given back can still be signed on paper")
	signed := do[asset.Handover](h, h.clerk, 200, "PUT", "/handovers/"+back.ID.String()+"/paper-signature", m{"on": "2026-11-25"})
	require.Equal(t, "confirmed true 2026-11-25 Ana Novak", string(signed.State)+" true "+signed.SignedOn.String()+" "+signed.SignedName)
	require.True(t, signed.OnPaper)
	require.Equal(t, 422, h.clerk.Do("PUT", "/handovers/"+out.ID.String()+"/paper-signature", m{"on": "2027-11-25"}).Status)
}

func TestWhatAHandoverSaysIsFrozen(t *testing.T) {
	h := newHouse(t)
	a := h.asset(h.category("Laptops", "LT"), "Laptop")
	h.assign(a, h.ana)
	texts := do[list[asset.HandoverText]](h, h.clerk, 200, "GET", "/handover-texts", nil).Items
	require.Len(t, texts, 2)
	require.Zero(t, texts[0].Version)
	write := func(status int, etag, text string) {
		t.Helper()
		require.Equal(t, status, h.clerk.Do("PUT", "/handover-texts/handover", m{"text": text}, "If-Match", etag).Status)
	}
	write(200, `"0"`, "Be careful. <b>&</b>")
	write(412, `"0"`, "Be quick.")
	require.Equal(t, 422, h.clerk.Do("PUT", "/handover-texts/handover", m{"text": strings.Repeat("x", 10_001)}, "If-Match", `"1"`).Status)
	require.Equal(t, 403, h.as(rbac.HRManager, h.cleo).Do("PUT", "/handover-texts/handover", m{"text": "mine"}, "If-Match", `"1"`).Status)

	doc := h.drawUp("handover", h.ana, m{"assetId": a.ID})
	require.Equal(t, 1, doc.TextVersion)
	write(200, `"1"`, "Something else.")
	do[asset.Asset](h, h.clerk, 200, "PUT", "/assets/"+a.ID.String(), m{"name": "Renamed", "tag": "X-9", "categoryId": a.CategoryID, "serial": "new"}, "If-Match", `"2"`)
	kept := h.handover(doc.ID)
	require.Equal(t, doc, kept)
	require.Equal(t, "Be careful. <b>&</b>", kept.Text)
	require.Equal(t, "LT-0001 Laptop", kept.First)

	for _, sql := range []string{
		`UPDATE handover SET text = 'other' WHERE id = $1`, `UPDATE handover SET items = '[{}]' WHERE id = $1`, `UPDATE handover SET person_id = gen_random_uuid() WHERE id = $1`,
	} {
		_, err := h.db.Pool().Exec(t.Context(), sql, doc.ID)
		require.ErrorContains(t, err, "never changes", sql)
	}
	do[asset.Handover](h, h.as(rbac.Employee, h.ana), 200, "PUT", "/handovers/"+doc.ID.String()+"/confirmation", m{"name": "Ana Novak"})
	for _, sql := range []string{`UPDATE handover SET signed_name = 'Ben' WHERE id = $1`, `UPDATE handover SET state = 'open', decided_at = NULL WHERE id = $1`} {
		_, err := h.db.Pool().Exec(t.Context(), sql, doc.ID)
		require.ErrorContains(t, err, "never changes", sql)
	}
	for _, sql := range []string{`DELETE FROM handover`, `DELETE FROM handover_asset`, `UPDATE handover_text SET text = 'other'`, `DELETE FROM handover_text`} {
		_, err := h.db.Pool().Exec(t.Context(), sql)
		require.ErrorContains(t, err, "permission denied", sql)
	}
}

func TestHandoversAreListed(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	var docs []asset.Handover
	for i := range 7 {
		a := h.asset(laptops, "Laptop")
		who := []employee.ID{h.ana, h.ben}[i%2]
		h.assign(a, who)
		docs = append(docs, h.drawUp("handover", who, m{"assetId": a.ID}))
	}
	do[asset.Handover](h, h.as(rbac.Employee, h.ben), 200, "PUT", "/handovers/"+docs[1].ID.String()+"/refusal", m{"reason": "never came"})
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM event_log WHERE name = 'admin.notice.v1' AND payload->>'kind' = 'handover-refused'`))
	var seen []int64
	cursor := ""
	for {
		page := do[list[asset.HandoverSummary]](h, h.clerk, 200, "GET", "/handovers?limit=3&cursor="+cursor, nil)
		for _, d := range page.Items {
			seen = append(seen, d.Number)
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	require.Equal(t, []int64{7, 6, 5, 4, 3, 2, 1}, seen)
	count := func(client *httpapitest.Client, query string) int {
		return len(do[list[asset.HandoverSummary]](h, client, 200, "GET", "/handovers?"+query, nil).Items)
	}
	require.Equal(t, 6, count(h.clerk, "state=open"))
	require.Equal(t, 7, count(h.clerk, "state=open,refused"))
	require.Equal(t, 3, count(h.clerk, "personId="+h.ben.String()))
	require.Equal(t, 1, count(h.clerk, "assetId="+docs[3].Items[0].AssetID.String()))
	require.Equal(t, 0, count(h.clerk, "kind=return"))
	require.Equal(t, 3, count(h.as(rbac.Manager, h.cleo), ""), "a manager sees the team's")
	require.Equal(t, 4, count(h.as(rbac.Employee, h.ana), ""))
	require.Equal(t, 422, h.clerk.Do("GET", "/handovers?cursor=WyItbnVtYmVyIiwieCJd", nil).Status)
	require.Equal(t, 422, h.clerk.Do("GET", "/handovers/candidates", nil).Status)
	again := h.drawUp("handover", h.ben, m{"assetId": docs[1].Items[0].AssetID})
	require.Equal(t, int64(8), again.Number, "after a refusal there can be another")
}

// TestPrintHandover writes its documents where ERP_PRINT_DIR says, to be looked at.
func TestPrintHandover(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	long := strings.Repeat("Every thing is to be treated with care, as if it were one's own (see the handbook, §§ 3 & 4) <b>.\n", 90)
	require.Equal(t, 200, h.clerk.Do("PUT", "/handover-texts/return", m{"text": long}, "If-Match", `"0"`).Status)
	var items []m
	for i := range 100 {
		a := h.asset(laptops, fmt.Sprintf("Thing %d (Žluťoučký kůň, Ελληνικά) with a name that needs a second line", i), m{"serial": fmt.Sprintf("SN-%d", i)})
		h.assign(a, h.ana)
		items = append(items, m{"assetId": a.ID, "condition": strings.Repeat("scratch\n\n", i%50), "accessories": "charger " + strings.Repeat("x", 400)})
	}
	draw := func(name string, doc asset.Handover, query string) {
		t.Helper()
		answer := h.clerk.Do("GET", "/handovers/"+doc.ID.String()+"/pdf"+query, nil)
		require.Equal(t, 200, answer.Status, answer)
		require.Equal(t, "application/pdf", answer.Header.Get("Content-Type"))
		require.True(t, strings.HasPrefix(string(answer.Body), "%PDF-") && strings.Contains(string(answer.Body), "%%EOF"))
		require.Equal(t, string(answer.Body), string(h.clerk.Do("GET", "/handovers/"+doc.ID.String()+"/pdf"+query, nil).Body), "the same document is the same file")
		if dir := os.Getenv("ERP_PRINT_DIR"); dir != "" {
			require.NoError(t, os.WriteFile(filepath.Join(dir, name+".pdf"), answer.Body, 0o600))
		}
	}
	short := h.drawUp("handover", h.ana, m{"assetId": items[0]["assetId"], "condition": "as new", "accessories": "charger, bag"}, m{"assetId": items[1]["assetId"]})
	draw("open", short, "")
	draw("open-de", short, "?language=de&download=true")
	draw("confirmed", do[asset.Handover](h, h.as(rbac.Employee, h.ana), 200, "PUT", "/handovers/"+short.ID.String()+"/confirmation", m{"name": "Ana Novak"}), "")
	draw("long", h.drawUp("handover", h.ana, items[2:]...), "")
	do[list[asset.Asset]](h, h.clerk, 200, "POST", "/assets/returns", m{"ids": []any{items[5]["assetId"], items[6]["assetId"]}})
	back := h.drawUp("return", h.ana, items[5], items[6])
	draw("return", back, "?language=de")
	refused := do[asset.Handover](h, h.as(rbac.Employee, h.ana), 200, "PUT", "/handovers/"+back.ID.String()+"/refusal", m{"reason": "There were two bags"})
	draw("refused", refused, "")
	require.Equal(t, 404, h.as(rbac.Employee, h.ben).Do("GET", "/handovers/"+back.ID.String()+"/pdf", nil).Status)
}
