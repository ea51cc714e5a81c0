package auth

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"erp/internal/platform/fault"
)

// ProviderOptions are the operator's words about the company's own sign-in service.
type ProviderOptions struct {
	Issuer, ClientID, ClientSecret string
	// Name stands on the button: "Acme sign-in".
	Name string
	// PublicURL is where browsers reach this program, and come back to.
	PublicURL string
}

// Provider lets people sign in with the company's own service by OpenID Connect: the code flow with PKCE, and a state
// and a nonce that only the browser knows which began. It talks to the configured issuer and to the addresses that the
// issuer names, to nobody else, and needs it at no other time: a service that is down keeps nobody from signing in by
// password.
type Provider struct {
	options ProviderOptions
	box     *Box
	now     func() time.Time
	client  *http.Client

	mu      sync.Mutex
	found   *oidc.Provider
	err     error
	checked time.Time
}

const (
	providerCookie  = "erp_provider"
	providerPath    = "/api/v1/session/provider"
	providerReturn  = "/sign-in/provider"
	providerSeal    = "sign-in by provider"
	departureLasts  = 10 * time.Minute
	discoveryLasts  = time.Minute
	discoveryRetry  = 15 * time.Second
	providerAnswers = 5 * time.Second
	providerSays    = 1 << 20 // bytes of one answer at most
)

// NewProvider returns the provider, or nil when none is configured. It asks nobody anything yet.
func NewProvider(o ProviderOptions, box *Box, now func() time.Time) *Provider {
	if o.Issuer == "" {
		return nil
	}
	if o.Name == "" {
		o.Name = hostOf(o.Issuer)
	}
	o.PublicURL = strings.TrimSuffix(o.PublicURL, "/")
	return &Provider{options: o, box: box, now: now, client: &http.Client{
		Timeout:       providerAnswers,
		Transport:     brief{http.DefaultTransport},
		CheckRedirect: func(*http.Request, []*http.Request) error { return errors.New("the sign-in service must not redirect") },
	}}
}

func hostOf(address string) string {
	if u, err := url.Parse(address); err == nil && u.Host != "" {
		return u.Hostname()
	}
	return address
}

// Name is what people call the service.
func (p *Provider) Name() string { return p.options.Name }

// Issuer names the service in the records.
func (p *Provider) Issuer() string { return p.options.Issuer }

// Departure is a browser on its way to the service. The cookie holds, sealed, what it must bring back.
type Departure struct {
	Address string
	Cookie  *http.Cookie
}

// departure is what the browser keeps and cannot read.
type departure struct {
	State    string    `json:"state"`
	Nonce    string    `json:"nonce"`
	Verifier string    `json:"verifier"`
	Until    time.Time `json:"until"`
}

// Begin sends a browser to the service.
func (p *Provider) Begin(ctx context.Context) (Departure, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return Departure{}, err
	}
	d := departure{State: rand.Text(), Nonce: rand.Text(), Verifier: oauth2.GenerateVerifier(), Until: p.now().Add(departureLasts)}
	text, err := json.Marshal(d)
	if err != nil {
		return Departure{}, fmt.Errorf("write departure: %w", err)
	}
	sealed, err := p.box.Seal(providerSeal, text)
	if err != nil {
		return Departure{}, err
	}
	address := p.config(found).AuthCodeURL(d.State, oidc.Nonce(d.Nonce), oauth2.S256ChallengeOption(d.Verifier))
	return Departure{Address: address, Cookie: p.cookie(base64.RawURLEncoding.EncodeToString(sealed), int(departureLasts/time.Second))}, nil
}

func (p *Provider) cookie(value string, seconds int) *http.Cookie {
	return &http.Cookie{ //nolint:gosec // because Secure follows how the program is reached, as for sessions
		Name: providerCookie, Value: value, Path: providerPath, MaxAge: seconds,
		HttpOnly: true, Secure: strings.HasPrefix(p.options.PublicURL, "https://"), SameSite: http.SameSiteStrictMode,
	}
}

// Forget is the cookie that ends a departure.
func (p *Provider) Forget() *http.Cookie { return p.cookie("", -1) }

// Return is what a browser brings back from the service.
type Return struct {
	Code, State string
	Departure   string // the cookie
}

// Identity is whom the service vouches for.
type Identity struct {
	Issuer, Subject string
	// Email is empty unless the service has verified that it belongs to the person.
	Email string
	// SecondFactor says that the service has asked for more than one factor.
	SecondFactor bool
	// Once is the hash by which a departure is known to have been used.
	Once []byte
	// Until is when the departure would have ended.
	Until time.Time
}

// Finish asks the service whom the code stands for. A return that no departure of this browser belongs to is refused
// before anybody is asked.
func (p *Provider) Finish(ctx context.Context, r Return) (Identity, error) {
	d, ok := p.departed(r)
	if !ok {
		return Identity{}, fault.New(fault.Unauthenticated, "provider-return-refused",
			"This sign-in was not begun in this browser, or too long ago. Begin again.")
	}
	found, err := p.discover(ctx)
	if err != nil {
		return Identity{}, err
	}
	ctx = oidc.ClientContext(ctx, p.client)
	token, err := p.config(found).Exchange(ctx, r.Code, oauth2.VerifierOption(d.Verifier))
	if err != nil {
		return Identity{}, p.refused(err)
	}
	raw, _ := token.Extra("id_token").(string)
	checked, err := found.Verifier(&oidc.Config{ClientID: p.options.ClientID, Now: p.now}).Verify(ctx, raw)
	if err != nil {
		return Identity{}, p.refused(err)
	}
	if subtle.ConstantTimeCompare([]byte(checked.Nonce), []byte(d.Nonce)) != 1 {
		return Identity{}, p.refused(errors.New("the nonce is another one"))
	}
	said, err := p.claims(ctx, found, checked, token)
	if err != nil {
		return Identity{}, p.refused(err)
	}
	identity := Identity{Issuer: checked.Issuer, Subject: checked.Subject, SecondFactor: said.strong(), Once: hashToken(d.State), Until: d.Until}
	if bool(said.Verified) {
		identity.Email = said.Email
	}
	return identity, nil
}

// departed opens the cookie and compares what came back with what was sent.
func (p *Provider) departed(r Return) (departure, bool) {
	var d departure
	sealed, err := base64.RawURLEncoding.DecodeString(r.Departure)
	if err != nil {
		return d, false
	}
	text, err := p.box.Open(providerSeal, sealed)
	if err != nil || json.Unmarshal(text, &d) != nil {
		return d, false
	}
	return d, p.now().Before(d.Until) && subtle.ConstantTimeCompare([]byte(d.State), []byte(r.State)) == 1
}

// refused tells a service that says no from one that says nothing.
func (p *Provider) refused(err error) error {
	var network *url.Error
	if answer, said := errors.AsType[*oauth2.RetrieveError](err); errors.As(err, &network) || (said && answer.Response.StatusCode >= http.StatusInternalServerError) {
		return fault.New(fault.Unavailable, "provider-unreachable",
			"%s does not answer. Sign in with your password, or try again later.", p.options.Name).Wrap(err).After(discoveryRetry)
	}
	return fault.New(fault.Unauthenticated, "provider-refused", "%s did not vouch for you. Begin again.", p.options.Name).Wrap(err)
}

// said is what the service tells of a person.
type said struct {
	Subject  string   `json:"sub"`
	Email    string   `json:"email"`
	Verified lenient  `json:"email_verified"`
	Methods  []string `json:"amr"`
}

// claims reads the token, and asks for the address where the token has none.
func (p *Provider) claims(ctx context.Context, found *oidc.Provider, checked *oidc.IDToken, token *oauth2.Token) (said, error) {
	var s said
	if err := checked.Claims(&s); err != nil {
		return s, fmt.Errorf("read token: %w", err)
	}
	if s.Email != "" || found.UserInfoEndpoint() == "" {
		return s, nil
	}
	info, err := found.UserInfo(ctx, oauth2.StaticTokenSource(token))
	if err != nil {
		return s, fmt.Errorf("ask for the address: %w", err)
	}
	if info.Subject != checked.Subject {
		return s, errors.New("the address is of another person than the token")
	}
	s.Email, s.Verified = info.Email, lenient(info.EmailVerified)
	return s, nil
}

// strong reads RFC 8176: only that word says that more than one factor was shown.
func (s said) strong() bool { return slices.Contains(s.Methods, "mfa") }

// lenient is a yes or no that some services write as text.
type lenient bool

// UnmarshalJSON takes true and "true" for yes; all else is no.
func (l *lenient) UnmarshalJSON(text []byte) error {
	*l = string(text) == "true" || string(text) == `"true"`
	return nil
}
