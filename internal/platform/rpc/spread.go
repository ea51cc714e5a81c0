package rpc

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// How addresses are found and left out.
const (
	resolveEvery = 5 * time.Second
	dialTakes    = time.Second
	outAtFirst   = time.Second
	outAtMost    = 30 * time.Second
)

// spread sends requests to all addresses of a peer in turn. Names are resolved again every few seconds; an address that
// cannot be reached is left out for a while, and another one is tried at once.
type spread struct {
	base      *url.URL
	lookUp    func(ctx context.Context, host string) ([]string, error)
	transport http.RoundTripper

	mu       sync.Mutex
	all      []*address
	turn     int
	resolved time.Time
}

type address struct {
	host     string // with port
	failures int
	outUntil time.Time
}

// resolve asks DNS; an IP address is its own.
func resolve(ctx context.Context, host string) ([]string, error) {
	addresses, err := net.DefaultResolver.LookupHost(ctx, host)
	if err != nil {
		return nil, fmt.Errorf("find %s: %w", host, err)
	}
	return addresses, nil
}

func newSpread(base *url.URL, lookUp func(ctx context.Context, host string) ([]string, error)) *spread {
	protocols := &http.Protocols{}
	protocols.SetHTTP1(true)
	protocols.SetHTTP2(true)
	return &spread{base: base, lookUp: lookUp, transport: &http.Transport{
		DialContext:         (&net.Dialer{Timeout: dialTakes, KeepAlive: 15 * time.Second}).DialContext,
		TLSClientConfig:     &tls.Config{ServerName: base.Hostname(), MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout: 2 * dialTakes, MaxIdleConnsPerHost: 64, IdleConnTimeout: time.Minute, Protocols: protocols,
	}}
}

// RoundTrip sends the request to the address whose turn it is. When that one cannot be reached, or drops a request that
// may be sent twice, the next one gets it.
func (s *spread) RoundTrip(request *http.Request) (*http.Response, error) {
	order, err := s.order(request.Context())
	if err != nil {
		return nil, err
	}
	for i, to := range order {
		body := &untouched{ReadCloser: request.Body}
		answer, err := s.transport.RoundTrip(directed(request, to.host, body))
		s.note(request.Context(), to, err == nil && answer.StatusCode != http.StatusServiceUnavailable)
		last := i == len(order)-1 || request.Context().Err() != nil || err == nil
		if last || !again(request, err, body) {
			body.end()
			return answer, err
		}
		if body.touched.Load() && request.GetBody != nil {
			if request.Body, err = request.GetBody(); err != nil {
				return nil, fmt.Errorf("send again: %w", err)
			}
		}
	}
	return nil, errors.New("no address")
}

// directed is the request to one address; its name stays in Host.
func directed(request *http.Request, host string, body *untouched) *http.Request {
	out := request.Clone(request.Context())
	out.URL.Host = host
	if out.Host == "" {
		out.Host = request.URL.Host
	}
	if request.Body != nil && request.Body != http.NoBody {
		out.Body = body
	}
	return out
}

// again reports whether another address may get the request: nothing of it was sent, or it may be sent twice.
func again(request *http.Request, err error, body *untouched) bool {
	if failed, ok := errors.AsType[*net.OpError](err); ok && failed.Op == "dial" && !body.touched.Load() {
		return true
	}
	safe := request.Method == http.MethodGet || request.Method == http.MethodHead || request.Header.Get(keyHeader) != ""
	return safe && (!body.touched.Load() || request.GetBody != nil)
}

// untouched is a body that knows whether it was read. It is closed only when no other address can need it.
type untouched struct {
	io.ReadCloser
	touched atomic.Bool
	mu      sync.Mutex
	closed  bool
	over    bool
}

func (b *untouched) Read(p []byte) (int, error) {
	b.touched.Store(true)
	return b.ReadCloser.Read(p)
}

// Close waits for the end.
func (b *untouched) Close() error {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.closed = true
	if b.over {
		return b.ReadCloser.Close()
	}
	return nil
}

// end lets the body be closed: the last address has it.
func (b *untouched) end() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = true
	if b.closed {
		_ = b.ReadCloser.Close()
	}
}

// order gives the addresses to try, the one whose turn it is first. Those left out come last: with nobody else to ask,
// one of them may have come back.
func (s *spread) order(ctx context.Context) ([]*address, error) {
	if err := s.refresh(ctx); err != nil {
		return nil, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	now := time.Now()
	var well, out []*address
	for i := range s.all {
		a := s.all[(s.turn+i)%len(s.all)]
		if now.Before(a.outUntil) {
			out = append(out, a)
		} else {
			well = append(well, a)
		}
	}
	s.turn = (s.turn + 1) % len(s.all)
	return append(well, out...), nil
}

// refresh resolves the name when it is time. A name that cannot be resolved again keeps its addresses.
func (s *spread) refresh(ctx context.Context) error {
	s.mu.Lock()
	fresh := time.Since(s.resolved) < resolveEvery && len(s.all) > 0
	if !fresh && len(s.all) > 0 {
		s.resolved = time.Now() // one asks, the others go on with what is known
	}
	known := len(s.all) > 0
	s.mu.Unlock()
	if fresh {
		return nil
	}
	hosts, err := s.lookUp(ctx, s.base.Hostname())
	if err != nil || len(hosts) == 0 {
		if known {
			return nil
		}
		return fmt.Errorf("find %s: %w", s.base.Hostname(), errors.Join(err, errors.New("no address")))
	}
	s.replace(hosts)
	return nil
}

func (s *spread) replace(hosts []string) {
	slices.Sort(hosts)
	s.mu.Lock()
	defer s.mu.Unlock()
	before := s.all
	s.all = nil
	for _, host := range slices.Compact(hosts) {
		a := &address{host: net.JoinHostPort(host, s.port())}
		if i := slices.IndexFunc(before, func(old *address) bool { return old.host == a.host }); i >= 0 {
			a = before[i]
		}
		s.all = append(s.all, a)
	}
	s.resolved = time.Now()
}

func (s *spread) port() string {
	switch {
	case s.base.Port() != "":
		return s.base.Port()
	case s.base.Scheme == "https":
		return "443"
	default:
		return "80"
	}
}

// note remembers how it went. A caller that gave up says nothing of the address.
func (s *spread) note(ctx context.Context, a *address, well bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case well:
		a.failures, a.outUntil = 0, time.Time{}
	case errors.Is(ctx.Err(), context.Canceled):
	default:
		a.failures++
		a.outUntil = time.Now().Add(min(outAtFirst<<min(a.failures-1, 10), outAtMost))
	}
}

func (s *spread) healthy() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, a := range s.all {
		if !time.Now().Before(a.outUntil) {
			n++
		}
	}
	return n
}

func (s *spread) state() string {
	s.mu.Lock()
	all := len(s.all)
	s.mu.Unlock()
	if all == 0 {
		return "not asked yet"
	}
	return fmt.Sprintf("%d of %d addresses answer", s.healthy(), all)
}
