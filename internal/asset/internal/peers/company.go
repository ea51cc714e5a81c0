package peers

import (
	"context"
	"strings"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
	"erp/internal/platform/resilience"
)

// Company is what the module must know of the company: its currency and which day it is there.
type Company struct {
	company admin.Company
	now     func() time.Time
	peer    *resilience.Peer
}

// NewCompany asks this company.
func NewCompany(company admin.Company, now func() time.Time) *Company {
	return &Company{company: company, now: now, peer: resilience.NewPeer("The company's settings", resilience.Options{})}
}

// Guard is what stands before the company's settings, for those who watch it.
func (c *Company) Guard() *resilience.Peer { return c.peer }

// Currency is the one that amounts are in unless they say otherwise.
func (c *Company) Currency(ctx context.Context) (money.Currency, error) {
	profile, err := resilience.Call(ctx, c.peer, c.company.Profile)
	if err != nil {
		return "", err
	}
	return profile.Currency, nil
}

// Sender is the company as it stands on a document.
type Sender struct {
	Address  string // the name, and below it where it sits
	Language string
	Zone     *time.Location
}

// Day is the day at the company's seat at the instant.
func (s Sender) Day(at time.Time) date.Date { return date.From(at.In(s.Zone)) }

// Sender is who draws up documents: nothing is drawn up in the name of a company that cannot be asked.
func (c *Company) Sender(ctx context.Context) (Sender, error) {
	profile, err := resilience.Call(ctx, c.peer, c.company.Profile)
	if err != nil {
		return Sender{}, err
	}
	zone, err := time.LoadLocation(profile.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return Sender{
		Address: strings.Join(append([]string{profile.FullName()}, profile.AddressLines()...), "\n"), Language: profile.Language, Zone: zone,
	}, nil
}

// Today is the day at the company's seat; without an answer, or with an unknown zone, the day in UTC.
func (c *Company) Today(ctx context.Context) (date.Date, error) {
	profile, err := resilience.Call(ctx, c.peer, c.company.Profile)
	if err != nil && !fault.Is(err, fault.Unavailable) && !fault.Is(err, fault.NotFound) {
		return date.Date{}, err
	}
	zone, err := time.LoadLocation(profile.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	return date.From(c.now().In(zone)), nil
}
