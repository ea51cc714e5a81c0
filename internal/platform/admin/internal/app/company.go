package app

import (
	"context"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/admin/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// known is a company as it was read.
type known struct {
	stamp   store.Stamp
	profile admin.CompanyProfile
}

// Profile is the company's settings; it implements admin.Company. Other modules ask for it with every document and every
// list, so the row with its picture is read again only after it has changed.
func (a *App) Profile(ctx context.Context) (admin.CompanyProfile, error) {
	stamp, err := a.companies.Stamp(ctx)
	if err != nil {
		return admin.CompanyProfile{}, err
	}
	if last := a.company.Load(); last != nil && last.stamp == stamp {
		return last.profile, nil
	}
	company, err := a.companies.Load(ctx)
	if err != nil {
		return admin.CompanyProfile{}, err
	}
	if company.Version == stamp.Version {
		a.company.Store(&known{stamp, company.Profile()})
	}
	return company.Profile(), nil
}

// EditCompany is the input of changed settings.
type EditCompany struct {
	Name       string         `json:"name" minLength:"1" maxLength:"200"`
	LegalName  string         `json:"legalName,omitempty" maxLength:"200"`
	Line1      string         `json:"line1,omitempty" maxLength:"200"`
	Line2      string         `json:"line2,omitempty" maxLength:"200"`
	PostalCode string         `json:"postalCode,omitempty" maxLength:"20"`
	City       string         `json:"city,omitempty" maxLength:"100"`
	Country    string         `json:"country" minLength:"2" maxLength:"2"`
	Currency   money.Currency `json:"currency" minLength:"3" maxLength:"3" doc:"Amounts already written keep theirs"`
	TaxID      string         `json:"taxId,omitempty" maxLength:"50"`
	VATID      string         `json:"vatId,omitempty" maxLength:"50"`
	Email      string         `json:"email,omitempty" maxLength:"254"`
	Phone      string         `json:"phone,omitempty" maxLength:"50"`
	Website    string         `json:"website,omitempty" maxLength:"200"`
	IBAN       string         `json:"iban,omitempty" maxLength:"50"`
	BIC        string         `json:"bic,omitempty" maxLength:"20"`
	BankName   string         `json:"bankName,omitempty" maxLength:"200"`
	TimeZone   string         `json:"timeZone" minLength:"1" maxLength:"60"`
	Language   string         `json:"language" enum:"en,de"`
}

func (in EditCompany) apply(c *domain.Company) {
	c.Name, c.LegalName, c.Line1, c.Line2, c.PostalCode, c.City = in.Name, in.LegalName, in.Line1, in.Line2, in.PostalCode, in.City
	c.Country, c.Currency, c.TaxID, c.VATID = in.Country, in.Currency, in.TaxID, in.VATID
	c.Email, c.Phone, c.Website, c.IBAN, c.BIC, c.BankName = in.Email, in.Phone, in.Website, in.IBAN, in.BIC, in.BankName
	c.TimeZone, c.Language = in.TimeZone, in.Language
	c.Tidy()
}

// EditCompany changes the company's settings.
func (a *App) EditCompany(ctx context.Context, version int, in EditCompany) (admin.CompanyProfile, error) {
	return a.changeCompany(ctx, version, "company.edit", func(c *domain.Company) error {
		in.apply(c)
		var p fault.Problems
		c.Check(&p, "body")
		return p.Err()
	})
}

// SetLogo gives the company a logo: a PNG or JPEG, whatever it calls itself. An empty picture takes the logo away.
func (a *App) SetLogo(ctx context.Context, version int, picture []byte) (admin.CompanyProfile, error) {
	kind := ""
	if len(picture) > 0 {
		var err error
		if kind, err = domain.LogoType(picture); err != nil {
			return admin.CompanyProfile{}, err
		}
	} else {
		picture = nil
	}
	return a.changeCompany(ctx, version, "company.set-logo", func(c *domain.Company) error {
		c.Logo, c.LogoType = picture, kind
		return nil
	})
}

func (a *App) changeCompany(ctx context.Context, version int, action string, change func(*domain.Company) error) (admin.CompanyProfile, error) {
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (admin.CompanyProfile, error) {
		company, err := a.companies.Lock(tx)
		if err != nil {
			return admin.CompanyProfile{}, err
		}
		if err := stale(version, company.Version, "company"); err != nil {
			return admin.CompanyProfile{}, err
		}
		before := company.Profile()
		if err := change(&company); err != nil {
			return admin.CompanyProfile{}, err
		}
		if err := a.companies.Update(tx, &company, a.now()); err != nil {
			return admin.CompanyProfile{}, err
		}
		after := company.Profile()
		return after, audit.Record(tx, audit.Entry{
			Action: action, Subject: "company", SubjectID: "1", Label: company.Name, Before: before, After: after,
		})
	})
}
