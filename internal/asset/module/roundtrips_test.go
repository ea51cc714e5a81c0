package module_test

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync/atomic"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/asset/module"
	"erp/internal/platform/database"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/pgtest"
)

// wiretap stands between the module and Postgres and counts what is asked: statements run, and times an answer was
// waited for.
type wiretap struct {
	statements, waits atomic.Int64
}

// open is the asset schema seen through the wiretap.
func (w *wiretap) open(t *testing.T) *database.DB {
	t.Helper()
	address, err := url.Parse(pgtest.URLs(t, "asset")["asset"])
	require.NoError(t, err)
	query := address.Query()
	socket := filepath.Join(query.Get("host"), ".s.PGSQL.5432")
	folder := t.TempDir()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(folder, ".s.PGSQL.5432"))
	require.NoError(t, err)
	t.Cleanup(func() { _ = listener.Close() })
	go func() {
		for {
			client, err := listener.Accept()
			if err != nil {
				return
			}
			server, err := (&net.Dialer{}).DialContext(context.Background(), "unix", socket)
			if err != nil {
				_ = client.Close()
				return
			}
			go func() { _, _ = io.Copy(client, server); _ = client.Close() }()
			go func() { w.listen(server, client); _ = server.Close() }()
		}
	}()
	query.Set("host", folder)
	address.RawQuery = query.Encode()
	db, err := database.Open(t.Context(), database.Options{URL: address.String(), Schema: "asset", MaxConns: 1})
	require.NoError(t, err)
	t.Cleanup(db.Close)
	return db
}

// listen passes messages on: each has a letter and a length, but for the first.
func (w *wiretap) listen(to io.Writer, from io.Reader) {
	head := make([]byte, 5)
	for first := true; ; first = false {
		letters := head[:5]
		if first {
			letters = head[:4]
		}
		if _, err := io.ReadFull(from, letters); err != nil {
			return
		}
		length := binary.BigEndian.Uint32(letters[len(letters)-4:])
		body := make([]byte, length-4)
		if _, err := io.ReadFull(from, body); err != nil {
			return
		}
		if !first {
			switch letters[0] {
			case 'E': // run a prepared statement
				w.statements.Add(1)
			case 'Q': // run text, and wait
				w.statements.Add(1)
				w.waits.Add(1)
			case 'S': // wait
				w.waits.Add(1)
			}
		}
		if _, err := to.Write(append(letters, body...)); err != nil {
			return
		}
	}
}

// What a request costs the database, however many rows there are: no query for each row, and few waits.
func TestRoundTrips(t *testing.T) {
	h := newHouse(t)
	var wire wiretap
	h.db = wire.open(t)
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
		{"taking back", "POST", one + "/returns", m{}, 201, 10, 3},
		{"labels of many", "POST", "/assets/labels", m{"ids": []any{last.ID}}, 200, 1, 1},
	} {
		wire.statements.Store(0)
		wire.waits.Store(0)
		answer := h.clerk.Do(request.method, request.path, request.body)
		require.Equal(t, request.status, answer.Status, "%s: %s", request.name, answer)
		require.Equal(t, request.statements, wire.statements.Load(), "statements of %s", request.name)
		require.Equal(t, request.waits, wire.waits.Load(), "times %s waits for the server", request.name)
	}
}
