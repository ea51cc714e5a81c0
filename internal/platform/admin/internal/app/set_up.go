package app

import (
	"context"
	"log/slog"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/admin/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
	"erp/internal/platform/rbac"
)

// SetUpState tells a browser whether the first visit is still to come.
type SetUpState struct {
	Needed     bool             `json:"needed" doc:"True until the company has been set up"`
	Sample     bool             `json:"sample" doc:"Whether an example company can be filled in"`
	Mail       bool             `json:"mail" doc:"Whether a forgotten password can be replaced by mail"`
	Currencies []money.Currency `json:"currencies" doc:"Codes to choose from"`
	Languages  []string         `json:"languages"`
}

// SetUp is the input of the first visit.
type SetUp struct {
	Company struct {
		Name     string         `json:"name" minLength:"1" maxLength:"200"`
		Country  string         `json:"country" minLength:"2" maxLength:"2" example:"DE"`
		Currency money.Currency `json:"currency" minLength:"3" maxLength:"3" example:"EUR"`
		TaxID    string         `json:"taxId,omitempty" maxLength:"50"`
		TimeZone string         `json:"timeZone,omitempty" maxLength:"60" doc:"UTC when absent"`
		Language string         `json:"language,omitempty" enum:"en,de" doc:"English when absent"`
	} `json:"company"`
	Administrator struct {
		Name     string `json:"name" minLength:"1" maxLength:"200"`
		Email    string `json:"email" minLength:"3" maxLength:"254"`
		Password string `json:"password" minLength:"1" maxLength:"1000"`
	} `json:"administrator"`
	Sample bool `json:"sample,omitempty" doc:"Fill in an example company"`
}

// SetUpState says whether the set-up is still to be done.
func (a *App) SetUpState(ctx context.Context) (SetUpState, error) {
	exists, err := a.companies.Exists(ctx)
	if err != nil {
		return SetUpState{}, err
	}
	return SetUpState{Needed: !exists, Sample: a.sample != nil, Mail: a.mailer.Configured(), Currencies: money.Currencies(), Languages: domain.Languages()}, nil
}

// SetUp makes the company and its first administrator, once, and signs the administrator in. Of two at the same moment
// one wins and the other is told so.
func (a *App) SetUp(ctx context.Context, in SetUp) (SignedIn, error) {
	exists, err := a.companies.Exists(ctx)
	if err != nil {
		return SignedIn{}, err
	}
	if exists {
		return SignedIn{}, store.AlreadySetUp()
	}
	company, user, err := a.prepare(ctx, in, auth.WrongPassword)
	if err != nil {
		return SignedIn{}, err
	}
	user.LastSignInAt = &user.CreatedAt
	ctx = auth.With(ctx, principal(user), nil)
	var started auth.Started
	err = a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := a.found(ctx, tx, company, user); err != nil {
			return err
		}
		started, err = a.sessions.Start(ctx, tx, auth.UserID(user.ID), auth.Way{Method: auth.ByPassword})
		return err
	})
	if err != nil {
		return SignedIn{}, err
	}
	if in.Sample && a.sample != nil {
		if err := a.sample(auth.WithSystem(ctx, "admin.sample-company")); err != nil {
			slog.ErrorContext(ctx, "the company is set up, but its sample data is incomplete", "error", err)
		}
	}
	return a.signedIn(started, user), nil
}

// prepare checks the whole input at once and hashes the password, before anything is locked.
func (a *App) prepare(ctx context.Context, in SetUp, wrongPassword func(password string, about ...string) string) (domain.Company, domain.User, error) {
	now := a.now()
	company := domain.Company{
		Name: in.Company.Name, Country: in.Company.Country, Currency: in.Company.Currency, TaxID: in.Company.TaxID,
		TimeZone: in.Company.TimeZone, Language: in.Company.Language, CreatedAt: now, UpdatedAt: now,
	}
	if company.TimeZone == "" {
		company.TimeZone = "UTC"
	}
	if company.Language == "" {
		company.Language = "en"
	}
	company.Tidy()
	var p fault.Problems
	company.Check(&p, "body.company")
	who := in.Administrator
	domain.CheckPerson(&p, "body.administrator", who.Name, who.Email)
	if wrong := wrongPassword(who.Password, who.Name, who.Email, company.Name); wrong != "" {
		p.Add("body.administrator.password", "%s", wrong)
	}
	if err := p.Err(); err != nil {
		return domain.Company{}, domain.User{}, err
	}
	user := domain.NewUser(who.Name, who.Email, now)
	hash, err := a.passwords.Hash(ctx, who.Password)
	user.PasswordHash = hash
	return company, user, err
}

func (a *App) found(ctx context.Context, tx *database.Tx, company domain.Company, user domain.User) error {
	if err := a.companies.Insert(tx, &company); err != nil {
		return err
	}
	if err := a.users.Insert(tx, &user); err != nil {
		return err
	}
	_, err := a.policy.Change(ctx, tx, by(ctx), func(e *rbac.Edit) error {
		return e.SetRoles(person(user.ID), []rbac.Holding{{Role: rbac.Administrator}})
	})
	if err != nil {
		return err
	}
	err = audit.Record(tx, audit.Entry{Action: "company.set-up", Subject: "company", SubjectID: "1", Label: company.Name, After: company.Profile()})
	if err != nil {
		return err
	}
	return record(tx, "user.create", &user, nil, user.View([]string{string(rbac.Administrator)}))
}

// EnsureSetUp does the set-up without a browser, from the operator's environment. A company that exists is left as it is;
// made reports whether there was none.
func (a *App) EnsureSetUp(ctx context.Context, companyName, email, password string) (made bool, err error) {
	exists, err := a.companies.Exists(ctx)
	if err != nil || exists {
		return false, err
	}
	var in SetUp
	in.Company.Name, in.Company.Country, in.Company.Currency = companyName, "DE", "EUR"
	in.Administrator.Name, in.Administrator.Email, in.Administrator.Password = "Administrator", email, password
	company, user, err := a.prepare(ctx, in, operatorsPassword)
	if err != nil {
		return false, err
	}
	if wrong := auth.WrongPassword(password, email, companyName); wrong != "" {
		slog.WarnContext(ctx, "the administrator's password should be changed: it "+wrong)
	}
	err = a.db.Tx(auth.WithSystem(ctx, "admin.set-up"), func(ctx context.Context, tx *database.Tx) error {
		return a.found(ctx, tx, company, user)
	})
	if fault.Is(err, fault.Conflict) {
		return false, nil // another replica was first
	}
	return err == nil, err
}

// operatorsPassword is laxer than for people: whoever sets the environment owns the server, and a program that does not
// start helps nobody.
func operatorsPassword(password string, _ ...string) string { return auth.WrongLength(password) }

func principal(user domain.User) auth.Principal {
	return auth.Principal{
		UserID: auth.UserID(user.ID), EmployeeID: auth.PersonID(user.EmployeeID), Name: user.Name, Email: user.Email, Kind: auth.KindUser,
	}
}
