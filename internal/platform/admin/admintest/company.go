// Package admintest stands in for the administration in other modules' tests. It knows no database.
package admintest

import (
	"context"

	"erp/internal/platform/admin"
)

// Company is an admin.Company that answers with what it holds.
type Company struct{ Settings admin.CompanyProfile }

// NewCompany returns a company that is set up: Northwind GmbH in Hamburg, in euro.
func NewCompany() *Company {
	return &Company{Settings: admin.CompanyProfile{
		Name: "Northwind", LegalName: "Northwind GmbH", Line1: "Hafenstraße 1", PostalCode: "20457", City: "Hamburg",
		Country: "DE", Currency: "EUR", TaxID: "27/123/45678", VATID: "DE123456788", Email: "billing@northwind.example",
		IBAN: "DE89370400440532013000", BIC: "COBADEFFXXX", TimeZone: "Europe/Berlin", Language: "en", Version: 1,
	}}
}

// Profile implements admin.Company.
func (c *Company) Profile(context.Context) (admin.CompanyProfile, error) { return c.Settings, nil }
