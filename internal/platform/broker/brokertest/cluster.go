package brokertest

import (
	"fmt"
	"net"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats-server/v2/server"
)

// Cluster is three servers that keep everything three times.
type Cluster struct{ Servers [3]*Server }

// NewCluster starts one, and waits until its servers have chosen who leads.
func NewCluster(t *testing.T) *Cluster {
	t.Helper()
	var ports [3]int
	var routes []*url.URL
	for n := range ports {
		ports[n] = freePort(t)
		routes = append(routes, &url.URL{Scheme: "nats", Host: fmt.Sprintf("127.0.0.1:%d", ports[n])})
	}
	c := &Cluster{}
	for n := range c.Servers {
		o := options(t)
		o.ServerName, o.Routes = fmt.Sprintf("n%d", n+1), routes
		o.Cluster = server.ClusterOpts{Name: "erp", Host: "127.0.0.1", Port: ports[n]}
		c.Servers[n] = &Server{t: t, options: o}
		c.Servers[n].Start()
		t.Cleanup(c.Servers[n].Stop)
	}
	for began := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		leaders, current := 0, 0
		for _, s := range c.Servers {
			if s.running.JetStreamIsLeader() {
				leaders++
			}
			if s.running.JetStreamIsCurrent() {
				current++
			}
		}
		if leaders == 1 && current == len(c.Servers) {
			return c
		}
		if time.Since(began) > 30*time.Second {
			t.Fatal("the servers choose nobody who leads")
		}
	}
}

// URL is the addresses of all servers.
func (c *Cluster) URL() string {
	var all []string
	for _, s := range c.Servers {
		all = append(all, s.URL())
	}
	return strings.Join(all, ",")
}

// Leader is the server that leads.
func (c *Cluster) Leader() *Server {
	for _, s := range c.Servers {
		if s.running != nil && s.running.JetStreamIsLeader() {
			return s
		}
	}
	return c.Servers[0]
}

func freePort(t *testing.T) int {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = listener.Close() }()
	return listener.Addr().(*net.TCPAddr).Port //nolint:forcetypeassert // because it listens on TCP
}
