package auth

import (
	"context"
	"crypto/ed25519"
	"errors"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"erp/internal/platform/fault"
	"erp/internal/platform/telemetry"
)

// KeySource gives the key set that the process of a module publishes.
type KeySource func(ctx context.Context) ([]byte, error)

// How often a key set is asked for: now and then, and at once for a key that nobody has heard of, but not for every
// made-up one.
const (
	keySetFresh   = 5 * time.Minute
	keySetAtMost  = 2 * time.Second
	clocksDiffer  = 30 * time.Second
	longestPassed = 16 << 10
)

// Trust verifies the passports of other processes with the keys that they publish. It asks nobody for each call.
type Trust struct {
	hosted []string
	now    func() time.Time
	peers  map[string]*issuer
}

type issuer struct {
	source  KeySource
	mu      sync.Mutex
	keys    map[string]ed25519.PublicKey
	read    time.Time
	tried   time.Time
	problem error
}

// NewTrust takes passports for the modules hosted here, signed by the processes behind these sources.
func NewTrust(hosted []string, sources map[string]KeySource, now func() time.Time) *Trust {
	t := &Trust{hosted: hosted, now: now, peers: map[string]*issuer{}}
	for module, source := range sources {
		t.peers[module] = &issuer{source: source}
	}
	return t
}

// Caller is the service that calls.
type Caller struct{ Module string }

// Admit verifies the passports in the header and answers who calls and the context in which the person, the calling
// program, or nobody acts. Without a valid service passport it is Unauthenticated; with one but without the keys to see
// that, Unavailable.
func (t *Trust) Admit(ctx context.Context, header http.Header) (context.Context, Caller, error) {
	scheme, token, _ := strings.Cut(header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return ctx, Caller{}, refused(errors.New("no passport"))
	}
	service, err := t.verify(ctx, token, serviceType)
	if err != nil {
		return ctx, Caller{}, err
	}
	caller := Caller{Module: service.Issuer}
	brought := header.Get(PersonHeader)
	switch {
	case brought == "" && service.Acting != "":
		return WithSystem(ctx, service.Acting), caller, nil
	case brought == "":
		return ctx, caller, nil
	}
	person, err := t.verify(ctx, brought, personType)
	if err != nil {
		return ctx, caller, err
	}
	principal, err := person.principal()
	if err != nil {
		return ctx, caller, refused(err)
	}
	request := telemetry.RequestOf(ctx)
	request.IP, request.Agent = person.IP, person.Agent
	ctx = context.WithValue(telemetry.WithRequest(ctx, request), passportKey{}, brought)
	return With(ctx, principal, rightsOf(person.Scope)), caller, nil
}

// Authenticate is the Authenticator of a process where nobody signs in: requests are those that the console's process
// passes on.
func (t *Trust) Authenticate(r *http.Request) (context.Context, error) {
	if !HasBearer(r) {
		return r.Context(), nil
	}
	ctx, caller, err := t.Admit(r.Context(), r.Header)
	if err == nil && caller.Module != Console {
		err = refused(errors.New("only the console's process passes requests on"))
	}
	if err != nil {
		return r.Context(), err
	}
	return ctx, nil
}

func (t *Trust) verify(ctx context.Context, token, kind string) (*claims, error) {
	if len(token) > longestPassed {
		return nil, refused(errors.New("a passport is too long"))
	}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{jwt.SigningMethodEdDSA.Alg()}), jwt.WithExpirationRequired(),
		jwt.WithIssuedAt(), jwt.WithTimeFunc(t.now), jwt.WithLeeway(clocksDiffer))
	var c claims
	var silent error
	_, err := parser.ParseWithClaims(token, &c, func(parsed *jwt.Token) (any, error) {
		if parsed.Header["typ"] != kind || kind == personType && c.Issuer != Console {
			return nil, errors.New("a passport of the wrong type")
		}
		if !slices.ContainsFunc(c.Audience, func(module string) bool { return slices.Contains(t.hosted, module) }) {
			return nil, errors.New("a passport for somebody else")
		}
		name, _ := parsed.Header["kid"].(string)
		key, err := t.key(ctx, c.Issuer, name)
		if fault.Is(err, fault.Unavailable) {
			silent = err
		}
		return key, err
	})
	switch {
	case silent != nil:
		return nil, silent
	case err != nil:
		return nil, refused(err)
	case c.ExpiresAt.Sub(c.IssuedAt.Time) > PassportLives:
		return nil, refused(errors.New("a passport for too long"))
	}
	return &c, nil
}

// refused tells the caller's process nothing that a forger could use.
func refused(cause error) error {
	return fault.New(fault.Unauthenticated, "passport-refused", "This call came without a valid passport.").Wrap(cause)
}

// key finds the issuer's key of that name.
func (t *Trust) key(ctx context.Context, module, name string) (any, error) {
	peer, ok := t.peers[module]
	if !ok {
		return nil, errors.New("signed by nobody that is known")
	}
	return peer.key(ctx, name, t.now())
}

func (i *issuer) key(ctx context.Context, name string, now time.Time) (any, error) {
	i.mu.Lock()
	defer i.mu.Unlock()
	key, known := i.keys[name]
	due := now.Sub(i.read) > keySetFresh || !known
	if due && now.Sub(i.tried) > keySetAtMost {
		i.tried = now
		if i.problem = i.fetch(ctx); i.problem == nil {
			i.read = now
		}
		key, known = i.keys[name]
	}
	switch {
	case known: // a set that cannot be read again is good until its keys are gone
		return key, nil
	case i.problem != nil:
		return nil, fault.New(fault.Unavailable, "keys-unavailable", "Who calls cannot be verified right now; try again in a moment.").
			After(keySetAtMost).Wrap(i.problem)
	default:
		return nil, errors.New("signed with an unknown key")
	}
}

func (i *issuer) fetch(ctx context.Context) error {
	limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), 2*time.Second) // the set serves others than this caller
	defer cancel()
	raw, err := i.source(limited)
	if err != nil {
		return err
	}
	keys, err := parseKeySet(raw)
	if err != nil {
		return err
	}
	i.keys = keys
	return nil
}

func (c *claims) principal() (Principal, error) {
	if c.Who == nil || c.Who.UserID.IsZero() || c.Who.UserID.String() != c.Subject || c.Who.Kind != KindUser && c.Who.Kind != KindKey {
		return Principal{}, errors.New("a passport of nobody")
	}
	return *c.Who, nil
}
