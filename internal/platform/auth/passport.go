package auth

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"erp/internal/platform/rbac"
	"erp/internal/platform/telemetry"
)

// PassportLives is how long what travels between processes is good for.
const PassportLives = 5 * time.Minute

// PersonHeader carries the person's passport beside the service's own in Authorization.
const PersonHeader = "Erp-Person"

// The two types of passports; one is never taken for the other.
const (
	serviceType = "erp-service+jwt"
	personType  = "erp-person+jwt"
)

// Console is the module that signs people in: only its word counts for who somebody is.
const Console = "platform"

// claims is what a passport says. A service's says who calls and, when the program acts by itself, as which part of it; a
// person's says who it is and what they may do.
type claims struct {
	jwt.RegisteredClaims
	Acting string     `json:"acting,omitempty"`
	Who    *Principal `json:"who,omitempty"`
	Scope  string     `json:"scope,omitempty"` // "asset:read=all asset:assign=team"
	IP     string     `json:"ip,omitempty"`
	Agent  string     `json:"agent,omitempty"`
}

type passportKey struct{}

// Passports makes out what a process shows when it calls another one.
type Passports struct {
	keys    *SigningKeys
	hosted  []string
	modules []string
	now     func() time.Time
}

// NewPassports signs for a process that hosts these modules of the house.
func NewPassports(keys *SigningKeys, hosted, modules []string, now func() time.Time) *Passports {
	return &Passports{keys: keys, hosted: hosted, modules: modules, now: now}
}

// Attach puts the passports of this call into its header: from is the calling module, to the called one. Whoever acts in
// the context travels along: a person with their own passport, the program by name, nobody as nobody. In the name of a
// person who is away (see Standing) the program asks.
func (p *Passports) Attach(ctx context.Context, header http.Header, from, to string) error {
	who := From(ctx)
	acting, away := ctx.Value(awayKey{}).(string)
	if who.Kind == KindSystem {
		acting = who.Name
	}
	service, err := p.sign(ctx, serviceType, claims{RegisteredClaims: p.registered(from, from, []string{to}), Acting: acting})
	if err != nil {
		return err
	}
	header.Set("Authorization", "Bearer "+service)
	header.Del(PersonHeader)
	if who.IsZero() || who.Kind == KindSystem || away {
		return nil
	}
	person, err := p.person(ctx, who)
	if err != nil {
		return err
	}
	header.Set(PersonHeader, person)
	return nil
}

// person is the passport with which the person came, or, where people sign in, a new one.
func (p *Passports) person(ctx context.Context, who Principal) (string, error) {
	if brought, ok := ctx.Value(passportKey{}).(string); ok {
		return brought, nil
	}
	if !slices.Contains(p.hosted, Console) {
		return "", errors.New("somebody acts here who came without a passport")
	}
	request := telemetry.RequestOf(ctx)
	return p.sign(ctx, personType, claims{
		// What a module is asked for it may have to ask others for, so a person's passport is good in the whole house; only a
		// service that shows its own passport can use it.
		RegisteredClaims: p.registered(Console, who.UserID.String(), p.modules),
		Who:              &who, Scope: scopeText(RightsOf(ctx)), IP: request.IP, Agent: clip(request.Agent, 300),
	})
}

func (p *Passports) registered(issuer, subject string, audience []string) jwt.RegisteredClaims {
	now := p.now()
	return jwt.RegisteredClaims{
		Issuer: issuer, Subject: subject, Audience: audience, IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(PassportLives)),
	}
}

func (p *Passports) sign(ctx context.Context, kind string, c claims) (string, error) {
	key, err := p.keys.signer(ctx)
	if err != nil {
		return "", err
	}
	token := jwt.NewWithClaims(jwt.SigningMethodEdDSA, c)
	token.Header["typ"], token.Header["kid"] = kind, key.id
	signed, err := token.SignedString(key.private)
	if err != nil {
		return "", fmt.Errorf("sign passport: %w", err)
	}
	return signed, nil
}

// scopeText writes rights in one line, in a steady order.
func scopeText(rights *rbac.Rights) string {
	scopes := rights.Scopes()
	words := make([]string, 0, len(scopes))
	for code, scope := range scopes {
		words = append(words, code+"="+scope.String())
	}
	slices.Sort(words)
	return strings.Join(words, " ")
}

// rightsOf reads what scopeText wrote; a word that is none grants nothing.
func rightsOf(text string) *rbac.Rights {
	scopes := map[string]rbac.Scope{}
	for word := range strings.FieldsSeq(text) {
		code, name, _ := strings.Cut(word, "=")
		if scope, err := rbac.ParseScope(name); err == nil && scope != rbac.None {
			scopes[code] = scope
		}
	}
	return rbac.NewRights(scopes)
}
