package app

import (
	"context"
	"errors"
	"net/http"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// SignInWays is what the sign-in page offers besides the password.
type SignInWays struct {
	Provider *ProviderWay `json:"provider,omitempty" doc:"The company's own sign-in service; absent when there is none"`
	Passkeys string       `json:"passkeys,omitempty" doc:"The host where passkeys work; absent when they do nowhere"`
}

// ProviderWay is the company's own sign-in service.
type ProviderWay struct {
	Name      string `json:"name"`
	Reachable bool   `json:"reachable" doc:"false: it does not answer at the moment"`
}

// SignInWays tells what the sign-in page offers. A service that does not answer is said, not an error.
func (a *App) SignInWays(ctx context.Context) (SignInWays, error) {
	var ways SignInWays
	if a.passkeys != nil {
		ways.Passkeys = a.passkeys.Host()
	}
	if a.provider != nil {
		ways.Provider = &ProviderWay{Name: a.provider.Name(), Reachable: a.provider.Reachable(ctx) == nil}
	}
	return ways, nil
}

// Departure is a browser on its way to the sign-in service.
type Departure struct {
	Address string       `json:"address" doc:"Where the browser goes next"`
	Cookie  *http.Cookie `json:"-"`
}

// BeginProviderSignIn sends a browser to the company's own sign-in service.
func (a *App) BeginProviderSignIn(ctx context.Context) (Departure, error) {
	if a.provider == nil {
		return Departure{}, noProvider()
	}
	begun, err := a.provider.Begin(ctx)
	return Departure{Address: begun.Address, Cookie: begun.Cookie}, err
}

func noProvider() error {
	return fault.New(fault.NotFound, "no-provider", "No sign-in service is set up. Sign in with your password.")
}

// ProviderReturn is the input of a sign-in that comes back from the service.
type ProviderReturn struct {
	Code  string `json:"code" minLength:"1" maxLength:"4000" doc:"As the service gave it"`
	State string `json:"state" minLength:"1" maxLength:"200" doc:"As the service gave it"`
}

// ForgetDeparture is the cookie that ends a departure, whatever came of it.
func (a *App) ForgetDeparture() *http.Cookie {
	if a.provider == nil {
		return nil
	}
	return a.provider.Forget()
}

// SignInByProvider lets in whom the service vouches for. Only people who have an account come in: at the first time the
// account with the address that the service has verified, afterwards whoever the service calls the same. Whoever has a
// second factor here is asked for it, unless the service has seen more than one.
func (a *App) SignInByProvider(ctx context.Context, in ProviderReturn, departure string) (SignedIn, error) {
	if a.provider == nil {
		return SignedIn{}, noProvider()
	}
	address := auth.Address(ctx)
	attempt, err := a.attempts.Begin(ctx, "provider from "+address, address)
	if err != nil {
		return SignedIn{}, err
	}
	who, err := a.provider.Finish(ctx, auth.Return{Code: in.Code, State: in.State, Departure: departure})
	if fault.Is(err, fault.Unavailable) { // nobody's guess was wrong
		return SignedIn{}, errors.Join(err, a.withdraw(ctx, attempt))
	}
	if err != nil {
		return SignedIn{}, a.noteRefused(ctx, domain.User{}, "", auth.ByProvider, err)
	}
	user, fresh, err := a.userBehind(ctx, who)
	if err != nil {
		return SignedIn{}, a.noteRefused(ctx, user, who.Email, auth.ByProvider, err)
	}
	var started auth.Started
	err = a.signingIn(ctx, attempt, user, func(ctx context.Context, tx *database.Tx) error {
		if err := a.answered.Use(ctx, tx, who.Once, who.Until); err != nil {
			return err
		}
		if err := a.keepIdentity(tx, &user, who, fresh); err != nil {
			return err
		}
		started, err = a.letIn(ctx, tx, &user, auth.Way{Method: auth.ByProvider, SecondFactor: who.SecondFactor}, "")
		return err
	})
	if err != nil {
		return SignedIn{}, a.noteRefused(ctx, user, user.Email, auth.ByProvider, err)
	}
	return a.signedIn(started, user), nil
}

// userBehind finds the account; first says that the two are still to be joined.
func (a *App) userBehind(ctx context.Context, who auth.Identity) (user domain.User, first bool, err error) {
	found, err := a.identities.Find(ctx, who.Issuer, who.Subject)
	switch {
	case err == nil:
		user, err = a.users.ByID(ctx, found.UserID)
	case fault.Is(err, fault.NotFound) && who.Email != "":
		first = true
		user, err = a.users.ByEmail(ctx, who.Email)
	}
	if fault.Is(err, fault.NotFound) || (err == nil && !user.CanSignIn()) {
		return user, first, notKnownHere(a.provider.Name())
	}
	return user, first, err
}

func notKnownHere(provider string) error {
	return fault.New(fault.Unauthenticated, "provider-unknown",
		"%s knows you, but there is no open account with your verified e-mail address here. Ask an administrator.", provider)
}

// keepIdentity joins the account with the service's subject at the first time. An account that belongs to another subject
// stays with that one: the address may have passed to somebody else.
func (a *App) keepIdentity(tx *database.Tx, user *domain.User, who auth.Identity, first bool) error {
	one := domain.ProviderIdentity{Issuer: who.Issuer, Subject: who.Subject, UserID: user.ID, CreatedAt: a.now(), UsedAt: a.now()}
	if !first {
		a.identities.Touch(tx, one, a.now())
		return nil
	}
	taken, err := a.identities.Insert(tx, &one)
	if err != nil {
		return err
	}
	if taken {
		return fault.New(fault.Unauthenticated, "provider-other",
			"Your account here belongs to somebody else at %s. Ask an administrator to separate them.", a.provider.Name())
	}
	return audit.Record(tx, audit.Entry{Action: "user.join-provider", Subject: "user", SubjectID: user.ID.String(), Label: user.Name,
		After: joined{Issuer: who.Issuer, Email: who.Email}})
}

type joined struct {
	Issuer string `json:"issuer"`
	Email  string `json:"email"`
}
