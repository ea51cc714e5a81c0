// Package gateway is the backend for the browser: it composes screens from the
// modules' contracts, one batch call a module, all at once. It has no database. A
// module that cannot answer leaves its part of the screen empty and is named in the
// answer; it never fails the page.
package gateway

import (
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/resilience"
)

// patience is how long a screen waits for one module: a slow module must not make a
// slow page.
const patience = 250 * time.Millisecond

// Deps are the contracts that screens are composed from.
type Deps struct {
	Employees employee.Directory
	Assets    asset.Register
	Invoices  invoice.Ledger
}

// Gateway serves /api/ui and /api/graphql.
type Gateway struct {
	deps    Deps
	peers   map[string]*resilience.Peer // with patience, for screens
	queried map[string]*resilience.Peer // for queries, which cannot do without
	schemas schemas
}

// New returns the gateway over these contracts.
func New(d Deps) *Gateway {
	g := &Gateway{deps: d, peers: map[string]*resilience.Peer{}, queried: map[string]*resilience.Peer{}, schemas: parseSchemas()}
	for _, module := range []string{"employee", "asset", "invoice"} {
		g.peers[module] = resilience.NewPeer("The "+module+" module", resilience.Options{Timeout: patience})
		g.queried[module] = resilience.NewPeer("The "+module+" module, for queries,", resilience.Options{})
	}
	return g
}

// Peers are the guards before the modules that screens and queries are answered from.
func (g *Gateway) Peers() []*resilience.Peer {
	return slices.AppendSeq(slices.Collect(maps.Values(g.peers)), maps.Values(g.queried))
}

// Routes registers the composed screens and the queries.
func (g *Gateway) Routes(api *httpapi.API) {
	g.routeHome(api)
	g.routeSearch(api)
	g.routeAssets(api)
	g.routeGraph(api)
}

// composition collects the parts of one screen.
type composition struct {
	wait     sync.WaitGroup
	mu       sync.Mutex
	degraded []string
	refusal  error
}

// part fetches one module's part beside the others. A module that does not answer is
// noted; a refusal (no permission, wrong query) is the screen's answer.
func part[T any](ctx context.Context, c *composition, g *Gateway, module string, fetch func(context.Context) (T, error), put func(T)) {
	c.wait.Go(func() {
		v, err := resilience.Call(ctx, g.peers[module], fetch)
		c.mu.Lock()
		defer c.mu.Unlock()
		switch fault.KindOf(err) {
		case fault.Internal, fault.Unavailable, fault.TooMany:
			if err == nil {
				put(v)
				return
			}
			c.degraded = append(c.degraded, module)
			httpapi.Note(ctx, err)
		case fault.Forbidden:
		default:
			c.refusal = err
		}
	})
}
