package admin

import (
	"strconv"
	"strings"

	"erp/internal/platform/money"
)

// CompanyProfile is the company as it shows itself on documents.
type CompanyProfile struct {
	Name       string         `json:"name" doc:"As people call it"`
	LegalName  string         `json:"legalName,omitempty" doc:"As it stands in the register; the name when empty"`
	Line1      string         `json:"line1,omitempty" doc:"Street and number"`
	Line2      string         `json:"line2,omitempty"`
	PostalCode string         `json:"postalCode,omitempty"`
	City       string         `json:"city,omitempty"`
	Country    string         `json:"country" doc:"ISO 3166-1 alpha-2" example:"DE"`
	Currency   money.Currency `json:"currency" doc:"ISO 4217; amounts are in it unless they say otherwise" example:"EUR"`
	TaxID      string         `json:"taxId,omitempty"`
	VATID      string         `json:"vatId,omitempty"`
	Email      string         `json:"email,omitempty"`
	Phone      string         `json:"phone,omitempty"`
	Website    string         `json:"website,omitempty"`
	IBAN       string         `json:"iban,omitempty"`
	BIC        string         `json:"bic,omitempty"`
	BankName   string         `json:"bankName,omitempty"`
	TimeZone   string         `json:"timeZone" doc:"IANA name; today is a day of this zone" example:"Europe/Berlin"`
	Language   string         `json:"language" enum:"en,de" doc:"Of documents and of people who chose none"`
	LogoType   string         `json:"logoType,omitempty" doc:"image/png or image/jpeg; absent without a logo"`
	Version    int            `json:"version"`

	// Logo is the picture itself, PNG or JPEG as LogoType says; nil without one.
	Logo []byte `json:"-"`
}

// ETag is the version as HTTP names it.
func (c CompanyProfile) ETag() string { return etag(c.Version) }

// FullName is the name for documents: the legal one where there is one.
func (c CompanyProfile) FullName() string {
	if c.LegalName != "" {
		return c.LegalName
	}
	return c.Name
}

// AddressLines is the postal address, the country left out, without empty lines.
func (c CompanyProfile) AddressLines() []string {
	var lines []string
	for _, line := range []string{c.Line1, c.Line2, strings.TrimSpace(c.PostalCode + " " + c.City)} {
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

func etag(version int) string { return strconv.Quote(strconv.Itoa(version)) }
