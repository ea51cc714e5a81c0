package domain

import (
	"regexp"
	"slices"
	"strings"
	"time"
	_ "time/tzdata" // because the program may run where no zone files are installed
	"unicode/utf8"

	"erp/internal/platform/admin"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Company is the one company that the program works for.
type Company struct {
	ID         int `gorm:"default:1"`
	Name       string
	LegalName  string
	Line1      string `gorm:"column:line1"`
	Line2      string `gorm:"column:line2"`
	PostalCode string
	City       string
	Country    string
	Currency   money.Currency
	TaxID      string
	VATID      string `gorm:"column:vat_id"`
	Email      string
	Phone      string
	Website    string
	IBAN       string `gorm:"column:iban"`
	BIC        string `gorm:"column:bic"`
	BankName   string
	TimeZone   string
	Language   string
	Logo       []byte
	LogoType   string
	Version    int
	CreatedAt  time.Time
	UpdatedAt  time.Time
}

// Profile is the published view.
func (c *Company) Profile() admin.CompanyProfile {
	return admin.CompanyProfile{
		Name: c.Name, LegalName: c.LegalName, Line1: c.Line1, Line2: c.Line2, PostalCode: c.PostalCode, City: c.City,
		Country: c.Country, Currency: c.Currency, TaxID: c.TaxID, VATID: c.VATID, Email: c.Email, Phone: c.Phone,
		Website: c.Website, IBAN: c.IBAN, BIC: c.BIC, BankName: c.BankName, TimeZone: c.TimeZone, Language: c.Language,
		Logo: c.Logo, LogoType: c.LogoType, Version: c.Version,
	}
}

// Languages are those the program speaks.
func Languages() []string { return []string{"en", "de"} }

var (
	countryCode = regexp.MustCompile(`^[A-Z]{2}$`)
	bicCode     = regexp.MustCompile(`^[A-Z0-9]{8}([A-Z0-9]{3})?$`)
)

// Check adds what is wrong with the settings, under the location of the input.
func (c *Company) Check(p *fault.Problems, at string) {
	if n := utf8.RuneCountInString(c.Name); n < 1 || n > 200 {
		p.Add(at+".name", "must have 1 to 200 characters")
	}
	if !countryCode.MatchString(c.Country) {
		p.Add(at+".country", "must be a two-letter country code such as DE")
	}
	if !c.Currency.Valid() {
		p.Add(at+".currency", "must be a currency code such as EUR")
	}
	if !slices.Contains(Languages(), c.Language) {
		p.Add(at+".language", "must be one of %s", strings.Join(Languages(), ", "))
	}
	if _, err := time.LoadLocation(c.TimeZone); err != nil || c.TimeZone == "" || c.TimeZone == "Local" {
		p.Add(at+".timeZone", "must be a time zone such as Europe/Berlin")
	}
	if c.Email != "" && !ValidEmail(c.Email) {
		p.Add(at+".email", "must be an e-mail address")
	}
	if c.IBAN != "" && !validIBAN(c.IBAN) {
		p.Add(at+".iban", "is not a valid IBAN; check for a typing error")
	}
	if c.BIC != "" && !bicCode.MatchString(c.BIC) {
		p.Add(at+".bic", "must have 8 or 11 letters and digits")
	}
}

// Tidy removes blanks around everything and inside codes.
func (c *Company) Tidy() {
	for _, s := range []*string{&c.Name, &c.LegalName, &c.Line1, &c.Line2, &c.PostalCode, &c.City, &c.TaxID, &c.VATID,
		&c.Email, &c.Phone, &c.Website, &c.BankName, &c.TimeZone, &c.Language} {
		*s = strings.TrimSpace(*s)
	}
	for _, s := range []*string{&c.IBAN, &c.BIC, &c.Country} {
		*s = strings.ToUpper(strings.Join(strings.Fields(*s), ""))
	}
	c.Currency = money.Currency(strings.ToUpper(strings.TrimSpace(string(c.Currency))))
}

// validIBAN checks length and the ISO 7064 check digits.
func validIBAN(iban string) bool {
	if len(iban) < 15 || len(iban) > 34 {
		return false
	}
	remainder := 0
	for _, r := range iban[4:] + iban[:4] {
		switch {
		case r >= '0' && r <= '9':
			remainder = (remainder*10 + int(r-'0')) % 97
		case r >= 'A' && r <= 'Z':
			remainder = (remainder*100 + int(r-'A') + 10) % 97
		default:
			return false
		}
	}
	return remainder == 1
}
