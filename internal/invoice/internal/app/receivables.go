package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// Receivables is what customers owed at the end of a day: by the dates of invoices, credit
// notes and payments, so that a day already closed keeps its sums.
func (a *App) Receivables(ctx context.Context, asOf date.Date) (invoice.Receivables, error) {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return invoice.Receivables{}, err
	}
	today := seller.Today(a.now())
	day, err := pastDay(asOf, today)
	if err != nil {
		return invoice.Receivables{}, err
	}
	read := a.sums.ReceivablesOn
	if day == today {
		read = a.sums.Receivables // the read model stands there
	}
	open, err := read(ctx, day)
	if err != nil {
		return invoice.Receivables{}, err
	}
	out := invoice.Receivables{AsOf: day, Currencies: []invoice.CurrencyReceivables{}}
	for _, c := range currencies(seller.Currency, nil, open) {
		out.Currencies = append(out.Currencies, currencyReceivables(c, open[c]))
	}
	return out, nil
}

// Debtors gives a page of the customers who owed something at the end of a day.
func (a *App) Debtors(ctx context.Context, asOf date.Date, req page.Request) (page.Of[invoice.CustomerReceivables], error) {
	today := a.today(ctx)
	day, err := pastDay(asOf, today)
	if err != nil {
		return page.Of[invoice.CustomerReceivables]{}, err
	}
	out, err := a.sums.DebtorsOn(ctx, day, day == today, req)
	for i := range out.Items {
		v := &out.Items[i]
		sums := currencyReceivables(v.Currency, v.Ageing)
		v.Open, v.Overdue, v.Ageing = sums.Open, sums.Overdue, sums.Ageing
	}
	return out, err
}

// pastDay is the day asked for, today when none was; what comes is not known yet.
func pastDay(asked, today date.Date) (date.Date, error) {
	if asked.IsZero() {
		return today, nil
	}
	if asked.After(today) {
		var p fault.Problems
		p.Add("query.asOf", "must not lie in the future")
		return asked, p.Err()
	}
	return asked, nil
}

// currencyReceivables adds up the bands of one currency and fills in those with nothing.
func currencyReceivables(c money.Currency, open []invoice.AgeBand) invoice.CurrencyReceivables {
	zero := money.Zero.In(c)
	out := invoice.CurrencyReceivables{Currency: c, Open: zero, Overdue: zero}
	byBand := map[string]invoice.AgeBand{}
	for _, b := range open {
		byBand[b.Band] = b
	}
	for _, name := range []string{"not-due", "1-30", "31-60", "61-90", "over-90"} {
		b := byBand[name]
		b.Band, b.Amount = name, b.Amount.In(c)
		out.Ageing = append(out.Ageing, b)
		out.Open, out.OpenCount = out.Open.Add(b.Amount), out.OpenCount+b.Count
		if name != "not-due" {
			out.Overdue, out.OverdueCount = out.Overdue.Add(b.Amount), out.OverdueCount+b.Count
		}
	}
	return out
}
