package auth

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"erp/internal/platform/fault"
)

// Reachable asks the service whether it is there; a fault of kind Unavailable when it is not. What it said lately is
// believed for a moment, so that a page that many people open does not become many requests.
func (p *Provider) Reachable(ctx context.Context) error {
	_, err := p.discover(ctx)
	return err
}

func (p *Provider) discover(ctx context.Context) (*oidc.Provider, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	age := p.now().Sub(p.checked)
	if p.checked.IsZero() || age < 0 || (p.err == nil && age > discoveryLasts) || (p.err != nil && age > discoveryRetry) {
		// Whoever gives up waiting must not leave "unreachable" behind for the others.
		asking, cancel := context.WithTimeout(context.WithoutCancel(ctx), providerAnswers)
		defer cancel()
		p.found, p.err = p.ask(asking)
		p.checked = p.now()
	}
	if p.err != nil {
		return nil, fault.New(fault.Unavailable, "provider-unreachable",
			"%s does not answer. Sign in with your password, or try again later.", p.options.Name).Wrap(p.err).After(discoveryRetry)
	}
	return p.found, nil
}

func (p *Provider) ask(ctx context.Context) (*oidc.Provider, error) {
	found, err := oidc.NewProvider(oidc.ClientContext(ctx, p.client), p.options.Issuer)
	if err != nil {
		return nil, fmt.Errorf("discover %s: %w", p.options.Issuer, err)
	}
	var named struct {
		Keys string `json:"jwks_uri"`
	}
	if err := found.Claims(&named); err != nil {
		return nil, fmt.Errorf("read what %s says of itself: %w", p.options.Issuer, err)
	}
	if !strings.HasPrefix(p.options.Issuer, "https://") { // on this machine, for a trial
		return found, nil
	}
	for _, address := range []string{found.Endpoint().AuthURL, found.Endpoint().TokenURL, named.Keys} {
		if !strings.HasPrefix(address, "https://") {
			return nil, fmt.Errorf("%s names an address without TLS: %s", p.options.Issuer, address)
		}
	}
	return found, nil
}

func (p *Provider) config(found *oidc.Provider) *oauth2.Config {
	return &oauth2.Config{
		ClientID: p.options.ClientID, ClientSecret: p.options.ClientSecret, Endpoint: found.Endpoint(),
		RedirectURL: p.options.PublicURL + providerReturn, Scopes: []string{oidc.ScopeOpenID, "email", "profile"},
	}
}

// brief keeps an answer of the service from filling the memory.
type brief struct{ next http.RoundTripper }

// RoundTrip cuts the answer's body.
func (b brief) RoundTrip(r *http.Request) (*http.Response, error) {
	answer, err := b.next.RoundTrip(r)
	if err == nil {
		answer.Body = struct {
			io.Reader
			io.Closer
		}{io.LimitReader(answer.Body, providerSays), answer.Body}
	}
	return answer, err
}
