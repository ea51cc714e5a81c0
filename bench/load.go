package main

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// connections is the number of clients that ask at once, each waiting for its answer before it asks again.
const connections = 16

// request is one thing that a client asks. A body is JSON.
type request struct{ method, path, body string }

// load is what many requests cost as clients see it.
type load struct {
	requests int
	took     time.Duration
	median   time.Duration
	p99      time.Duration
}

func (l load) perSecond() float64 { return float64(l.requests) / l.took.Seconds() }

// client asks one program with one person's session.
type client struct {
	base   string
	header http.Header
	http   *http.Client
}

func newClient(base string) *client {
	return &client{base: base, header: http.Header{}, http: &http.Client{
		Transport: &http.Transport{MaxIdleConnsPerHost: connections * 2, DisableCompression: true},
		Timeout:   time.Minute,
	}}
}

// ask sends one request and returns the answer's body; an answer that is no 2xx is an error with its text.
func (c *client) ask(ctx context.Context, r request) ([]byte, http.Header, error) {
	return c.asked(ctx, r, "")
}

// asked is ask about the version that the client has seen.
func (c *client) asked(ctx context.Context, r request, version string) ([]byte, http.Header, error) {
	req, err := http.NewRequestWithContext(ctx, r.method, c.base+r.path, strings.NewReader(r.body))
	if err != nil {
		return nil, nil, err
	}
	maps.Copy(req.Header, c.header)
	if version != "" {
		req.Header.Set("If-Match", version)
	}
	if r.body != "" {
		req.Header.Set("Content-Type", "application/json")
	}
	res, err := c.http.Do(req)
	if err != nil {
		return nil, nil, err
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		return nil, nil, err
	}
	if res.StatusCode/100 != 2 {
		return nil, nil, fmt.Errorf("%s %s: %s: %.300s", r.method, r.path, res.Status, body)
	}
	return body, res.Header, nil
}

// run asks n times over all connections. flow makes the n-th use and may ask several times; all of it counts as one.
func (c *client) run(ctx context.Context, n int, flow func(ctx context.Context, c *client, n int) error) (load, error) {
	ctx, cancel := context.WithCancelCause(ctx)
	defer cancel(nil)
	var next atomic.Int64
	times := make([]time.Duration, n)
	began := time.Now()
	var all sync.WaitGroup
	for range connections {
		all.Go(func() {
			for ctx.Err() == nil {
				i := int(next.Add(1)) - 1
				if i >= n {
					return
				}
				start := time.Now()
				if err := flow(ctx, c, i); err != nil {
					cancel(err)
					return
				}
				times[i] = time.Since(start)
			}
		})
	}
	all.Wait()
	if err := context.Cause(ctx); err != nil {
		return load{}, err
	}
	took := time.Since(began)
	slices.Sort(times)
	return load{requests: n, took: took, median: times[n/2], p99: times[n*99/100]}, nil
}
