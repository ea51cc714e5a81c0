// Package brokertest runs a NATS server with JetStream inside a test, or three of them. It knows no module.
package brokertest

import (
	"fmt"
	"net/url"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Server is a NATS server that syncs every write, as one must that is to survive a power failure.
type Server struct {
	t       *testing.T
	options server.Options
	running *server.Server
}

// New starts a server of the test's own.
func New(t *testing.T) *Server {
	t.Helper()
	s := &Server{t: t, options: options(t)}
	s.Start()
	t.Cleanup(s.Stop)
	return s
}

func options(t *testing.T) server.Options {
	t.Helper()
	return server.Options{
		ServerName: "n1", Host: "127.0.0.1", Port: server.RANDOM_PORT, JetStream: true, StoreDir: t.TempDir(), SyncAlways: true,
		NoSigs: true, NoLog: true, Username: "erp", Password: "n0t-for-logs",
	}
}

// Start starts the server, at the same address each time.
func (s *Server) Start() {
	s.t.Helper()
	s.StartWith(s.options.Password)
}

// StartWith starts the server with another password than the one in its URL.
func (s *Server) StartWith(password string) {
	s.t.Helper()
	options := s.options
	options.Password = password
	running, err := server.NewServer(&options)
	if err != nil {
		s.t.Fatalf("start NATS: %v", err)
	}
	go running.Start()
	if !running.ReadyForConnections(20 * time.Second) {
		s.t.Fatal("NATS does not get ready")
	}
	s.running = running
	if address, err := url.Parse(running.ClientURL()); err == nil {
		_, _ = fmt.Sscan(address.Port(), &s.options.Port)
	}
}

// Stop stops the server; what it has acknowledged is on disk.
func (s *Server) Stop() {
	if s.running != nil {
		s.running.Shutdown()
		s.running.WaitForShutdown()
		s.running = nil
	}
}

// URL is the address, with its credentials.
func (s *Server) URL() string {
	return fmt.Sprintf("nats://%s:%s@127.0.0.1:%d", s.options.Username, s.options.Password, s.options.Port)
}
