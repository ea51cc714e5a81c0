package main

import (
	"context"
	"fmt"
	"time"
)

// scenario is one thing that people do, against the product and against the bare baseline.
type scenario struct {
	name     string
	reach    string // the ratio to reach, in the words of the plan
	requests int
	// product and bare are one use each: the n-th. Without a bare one there is no ceiling to compare with.
	product, bare func(ctx context.Context, c *client, n int) error
}

// counted is how many uses the statements are counted over.
const counted = 200

func (w *world) measure(ctx context.Context, s scenario) (result, error) {
	r := result{scenario: s, withoutCeiling: s.bare == nil}
	var err error
	if r.product, err = w.measureOne(ctx, w.product, w.asProduct, s.requests, s.product); err != nil {
		return r, fmt.Errorf("product: %w", err)
	}
	if s.bare == nil {
		return r, nil
	}
	if r.bare, err = w.measureOne(ctx, w.bare, w.asBare, s.requests, s.bare); err != nil {
		return r, fmt.Errorf("baseline: %w", err)
	}
	return r, nil
}

// measureOne warms up, measures CPU, and then counts statements in a run of its own, because counting costs.
func (w *world) measureOne(ctx context.Context, p *process, c *client, requests int,
	flow func(context.Context, *client, int) error,
) (measured, error) {
	var m measured
	warm, err := c.run(ctx, max(requests/10, connections*4), flow)
	if err != nil {
		return m, err
	}
	// Long enough for a clock that ticks every 10 ms, short enough for slow scenarios.
	if most := int(warm.perSecond() * 20); requests > most {
		requests = max(most, connections*4)
	}
	pid := p.command.Process.Pid
	program, postgres := cpuOf(pid), familyCPU(w.postmaster)
	if m.load, err = c.run(ctx, requests, flow); err != nil {
		return m, err
	}
	m.cpu, m.postgres = cpuOf(pid)-program, familyCPU(w.postmaster)-postgres
	m.statements, err = w.countStatements(ctx, c, flow)
	return m, err
}

func (w *world) countStatements(ctx context.Context, c *client, flow func(context.Context, *client, int) error) (float64, error) {
	if err := w.track(ctx, "top"); err != nil {
		return 0, err
	}
	before, err := w.statements(ctx)
	if err != nil {
		return 0, err
	}
	if _, err := c.run(ctx, counted, flow); err != nil {
		return 0, err
	}
	after, err := w.statements(ctx)
	if err != nil {
		return 0, err
	}
	return float64(after-before) / counted, w.track(ctx, "none")
}

func (w *world) track(ctx context.Context, what string) error {
	for _, statement := range []string{"ALTER SYSTEM SET pg_stat_statements.track = " + what, "SELECT pg_reload_conf()"} {
		if _, err := w.sql.Exec(ctx, statement); err != nil {
			return err
		}
	}
	time.Sleep(200 * time.Millisecond) // every backend reads it before its next statement
	return nil
}

// statements counts what programs have asked so far, without the queues' own looking around.
func (w *world) statements(ctx context.Context) (int, error) {
	var n int
	err := w.sql.QueryRow(ctx, `SELECT coalesce(sum(calls), 0)::bigint FROM pg_stat_statements
		WHERE query !~* 'pg_stat_statements|river_|pg_notify|^(LISTEN|UNLISTEN)'`).Scan(&n)
	return n, err
}
