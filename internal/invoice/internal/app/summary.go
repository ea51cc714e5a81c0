package app

import (
	"context"
	"sort"

	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

const summaryMonths = 24

// Summary is the state of sales and receivables, from read models.
func (a *App) Summary(ctx context.Context) (invoice.Summary, error) {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return invoice.Summary{}, err
	}
	today := seller.Today(a.now())
	first := today.FirstOfMonth().AddMonths(1 - summaryMonths)
	months, err := a.sums.Months(ctx, first)
	if err != nil {
		return invoice.Summary{}, err
	}
	open, err := a.sums.Receivables(ctx, today)
	if err != nil {
		return invoice.Summary{}, err
	}
	out := invoice.Summary{Currencies: []invoice.CurrencySummary{}}
	if out.Drafts, err = a.sums.Drafts(ctx); err != nil {
		return invoice.Summary{}, err
	}
	for _, currency := range currencies(seller.Currency, months, open) {
		out.Currencies = append(out.Currencies, currencySummary(currency, first, months[currency], open[currency]))
	}
	return out, nil
}

// currencies lists the company's own first, then the others in use.
func currencies(own money.Currency, months map[money.Currency]map[date.Date]invoice.MonthTotal, open map[money.Currency][]invoice.AgeBand) []money.Currency {
	seen := map[money.Currency]bool{own: true}
	var others []money.Currency
	add := func(c money.Currency) {
		if !seen[c] {
			seen[c] = true
			others = append(others, c)
		}
	}
	for c := range months {
		add(c)
	}
	for c := range open {
		add(c)
	}
	sort.Slice(others, func(i, j int) bool { return others[i] < others[j] })
	return append([]money.Currency{own}, others...)
}

func currencySummary(c money.Currency, first date.Date, months map[date.Date]invoice.MonthTotal, open []invoice.AgeBand) invoice.CurrencySummary {
	zero := money.Zero.In(c)
	s := invoice.CurrencySummary{Currency: c, Open: zero, Overdue: zero}
	for i := range summaryMonths {
		m := months[first.AddMonths(i)]
		m.Month, m.Net, m.Received = first.AddMonths(i), m.Net.In(c), m.Received.In(c)
		s.Months = append(s.Months, m)
	}
	byBand := map[string]invoice.AgeBand{}
	for _, b := range open {
		byBand[b.Band] = b
	}
	for _, name := range []string{"not-due", "1-30", "31-60", "61-90", "over-90"} {
		b := byBand[name]
		b.Band, b.Amount = name, b.Amount.In(c)
		s.Ageing = append(s.Ageing, b)
		s.Open, s.OpenCount = s.Open.Add(b.Amount), s.OpenCount+b.Count
		if name != "not-due" {
			s.Overdue, s.OverdueCount = s.Overdue.Add(b.Amount), s.OverdueCount+b.Count
		}
	}
	return s
}
