// Package health says whether the program is alive, whether it can do its work, and what each part says of itself.
// It knows no module: modules give it a check through their doors.
package health

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
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
	checks   map[string]Check
	notes    map[string]func() string

	mu   sync.Mutex
	last Report
	at   time.Time
}

// Report is what /readyz answers.
type Report struct {
	// Status is ready, failing or draining.
	Status string            `json:"status"`
	Checks []Result          `json:"checks"`
	Notes  map[string]string `json:"notes,omitempty"`
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
	return &Health{checks: map[string]Check{}, notes: map[string]func() string{}}
}

// Add adds a part; before the first probe only.
func (h *Health) Add(name string, check Check) { h.checks[name] = check }

// Note shows something that does not decide about readiness, such as the state of a breaker; before the first probe only.
func (h *Health) Note(name string, value func() string) { h.notes[name] = value }

// Drain makes the program unready for good: it is about to stop.
func (h *Health) Drain() { h.draining.Store(true) }

// Live answers 200 as long as the program answers at all.
func (h *Health) Live() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		answer(w, http.StatusOK, map[string]string{"status": "alive"})
	})
}

// Ready answers 200 when every part can work, and 503 when one cannot or the program is draining.
func (h *Health) Ready() http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		report := h.Report(r.Context())
		status := http.StatusOK
		if report.Status != "ready" {
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
	report := Report{Status: "ready", Checks: make([]Result, len(h.checks)), Notes: map[string]string{}}
	names := make([]string, 0, len(h.checks))
	for name := range h.checks {
		names = append(names, name)
	}
	slices.Sort(names)
	var wg sync.WaitGroup
	for i, name := range names {
		wg.Go(func() { report.Checks[i] = run(ctx, name, h.checks[name]) })
	}
	wg.Wait()
	for _, result := range report.Checks {
		if result.Status != "ok" {
			report.Status = "failing"
		}
	}
	for name, value := range h.notes {
		report.Notes[name] = value()
	}
	return report
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
