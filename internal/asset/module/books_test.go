package module_test

import (
	"bytes"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
)

func TestDepreciation(t *testing.T) {
	h := newHouse(t)
	a := h.asset(h.category("Laptops", "LT"), "Laptop")
	path := "/assets/" + a.ID.String() + "/depreciation"

	now := do[asset.Depreciation](h, h.clerk, 200, "GET", path, nil)
	require.Equal(t, "2026-11-25 in-service 300.00 900.00", now.AsOf.String()+" "+string(now.Status)+" "+now.Accumulated.String()+" "+now.Value.String())
	require.Len(t, now.Rows, 36)
	require.Equal(t, "(1200.00 - 120.00) / 36", now.Rows[0].Formula)
	require.True(t, now.Rows[9].Done)
	require.False(t, now.Rows[10].Done)

	end := do[asset.Depreciation](h, h.clerk, 200, "GET", path+"?asOf=2030-01-01", nil)
	require.Equal(t, "fully-depreciated 120.00", string(end.Status)+" "+end.Value.String())
	require.Equal(t, "draft", string(do[asset.Depreciation](h, h.clerk, 200, "GET", path+"?asOf=2025-12-31", nil).Status))
	require.Equal(t, 422, h.clerk.Do("GET", path+"?asOf=tomorrow", nil).Status)
}

func TestLabels(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	var ids []asset.ID
	for range 25 {
		ids = append(ids, h.asset(laptops, "ThinkPad X1 Carbon Gen 13 with a very long name", m{"serial": "PF-123"}).ID)
	}
	for _, body := range []m{{"ids": ids}, {"ids": ids[:1], "layout": "roll"}, {"ids": ids[:3], "skip": 23, "link": "https://erp.example.com"}} {
		answer := h.clerk.Do("POST", "/assets/labels", body)
		require.Equal(t, 200, answer.Status, answer)
		require.Equal(t, "application/pdf", answer.Header.Get("Content-Type"))
		require.True(t, bytes.HasPrefix(answer.Body, []byte("%PDF-")))
	}
	code := h.clerk.Do("GET", "/assets/"+ids[0].String()+"/label-code?link=https://erp.example.com", nil)
	require.Equal(t, "image/png", code.Header.Get("Content-Type"))
	require.True(t, bytes.HasPrefix(code.Body, []byte("\x89PNG")))
	require.Equal(t, 422, h.clerk.Do("POST", "/assets/labels", m{"ids": ids, "link": "javascript:alert(1)"}).Status)
	require.Equal(t, 404, h.clerk.Do("POST", "/assets/labels", m{"ids": []any{laptops.ID}}).Status)
}

func TestSummary(t *testing.T) {
	h := newHouse(t)
	laptops, phones := h.category("Laptops", "LT"), h.category("Phones", "PH")
	held := h.asset(laptops, "Laptop")
	h.asset(laptops, "Laptop", m{"warrantyUntil": "2026-12-20"})
	phone := h.asset(phones, "Phone", m{"cost": "99.90"})
	h.assign(held, h.ana)
	do[asset.Asset](h, h.clerk, 200, "PUT", "/assets/"+phone.ID.String()+"/retirement", m{})

	ctx := h.clerk.Who().Context(t.Context())
	summary, err := h.module.Register().Summary(ctx)
	require.NoError(t, err)
	require.Equal(t, 2, summary.Assets)
	require.Equal(t, 1, summary.WarrantyEnding)
	require.Equal(t, "2400.00", summary.Costs[0].Cost.String())
	require.Equal(t, []asset.CategorySummary{{CategoryID: laptops.ID, Category: "Laptops", Assets: 2, Assigned: 1}}, summary.Categories)
	require.Equal(t, asset.StatusSummary{Status: asset.StatusRetired, Assets: 1}, summary.Statuses[5])
}
