package app

import (
	"context"
	"slices"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// TaxRateInput is everything that may be said of a tax rate.
type TaxRateInput struct {
	Name     string           `json:"name" minLength:"1" maxLength:"100"`
	Category invoice.Category `json:"category,omitempty" enum:"S,Z,E,AE,K,G,O" doc:"S when absent; never changes"`
	Percent  money.Decimal    `json:"percent,omitzero" doc:"Never changes"`
	Reason   string           `json:"reason,omitempty" maxLength:"500"`
	Default  bool             `json:"default,omitempty"`
	Archived bool             `json:"archived,omitempty"`
}

// TaxRates gives all rates. A company that has none of its own yet gets the usual ones of
// its country first, so that a first invoice needs no set-up.
func (a *App) TaxRates(ctx context.Context) ([]invoice.TaxRate, error) {
	rates, err := a.catalogue.Rates(ctx)
	if err != nil || slices.ContainsFunc(rates, func(r invoice.TaxRate) bool { return r.Category == invoice.Standard || r.Default }) {
		return rates, err
	}
	seller, err := a.company.Seller(ctx)
	if err != nil || len(domain.UsualRates(seller.Country)) == 0 {
		return rates, err
	}
	if err := a.addUsualRates(auth.WithSystem(ctx, "invoice.usual-tax-rates"), seller.Country); err != nil {
		return nil, err
	}
	return a.catalogue.Rates(ctx)
}

func (a *App) addUsualRates(ctx context.Context, country string) error {
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		for i, percent := range domain.UsualRates(country) {
			r := invoice.TaxRate{
				ID: id.New[invoice.TaxRate](), Version: 1, Name: "VAT " + percent + " %", Category: invoice.Standard,
				Percent: money.MustParse(percent), Default: i == 0,
			}
			if err := a.catalogue.InsertRate(ctx, tx, r); err != nil {
				return err
			}
			if err := rateRecord(tx, "tax-rate.add", nil, r); err != nil {
				return err
			}
		}
		return nil
	})
	if fault.Is(err, fault.Conflict) { // somebody else was first
		return nil
	}
	return err
}

// AddTaxRate adds a rate.
func (a *App) AddTaxRate(ctx context.Context, in TaxRateInput) (invoice.TaxRate, error) {
	r := invoice.TaxRate{Version: 1, Name: strings.TrimSpace(in.Name), Category: in.Category, Percent: in.Percent, Reason: strings.TrimSpace(in.Reason), Default: in.Default, Archived: in.Archived}
	if r.Category == "" {
		r.Category = invoice.Standard
	}
	var p fault.Problems
	domain.CheckTaxRate(&p, "body", r)
	if err := p.Err(); err != nil {
		return r, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.TaxRate, error) {
		r := r
		r.ID = id.New[invoice.TaxRate]()
		if err := a.catalogue.InsertRate(ctx, tx, r); err != nil {
			return r, err
		}
		return r, rateRecord(tx, "tax-rate.add", nil, r)
	})
}

// ChangeTaxRate renames a rate, makes it the default or archives it. Its category and
// percent stay: they stand on documents.
func (a *App) ChangeTaxRate(ctx context.Context, rate invoice.TaxRateID, version int, in TaxRateInput) (invoice.TaxRate, error) {
	rates, err := a.ratesByID(ctx)
	if err != nil {
		return invoice.TaxRate{}, err
	}
	before, known := rates[rate]
	if !known || rate.IsZero() {
		return invoice.TaxRate{}, fault.New(fault.NotFound, "tax-rate-not-found", "There is no such tax rate.")
	}
	r := before
	r.Version, r.Name, r.Reason, r.Default, r.Archived = version, strings.TrimSpace(in.Name), strings.TrimSpace(in.Reason), in.Default, in.Archived
	var p fault.Problems
	if in.Category != "" && in.Category != before.Category {
		p.Add("body.category", "never changes; archive this rate and add a new one")
	}
	if !in.Percent.IsZero() && !in.Percent.Equal(before.Percent) {
		p.Add("body.percent", "never changes; archive this rate and add a new one")
	}
	domain.CheckTaxRate(&p, "body", r)
	if err := p.Err(); err != nil {
		return r, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.TaxRate, error) {
		r := r
		if err := a.catalogue.UpdateRate(ctx, tx, r); err != nil {
			return r, err
		}
		r.Version++
		return r, rateRecord(tx, "tax-rate.change", before, r)
	})
}

func rateRecord(tx *database.Tx, action string, before any, r invoice.TaxRate) error {
	return audit.Record(tx, audit.Entry{Action: action, Subject: "tax-rate", SubjectID: r.ID.String(), Label: r.Name, Before: before, After: r})
}
