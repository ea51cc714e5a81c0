package module_test

import (
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/asset/module"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/pgtest"
)

// What a request costs the database, however many rows there are: no query for each row, and few waits.
func TestRoundTrips(t *testing.T) {
	h := newHouse(t)
	db, wire := pgtest.Tap(t, "asset")
	h.db = db
	h.module = module.New(module.Deps{DB: h.db, Directory: h.people, Company: company{}, Now: h.clock.now})
	h.api = httpapitest.NewAPI()
	h.module.Routes(h.api)
	h.clerk = h.as("asset-manager", [16]byte{})

	laptops := h.category("Laptops", "LT")
	var last asset.Asset
	for range 60 {
		last = h.asset(laptops, "Laptop")
	}
	one := "/assets/" + last.ID.String()
	for _, path := range []string{"?limit=50", "?limit=50&count=true&q=laptop&status=available", "/" + last.ID.String() + "/history"} {
		require.Equal(t, 200, h.clerk.Do("GET", "/assets"+path, nil).Status) // statements are prepared once
	}
	for range 2 {
		h.assign(last, h.ben)
		do[asset.Asset](h, h.clerk, 201, "POST", one+"/returns", m{})
	}
	for _, request := range []struct {
		name, method, path string
		body               any
		status             int
		statements, waits  int64
	}{
		{"a list of 50", "GET", "/assets?limit=50", nil, 200, 1, 1},
		{"a counted search", "GET", "/assets?limit=50&count=true&q=laptop&status=available", nil, 200, 2, 2},
		{"an asset", "GET", one, nil, 200, 1, 1},
		{"its value", "GET", one + "/depreciation", nil, 200, 1, 1},
		{"its history", "GET", one + "/history", nil, 200, 2, 2},
		{"registering with a typed tag", "POST", "/assets", m{"name": "x", "categoryId": laptops.ID, "tag": "T-1"}, 201, 6, 3},
		{"handing over", "POST", one + "/assignments", m{"employeeId": h.ana}, 201, 12, 3},
		{"taking back", "POST", one + "/returns", m{}, 201, 11, 4}, // one asks for documents that wait for the holder
		{"labels of many", "POST", "/assets/labels", m{"ids": []any{last.ID}}, 200, 1, 1},
	} {
		wire.Reset()
		answer := h.clerk.Do(request.method, request.path, request.body)
		require.Equal(t, request.status, answer.Status, "%s: %s", request.name, answer)
		statements, waits := wire.Counted()
		require.Equal(t, request.statements, statements, "statements of %s", request.name)
		require.Equal(t, request.waits, waits, "times %s waits for the server", request.name)
	}
}
