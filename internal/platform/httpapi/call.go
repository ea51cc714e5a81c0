package httpapi

import (
	"context"
	"errors"

	"erp/internal/platform/telemetry"
)

// call is what the edge wants to know of a request when it has been answered; the rooms below fill it in. One request
// is one goroutine, so it needs no lock.
type call struct {
	operation string // id of the operation, empty when no route matched
	user      string // id of the caller
	body      []byte // as it was read, for the fingerprint
	err       error  // what the answer hides
}

type callKey struct{}

// RequestID finds the request in the log; answers that tell of errors in parts carry it.
func RequestID(ctx context.Context) string { return telemetry.RequestOf(ctx).ID }

// Note puts an error into the request's line of the log that its answer does not show, such as why a part of a screen
// stayed empty. The caller sees to it that one note is made at a time.
func Note(ctx context.Context, err error) {
	if c := callOf(ctx); c != nil {
		c.err = errors.Join(c.err, err)
	}
}

// callOf is the call the context belongs to; nil outside a request.
func callOf(ctx context.Context) *call {
	c, _ := ctx.Value(callKey{}).(*call)
	return c
}
