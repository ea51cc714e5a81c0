package domain

import (
	"strings"

	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Contact is how to reach somebody outside work. It is guarded as employee.contact.
type Contact struct {
	PrivateEmail      string `json:"privateEmail,omitempty" maxLength:"254"`
	PrivatePhone      string `json:"privatePhone,omitempty" maxLength:"50"`
	Street            string `json:"street,omitempty" maxLength:"200"`
	PostalCode        string `json:"postalCode,omitempty" maxLength:"20"`
	City              string `json:"city,omitempty" maxLength:"100"`
	Country           string `json:"country,omitempty" maxLength:"2" doc:"ISO 3166-1 alpha-2"`
	EmergencyName     string `json:"emergencyName,omitempty" maxLength:"200"`
	EmergencyPhone    string `json:"emergencyPhone,omitempty" maxLength:"50"`
	EmergencyRelation string `json:"emergencyRelation,omitempty" maxLength:"100"`
}

// Tidy removes outer spaces and writes codes as they are compared.
func (c *Contact) Tidy() {
	for _, text := range []*string{
		&c.PrivateEmail, &c.PrivatePhone, &c.Street, &c.PostalCode, &c.City, &c.Country,
		&c.EmergencyName, &c.EmergencyPhone, &c.EmergencyRelation,
	} {
		*text = strings.TrimSpace(*text)
	}
	c.PrivateEmail, c.Country = strings.ToLower(c.PrivateEmail), strings.ToUpper(c.Country)
}

// Check notes what no contact may say.
func (c Contact) Check(p *fault.Problems, at string) {
	CheckEmail(p, at+".privateEmail", c.PrivateEmail)
	if c.Country != "" && !isCountry(c.Country) {
		p.Add(at+".country", "%q is not a country code of two letters", c.Country)
	}
}

// Period is what a pay amount is paid for.
type Period string

// The periods.
const (
	PerYear  Period = "year"
	PerMonth Period = "month"
	PerHour  Period = "hour"
)

// Pay is what somebody earns. It is guarded as employee.compensation, apart from the manager line.
type Pay struct {
	Amount   money.Decimal  `json:"amount"`
	Currency money.Currency `json:"currency"`
	Period   Period         `json:"period" enum:"year,month,hour"`
}

// Check notes what no pay may be.
func (p Pay) Check(problems *fault.Problems, at string) {
	if p.Amount.Sign() < 0 {
		problems.Add(at+".amount", "must not be negative")
	}
	if p.Amount.Abs().Cmp(money.FromInt(1_000_000_000)) >= 0 {
		problems.Add(at+".amount", "is too large")
	}
	if digits := p.Currency.Digits(); p.Amount.Scale() > digits {
		problems.Add(at+".amount", "must have at most %d decimals", digits)
	}
	if !p.Currency.Valid() {
		problems.Add(at+".currency", "%q is not a currency", string(p.Currency))
	}
	switch p.Period {
	case PerYear, PerMonth, PerHour:
	default:
		problems.Add(at+".period", "%q is not one of year, month, hour", string(p.Period))
	}
}

func isCountry(code string) bool {
	return len(code) == 2 && code[0] >= 'A' && code[0] <= 'Z' && code[1] >= 'A' && code[1] <= 'Z'
}
