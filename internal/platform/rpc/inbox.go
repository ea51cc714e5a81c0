package rpc

import (
	"context"
	"strings"

	"github.com/google/uuid"
	"google.golang.org/protobuf/types/known/timestamppb"

	"erp/internal/platform/auth"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/resilience"
	"erp/internal/platform/rpc/rpcwire"
	"erp/internal/platform/telemetry"
)

// Send takes events to the subscribers in the link's process. The job that delivers tries again when it fails, so it is
// told once.
func (l *Link) Send(guard *resilience.Peer) events.Send {
	return func(ctx context.Context, subscriber string, env events.Envelope) error {
		ctx = telemetry.WithRequest(ctx, telemetry.Request{ID: env.CorrelationID, TraceID: env.Trace})
		inbox := rpcwire.NewInboxClient(l.http, l.base, l.As(moduleOf(env.Name)).Options())
		_, err := resilience.Once(ctx, guard, func(ctx context.Context) (*rpcwire.DeliverResponse, error) {
			return inbox.Deliver(ctx, &rpcwire.DeliverRequest{Subscriber: subscriber, Event: &rpcwire.Envelope{
				Id: env.ID.String(), Name: env.Name, About: env.About, At: timestamppb.New(env.At), ActorId: env.ActorID,
				CorrelationId: env.CorrelationID, CausationId: env.CausationID, Trace: env.Trace, Payload: env.Payload,
			}})
		})
		return err
	}
}

// moduleOf is the module that publishes events of that name; the administration's schema is called platform.
func moduleOf(event string) string {
	module, _, _ := strings.Cut(event, ".")
	if module == "admin" {
		return auth.Console
	}
	return module
}

// ServeInbox takes events for the subscribers hosted here.
func ServeInbox(s *Server, bus *events.Bus) {
	s.Mount(rpcwire.NewInboxHandler(inbox{bus}, s.Options()))
}

type inbox struct{ bus *events.Bus }

// Deliver implements rpcwire.InboxHandler. A module tells its own events only.
func (i inbox) Deliver(ctx context.Context, in *rpcwire.DeliverRequest) (*rpcwire.DeliverResponse, error) {
	e := in.GetEvent()
	if CallerOf(ctx) != moduleOf(e.GetName()) {
		return nil, fault.New(fault.Forbidden, "foreign-event", "%s may not tell %s.", CallerOf(ctx), e.GetName())
	}
	id, err := uuid.Parse(e.GetId())
	if err != nil {
		return nil, fault.New(fault.Invalid, "invalid-input", "The event has no id.")
	}
	return &rpcwire.DeliverResponse{}, i.bus.Receive(ctx, in.GetSubscriber(), events.Envelope{
		ID: id, Name: e.GetName(), About: e.GetAbout(), At: e.GetAt().AsTime(), ActorID: e.GetActorId(),
		CorrelationID: e.GetCorrelationId(), CausationID: e.GetCausationId(), Trace: e.GetTrace(), Payload: e.GetPayload(),
	})
}
