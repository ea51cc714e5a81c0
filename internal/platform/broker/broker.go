// Package broker carries events over NATS JetStream: from the outbox of each module hosted here to the stream, and from the
// stream to the subscribers hosted here. The outbox stays the source, the inbox makes twice once, dead letters stay jobs. It
// knows no module.
package broker

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

// Options say where the broker is and whose events it carries.
type Options struct {
	// URL is one address or several with commas. It may hold credentials, and is therefore never shown.
	URL string
	// Prefix begins the names of the stream and its subjects: two installations on one broker need two.
	Prefix string
	// Replicas is how many servers of a cluster keep each event; 1 unless given. It counts when the stream is made.
	Replicas int
	// Bus knows the subscribers. All have subscribed before Start.
	Bus *events.Bus
	// Databases are those of the modules hosted here, by module.
	Databases map[string]*database.DB
	Log       *slog.Logger
}

// Broker is the way to the stream and back.
type Broker struct {
	o     Options
	conn  *nats.Conn
	js    jetstream.JetStream
	wakes map[string]chan struct{} // module -> its relay
	stop  context.CancelFunc       // takes nothing more
	cut   context.CancelFunc       // of handlers under way
	work  sync.WaitGroup
}

// Pauses and limits. What is delivered and not acknowledged for ackWait is delivered again; a handler that takes longer says
// so meanwhile.
const (
	lookAgain    = time.Second
	copyAtIt     = 20 * time.Millisecond
	publishTakes = 5 * time.Second
	handlerTakes = 25 * time.Second
	ackWait      = 10 * time.Second
)

// New prepares the broker; Start connects.
func New(o Options) *Broker {
	o.Prefix = strings.Trim(o.Prefix, "_")
	b := &Broker{o: o, wakes: map[string]chan struct{}{}}
	for module := range o.Databases {
		b.wakes[module] = make(chan struct{}, 1)
	}
	o.Bus.ByBroker(b.wake)
	return b
}

func (b *Broker) wake(module string) {
	select {
	case b.wakes[module] <- struct{}{}:
	default: // a wake-up is due already
	}
}

// Start connects and begins to carry, also when the broker is not there yet. Stop before the databases close.
func (b *Broker) Start(ctx context.Context) error {
	conn, err := nats.Connect(b.o.URL, nats.Name("erp"), nats.RetryOnFailedConnect(true), nats.MaxReconnects(-1), nats.ReconnectWait(500*time.Millisecond),
		nats.IgnoreAuthErrorAbort(), nats.ReconnectBufSize(-1), nats.DisconnectErrHandler(func(*nats.Conn, error) { b.o.Log.Warn("the broker is away; events wait") }),
		nats.ReconnectHandler(func(*nats.Conn) { b.o.Log.Info("the broker is back") }),
		nats.ErrorHandler(func(_ *nats.Conn, _ *nats.Subscription, err error) { b.o.Log.Debug("broker", "error", err) }))
	if err != nil { // the library's own text may hold the address
		return errors.New("the address of the broker in ERP_NATS_URL, or a file that it needs, cannot be used")
	}
	b.conn = conn
	if b.js, err = jetstream.New(conn, jetstream.WithDefaultTimeout(publishTakes)); err != nil {
		return fmt.Errorf("open broker: %w", err)
	}
	hands, cut := context.WithCancel(ctx)
	b.cut = cut
	ctx, b.stop = context.WithCancel(ctx)
	b.work.Go(func() { b.carry(ctx, hands) })
	return nil
}

// carry makes stream and consumers what they must be, as soon as the broker lets it, and then works until ctx ends.
// Handlers work until hands does.
func (b *Broker) carry(ctx, hands context.Context) {
	for warned := false; ; {
		err := b.prepare(ctx)
		if err == nil {
			break
		}
		if !warned && ctx.Err() == nil {
			b.o.Log.Warn("the broker is not ready; events wait", "error", err)
			warned = true
		}
		if !pause(ctx, lookAgain) {
			return
		}
	}
	for module, db := range b.o.Databases {
		b.work.Go(func() { b.relay(ctx, module, db) })
	}
	for _, s := range b.o.Bus.Subscriptions() {
		if s.Here {
			for partition := range partitions {
				b.work.Go(func() { b.consume(ctx, hands, s.Subscriber, partition) })
			}
		}
	}
}

// Stop lets handlers under way end until ctx does. What is cut off is delivered again.
func (b *Broker) Stop(ctx context.Context) {
	if b.stop == nil {
		return
	}
	defer context.AfterFunc(ctx, b.cut)()
	b.stop()
	b.work.Wait()
	b.cut()
	b.conn.Close()
}

// Connected reports whether the broker is there.
func (b *Broker) Connected() bool { return b.conn != nil && b.conn.IsConnected() }

// State is for the health page.
func (b *Broker) State() string {
	if b.Connected() {
		return "connected"
	}
	return "away; events wait"
}

// pause waits, and reports whether to go on.
func pause(ctx context.Context, d time.Duration) bool {
	select {
	case <-ctx.Done():
		return false
	case <-time.After(d):
		return true
	}
}
