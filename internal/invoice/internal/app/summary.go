package app

import (
	"context"
	"sort"
	"time"

	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

const summaryMonths = 24

const (
	summaryTimeout = 5 * time.Second
	summariesApart = 10 * time.Millisecond
)

// summaryOf is what a summary depends on besides the books.
type summaryOf struct {
	today date.Date
	own   money.Currency
}

// Summary is the state of sales and receivables, from read models, once for all who open their home page together.
func (a *App) Summary(ctx context.Context) (invoice.Summary, error) {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return invoice.Summary{}, err
	}
	s, _, err := a.summaries.Ask(ctx, summaryOf{seller.Today(a.now()), seller.Currency})
	return s, err
}

func (a *App) summary(ctx context.Context, of summaryOf) (invoice.Summary, error) {
	first := of.today.FirstOfMonth().AddMonths(1 - summaryMonths)
	months, err := a.sums.Months(ctx, first)
	if err != nil {
		return invoice.Summary{}, err
	}
	open, err := a.sums.Receivables(ctx, of.today)
	if err != nil {
		return invoice.Summary{}, err
	}
	out := invoice.Summary{Currencies: []invoice.CurrencySummary{}}
	if out.Drafts, err = a.sums.Drafts(ctx); err != nil {
		return invoice.Summary{}, err
	}
	for _, currency := range currencies(of.own, months, open) {
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
	s := invoice.CurrencySummary{Currency: c}
	for i := range summaryMonths {
		m := months[first.AddMonths(i)]
		m.Month, m.Net, m.Received = first.AddMonths(i), m.Net.In(c), m.Received.In(c)
		s.Months = append(s.Months, m)
	}
	r := currencyReceivables(c, open)
	s.Open, s.OpenCount, s.Overdue, s.OverdueCount, s.Ageing = r.Open, r.OpenCount, r.Overdue, r.OverdueCount, r.Ageing
	return s
}
