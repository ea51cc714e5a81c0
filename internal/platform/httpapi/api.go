// Package httpapi turns use cases into typed HTTP operations.
package httpapi

import (
	"context"
	"net/http"

	"erp/internal/platform/auth"
)

// Options is what the program decides about its HTTP surface.
type Options struct {
	// Version of the program, for the document.
	Version string
	// Authenticate finds out who is calling.
	Authenticate auth.Authenticator
}

// API is the HTTP surface of the program.
type API struct{}

// New returns an API without operations.
func New(o Options) *API { return &API{} }

// Module returns the API as the module that owns db registers with it: idempotency keys of its writes live in its schema.
func (a *API) Module(db any) *API { return a }

// ServeHTTP answers a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) {}

// Register adds an operation.
func Register[I, T any](api *API, op Operation, handler func(ctx context.Context, in *I) (*Answer[T], error)) {
}
