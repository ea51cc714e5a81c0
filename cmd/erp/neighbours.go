package main

import (
	"fmt"
	"slices"
	"time"

	"erp/internal/platform/auth"
	"erp/internal/platform/config"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/resilience"
	"erp/internal/platform/rpc"
)

// neighbours are the processes that host the other modules of the house; nil when this one hosts all.
type neighbours struct {
	links  map[string]*rpc.Link // module -> the process that hosts it
	guards map[string]*guards
	keys   *auth.SigningKeys
	trust  *auth.Trust
}

// guards keep what goes to a module in another process off it while it keeps failing: requests that are passed on, and
// events. The contracts' calls are guarded where they are made, in each module's peers.
type guards struct{ requests, events *resilience.Peer }

// keyKeeper is the schema in which this process keeps the keys it signs with.
func keyKeeper(cfg config.Config) string { return cfg.Hosted()[0] }

func meetNeighbours(cfg config.Config, secret string, now func() time.Time, databases map[string]*database.DB) (*neighbours, error) {
	if len(cfg.Hosted()) == len(config.Modules()) {
		return nil, nil //nolint:nilnil // because a whole house has none
	}
	n := &neighbours{links: map[string]*rpc.Link{}, guards: map[string]*guards{}}
	var err error
	if n.keys, err = auth.NewSigningKeys(databases[keyKeeper(cfg)], secret, now); err != nil {
		return nil, err
	}
	passports := auth.NewPassports(n.keys, cfg.Hosted(), config.Modules(), now)
	sources := map[string]auth.KeySource{}
	for _, module := range config.Modules() {
		if cfg.Hosts(module) {
			sources[module] = n.keys.KeySet
			continue
		}
		link, err := rpc.NewLink(keyKeeper(cfg), module, cfg.Peers[module], passports)
		if err != nil {
			return nil, err
		}
		n.links[module], sources[module] = link, link.KeySet
		n.guards[module] = &guards{
			requests: resilience.NewPeer("The "+module+" module", resilience.Options{Concurrency: 256, OpenFor: time.Second}),
			events:   resilience.NewPeer("The "+module+" module, for events,", resilience.Options{Timeout: 20 * time.Second, OpenFor: time.Second}),
		}
	}
	n.trust = auth.NewTrust(cfg.Hosted(), sources, now)
	return n, nil
}

// meet is a contract as the other modules get it: near itself when the module is hosted here, else what leads there.
func meet[C any](n *neighbours, module string, near C, far func(link *rpc.Link, near C) C) C {
	if n == nil || n.links[module] == nil {
		return near
	}
	return far(n.links[module], near)
}

// over is meet's far side for contracts that are told nothing of the near one.
func over[C any](far func(link *rpc.Link) C) func(link *rpc.Link, near C) C {
	return func(link *rpc.Link, _ C) C { return far(link) }
}

// bus is the bus as a module subscribes to it that another process hosts.
func (n *neighbours) bus(bus *events.Bus, module string) *events.Bus {
	return bus.Elsewhere(n.links[module].Send(n.guards[module].events))
}

// api is the API as a module registers with it that another process hosts.
func (n *neighbours) api(api *httpapi.API, module string) *httpapi.API {
	return api.Elsewhere(n.links[module].Forward(n.guards[module].requests))
}

// serve publishes the keys, and lets the other processes in.
func (h *house) serveNeighbours(cfg config.Config, queue *jobs.Scheduler) {
	h.api.Handle(auth.KeySetPath, h.neighbours.keys)
	queue.Every("renew-signing-keys", time.Hour, h.neighbours.keys.Renew)
	server := rpc.NewServer(h.neighbours.trust, h.api.Mount)
	rpc.ServeInbox(server, h.bus)
	h.serveContracts(cfg, server)
	for _, module := range config.Modules() {
		link, far := h.neighbours.links[module]
		if !far {
			continue
		}
		h.health.Note("process of "+module, link.State)
		h.metrics.Gauge("erp_peer_addresses", "Addresses of a module's process that answer.", map[string]string{"module": module},
			func() float64 { return float64(link.Healthy()) })
		h.watch("process of "+module, []*resilience.Peer{h.neighbours.guards[module].requests, h.neighbours.guards[module].events, link.Looks()})
	}
}

// whole refuses what needs all modules in one process.
func whole(cfg config.Config, what string) error {
	if missing := slices.DeleteFunc(config.Modules(), cfg.Hosts); len(missing) > 0 {
		return fmt.Errorf("%s needs all modules in one process; this one leaves out %v: run it with ERP_MODULES unset, "+
			"and with ERP_DATABASE_URL_<MODULE> for modules whose database is elsewhere", what, missing)
	}
	return nil
}
