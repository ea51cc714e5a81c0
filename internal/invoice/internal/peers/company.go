// Package peers is what the module needs from others, in its own words. It knows their
// contracts and guards every call.
package peers

import (
	"context"
	"time"

	"erp/internal/invoice"
	"erp/internal/platform/admin"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
	"erp/internal/platform/resilience"
)

// Seller is the company as it sells.
type Seller struct {
	Party    invoice.Party
	Currency money.Currency
	Country  string
	Language string
	Bank     string
	Website  string
	Logo     []byte
	zone     *time.Location
}

// Today is the day at the company's place.
func (s Seller) Today(now time.Time) date.Date { return date.From(now.In(s.zone)) }

// Company asks the administration about the company.
type Company struct {
	company admin.Company
	guard   *resilience.Peer
	quick   *resilience.Peer
}

// NewCompany guards the administration's contract.
func NewCompany(c admin.Company) *Company {
	return &Company{
		company: c,
		guard:   resilience.NewPeer("The company's settings", resilience.Options{}),
		quick:   resilience.NewPeer("The company's settings", resilience.Options{Timeout: 150 * time.Millisecond, Attempts: 1}),
	}
}

// Guard is what stands before the company's settings, for those who watch it.
func (c *Company) Guard() *resilience.Peer { return c.guard }

// Today is the day at the company's place; in UTC while the administration does not answer:
// a list does without it rather than wait.
func (c *Company) Today(ctx context.Context, now time.Time) date.Date {
	s, err := c.ask(ctx, c.quick)
	if err != nil {
		return date.From(now.UTC())
	}
	return s.Today(now)
}

// Seller gives the company; before the set-up it is a nameless one in UTC that cannot issue.
func (c *Company) Seller(ctx context.Context) (Seller, error) { return c.ask(ctx, c.guard) }

func (c *Company) ask(ctx context.Context, guard *resilience.Peer) (Seller, error) {
	p, err := resilience.Call(ctx, guard, c.company.Profile)
	if fault.Is(err, fault.NotFound) {
		return Seller{Currency: "EUR", Language: "en", zone: time.UTC}, nil
	}
	if err != nil {
		return Seller{}, err
	}
	zone, err := time.LoadLocation(p.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return Seller{
		Party: invoice.Party{
			Name: p.Name, LegalName: p.LegalName, Address: p.AddressLines(), PostalCode: p.PostalCode, City: p.City, Country: p.Country, TaxID: p.TaxID, VATID: p.VATID,
			Email: p.Email, Phone: p.Phone, IBAN: p.IBAN, BIC: p.BIC,
		},
		Currency: p.Currency, Country: p.Country, Language: p.Language, Bank: p.BankName, Website: p.Website, Logo: p.Logo, zone: zone,
	}, nil
}
