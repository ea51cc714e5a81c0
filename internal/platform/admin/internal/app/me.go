package app

import (
	"context"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
	"erp/internal/platform/rbac"
)

// Me is the caller and what the browser needs to know first.
type Me struct {
	User        admin.User            `json:"user"`
	Roles       []RoleName            `json:"roles"`
	Permissions map[string]rbac.Scope `json:"permissions" doc:"Scope by permission code; what is absent is not allowed"`
	Preferences domain.Preferences    `json:"preferences"`
	Company     MyCompany             `json:"company"`
	ViewingAs   *RoleName             `json:"viewingAs,omitempty" doc:"The role as which the caller looks at the application; nothing can be changed meanwhile"`
	Waiting     auth.Wait             `json:"waiting,omitempty" enum:"confirm,set-up" doc:"The second factor that must come before anything else: to be shown, or to be set up"`
}

// RoleName is a role as people call it.
type RoleName struct {
	Code string `json:"code"`
	Name string `json:"name"`
}

// MyCompany is what every screen shows of the company.
type MyCompany struct {
	Name     string         `json:"name"`
	Country  string         `json:"country"`
	Currency money.Currency `json:"currency"`
	Language string         `json:"language"`
	TimeZone string         `json:"timeZone"`
	HasLogo  bool           `json:"hasLogo"`
	Version  int            `json:"version"`
}

// Me tells the caller who they are and what they may do.
func (a *App) Me(ctx context.Context) (Me, error) {
	user, err := a.caller(ctx)
	if err != nil {
		return Me{}, err
	}
	company, err := a.companies.Load(ctx)
	if err != nil {
		return Me{}, err
	}
	roles, err := a.roles.List(ctx)
	if err != nil {
		return Me{}, err
	}
	me := Me{
		User: a.view(user), Roles: []RoleName{}, Permissions: auth.RightsOf(ctx).Scopes(), Preferences: user.Preferences,
		Company: MyCompany{
			Name: company.Name, Country: company.Country, Currency: company.Currency, Language: company.Language,
			TimeZone: company.TimeZone, HasLogo: company.LogoType != "", Version: company.Version,
		},
	}
	who := auth.From(ctx)
	me.Waiting = who.Wait
	if who.Method == auth.ByProvider { // a password that somebody else chose is not what let them in
		me.User.MustChange = false
	}
	names := map[string]string{}
	for _, role := range roles {
		names[role.Code] = role.Name
	}
	if viewing := string(auth.From(ctx).ViewingAs); viewing != "" {
		me.ViewingAs = &RoleName{Code: viewing, Name: names[viewing]}
	}
	for _, code := range me.User.Roles {
		me.Roles = append(me.Roles, RoleName{Code: code, Name: names[code]})
	}
	return me, nil
}

func (a *App) caller(ctx context.Context) (domain.User, error) {
	who := auth.From(ctx)
	if who.UserID.IsZero() {
		return domain.User{}, fault.New(fault.Unauthenticated, "not-signed-in", "Sign in first.")
	}
	return a.users.ByID(ctx, admin.UserID(who.UserID))
}

// SetPreferences keeps the caller's own choices.
func (a *App) SetPreferences(ctx context.Context, preferences domain.Preferences) (domain.Preferences, error) {
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (domain.Preferences, error) {
		return preferences, a.users.SetPreferences(tx, admin.UserID(auth.From(ctx).UserID), preferences)
	})
}

// ChangePassword is the input of a person who wants another password.
type ChangePassword struct {
	Current string `json:"current" minLength:"1" maxLength:"1000"`
	New     string `json:"new" minLength:"1" maxLength:"1000" doc:"At least 12 characters, none of the common ones"`
}

// ChangePassword gives the caller another password and ends all their other sessions. Guessing the current one is
// bounded like signing in.
func (a *App) ChangePassword(ctx context.Context, in ChangePassword) (admin.User, error) {
	user, err := a.caller(ctx)
	if err != nil {
		return admin.User{}, err
	}
	attempt, err := a.attempts.Begin(ctx, user.Email, auth.Address(ctx))
	if err != nil {
		return admin.User{}, err
	}
	ok, _, err := a.passwords.Matches(ctx, user.PasswordHash, in.Current)
	if err != nil {
		return admin.User{}, err
	}
	var p fault.Problems
	if !ok {
		if err := a.noteWrongRecheck(ctx, user); err != nil {
			return admin.User{}, err
		}
		p.Add("body.current", "is not your password")
	} else if in.New == in.Current {
		p.Add("body.new", "must differ from the current one")
	}
	if err := a.checkPassword(ctx, &p, "body.new", in.New, user); err != nil {
		return admin.User{}, err
	}
	hash, err := a.passwords.Hash(ctx, in.New)
	if err != nil {
		return admin.User{}, err
	}
	err = a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		a.attempts.Succeeded(tx, attempt)
		locked, err := a.users.Lock(tx, user.ID)
		if err != nil {
			return err
		}
		if locked.PasswordHash != user.PasswordHash {
			return fault.New(fault.Stale, "stale", "Your password was changed meanwhile. Try again.")
		}
		user = locked
		return a.setPassword(ctx, tx, &user, hash, false, "user.change-password")
	})
	return a.view(user), err
}

// checkPassword adds what is wrong with a new password and gives all problems at once.
func (a *App) checkPassword(ctx context.Context, p *fault.Problems, at, password string, user domain.User) error {
	company, err := a.companies.Load(ctx)
	if err != nil && !fault.Is(err, fault.NotFound) {
		return err
	}
	if wrong := auth.WrongPassword(password, user.Name, user.Email, company.Name); wrong != "" {
		p.Add(at, "%s", wrong)
	}
	return p.Err()
}

// setPassword stores the hash, ends the person's sessions but the caller's own, and the links that would set another one.
func (a *App) setPassword(ctx context.Context, tx *database.Tx, user *domain.User, hash string, mustChange bool, action string) error {
	user.PasswordHash, user.MustChange, user.PasswordSetAt = hash, mustChange, a.now()
	if err := a.users.Update(tx, user, a.now()); err != nil {
		return err
	}
	if _, err := a.sessions.EndAll(ctx, tx, auth.UserID(user.ID), auth.From(ctx).SessionID); err != nil {
		return err
	}
	a.links.EndOpen(tx, user.ID, a.now())
	return record(tx, action, user, nil, nil)
}

// Preferences are a person's own choices for the browser.
type Preferences = domain.Preferences
