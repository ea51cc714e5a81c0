package module_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/platform/rbac"
)

type imported struct {
	Rows, Created, ProblemCount int
	Problems                    []struct {
		Row     int
		Column  string
		Message string
	}
	NewCategories, NewLocations, Ignored []string
	Sample                               []asset.Asset
}

func (h *house) upload(status int, query, file string) imported {
	h.t.Helper()
	return do[imported](h, h.clerk, status, "POST", "/assets/import"+query, file, "Content-Type", "text/csv")
}

func TestImport(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	h.asset(laptops, "First")
	file := "Bezeichnung;Kategorie;Inventarnummer;Kosten;Kaufdatum;Standort;Seriennummer\n" +
		"ThinkPad;laptops;;1.299,90;15.01.2026;Berlin / Lager;SN1\n" +
		"MacBook;Laptops;LT-0003;2000;;;\n" +
		"ThinkPad;Laptops;;10;;berlin;\n" +
		"Aeron;Chairs;;800;;;\n"

	preview := h.upload(200, "?preview=true", file)
	require.Equal(t, 3, preview.ProblemCount, "an unknown category and two unknown locations: %v", preview.Problems)
	require.Equal(t, 2, preview.Problems[0].Row)
	require.Equal(t, "location", preview.Problems[0].Column)

	preview = h.upload(200, "?preview=true&createMissing=true", file)
	require.Zero(t, preview.ProblemCount, preview.Problems)
	require.Equal(t, []string{"Chairs"}, preview.NewCategories)
	require.Equal(t, []string{"Berlin", "Berlin / Lager"}, preview.NewLocations)
	require.Equal(t, "1299.90", preview.Sample[0].Cost.String())
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM asset`), "a preview writes nothing")

	done := h.upload(200, "?createMissing=true", file)
	require.Equal(t, 4, done.Created)
	var tags []string
	for _, a := range do[list[asset.Asset]](h, h.clerk, 200, "GET", "/assets", nil).Items {
		tags = append(tags, a.Tag+" "+a.Location)
	}
	require.Equal(t, []string{"CH-0001 ", "LT-0001 ", "LT-0002 Lager", "LT-0003 ", "LT-0004 Berlin"}, tags)
	require.Equal(t, "LT-0005", h.asset(laptops, "Next").Tag[:3]+"0005")
	require.Equal(t, 6, one[int](h, `SELECT count(*) FROM event_log WHERE name = 'asset.registered.v1'`))
	h.countersAgree()
}

func TestImportWithProblemsLosesNothing(t *testing.T) {
	h := newHouse(t)
	h.asset(h.category("Laptops", "LT"), "First")
	file := "name,category,tag,cost,purchasedOn,warrantyUntil,lifeMonths,method\n" +
		"Good,Laptops,,1,,,,\n" +
		",Laptops,lt-0001,-5,2026-13-01,,x,\n" +
		"Bad,Laptops,T1,1,2026-05-01,2026-04-01,,linear\n" +
		"Twice,Nowhere,t1,abc,,,,\n"
	answer := h.clerk.Do("POST", "/assets/import", file, "Content-Type", "text/csv")
	require.Equal(t, 422, answer.Status, answer)
	for _, cell := range []string{
		"body.rows[3].name", "body.rows[3].tag", "body.rows[3].cost", "body.rows[3].purchasedOn", "body.rows[3].lifeMonths",
		"body.rows[4].warrantyUntil", "body.rows[4].method", "body.rows[5].category", "body.rows[5].cost", "body.rows[5].tag",
	} {
		require.Contains(t, answer.Problems(), cell)
	}
	require.Len(t, answer.JSON["errors"], 10, "each cell is blamed once: %s", answer)
	require.Equal(t, 1, one[int](h, `SELECT count(*) FROM asset`), "nothing is half-imported")
	for name, wrong := range map[string]string{
		"no such column": "name,category,colour\nx,Laptops,red\n", "empty": "", "binary": "\x00\x01\xff", "open quote": "name,category\n\"x,Laptops\n",
	} {
		answer := h.clerk.Do("POST", "/assets/import?preview=true", wrong, "Content-Type", "text/csv")
		require.Equal(t, 422, answer.Status, "%s: %s", name, answer)
	}
	require.Equal(t, 403, h.as(rbac.Employee, h.ana).Do("POST", "/assets/import", file, "Content-Type", "text/csv").Status)
}

func TestExportIsImportedAgainUnchanged(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	h.assign(h.asset(laptops, "=cmd|' /C calc'!A0", m{"serial": "+1", "notes": "say \"hi\"\nthere, you"}), h.ana)
	h.asset(laptops, "Ünïcode; semicolon", m{"method": "none"})
	export := h.clerk.Do("GET", "/assets/export?sort=-tag", nil)
	require.Equal(t, 200, export.Status)
	require.Equal(t, "text/csv; charset=utf-8", export.Header.Get("Content-Type"))
	require.Contains(t, string(export.Body), "'=cmd|' /C calc'!A0")
	require.Contains(t, string(export.Body), "Ana Novak")

	fresh := strings.NewReplacer("LT-0001", "LT-1001", "LT-0002", "LT-1002").Replace(string(export.Body))
	done := h.upload(200, "", fresh)
	require.Equal(t, 2, done.Created)
	require.Equal(t, []string{"status", "holder"}, done.Ignored)
	items := do[list[asset.Asset]](h, h.clerk, 200, "GET", "/assets", nil).Items
	for i := range 2 {
		was, is := items[i], items[i+2]
		require.Equal(t, []string{was.Name, was.Serial, was.Notes, was.Cost.String(), string(was.Method), was.Salvage.String(), was.InServiceOn.String()},
			[]string{is.Name, is.Serial, is.Notes, is.Cost.String(), string(is.Method), is.Salvage.String(), is.InServiceOn.String()})
	}
}

func TestImportOfManyRows(t *testing.T) {
	h := newHouse(t)
	h.category("Laptops", "LT")
	var file strings.Builder
	file.WriteString("name,category,serial\n")
	for i := range 2000 {
		fmt.Fprintf(&file, "Laptop %d,Laptops,SN%d\n", i, i)
	}
	require.Equal(t, 2000, h.upload(200, "", file.String()).Created)
	require.Equal(t, "LT-2000", one[string](h, `SELECT max(tag) FROM asset`))
	h.countersAgree()
}
