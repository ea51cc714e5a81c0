package main

import (
	"context"
	"errors"
	"time"

	"erp/internal/platform/broker"
	"erp/internal/platform/events"
)

// connectBroker lets a broker carry events where the operator has one. One that is away makes nobody unready: events wait.
func (h *house) connectBroker() {
	if h.cfg.NATSURL == "" {
		return
	}
	h.broker = broker.New(broker.Options{
		URL: h.cfg.NATSURL, Prefix: h.cfg.DatabasePrefix, Replicas: h.cfg.NATSReplicas, Bus: h.bus, Databases: h.databases, Log: h.log,
	})
	h.health.Note("broker of events", h.broker.State)
	h.metrics.Gauge("erp_broker_connected", "1 while the broker of events is there.", nil, func() float64 {
		if h.broker.Connected() {
			return 1
		}
		return 0
	})
	for module, db := range h.databases {
		h.metrics.Gauge("erp_events_waiting", "Events that the broker has not taken over yet; -1 when the database does not say.",
			map[string]string{"module": module}, func() float64 {
				ctx, cancel := context.WithTimeout(context.Background(), time.Second)
				defer cancel()
				n, err := events.Waiting(ctx, db)
				if err != nil {
					return -1
				}
				return float64(n)
			})
	}
}

// startCarrying lets jobs and events move.
func (p *program) startCarrying(ctx context.Context) error {
	if p.broker != nil {
		if err := p.broker.Start(ctx); err != nil {
			return err
		}
	}
	for module, queue := range p.queues {
		if p.broker == nil {
			if err := p.bus.Reclaim(ctx, p.databases[module]); err != nil {
				return err
			}
		}
		if err := queue.Start(ctx); err != nil {
			return err
		}
	}
	return nil
}

// stopCarrying lets what is under way end until the grace is over; what is cut off is taken up again later.
func (p *program) stopCarrying(ctx context.Context, grace time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, grace)
	defer cancel()
	if p.broker != nil {
		p.broker.Stop(ctx)
	}
	var problems []error
	for _, queue := range p.queues {
		problems = append(problems, queue.Stop(ctx))
	}
	return errors.Join(problems...)
}
