package rpc

import (
	"context"
	"encoding/hex"
	"fmt"
	"net/http"

	"connectrpc.com/connect"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
)

// Server serves the contracts of the modules hosted here to other processes, and to nobody without a passport.
type Server struct {
	trust *auth.Trust
	mount func(path string, handler http.Handler)
}

// Protocols are what a server of contracts speaks; gRPC needs HTTP/2, without TLS too.
func Protocols() *http.Protocols {
	p := &http.Protocols{}
	p.SetHTTP1(true)
	p.SetHTTP2(true)
	p.SetUnencryptedHTTP2(true)
	return p
}

// NewServer serves at paths that mount adds to the process's HTTP surface.
func NewServer(trust *auth.Trust, mount func(path string, handler http.Handler)) *Server {
	return &Server{trust: trust, mount: mount}
}

// Mount adds a generated handler.
func (s *Server) Mount(path string, handler http.Handler) { s.mount(path, handler) }

// Options are what the generated handlers are built with.
func (s *Server) Options() connect.HandlerOption {
	return connect.WithHandlerOptions(connect.WithRequestGate(s.gate), connect.WithInterceptors(connect.UnaryInterceptorFunc(intercept)),
		connect.WithReadMaxBytes(largestMsg), connect.WithRecover(func(_ context.Context, spec connect.Spec, _ http.Header, panicked any) error {
			return fmt.Errorf("panic in %s: %v", spec.Procedure, panicked)
		}))
}

type callerKey struct{}

// CallerOf is the module whose process made the call that ctx belongs to.
func CallerOf(ctx context.Context) string {
	caller, _ := ctx.Value(callerKey{}).(auth.Caller)
	return caller.Module
}

// gate lets a call in before anything of it is read.
func (s *Server) gate(ctx context.Context, spec connect.Spec, _ connect.Peer, header http.Header) (context.Context, error) {
	ctx, caller, err := s.trust.Admit(ctx, header)
	if err != nil {
		return nil, refuse(ctx, spec.Procedure, err)
	}
	ctx = context.WithValue(ctx, callerKey{}, caller)
	if key := header.Get(keyHeader); key != "" {
		fingerprint, err := hex.DecodeString(header.Get(fingerprintHeader))
		if err == nil {
			ctx = database.WithIdempotency(ctx, &database.Idempotency{Principal: header.Get(keyOwnerHeader), Key: key, Fingerprint: fingerprint})
		}
	}
	return ctx, nil
}

// intercept refuses in the words of the wire.
func intercept(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, request connect.AnyRequest) (connect.AnyResponse, error) {
		answer, err := next(ctx, request)
		if err != nil {
			return nil, refuse(ctx, request.Spec().Procedure, err)
		}
		return answer, nil
	}
}
