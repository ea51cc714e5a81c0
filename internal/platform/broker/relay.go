package broker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sync"
	"time"

	"github.com/google/uuid"
	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

// relay empties the module's outbox: when it is woken, and every second in case that another copy was killed at it.
func (b *Broker) relay(ctx context.Context, module string, db *database.DB) {
	for warned := false; ; {
		more, err := events.Relay(ctx, db, b.publish)
		if err != nil && ctx.Err() == nil && !warned {
			b.o.Log.WarnContext(ctx, "events wait in the outbox", "module", module, "error", err)
		}
		warned = err != nil
		switch {
		case ctx.Err() != nil:
			return
		case more && err == nil:
			if !pause(ctx, copyAtIt) {
				return
			}
			continue
		}
		select {
		case <-ctx.Done():
			return
		case <-b.wakes[module]:
			if err != nil && !pause(ctx, lookAgain) {
				return
			}
		case <-time.After(lookAgain):
		}
	}
}

// publish sends the batch, each partition in its order, all of them at once. What the stream has acknowledged is taken; a
// partition ends at its first failure.
func (b *Broker) publish(ctx context.Context, batch []events.Envelope) ([]uuid.UUID, error) {
	if !b.Connected() {
		return nil, errors.New("the broker is away")
	}
	var lines [partitions][]events.Envelope
	for _, env := range batch {
		p := partitionOf(env.About)
		lines[p] = append(lines[p], env)
	}
	var mu sync.Mutex
	var taken []uuid.UUID
	var problems []error
	var all sync.WaitGroup
	for partition, line := range lines {
		all.Go(func() {
			for _, env := range line {
				err := b.send(ctx, partition, env)
				mu.Lock()
				if err != nil {
					problems = append(problems, err)
					mu.Unlock()
					return
				}
				taken = append(taken, env.ID)
				mu.Unlock()
			}
		})
	}
	all.Wait()
	return taken, errors.Join(problems...)
}

func (b *Broker) send(ctx context.Context, partition int, env events.Envelope) error {
	data, err := json.Marshal(env)
	if err != nil {
		return fmt.Errorf("write %s: %w", env.Name, err)
	}
	ctx, cancel := context.WithTimeout(ctx, publishTakes)
	defer cancel()
	_, err = b.js.PublishMsg(ctx, &nats.Msg{Subject: b.subject(partition, env.Name), Data: data},
		jetstream.WithMsgID(env.ID.String()), jetstream.WithExpectStream(b.stream()))
	if err != nil {
		return fmt.Errorf("publish %s: %w", env.Name, err)
	}
	return nil
}
