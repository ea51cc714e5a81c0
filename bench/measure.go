package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// scenario is one thing that people do, against the product and against the bare baseline.
type scenario struct {
	name     string
	reach    string // the ratio to reach, in the words of the plan
	requests int
	// product and bare are one use each: the n-th. Without a bare one there is no ceiling to compare with.
	product, bare flow
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
	flow flow,
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

// countStatements counts what programs ask for one use, without the queues' own looking around.
func (w *world) countStatements(ctx context.Context, c *client, flow flow) (float64, error) {
	if err := w.track(ctx, "top"); err != nil {
		return 0, err
	}
	if _, err := c.run(ctx, counted, flow); err != nil {
		return 0, err
	}
	if err := w.track(ctx, "none"); err != nil {
		return 0, err
	}
	rows, err := w.sql.Query(ctx, `SELECT calls, total_exec_time, query FROM pg_stat_statements
		WHERE query !~* 'pg_stat_statements|river_|pg_notify|pg_reload_conf|^(LISTEN|UNLISTEN)' ORDER BY calls DESC, query`)
	if err != nil {
		return 0, err
	}
	var n, calls int
	var spent float64
	var query string
	_, err = pgx.ForEachRow(rows, []any{&calls, &spent, &query}, func() error {
		n += calls
		if w.verbose {
			fmt.Printf("\n    %6.2f x %7.3f ms  %.150s", float64(calls)/counted, spent/float64(calls), strings.Join(strings.Fields(query), " "))
		}
		return nil
	})
	if w.verbose {
		fmt.Println()
	}
	return float64(n) / counted, err
}

func (w *world) track(ctx context.Context, what string) error {
	for _, statement := range []string{"ALTER SYSTEM SET pg_stat_statements.track = " + what, "SELECT pg_reload_conf()"} {
		if _, err := w.sql.Exec(ctx, statement); err != nil {
			return err
		}
	}
	time.Sleep(200 * time.Millisecond) // every backend reads it before its next statement
	if what == "none" {
		return nil
	}
	_, err := w.sql.Exec(ctx, "SELECT pg_stat_statements_reset()")
	return err
}
