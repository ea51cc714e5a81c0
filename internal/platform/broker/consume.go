package broker

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"erp/internal/platform/events"
)

// inPlace is how often a subscriber may fail at an event before it steps aside for those behind it.
const inPlace = 3

// consume lets the subscriber handle what comes in one partition, one after the other, until ctx ends.
func (b *Broker) consume(ctx, hands context.Context, subscriber string, partition int) {
	for ctx.Err() == nil {
		if err := b.handleAll(ctx, hands, subscriber, partition); err != nil && ctx.Err() == nil {
			b.o.Log.DebugContext(ctx, "consume", "subscriber", subscriber, "error", err)
			pause(ctx, lookAgain)
		}
	}
}

func (b *Broker) handleAll(ctx, hands context.Context, subscriber string, partition int) error {
	consumer, err := b.js.Consumer(ctx, b.stream(), durable(subscriber, partition))
	if err != nil {
		return errors.Join(err, b.prepare(ctx)) // the broker may have lost what it had
	}
	messages, err := consumer.Messages(jetstream.PullMaxMessages(1), jetstream.PullExpiry(5*time.Second))
	if err != nil {
		return fmt.Errorf("ask for messages: %w", err)
	}
	stopped := context.AfterFunc(ctx, messages.Stop)
	defer stopped()
	defer messages.Stop()
	for {
		message, err := messages.Next()
		if err != nil {
			return fmt.Errorf("next message: %w", err)
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err := b.take(hands, subscriber, message); err != nil {
			b.o.Log.WarnContext(ctx, "an event is delivered again", "subscriber", subscriber, "error", err)
		}
	}
}

// take handles one message and acknowledges it after its effect has committed. An error says that it comes again.
func (b *Broker) take(ctx context.Context, subscriber string, message jetstream.Msg) error {
	var env events.Envelope
	if err := json.Unmarshal(message.Data(), &env); err != nil {
		return errors.Join(fmt.Errorf("a message on %s is no event of ours, and is dropped: %w", message.Subject(), err), message.Term())
	}
	err := b.handle(ctx, subscriber, env, message)
	tries := uint64(inPlace)
	if meta, problem := message.Metadata(); problem == nil {
		tries = meta.NumDelivered
	}
	if err != nil && tries >= inPlace {
		aside := b.o.Bus.StepAside(ctx, subscriber, env)
		if aside == nil {
			b.o.Log.WarnContext(ctx, "an event steps aside for those behind it", "subscriber", subscriber, "event", env.Name, "about", env.About, "error", err)
		}
		err = aside
	}
	if err != nil {
		return errors.Join(err, message.NakWithDelay(min(time.Duration(tries)*lookAgain/2, ackWait)))
	}
	acknowledged, cancel := context.WithTimeout(ctx, publishTakes)
	defer cancel()
	return message.DoubleAck(acknowledged)
}

// handle survives a handler that panics, and tells the broker about one that takes its time.
func (b *Broker) handle(ctx context.Context, subscriber string, env events.Envelope, message jetstream.Msg) (err error) {
	ctx, cancel := context.WithTimeout(ctx, handlerTakes)
	defer cancel()
	defer func() {
		if panicked := recover(); panicked != nil {
			err = fmt.Errorf("%s panicked at %s: %v\n%s", subscriber, env.Name, panicked, debug.Stack())
		}
	}()
	go func() {
		for pause(ctx, ackWait/3) {
			_ = message.InProgress() // the next one may get through
		}
	}()
	return b.o.Bus.Receive(ctx, subscriber, env)
}
