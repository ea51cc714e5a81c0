package app

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/peers"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
)

// mostReminders are written at once; the others follow with the next click.
const mostReminders = 500

// RemindInput says who is reminded.
type RemindInput struct {
	CustomerIDs []invoice.CustomerID `json:"customerIds,omitempty" maxItems:"500" doc:"Only these of the customers that are to be reminded; all when absent"`
}

// Reminded is what a round of letters came to.
type Reminded struct {
	Letters []invoice.Letter `json:"letters"`
	More    bool             `json:"more" doc:"Others are still to be reminded"`
}

// Reminders are the letters that would be written now: one a customer, over everything that is overdue.
func (a *App) Reminders(ctx context.Context) (invoice.Reminders, error) {
	round, err := a.round(ctx)
	if err != nil {
		return invoice.Reminders{}, err
	}
	out := invoice.Reminders{Configured: a.mailer.Configured(), On: round.today, Items: []invoice.Reminder{}}
	overdue, err := a.reminders.Overdue(ctx, nil, round.today)
	if err != nil {
		return out, err
	}
	letters, err := a.toRemind(ctx, nil, round, overdue)
	if err != nil {
		return out, err
	}
	for _, l := range letters {
		if out.More = len(out.Items) == mostReminders; out.More {
			break
		}
		if out.Items = append(out.Items, l.Reminder); l.Obstacle == "" {
			out.Sendable++
		}
	}
	return out, nil
}

// round is what all letters of one moment have in common.
type round struct {
	plan   invoice.ReminderPlan
	seller peers.Seller
	today  date.Date
}

func (a *App) round(ctx context.Context) (round, error) {
	plan, err := a.reminders.Plan(ctx)
	if err != nil {
		return round{}, err
	}
	seller, err := a.company.Seller(ctx)
	return round{plan, seller, seller.Today(a.now())}, err
}

// reminder is a letter that is to be written, with whom it goes to.
type reminder struct {
	invoice.Reminder
	customer invoice.Customer
}

func (a *App) toRemind(ctx context.Context, tx *database.Tx, r round, overdue [][]domain.OverdueInvoice) ([]reminder, error) {
	var out []reminder
	var ids []invoice.CustomerID
	for _, theirs := range overdue {
		if letter, due := domain.Remind(r.plan, theirs, r.seller.Currency, r.today); due {
			letter.CustomerID = theirs[0].CustomerID
			ids = append(ids, letter.CustomerID)
			out = append(out, reminder{Reminder: letter})
		}
	}
	customers, err := a.reminders.Customers(ctx, tx, ids)
	if err != nil {
		return nil, err
	}
	for i := range out {
		l := &out[i]
		l.customer = customers[l.CustomerID]
		l.Customer, l.To, l.Language = l.customer.Name, l.customer.Email, wordsFor(cmp.Or(l.customer.Language, r.seller.Language)).Language
		l.Title = r.plan.Levels[l.Level-1].Words(l.Language).Title
		switch {
		case l.customer.NoReminders:
			l.Obstacle = "excluded"
		case l.To == "":
			l.Obstacle = "no-address"
		}
	}
	slices.SortFunc(out, func(x, y reminder) int { // what can be sent first, by name
		return cmp.Or(cmp.Compare(x.Obstacle, y.Obstacle), strings.Compare(x.Customer, y.Customer), strings.Compare(x.CustomerID.String(), y.CustomerID.String()))
	})
	return out, nil
}

// Remind writes to the customers of whom something is to be reminded, each once a level and day however often and by however
// many it is asked for. All letters are queued in one transaction, or none.
func (a *App) Remind(ctx context.Context, in RemindInput) (Reminded, error) {
	round, err := a.round(ctx)
	if err != nil {
		return Reminded{}, err
	}
	act := a.act(ctx)
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Reminded, error) {
		out := Reminded{Letters: []invoice.Letter{}}
		if err := a.reminders.Alone(ctx, tx); err != nil {
			return out, err
		}
		overdue, err := a.reminders.Overdue(ctx, tx, round.today)
		if err != nil {
			return out, err
		}
		written, err := a.reminders.WrittenOn(ctx, tx, round.today)
		if err != nil {
			return out, err
		}
		letters, err := a.toRemind(ctx, tx, round, overdue)
		if err != nil {
			return out, err
		}
		for _, r := range letters {
			if r.Obstacle != "" || slices.Contains(written[r.CustomerID], r.Level) || (in.CustomerIDs != nil && !slices.Contains(in.CustomerIDs, r.CustomerID)) {
				continue
			}
			if out.More = len(out.Letters) == mostReminders; out.More {
				break
			}
			l, err := a.remind(tx, round, r, act)
			if err != nil {
				return out, err
			}
			out.Letters = append(out.Letters, l)
		}
		return out, nil
	})
}

func (a *App) remind(tx *database.Tx, round round, r reminder, act domain.Act) (invoice.Letter, error) {
	words, w := round.plan.Levels[r.Level-1].Words(r.Language), wordsFor(r.Language)
	company := legalName(round.seller.Party)
	l := letterOf("reminder", r.customer, invoice.Mailing{
		To: r.To, Language: r.Language, Subject: brief(words.Title+" – "+company, 200),
		Message: brief(domain.FillWords(words.Text, company, r.Customer, listed(r.Invoices, w)), 5000),
	}, act)
	l.Level = r.Level
	mail, err := a.queue(tx, l, r.Customer, round.seller)
	if err != nil {
		return l, err
	}
	fee := invoice.ReminderTotal{Currency: round.seller.Currency}
	e := invoice.CustomerReminded{CustomerID: r.CustomerID, LetterID: l.ID, Level: r.Level, On: round.today}
	for _, t := range r.Totals {
		if !t.Fee.IsZero() {
			fee = t
		}
	}
	for _, i := range r.Invoices {
		e.InvoiceIDs = append(e.InvoiceIDs, i.ID)
	}
	a.reminders.Insert(tx, l, mail, r.Reminder, round.today, fee)
	if err := events.Publish(tx, r.CustomerID.String(), e); err != nil {
		return l, err
	}
	return l, audit.Record(tx, audit.Entry{
		Action: "customer.remind", Subject: "customer", SubjectID: r.CustomerID.String(), Label: r.customer.Number + " " + r.Customer,
		After: map[string]any{"level": r.Level, "to": l.To, "invoices": len(r.Invoices), "totals": r.Totals},
	})
}

// listed names the invoices in a mail; of very many only the first: the others stand in the file.
func listed(lines []invoice.ReminderInvoice, w words) string {
	const most = 25
	var out []string
	for _, l := range lines[:min(len(lines), most)] {
		out = append(out, fmt.Sprintf("%s, %s: %s", l.Number, fmt.Sprintf(w.DueOn, w.day(l.DueOn)), w.money(l.Due, l.Currency)))
	}
	if len(lines) > most {
		out = append(out, "…")
	}
	return strings.Join(out, "\n")
}

func brief(s string, most int) string {
	runes := []rune(s)
	return string(runes[:min(len(runes), most)])
}
