package rpc

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/jobs"
	"erp/internal/platform/notify"
	"erp/internal/platform/resilience"
	"erp/internal/platform/rpc/rpcwire"
)

// Behind is what the console looks at behind a module: its audit trail, its mails and its background work.
type Behind struct {
	Module string
	Audit  func(ctx context.Context, q audit.Query) ([]audit.Row, error)
	Mails  func(ctx context.Context, q notify.Query) ([]notify.Mail, error) // nil of a module that sends none
	Jobs   jobs.Console
}

// consoleWaits is how long the console waits for one module; it shows the others without it. What did not answer twice is
// left out at once for a while.
const consoleWaits = 2 * time.Second

// NewBehind looks behind the module at the other end of the link.
func NewBehind(link *Link) Behind {
	far, module := rpcwire.NewConsoleClient(link.HTTP(), link.URL(), link.Options()), link.Module()
	return Behind{
		Module: module,
		Audit: func(ctx context.Context, q audit.Query) ([]audit.Row, error) {
			query, err := json.Marshal(q)
			if err != nil {
				return nil, fmt.Errorf("ask for the audit trail of %s: %w", module, err)
			}
			return resilience.Call(ctx, link.looks, func(ctx context.Context) ([]audit.Row, error) {
				answer, err := far.Audit(ctx, &rpcwire.AuditRequest{Module: module, Query: query})
				return unpacked[[]audit.Row](answer.GetRows(), err)
			})
		},
		Mails: func(ctx context.Context, q notify.Query) ([]notify.Mail, error) {
			query, err := json.Marshal(q)
			if err != nil {
				return nil, fmt.Errorf("ask for the mails of %s: %w", module, err)
			}
			return resilience.Call(ctx, link.looks, func(ctx context.Context) ([]notify.Mail, error) {
				answer, err := far.Mails(ctx, &rpcwire.MailsRequest{Module: module, Query: query})
				return unpacked[[]notify.Mail](answer.GetMails(), err)
			})
		},
		Jobs: jobs.Console{
			Dead: func(ctx context.Context) ([]jobs.Dead, error) {
				return resilience.Call(ctx, link.looks, func(ctx context.Context) ([]jobs.Dead, error) {
					answer, err := far.Dead(ctx, &rpcwire.DeadRequest{Module: module})
					return unpacked[[]jobs.Dead](answer.GetJobs(), err)
				})
			},
			Counts: func(ctx context.Context) (map[string]int, error) {
				return resilience.Call(ctx, link.looks, func(ctx context.Context) (map[string]int, error) {
					answer, err := far.Counts(ctx, &rpcwire.CountsRequest{Module: module})
					counts := map[string]int{}
					for state, n := range answer.GetJobs() {
						counts[state] = int(n)
					}
					return counts, err
				})
			},
			Retry: func(ctx context.Context, job int64) error {
				_, err := within(ctx, link, consoleWaits, func(ctx context.Context) (*rpcwire.RetryResponse, error) {
					return far.Retry(ctx, &rpcwire.RetryRequest{Module: module, Job: job})
				})
				return err
			},
			Drop: func(ctx context.Context, job int64) error {
				_, err := within(ctx, link, consoleWaits, func(ctx context.Context) (*rpcwire.DropResponse, error) {
					return far.Drop(ctx, &rpcwire.DropRequest{Module: module, Job: job})
				})
				return err
			},
		},
	}
}

func unpacked[V any](raw []byte, err error) (V, error) {
	var value V
	if err == nil {
		err = json.Unmarshal(raw, &value)
	}
	return value, err
}

// ServeBehind lets the console in another process look behind the modules hosted here.
func ServeBehind(s *Server, modules ...Behind) {
	byName := nearConsole{}
	for _, m := range modules {
		byName[m.Module] = m
	}
	s.Mount(rpcwire.NewConsoleHandler(byName, s.Options()))
}

type nearConsole map[string]Behind

// find refuses every caller but the console.
func (n nearConsole) find(ctx context.Context, module string) (Behind, error) {
	if caller := CallerOf(ctx); caller != auth.Console {
		return Behind{}, fault.New(fault.Forbidden, "not-the-console", "Only the console looks behind a module, not %s.", caller)
	}
	m, ok := n[module]
	if !ok {
		return m, fault.New(fault.NotFound, "no-such-module", "There is no module %s here.", module)
	}
	return m, nil
}

// Audit implements rpcwire.ConsoleHandler.
func (n nearConsole) Audit(ctx context.Context, in *rpcwire.AuditRequest) (*rpcwire.AuditResponse, error) {
	m, err := n.find(ctx, in.GetModule())
	if err != nil {
		return nil, err
	}
	var q audit.Query
	if err := json.Unmarshal(in.GetQuery(), &q); err != nil {
		return nil, fault.New(fault.Invalid, "invalid-input", "The query cannot be read.").Wrap(err)
	}
	rows, err := m.Audit(ctx, q)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(rows)
	return &rpcwire.AuditResponse{Rows: raw}, err
}

// Mails implements rpcwire.ConsoleHandler.
func (n nearConsole) Mails(ctx context.Context, in *rpcwire.MailsRequest) (*rpcwire.MailsResponse, error) {
	m, err := n.find(ctx, in.GetModule())
	if err != nil {
		return nil, err
	}
	if m.Mails == nil {
		return nil, fault.New(fault.NotFound, "no-mails", "Module %s sends no mails.", m.Module)
	}
	var q notify.Query
	if err := json.Unmarshal(in.GetQuery(), &q); err != nil {
		return nil, fault.New(fault.Invalid, "invalid-input", "The query cannot be read.").Wrap(err)
	}
	mails, err := m.Mails(ctx, q)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(mails)
	return &rpcwire.MailsResponse{Mails: raw}, err
}

// Dead implements rpcwire.ConsoleHandler.
func (n nearConsole) Dead(ctx context.Context, in *rpcwire.DeadRequest) (*rpcwire.DeadResponse, error) {
	m, err := n.find(ctx, in.GetModule())
	if err != nil {
		return nil, err
	}
	dead, err := m.Jobs.Dead(ctx)
	if err != nil {
		return nil, err
	}
	raw, err := json.Marshal(dead)
	return &rpcwire.DeadResponse{Jobs: raw}, err
}

// Counts implements rpcwire.ConsoleHandler.
func (n nearConsole) Counts(ctx context.Context, in *rpcwire.CountsRequest) (*rpcwire.CountsResponse, error) {
	m, err := n.find(ctx, in.GetModule())
	if err != nil {
		return nil, err
	}
	counts, err := m.Jobs.Counts(ctx)
	answer := &rpcwire.CountsResponse{Jobs: map[string]int32{}}
	for state, number := range counts {
		answer.Jobs[state] = int32(number)
	}
	return answer, err
}

// Retry implements rpcwire.ConsoleHandler.
func (n nearConsole) Retry(ctx context.Context, in *rpcwire.RetryRequest) (*rpcwire.RetryResponse, error) {
	m, err := n.find(ctx, in.GetModule())
	if err == nil {
		err = m.Jobs.Retry(ctx, in.GetJob())
	}
	return &rpcwire.RetryResponse{}, err
}

// Drop implements rpcwire.ConsoleHandler.
func (n nearConsole) Drop(ctx context.Context, in *rpcwire.DropRequest) (*rpcwire.DropResponse, error) {
	m, err := n.find(ctx, in.GetModule())
	if err == nil {
		err = m.Jobs.Drop(ctx, in.GetJob())
	}
	return &rpcwire.DropResponse{}, err
}
