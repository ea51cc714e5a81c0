// Package rpctest puts a wire between a test and a contract: a server in this process that is asked over HTTP, with
// passports as between two processes. It knows no module.
package rpctest

import (
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"erp/internal/platform/auth"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rpc"
)

// Wire is two processes: the one that hosts the called module, and the console's, which calls.
type Wire struct {
	Link   *rpc.Link
	Server *rpc.Server
	URL    string
}

// New returns the wire to a process that hosts the module. Serve its contracts on Server, then ask over Link.
func New(t testing.TB, module string) *Wire {
	t.Helper()
	keys, err := auth.NewSigningKeys(pgtest.New(t, "platform"), "a test's secret", time.Now)
	must(t, err)
	modules := []string{auth.Console, "employee", "asset", "invoice"}
	sources := map[string]auth.KeySource{}
	for _, caller := range modules {
		sources[caller] = keys.KeySet
	}
	mux := http.NewServeMux()
	server := httptest.NewUnstartedServer(mux)
	server.Config.Protocols = rpc.Protocols()
	server.Start()
	t.Cleanup(server.Close)
	link, err := rpc.NewLink(auth.Console, module, server.URL, auth.NewPassports(keys, []string{auth.Console}, modules, time.Now))
	must(t, err)
	return &Wire{Link: link, Server: rpc.NewServer(auth.NewTrust([]string{module}, sources, time.Now), mux.Handle), URL: server.URL}
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// GRPC is the HTTP client of a program that speaks gRPC without TLS.
func GRPC() *http.Client {
	protocols := &http.Protocols{}
	protocols.SetUnencryptedHTTP2(true)
	return &http.Client{Transport: &http.Transport{Protocols: protocols}}
}
