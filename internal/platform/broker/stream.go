package broker

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"erp/internal/platform/events"
)

// partitions is into how many lines events fall, by what they are about. Events of one line are handled one after the
// other by a subscriber, whichever copy does it. Never change it on a stream that is in use.
const partitions = 4

// repeatable is how long the stream knows an event again that is published twice.
const repeatable = 10 * time.Minute

func (b *Broker) stream() string { return strings.ToUpper(b.o.Prefix) + "_EVENTS" }

func (b *Broker) subject(partition int, event string) string {
	return fmt.Sprintf("%s.events.%d.%s", b.o.Prefix, partition, event)
}

// durable names what a subscriber has still to handle of one partition.
func durable(subscriber string, partition int) string {
	return fmt.Sprintf("%s_%d", strings.ReplaceAll(subscriber, ".", "_"), partition)
}

func partitionOf(about string) int {
	h := fnv.New32a()
	_, _ = h.Write([]byte(about))
	return int(h.Sum32() % partitions)
}

// prepare makes the stream, and a consumer for each subscriber of the house: whoever publishes first must not find that
// the process which cares has never been there. An event that all have handled leaves the stream. A stream that is there
// already stays as the operator has it.
func (b *Broker) prepare(ctx context.Context) error {
	_, err := b.js.Stream(ctx, b.stream())
	if errors.Is(err, jetstream.ErrStreamNotFound) {
		_, err = b.js.CreateStream(ctx, jetstream.StreamConfig{
			Name: b.stream(), Subjects: []string{b.o.Prefix + ".events.>"}, Retention: jetstream.InterestPolicy,
			Storage: jetstream.FileStorage, Duplicates: repeatable, Replicas: max(1, b.o.Replicas),
		})
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // another copy was faster
			err = nil
		}
	}
	if err != nil {
		return fmt.Errorf("make the stream: %w", err)
	}
	for _, s := range b.o.Bus.Subscriptions() {
		for partition := range partitions {
			if err := b.prepareConsumer(ctx, s, partition); err != nil {
				return fmt.Errorf("make the consumer of %s: %w", s.Subscriber, err)
			}
		}
	}
	return nil
}

// prepareConsumer takes no event away from a consumer: a newer copy of the program may have added it.
func (b *Broker) prepareConsumer(ctx context.Context, s events.Subscription, partition int) error {
	subjects := make([]string, len(s.Events))
	for i, event := range s.Events {
		subjects[i] = b.subject(partition, event)
	}
	there, err := b.js.Consumer(ctx, b.stream(), durable(s.Subscriber, partition))
	switch {
	case errors.Is(err, jetstream.ErrConsumerNotFound):
	case err != nil:
		return err
	default:
		had := there.CachedInfo().Config
		known := append(had.FilterSubjects, had.FilterSubject) //nolint:gocritic // because the answer is this function's own
		subjects = slices.DeleteFunc(append(slices.Clone(known), subjects...), func(s string) bool { return s == "" })
		slices.Sort(subjects)
		if subjects = slices.Compact(subjects); len(subjects) == len(slices.DeleteFunc(known, func(s string) bool { return s == "" })) {
			return nil
		}
	}
	_, err = b.js.CreateOrUpdateConsumer(ctx, b.stream(), jetstream.ConsumerConfig{
		Durable: durable(s.Subscriber, partition), FilterSubjects: subjects, DeliverPolicy: jetstream.DeliverNewPolicy,
		AckPolicy: jetstream.AckExplicitPolicy, AckWait: ackWait, MaxAckPending: 1, MaxDeliver: -1,
	})
	return err
}
