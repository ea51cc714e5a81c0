package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/money"
)

// loadRecurring adds a few recurring invoices. They are paused: nothing is done in anybody's name until somebody resumes one.
func (a *App) loadRecurring(ctx context.Context, tx *database.Tx, d *demo) error {
	act, first := a.act(ctx), d.today.AddMonths(1).FirstOfMonth()
	for i, one := range []struct {
		name, text, price string
		every             int
		unit              invoice.RhythmUnit
		deed              invoice.RecurringDeed
	}{
		{"Support contract", "Support {month} {year}", "450", 1, invoice.Month, invoice.MakeAndIssue},
		{"Rent of equipment", "Equipment, {period}", "1290", 1, invoice.Quarter, invoice.MakeDraft},
		{"Yearly licences", "Licences {year}", "4800", 1, invoice.Year, invoice.MakeAndIssue},
	} {
		if i >= len(d.customers) {
			break
		}
		c := d.customers[i]
		r := domain.Recurring{
			ID: invoice.RecurringID(demoID(d.random(-10-i), act.At)), Version: 1, Name: one.name, Status: invoice.RecurringPaused, Deed: one.deed, AgreedOn: d.today,
			Rhythm: invoice.Rhythm{Every: one.every, Unit: one.unit, FirstOn: first}, CreatedAt: act.At, UpdatedAt: act.At,
			Content: domain.Content{CustomerID: c.ID, Customer: c.Name, PaymentDays: c.PaymentDays, Document: domain.Calculate(invoice.Document{
				Currency: d.seller.Currency, PriceMode: invoice.Exclusive, TaxRounding: invoice.PerGroup,
				Lines: []invoice.Line{{Description: one.text, Quantity: money.FromInt(1), UnitPrice: money.MustParse(one.price), Tax: d.rates[0]}},
			})},
		}
		if err := inNameOf(ctx, &r); err != nil {
			return err
		}
		if err := a.recurring.Insert(tx, &r); err != nil {
			return err
		}
	}
	return nil
}
