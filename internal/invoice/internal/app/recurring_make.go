package app

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
)

const (
	recurringLook  = time.Minute
	recurringAtOne = 100             // found with one look
	makingTakes    = 5 * time.Second // nothing is begun that could not end in time
)

// ScheduleRecurring lets the module's queue make what is due.
func (a *App) ScheduleRecurring(s *jobs.Scheduler) {
	s.Every("invoice.make-recurring", recurringLook, a.MakeRecurring)
	s.Handle(makeRecurringTask, func(ctx context.Context, payload json.RawMessage) error {
		var which invoice.RecurringID
		if err := json.Unmarshal(payload, &which); err != nil {
			return fmt.Errorf("read which recurring invoice: %w", err)
		}
		return a.serveRecurring(ctx, which)
	})
}

// MakeRecurring makes the invoices whose date has come. One that cannot be made keeps no other from it.
func (a *App) MakeRecurring(ctx context.Context) error {
	var problems []error
	for {
		due, err := a.recurring.Due(ctx, a.today(ctx), a.now(), recurringAtOne)
		if err != nil {
			return errors.Join(append(problems, err)...)
		}
		for _, which := range due {
			if end, limited := ctx.Deadline(); limited && time.Until(end) < makingTakes {
				return errors.Join(problems...) // the next look goes on
			}
			if err := a.serveRecurring(ctx, which); err != nil {
				problems = append(problems, err)
			}
		}
		if len(due) < recurringAtOne || len(problems) > 0 || ctx.Err() != nil {
			return errors.Join(problems...)
		}
	}
}

// serveRecurring makes one invoice for each date that has come, each in a transaction of its own.
func (a *App) serveRecurring(ctx context.Context, which invoice.RecurringID) error {
	for range domain.MostMadeUp + domain.MostMissed {
		r, err := a.recurring.ByID(ctx, which)
		if err != nil {
			return err
		}
		today := a.today(ctx)
		if on := r.NextOn(); r.Status != invoice.RecurringActive || on.After(today) {
			return nil
		}
		if r.TooManyMissed(today) {
			return a.holdRecurring(ctx, r)
		}
		err = a.makeOne(ctx, r)
		switch {
		case err == nil, errors.Is(err, errOvertaken):
		case fault.Is(err, fault.Unavailable), ctx.Err() != nil:
			return err
		default:
			return a.blockRecurring(ctx, r, err)
		}
	}
	return nil
}

var errOvertaken = errors.New("somebody else was faster") //nolint:gochecknoglobals // because it is a constant

// making is what is asked for before the transaction.
type making struct {
	*issuing
	rates rates
	on    date.Date
}

// makeOne makes the invoice of the next date in the name of whoever set it up, with the rights that they hold by now.
// Invoice, mail and the step to the next date commit together, and only over the version that was read.
func (a *App) makeOne(ctx context.Context, seen *domain.Recurring) error {
	var who auth.Principal
	if err := json.Unmarshal(seen.Who, &who); err != nil {
		return fmt.Errorf("read who acts: %w", err)
	}
	acting, err := a.standing.Act(ctx, who, "invoice.make-recurring")
	if err == nil {
		err = mayRecur(acting, seen.Deed)
	}
	if err != nil {
		return err
	}
	m := making{on: seen.NextOn()}
	if m.issuing, err = a.issuing(acting, id.New[invoice.Invoice]()); err != nil {
		return err
	}
	if m.rates, err = a.ratesByID(acting); err != nil {
		return err
	}
	return a.db.Tx(acting, func(ctx context.Context, tx *database.Tx) error {
		r, err := a.recurring.Lock(ctx, tx, seen.ID)
		if err != nil {
			return err
		}
		if r.Version != seen.Version {
			return errOvertaken
		}
		return a.makeIn(ctx, tx, m, r)
	})
}

func (a *App) makeIn(ctx context.Context, tx *database.Tx, m making, r *domain.Recurring) error {
	customer, err := a.customers.InTx(ctx, tx, r.Content.CustomerID)
	if err != nil {
		return err
	}
	if err := a.refresh(r, customer, m.rates); err != nil {
		return err
	}
	language := wordsFor(cmp.Or(customer.Language, m.seller.Language)).Language
	content := domain.FillPeriod(r.Content, r.Rhythm, r.Place, language)
	var p fault.Problems
	domain.CheckContent(&p, "body", content)
	domain.CheckDocument(&p, "body", content.Document)
	if err := p.Err(); err != nil {
		return err
	}
	inv := domain.DraftRecurring(m.id, me(ctx), content, invoice.Recurrence{ID: r.ID, On: m.on}, m.act)
	if err := a.finish(ctx, tx, m, r, inv, customer); err != nil {
		return err
	}
	before := summariseRecurring(r)
	r.MadeOne()
	r.Version, r.UpdatedAt, r.RetryAt = r.Version+1, m.act.At, time.Time{}
	a.recurring.Serve(tx, r.ID, m.on, inv.ID, m.act.At)
	if err := a.recurring.Update(tx, r); err != nil {
		return err
	}
	told := invoice.RecurringMade{
		RecurringID: r.ID, On: m.on, InvoiceID: inv.ID, CustomerID: customer.ID, Currency: inv.Content.Document.Currency, Gross: inv.Content.Document.Totals.Gross,
	}
	if inv.Issue != nil {
		told.Number = inv.Issue.Number
	}
	if err := events.Publish(tx, r.ID.String(), told); err != nil {
		return err
	}
	return recordRecurring(tx, "recurring-invoice.make", before, r)
}

// refresh brings the template up to what customer and tax rates are called today. It refuses what is archived.
func (a *App) refresh(r *domain.Recurring, customer invoice.Customer, rates rates) error {
	if customer.Archived {
		return fault.New(fault.Conflict, "customer-archived", "%s is archived. Bring the customer back, or end this recurring invoice.", customer.Name)
	}
	if r.Deed == invoice.MakeAndSend && customer.Email == "" {
		return fault.New(fault.Conflict, "no-address", "%s has no mail address. Add one to the customer, or let it be issued without a mail.", customer.Name)
	}
	r.Content.Customer = customer.Name
	for i := range r.Content.Document.Lines {
		l := &r.Content.Document.Lines[i]
		if rates[l.Tax.RateID].Archived {
			return fault.New(fault.Conflict, "tax-rate-archived", "The tax rate %s is archived. Choose Edit and give the lines another rate.", l.Tax.Name)
		}
		if tax, known := rates.tax(l.Tax.RateID); known && !l.Tax.RateID.IsZero() {
			l.Tax = tax
		}
	}
	return nil
}

// finish does with the invoice what is to be done on the day.
func (a *App) finish(ctx context.Context, tx *database.Tx, m making, r *domain.Recurring, inv *domain.Invoice, customer invoice.Customer) error {
	if r.Deed == invoice.MakeDraft {
		if err := a.ledger.Save(tx, inv); err != nil {
			return err
		}
		return record(tx, "invoice.draft", inv, nil)
	}
	if r.Deed == invoice.MakeAndSend && !a.mailer.Configured() {
		return fault.New(fault.Conflict, "no-mail-server", "No mail server is configured. Set ERP_SMTP_URL, or let it be issued without a mail.")
	}
	if err := a.giveNumber(ctx, tx, m.issuing, inv, m.seller.Today(a.now()), false); err != nil {
		return err
	}
	tx.AfterCommit(func() { a.logoKept(m.head) })
	if r.Deed == invoice.MakeAndIssue {
		return nil
	}
	_, err := a.sendIn(tx, inv, customer, m.seller, suggestMailing(inv, m.seller, customer, ""), m.act)
	return err
}
