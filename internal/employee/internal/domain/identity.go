package domain

import (
	"strings"

	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Identity is who somebody is to authorities. It is guarded as employee.identity, apart from the manager line.
type Identity struct {
	BirthDate         date.Date `json:"birthDate,omitzero"`
	Nationality       string    `json:"nationality,omitempty" maxLength:"2" doc:"ISO 3166-1 alpha-2"`
	NationalID        string    `json:"nationalId,omitempty" maxLength:"40" doc:"Social security number, or what the country has"`
	TaxID             string    `json:"taxId,omitempty" maxLength:"40"`
	Document          Document  `json:"document,omitempty" maxLength:"20" doc:"passport, identity-card or residence-permit"`
	DocumentNumber    string    `json:"documentNumber,omitempty" maxLength:"40"`
	DocumentCountry   string    `json:"documentCountry,omitempty" maxLength:"2" doc:"Who issued it, ISO 3166-1 alpha-2"`
	DocumentExpiresOn date.Date `json:"documentExpiresOn,omitzero"`
}

// Document is what somebody shows to prove who they are.
type Document string

// The documents.
const (
	Passport        Document = "passport"
	IdentityCard    Document = "identity-card"
	ResidencePermit Document = "residence-permit"
)

// Tidy removes outer spaces and writes codes as they are compared.
func (i *Identity) Tidy() {
	for _, text := range []*string{&i.Nationality, &i.NationalID, &i.TaxID, &i.DocumentNumber, &i.DocumentCountry} {
		*text = strings.TrimSpace(*text)
	}
	i.Document = Document(strings.ToLower(strings.TrimSpace(string(i.Document))))
	i.Nationality, i.DocumentCountry = strings.ToUpper(i.Nationality), strings.ToUpper(i.DocumentCountry)
}

// Check notes what nobody's papers may say. Messages do not repeat numbers.
func (i Identity) Check(p *fault.Problems, at string, today date.Date) {
	if born := i.BirthDate; !born.IsZero() && (born.Year() < 1900 || born.After(today)) {
		p.Add(at+".birthDate", "must be a day between 1900 and today")
	}
	for field, country := range map[string]string{"nationality": i.Nationality, "documentCountry": i.DocumentCountry} {
		if country != "" && !isCountry(country) {
			p.Add(at+"."+field, "must be a country code of two letters")
		}
	}
	i.checkDocument(p, at, today)
}

func (i Identity) checkDocument(p *fault.Problems, at string, today date.Date) {
	switch i.Document {
	case Passport, IdentityCard, ResidencePermit:
		if i.DocumentNumber == "" {
			p.Add(at+".documentNumber", "is needed with a document")
		}
	case "":
		if i.DocumentNumber != "" || i.DocumentCountry != "" || !i.DocumentExpiresOn.IsZero() {
			p.Add(at+".document", "say which document it is: passport, identity-card or residence-permit")
		}
	default:
		p.Add(at+".document", "must be one of passport, identity-card, residence-permit")
	}
	if ends := i.DocumentExpiresOn; !ends.IsZero() && (ends.Year() < 1950 || ends.After(today.AddMonths(12*50))) {
		p.Add(at+".documentExpiresOn", "must be a day between 1950 and fifty years from now")
	}
}
