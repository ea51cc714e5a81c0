package auth

import (
	"context"
	"crypto/ed25519"
	"errors"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
	"erp/internal/platform/telemetry"
)

var house = []string{"platform", "employee", "asset", "invoice"}

// process is one of the house, with a clock that all share.
type process struct {
	keys      *SigningKeys
	passports *Passports
	hosted    string
	now       func() time.Time
	asked     atomic.Int32
	down      atomic.Bool
}

func newProcess(t *testing.T, hosted string, now func() time.Time) *process {
	t.Helper()
	keys, err := NewSigningKeys(pgtest.New(t, hosted), "secret of "+hosted, now)
	require.NoError(t, err)
	return &process{keys: keys, passports: NewPassports(keys, []string{hosted}, house, now), hosted: hosted, now: now}
}

func (p *process) keySet(ctx context.Context) ([]byte, error) {
	p.asked.Add(1)
	if p.down.Load() {
		return nil, errors.New("down")
	}
	return p.keys.KeySet(ctx)
}

// trusting takes passports of these processes.
func (p *process) trusting(others ...*process) *Trust {
	sources := map[string]KeySource{}
	for _, other := range others {
		sources[other.hosted] = other.keySet
	}
	return NewTrust([]string{p.hosted}, sources, p.now)
}

func (p *process) header(ctx context.Context, t *testing.T, to string) http.Header {
	t.Helper()
	header := http.Header{}
	require.NoError(t, p.passports.Attach(ctx, header, p.hosted, to))
	return header
}

type testClock struct{ at atomic.Int64 }

func (c *testClock) now() time.Time       { return time.UnixMilli(c.at.Load()).UTC() }
func (c *testClock) pass(d time.Duration) { c.at.Add(d.Milliseconds()) }
func newClock() *testClock                { c := &testClock{}; c.at.Store(time.Now().UnixMilli()); return c }
func ana() Principal {
	return Principal{Kind: KindUser, Method: "oidc", Since: time.Date(2026, 11, 25, 9, 0, 0, 1000, time.UTC), Wait: WaitSetUp, ViewingAs: rbac.Employee, UserID: id.New[User](), EmployeeID: id.New[Person](), SessionID: id.New[Session](), KeyID: id.New[Key](), KeyName: "night", Name: "Ana", Email: "ana@x.example"}
}
func rights(m map[string]rbac.Scope) *rbac.Rights { return rbac.NewRights(m) }

func TestPassports(t *testing.T) {
	t.Parallel()
	clock := newClock()
	console, assets, employees := newProcess(t, "platform", clock.now), newProcess(t, "asset", clock.now), newProcess(t, "employee", clock.now)
	atAssets, atEmployees := assets.trusting(console, employees), employees.trusting(console, assets)
	who := ana()
	acting := With(telemetry.WithRequest(t.Context(), telemetry.Request{IP: "192.0.2.7", Agent: "Firefox"}), who, rights(map[string]rbac.Scope{"asset:read": rbac.Team}))

	t.Run("a person arrives with name, rights and address, and travels on", func(t *testing.T) {
		ctx, caller, err := atAssets.Admit(t.Context(), console.header(acting, t, "asset"))
		require.NoError(t, err)
		require.Equal(t, "platform", caller.Module)
		require.Equal(t, who, From(ctx))
		require.Equal(t, rbac.Team, ScopeOf(ctx, rbac.Permission{Code: "asset:read"}))
		require.Equal(t, rbac.None, ScopeOf(ctx, rbac.Permission{Code: "asset:assign"}))
		require.Equal(t, "192.0.2.7", telemetry.RequestOf(ctx).IP)
		further, caller, err := atEmployees.Admit(t.Context(), assets.header(ctx, t, "employee"))
		require.NoError(t, err)
		require.Equal(t, "asset", caller.Module)
		require.Equal(t, who, From(further))
	})
	t.Run("the program arrives as the part that acts, nobody as nobody", func(t *testing.T) {
		ctx, _, err := atEmployees.Admit(t.Context(), assets.header(WithSystem(t.Context(), "asset.fold-counters"), t, "employee"))
		require.NoError(t, err)
		require.Equal(t, Principal{Kind: KindSystem, Name: "asset.fold-counters"}, From(ctx))
		ctx, _, err = atEmployees.Admit(t.Context(), assets.header(t.Context(), t, "employee"))
		require.NoError(t, err)
		require.True(t, From(ctx).IsZero())
	})
	t.Run("a process where nobody signs in vouches for nobody", func(t *testing.T) {
		require.Error(t, assets.passports.Attach(acting, http.Header{}, "asset", "employee"))
	})
	t.Run("what is for others, too old, or not what it seems is refused", func(t *testing.T) {
		valid := console.header(acting, t, "asset")
		service, person := valid.Get("Authorization"), valid.Get(PersonHeader)
		refuse := func(trust *Trust, authorization, person string) {
			t.Helper()
			_, _, err := trust.Admit(t.Context(), http.Header{"Authorization": {authorization}, PersonHeader: {person}})
			require.Equal(t, fault.Unauthenticated, fault.KindOf(err), err)
		}
		refuse(atEmployees, service, person) // made out to asset
		refuse(atAssets, "", "")
		refuse(atAssets, "", person)
		refuse(atAssets, "Bearer "+person, person) // a person is no service
		refuse(atAssets, service, strings.TrimPrefix(service, "Bearer "))
		refuse(atAssets, service, person[:len(person)-4]+"AAAA")
		refuse(atAssets, service+strings.Repeat("A", longestPassed), person)
		for _, forged := range []string{forge(t, assets, "platform"), forge(t, assets, "asset"), unsigned(t)} {
			refuse(atAssets, service, forged) // asset's process says who somebody is
		}
		refuse(NewTrust([]string{"asset"}, nil, clock.now), service, person) // signed by a stranger
		clock.pass(PassportLives + clocksDiffer + time.Second)
		refuse(atAssets, service, person)
	})
	t.Run("only the console passes requests on", func(t *testing.T) {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "/", nil)
		require.NoError(t, err)
		r.Header = console.header(acting, t, "asset")
		ctx, err := atAssets.Authenticate(r)
		require.NoError(t, err)
		require.Equal(t, "Ana", From(ctx).Name)
		r.Header = employees.header(WithSystem(t.Context(), "x"), t, "asset")
		_, err = atAssets.Authenticate(r)
		require.True(t, fault.Is(err, fault.Unauthenticated))
	})
}

// forge makes out a person's passport with another process's key.
func forge(t *testing.T, p *process, issuer string) string {
	t.Helper()
	who := ana()
	c := claims{RegisteredClaims: p.passports.registered(issuer, who.UserID.String(), house), Who: &who, Scope: "asset:read=all"}
	signed, err := p.passports.sign(t.Context(), personType, c)
	require.NoError(t, err)
	return signed
}

func unsigned(t *testing.T) string {
	t.Helper()
	token := jwt.NewWithClaims(jwt.SigningMethodNone, jwt.MapClaims{"iss": "platform", "aud": house, "exp": time.Now().Add(time.Minute).Unix()})
	token.Header["typ"] = personType
	text, err := token.SignedString(jwt.UnsafeAllowNoneSignatureType)
	require.NoError(t, err)
	return text
}

func TestKeysRotateWithoutAGap(t *testing.T) {
	t.Parallel()
	clock := newClock()
	console, assets := newProcess(t, "platform", clock.now), newProcess(t, "asset", clock.now)
	trust := assets.trusting(console)
	who := With(t.Context(), ana(), rights(nil))
	seen := map[string]bool{}
	var last http.Header
	for range 4 * 24 * 6 { // four days, ten minutes at a time
		require.NoError(t, console.keys.Renew(t.Context()))
		if last != nil {
			clock.pass(4 * time.Minute)
			_, _, err := trust.Admit(t.Context(), last)
			require.NoError(t, err, "what an old key signed is good until it expires")
			clock.pass(6 * time.Minute)
		}
		last = console.header(who, t, "asset")
		_, _, err := trust.Admit(t.Context(), last)
		require.NoError(t, err)
		key, err := console.keys.signer(t.Context())
		require.NoError(t, err)
		seen[key.id] = true
	}
	require.GreaterOrEqual(t, len(seen), 4)
	keys, err := console.keys.all(t.Context(), 0)
	require.NoError(t, err)
	require.LessOrEqual(t, len(keys), 3, "old keys are forgotten")

	t.Run("another copy with another secret adds a key of its own", func(t *testing.T) {
		other, err := NewSigningKeys(console.keys.db, "another secret", clock.now)
		require.NoError(t, err)
		copied := &process{keys: other, passports: NewPassports(other, []string{"platform"}, house, clock.now), hosted: "platform", now: clock.now}
		header := copied.header(who, t, "asset")
		clock.pass(keySetAtMost + time.Second)
		_, _, err = trust.Admit(t.Context(), header)
		require.NoError(t, err)
	})
	t.Run("keys that were read verify on while their process is down; made-up ones do not make it ask", func(t *testing.T) {
		header := console.header(who, t, "asset")
		console.down.Store(true)
		clock.pass(keySetAtMost + time.Second)
		_, _, err := trust.Admit(t.Context(), header)
		require.NoError(t, err)
		_, _, err = assets.trusting(console).Admit(t.Context(), header)
		require.Equal(t, fault.Unavailable, fault.KindOf(err), "who cannot be verified is asked to come again")
		before := console.asked.Load()
		for range 50 {
			_, private, _ := ed25519.GenerateKey(nil)
			token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, claims{RegisteredClaims: console.passports.registered("platform", "platform", []string{"asset"})})
			token.Header["typ"], token.Header["kid"] = serviceType, id.New[User]().String()
			text, err := token.SignedString(private)
			require.NoError(t, err)
			_, _, err = trust.Admit(t.Context(), http.Header{"Authorization": {"Bearer " + text}})
			require.Error(t, err)
		}
		require.LessOrEqual(t, console.asked.Load()-before, int32(1))
	})
}
