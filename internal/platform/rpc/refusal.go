package rpc

import (
	"context"
	"errors"
	"log/slog"

	"connectrpc.com/connect"
	"google.golang.org/protobuf/types/known/durationpb"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rpc/rpcwire"
)

// kinds maps each kind of fault to its name and its code on the wire, here and nowhere else. The name tells kinds apart
// that share a code.
var kinds = []struct { //nolint:gochecknoglobals // because it is a table
	kind fault.Kind
	name string
	code connect.Code
}{
	{fault.Invalid, "invalid", connect.CodeInvalidArgument},
	{fault.NotFound, "not-found", connect.CodeNotFound},
	{fault.Conflict, "conflict", connect.CodeFailedPrecondition},
	{fault.Stale, "stale", connect.CodeAborted},
	{fault.PreconditionRequired, "precondition-required", connect.CodeFailedPrecondition},
	{fault.Forbidden, "forbidden", connect.CodePermissionDenied},
	{fault.Unauthenticated, "unauthenticated", connect.CodeUnauthenticated},
	{fault.TooMany, "too-many", connect.CodeResourceExhausted},
	{fault.Unavailable, "unavailable", connect.CodeUnavailable},
}

// refuse makes an error of the wire. The text of an error that is no fault stays in this process, and in its log.
func refuse(ctx context.Context, procedure string, err error) error {
	f, ok := errors.AsType[*fault.Error](database.Fault(err))
	if !ok || f.Kind == fault.Internal {
		if ctx.Err() != nil { // the caller has given up
			return connect.NewError(connect.CodeCanceled, errors.New("given up"))
		}
		slog.ErrorContext(ctx, "a call from another process failed", "procedure", procedure, "error", err)
		return connect.NewError(connect.CodeInternal, errors.New("something went wrong on our side"))
	}
	detail := &rpcwire.Fault{Code: f.Code, Message: f.Message}
	code := connect.CodeInternal
	for _, k := range kinds {
		if k.kind == f.Kind {
			detail.Kind, code = k.name, k.code
		}
	}
	for _, field := range f.Fields {
		detail.Fields = append(detail.Fields, &rpcwire.Field{Location: field.Location, Message: field.Message})
	}
	if f.RetryAfter > 0 {
		detail.RetryAfter = durationpb.New(f.RetryAfter)
	}
	refusal := connect.NewError(code, errors.New(f.Message))
	if lacking, ok := errors.AsType[*auth.NotAllowed](err); ok {
		_ = lacking.Tell(refusal.Meta()) // values that always marshal; without it the refusal stands unexplained
	}
	if packed, err := connect.NewErrorDetail(detail); err == nil {
		refusal.AddDetail(packed)
	}
	return refusal
}

// understand makes of an error of the wire what the module would have said near by. A peer that cannot be reached, that
// drops the call, or that does not take our passport, does not answer.
func (l *Link) understand(ctx context.Context, err error) error {
	wire, ok := errors.AsType[*connect.Error](err)
	if !ok {
		return err
	}
	if told := auth.ToldRefusal(wire.Meta()); told != nil {
		return told
	}
	for _, detail := range wire.Details() {
		value, err := detail.Value()
		if err != nil {
			continue
		}
		if said, ok := value.(*rpcwire.Fault); ok && said.GetKind() != "unauthenticated" {
			return said2fault(said)
		}
	}
	switch wire.Code() {
	case connect.CodeInternal, connect.CodeUnknown, connect.CodeInvalidArgument:
		return wire
	case connect.CodeCanceled, connect.CodeDeadlineExceeded:
		if ctx.Err() != nil {
			return ctx.Err()
		}
	}
	return l.silent(wire)
}

func said2fault(said *rpcwire.Fault) error {
	f := fault.Error{Code: said.GetCode(), Message: said.GetMessage(), RetryAfter: said.GetRetryAfter().AsDuration()}
	for _, k := range kinds {
		if k.name == said.GetKind() {
			f.Kind = k.kind
		}
	}
	for _, field := range said.GetFields() {
		f.Fields = append(f.Fields, fault.Field{Location: field.GetLocation(), Message: field.GetMessage()})
	}
	return &f
}
