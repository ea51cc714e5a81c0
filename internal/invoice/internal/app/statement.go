package app

import (
	"cmp"
	"context"
	"io"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
	"erp/internal/platform/notify"
)

// Statement prints what a customer owes today, with the name to save it under.
func (a *App) Statement(ctx context.Context, which invoice.CustomerID, language string) (string, func(io.Writer) error, error) {
	customer, err := a.customers.Brief(ctx, which)
	if err != nil {
		return "", nil, err
	}
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return "", nil, err
	}
	today := seller.Today(a.now())
	lines, err := a.letters.Open(ctx, which, today)
	if err != nil {
		return "", nil, err
	}
	balances, err := a.customers.Balances(ctx, []invoice.CustomerID{which}, today)
	if err != nil {
		return "", nil, err
	}
	w := wordsFor(cmp.Or(language, customer.Language, seller.Language))
	st := statement{
		title: w.Statement, language: w.Language, on: today, customer: customer, lines: lines, credit: balances[which],
		totals: domain.ReminderTotals(lines, money.Zero, seller.Currency),
	}
	for i, t := range st.totals {
		for _, b := range st.credit {
			if b.Currency == t.Currency {
				st.totals[i].Total = t.Total.Sub(b.Credit)
			}
		}
	}
	if len(lines) == 0 {
		st.text = w.NothingOpen
	}
	return customer.Number + "-" + today.String() + ".pdf", st.print(seller, a.now()).Output, nil
}

// Letters gives what was written to a customer, the newest first, at most 100.
func (a *App) Letters(ctx context.Context, which invoice.CustomerID) ([]invoice.Letter, error) {
	if _, err := a.customers.Brief(ctx, which); err != nil {
		return nil, err
	}
	return a.letters.To(ctx, which)
}

// ReminderPDF prints what went along with a reminder: the invoices as they stood then.
func (a *App) ReminderPDF(ctx context.Context, which invoice.LetterID) (string, func(io.Writer) error, error) {
	st, err := a.letters.Reminder(ctx, which)
	if err != nil {
		return "", nil, err
	}
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return "", nil, err
	}
	customer, err := a.customers.Brief(ctx, st.CustomerID)
	if err != nil {
		return "", nil, err
	}
	s := statement{
		title: st.Title, text: st.Text, language: st.Language, on: st.On, customer: customer, lines: st.Invoices,
		totals: domain.ReminderTotals(st.Invoices, st.Fee, st.FeeIn),
	}
	return customer.Number + "-" + st.On.String() + ".pdf", s.print(seller, st.At).Output, nil
}

// reminderFiles are those of a reminder's mail. One that is about something paid since then is not sent any more.
func (a *App) reminderFiles(ctx context.Context, which invoice.LetterID) ([]notify.File, error) {
	open, err := a.letters.StillOpen(ctx, which)
	if err != nil {
		return nil, err
	}
	if !open {
		return nil, fault.New(fault.NotFound, "paid-meanwhile", "Everything was paid or disputed before the reminder was sent.")
	}
	name, write, err := a.ReminderPDF(ctx, which)
	if err != nil {
		return nil, err
	}
	return withPDF(nil, name, write)
}
