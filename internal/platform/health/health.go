// Package health says whether the program is alive, whether it can do its work, and what each part says of itself.
// It knows no module: modules give it a check through their doors.
package health

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"erp/internal/platform/fault"
)

// Check asks one part whether it can do its work. It must respect the context's deadline.
type Check func(ctx context.Context) error

// Health collects the checks.
type Health struct {
	draining atomic.Bool
	parts    []part
	vital    string
	notes    map[string]func() string
	peers    map[string]func() Peer
	outlets  map[string]func(ctx context.Context) (Outlet, error)

	mu   sync.Mutex
	last Report
	at   time.Time
}

type part struct {
	name, ground string
	check        Check
}

// Report is what /readyz answers.
type Report struct {
	// Status is ready, degraded (ready, but for a part), failing or draining.
	Status string            `json:"status"`
	Checks []Result          `json:"checks"`
	Notes  map[string]string `json:"notes,omitempty"`
	// Peers are those whom the parts ask; one that does not answer makes nobody unready.
	Peers []Peer `json:"peers,omitempty"`
	// Outlets are what leaves the program for good; one that is stuck makes nobody unready.
	Outlets []Outlet `json:"outlets,omitempty"`
}

// Peer is somebody whom a part asks, and how long answers take, as this process sees it.
type Peer struct {
	Name  string `json:"name"`
	State string `json:"state"`
	// Milliseconds is a moving figure, LastMilliseconds that of the last call; neither before the first.
	Milliseconds     float64   `json:"milliseconds,omitempty"`
	LastMilliseconds float64   `json:"lastMilliseconds,omitempty"`
	LastAt           time.Time `json:"lastAt,omitzero"`
}

// Outlet is something that is carried elsewhere, and how much of it waits.
type Outlet struct {
	Name    string    `json:"name"`
	Waiting int64     `json:"waiting"`
	Since   time.Time `json:"since,omitzero"`
	// Problem is what a person may know of the last try, empty when it went well.
	Problem      string    `json:"problem,omitempty"`
	FailingSince time.Time `json:"failingSince,omitzero"`
}

// Result is one part's answer.
type Result struct {
	Name   string `json:"name"`
	Status string `json:"status"`
	// Milliseconds is how long the part took to answer.
	Milliseconds float64 `json:"milliseconds"`
	// Problem is what a person may know of it; the rest is in the log.
	Problem string `json:"problem,omitempty"`
}

const (
	// patience is how long one check may take.
	patience = 2 * time.Second
	// fresh is how long a report is good: probes by anyone must not become load.
	fresh = 250 * time.Millisecond
)

// New returns a health without checks.
func New() *Health {
	return &Health{notes: map[string]func() string{}, peers: map[string]func() Peer{}, outlets: map[string]func(context.Context) (Outlet, error){}}
}

// Add adds a part and the ground that it stands on, such as its database server; before the first probe only.
func (h *Health) Add(name, ground string, check Check) {
	h.parts = append(h.parts, part{name, ground, check})
	slices.SortFunc(h.parts, func(a, b part) int { return strings.Compare(a.name, b.name) })
}

// Need names the ground without which the program can do nothing. While none is named, one ground that bears is enough.
func (h *Health) Need(ground string) { h.vital = ground }

// Note shows something that does not decide about readiness, such as the state of a breaker; before the first probe only.
func (h *Health) Note(name string, value func() string) { h.notes[name] = value }

// Peer shows somebody whom a part asks; before the first probe only.
func (h *Health) Peer(name string, see func() Peer) { h.peers[name] = see }

// Outlet shows how something is carried elsewhere; before the first probe only.
func (h *Health) Outlet(name string, look func(ctx context.Context) (Outlet, error)) {
	h.outlets[name] = look
}

// Drain makes the program unready for good: it is about to stop.
func (h *Health) Drain() { h.draining.Store(true) }

// Live answers 200 as long as the program answers at all.
func (h *Health) Live() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]string{"status": "alive"})
	})
}

// Ready answers 200 while the ground that is needed bears every part that stands on it, and 503 when it does not or the
// program is draining. A part that fails on another ground takes nobody's requests away from the others: the report says
// degraded.
func (h *Health) Ready() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		report := h.Report(r.Context())
		status := http.StatusOK
		if report.Status != "ready" && report.Status != "degraded" {
			status = http.StatusServiceUnavailable
			w.Header().Set("Retry-After", "2")
		}
		answer(w, status, report)
	})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	raw, err := json.Marshal(body)
	if err != nil { // both kinds of answer always marshal
		panic(err)
	}
	_, _ = w.Write(append(raw, '\n')) // a probe that is gone cannot be told
}

// Report asks every part, all at once.
func (h *Health) Report(ctx context.Context) Report {
	h.mu.Lock()
	defer h.mu.Unlock()
	if time.Since(h.at) > fresh {
		h.last, h.at = h.ask(context.WithoutCancel(ctx)), time.Now() // the answer serves others than this caller
	}
	report := h.last
	if h.draining.Load() {
		report.Status = "draining"
	}
	return report
}

func (h *Health) ask(ctx context.Context) Report {
	report := Report{Checks: make([]Result, len(h.parts)), Notes: map[string]string{}}
	var wg sync.WaitGroup
	for i, p := range h.parts {
		wg.Go(func() { report.Checks[i] = run(ctx, p.name, p.check) })
	}
	report.Outlets = make([]Outlet, len(h.outlets))
	for i, name := range slices.Sorted(maps.Keys(h.outlets)) {
		wg.Go(func() { report.Outlets[i] = look(ctx, name, h.outlets[name]) })
	}
	wg.Wait()
	report.Status = h.standing(report.Checks)
	for name, value := range h.notes {
		report.Notes[name] = value()
	}
	for _, name := range slices.Sorted(maps.Keys(h.peers)) {
		peer := h.peers[name]()
		peer.Name = name
		report.Peers = append(report.Peers, peer)
	}
	return report
}

// standing is what the answers of the parts mean for the whole.
func (h *Health) standing(results []Result) string {
	bears := map[string]bool{}
	whole := true
	for i, result := range results {
		ground, well := h.parts[i].ground, result.Status == "ok"
		before, seen := bears[ground]
		bears[ground] = well && (before || !seen)
		whole = whole && well
	}
	needed := bears[h.vital]
	if h.vital == "" {
		needed = slices.Contains(slices.Collect(maps.Values(bears)), true)
	}
	switch {
	case whole:
		return "ready"
	case needed:
		return "degraded"
	default:
		return "failing"
	}
}

// run gives up on a check that does not come back, and survives one that panics.
func run(ctx context.Context, name string, check Check) Result {
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	start := time.Now()
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("panic: %v", p)
			}
		}()
		done <- check(ctx)
	}()
	var err error
	select {
	case err = <-done:
	case <-ctx.Done():
		err = ctx.Err()
	}
	result := Result{Name: name, Status: "ok", Milliseconds: float64(time.Since(start).Microseconds()) / 1000}
	if err != nil {
		result.Status, result.Problem = "failing", problem(err)
	}
	return result
}

// look is run for what decides nothing.
func look(ctx context.Context, name string, see func(ctx context.Context) (Outlet, error)) Outlet {
	var seen Outlet
	asked := run(ctx, name, func(ctx context.Context) error {
		now, err := see(ctx)
		if err == nil {
			seen = now
		}
		return err
	})
	if asked.Status != "ok" { // who comes late writes into an outlet that nobody reads any more
		return Outlet{Name: name, Problem: asked.Problem}
	}
	seen.Name = name
	return seen
}

// problem is the sentence of a fault; an error without one may hold what only the log should.
func problem(err error) string {
	f, ok := errors.AsType[*fault.Error](err)
	switch {
	case ok && f.Kind != fault.Internal:
		return strings.TrimSpace(f.Message)
	case errors.Is(err, context.DeadlineExceeded):
		return "did not answer in time"
	default:
		return "failed"
	}
}
