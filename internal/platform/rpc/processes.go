package rpc

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/resilience"
	"erp/internal/platform/rpc/rpcwire"
	"erp/internal/platform/saga"
)

// decisionTakes is how long somebody waits for what they decided; the step itself goes on without them.
const decisionTakes = 10 * time.Second

// The decisions.
const (
	decideRetry    = "retry"
	decideTurnBack = "turn-back"
	decideSettle   = "settle"
)

// NewProcesses are a module's processes at the other end of the link.
func NewProcesses(link *Link) saga.Console {
	far, module := rpcwire.NewProcessesClient(link.HTTP(), link.URL(), link.Options()), link.Module()
	decide := func(ctx context.Context, decision string, which saga.ID, note string) (saga.Entry, error) {
		return within(ctx, link, decisionTakes, func(ctx context.Context) (saga.Entry, error) {
			answer, err := far.Decide(ctx, &rpcwire.DecideRequest{Module: module, Process: which.String(), Decision: decision, Note: note})
			return unpacked[saga.Entry](answer.GetEntry(), err)
		})
	}
	return saga.Console{
		List: func(ctx context.Context, q saga.Query) ([]saga.Entry, error) {
			query, err := json.Marshal(q)
			if err != nil {
				return nil, fmt.Errorf("ask for the processes of %s: %w", module, err)
			}
			return resilience.Call(ctx, link.looks, func(ctx context.Context) ([]saga.Entry, error) {
				answer, err := far.List(ctx, &rpcwire.ListRequest{Module: module, Query: query})
				return unpacked[[]saga.Entry](answer.GetEntries(), err)
			})
		},
		Entry: func(ctx context.Context, which saga.ID) (saga.Entry, error) {
			return resilience.Call(ctx, link.looks, func(ctx context.Context) (saga.Entry, error) {
				answer, err := far.One(ctx, &rpcwire.OneRequest{Module: module, Process: which.String()})
				return unpacked[saga.Entry](answer.GetEntry(), err)
			})
		},
		Retry: func(ctx context.Context, which saga.ID) (saga.Entry, error) {
			return decide(ctx, decideRetry, which, "")
		},
		TurnBack: func(ctx context.Context, which saga.ID) (saga.Entry, error) {
			return decide(ctx, decideTurnBack, which, "")
		},
		Settle: func(ctx context.Context, which saga.ID, note string) (saga.Entry, error) {
			return decide(ctx, decideSettle, which, note)
		},
	}
}

// within bounds a call. A module that takes longer does not answer.
func within[V any](ctx context.Context, link *Link, limit time.Duration, call func(ctx context.Context) (V, error)) (V, error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	value, err := call(limited)
	if ctx.Err() == nil && errors.Is(limited.Err(), context.DeadlineExceeded) && err != nil {
		err = link.silent(err)
	}
	return value, err
}

// ServeProcesses lets the console in another process see and settle the processes of the modules hosted here.
func ServeProcesses(s *Server, modules map[string]saga.Console) {
	s.Mount(rpcwire.NewProcessesHandler(nearProcesses(modules), s.Options()))
}

type nearProcesses map[string]saga.Console

// find refuses every caller but the console.
func (n nearProcesses) find(ctx context.Context, module string) (saga.Console, error) {
	if caller := CallerOf(ctx); caller != auth.Console {
		return saga.Console{}, fault.New(fault.Forbidden, "not-the-console", "Only the console looks behind a module, not %s.", caller)
	}
	c, ok := n[module]
	if !ok {
		return c, fault.New(fault.NotFound, "no-such-module", "There is no module %s with processes here.", module)
	}
	return c, nil
}

// List implements rpcwire.ProcessesHandler.
func (n nearProcesses) List(ctx context.Context, in *rpcwire.ListRequest) (*rpcwire.ListResponse, error) {
	c, err := n.find(ctx, in.GetModule())
	if err != nil {
		return nil, err
	}
	var q saga.Query
	if err := json.Unmarshal(in.GetQuery(), &q); err != nil {
		return nil, fault.New(fault.Invalid, "invalid-input", "The query cannot be read.").Wrap(err)
	}
	entries, err := c.List(ctx, q)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(entries)
	return &rpcwire.ListResponse{Entries: raw}, err
}

// One implements rpcwire.ProcessesHandler.
func (n nearProcesses) One(ctx context.Context, in *rpcwire.OneRequest) (*rpcwire.OneResponse, error) {
	c, err := n.find(ctx, in.GetModule())
	if err != nil {
		return nil, err
	}
	which, err := id.Parse[saga.Entry](in.GetProcess())
	if err != nil {
		return nil, fault.New(fault.Invalid, "invalid-input", "The process has no id.")
	}
	entry, err := c.Entry(ctx, which)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(entry)
	return &rpcwire.OneResponse{Entry: raw}, err
}

// Decide implements rpcwire.ProcessesHandler.
func (n nearProcesses) Decide(ctx context.Context, in *rpcwire.DecideRequest) (*rpcwire.DecideResponse, error) {
	c, err := n.find(ctx, in.GetModule())
	if err != nil {
		return nil, err
	}
	which, err := id.Parse[saga.Entry](in.GetProcess())
	if err != nil {
		return nil, fault.New(fault.Invalid, "invalid-input", "The process has no id.")
	}
	var entry saga.Entry
	switch in.GetDecision() {
	case decideRetry:
		entry, err = c.Retry(ctx, which)
	case decideTurnBack:
		entry, err = c.TurnBack(ctx, which)
	case decideSettle:
		entry, err = c.Settle(ctx, which, in.GetNote())
	default:
		return nil, fault.New(fault.Invalid, "no-such-decision", "A process can be retried, turned back or settled, not %q.", in.GetDecision())
	}
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(entry)
	return &rpcwire.DecideResponse{Entry: raw}, err
}
