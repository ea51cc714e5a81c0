package rpc

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"time"

	"connectrpc.com/connect"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/resilience"
	"erp/internal/platform/telemetry"
)

// Bounds of a call.
const (
	callTakes  = 10 * time.Second // when the caller has set no limit of its own
	largestMsg = 8 << 20
)

// The headers with which an idempotency key crosses the wire: the key, whose it is, and what it was given for.
const (
	keyHeader         = "Idempotency-Key"
	keyOwnerHeader    = "Erp-Idempotency-Owner"
	fingerprintHeader = "Erp-Idempotency-Fingerprint"
)

// Link leads to the process that hosts a module.
type Link struct {
	from, to  string
	base      string
	passports *auth.Passports
	spread    *spread
	http      *http.Client
	looks     *resilience.Peer // of the console
}

// NewLink is how the modules of this process, which signs as from, reach module to at the address. It calls nobody yet.
func NewLink(from, to, address string, passports *auth.Passports) (*Link, error) {
	base, err := url.Parse(address)
	if err != nil {
		return nil, fmt.Errorf("address of module %s: %w", to, err)
	}
	s := newSpread(base, resolve)
	return &Link{from: from, to: to, base: base.Scheme + "://" + base.Host, passports: passports, spread: s, http: &http.Client{
		Transport: s, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}, looks: resilience.NewPeer("The "+to+" module, for the console,", resilience.Options{Timeout: consoleWaits, Attempts: 1, Failures: 2, OpenFor: 2 * time.Second})}, nil
}

// Looks is what stands before the console's looks behind the module, for those who watch it.
func (l *Link) Looks() *resilience.Peer { return l.looks }

// As is the same link for another module of this process.
func (l *Link) As(from string) *Link {
	other := *l
	other.from = from
	return &other
}

// Module is the one the link leads to.
func (l *Link) Module() string { return l.to }

// URL is where the module's process is, for the generated clients.
func (l *Link) URL() string { return l.base }

// HTTP carries the calls of the generated clients.
func (l *Link) HTTP() *http.Client { return l.http }

// Options are what the generated clients are built with.
func (l *Link) Options() connect.ClientOption {
	return connect.WithClientOptions(connect.WithInterceptors(connect.UnaryInterceptorFunc(l.intercept)),
		connect.WithReadMaxBytes(largestMsg), connect.WithSendMaxBytes(largestMsg))
}

// State says how many of the module's addresses answer, for the health page.
func (l *Link) State() string { return l.spread.state() }

// Healthy is the number of the module's addresses that answer, for metrics.
func (l *Link) Healthy() int { return l.spread.healthy() }

// intercept sends along what belongs to a call, and understands a refusal.
func (l *Link) intercept(next connect.UnaryFunc) connect.UnaryFunc {
	return func(ctx context.Context, request connect.AnyRequest) (connect.AnyResponse, error) {
		if _, limited := ctx.Deadline(); !limited {
			var cancel context.CancelFunc
			ctx, cancel = context.WithTimeout(ctx, callTakes)
			defer cancel()
		}
		ctx, span := telemetry.Part(ctx, request.Spec().Procedure, telemetry.Asking)
		if err := l.sendAlong(ctx, request.Header()); err != nil {
			span.End(true)
			return nil, err
		}
		if key := database.KeyOf(ctx); key != nil {
			request.Header().Set(keyHeader, key.Key)
			request.Header().Set(keyOwnerHeader, key.Principal)
			request.Header().Set(fingerprintHeader, hex.EncodeToString(key.Fingerprint))
		}
		answer, err := next(ctx, request)
		span.End(err != nil)
		if err != nil {
			return nil, l.understand(ctx, err)
		}
		return answer, nil
	}
}

// sendAlong puts the passports and the ids of the request into the header.
func (l *Link) sendAlong(ctx context.Context, header http.Header) error {
	if err := l.passports.Attach(ctx, header, l.from, l.to); err != nil {
		return err
	}
	if request := telemetry.RequestOf(ctx); request.ID != "" {
		header.Set("X-Request-Id", request.ID)
	}
	if parent := telemetry.Traceparent(ctx); parent != "" {
		header.Set("Traceparent", parent)
	}
	return nil
}

// silent is the fault of a module that does not answer.
func (l *Link) silent(cause error) error {
	return fault.New(fault.Unavailable, "module-unavailable", "The %s module does not answer right now; try again in a moment.", l.to).
		After(2 * time.Second).Wrap(cause)
}

// KeySet fetches the keys that the module's process publishes.
func (l *Link) KeySet(ctx context.Context) ([]byte, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, l.base+auth.KeySetPath, nil)
	if err != nil {
		return nil, fmt.Errorf("fetch keys of %s: %w", l.to, err)
	}
	answer, err := l.http.Do(request)
	if err != nil {
		return nil, fmt.Errorf("fetch keys of %s: %w", l.to, err)
	}
	defer answer.Body.Close() //nolint:errcheck // because it was only read
	raw, err := io.ReadAll(io.LimitReader(answer.Body, 64<<10))
	if err == nil && answer.StatusCode != http.StatusOK {
		err = errors.New(answer.Status)
	}
	if err != nil {
		return nil, fmt.Errorf("fetch keys of %s: %w", l.to, err)
	}
	return raw, nil
}
