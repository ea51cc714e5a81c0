package app

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/peers"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
)

// datesShown is how many dates ahead are shown.
const datesShown = 12

// RecurringInput is everything that may be said of a recurring invoice.
type RecurringInput struct {
	Name   string                `json:"name,omitempty" maxLength:"100" doc:"The words of the first line when absent"`
	Rhythm invoice.Rhythm        `json:"rhythm"`
	Deed   invoice.RecurringDeed `json:"deed,omitempty" enum:"draft,issue,send" doc:"What happens on the day: a draft when absent"`
	Draft  DraftInput            `json:"draft" doc:"What each invoice says. In texts {month}, {quarter}, {year}, {period} and {last-period} are replaced by those of its date"`
}

// RecurringQuery narrows the list of recurring invoices; zero fields do not.
type RecurringQuery struct {
	Status     string
	CustomerID invoice.CustomerID
	Q          string
	Sort       string
	Page       page.Request
}

// RecurringInvoices gives a page of those that the caller may see.
func (a *App) RecurringInvoices(ctx context.Context, q RecurringQuery) (page.Of[invoice.RecurringRow], error) {
	owners, err := a.owners(ctx, CanRead)
	if err != nil {
		return page.Of[invoice.RecurringRow]{}, err
	}
	return a.recurring.List(ctx, store.RecurringQuery{Status: q.Status, CustomerID: q.CustomerID, Q: q.Q, Owners: owners, Sort: q.Sort, Page: q.Page})
}

// RecurringInvoice gives one with its next dates.
func (a *App) RecurringInvoice(ctx context.Context, which invoice.RecurringID) (invoice.Recurring, error) {
	r, err := a.reach(ctx, CanRead)
	if err != nil {
		return invoice.Recurring{}, err
	}
	found, err := a.recurring.ByID(ctx, which)
	if err != nil {
		return invoice.Recurring{}, err
	}
	return recurringView(found, a.today(ctx)), r.checkRecurring(found)
}

// MadeInvoices gives a page of what a recurring invoice made, as far as the caller may see it.
func (a *App) MadeInvoices(ctx context.Context, which invoice.RecurringID, req page.Request) (page.Of[invoice.RecurringInvoice], error) {
	if _, err := a.RecurringInvoice(ctx, which); err != nil {
		return page.Of[invoice.RecurringInvoice]{}, err
	}
	owners, err := a.owners(ctx, CanRead)
	if err != nil {
		return page.Of[invoice.RecurringInvoice]{}, err
	}
	return a.recurring.Made(ctx, which, owners, a.today(ctx), req)
}

// PreviewRecurring tells the first dates and what the first invoice would say, and keeps nothing.
func (a *App) PreviewRecurring(ctx context.Context, in RecurringInput) (invoice.RecurringPreview, error) {
	today := a.today(ctx)
	var p fault.Problems
	r, language, err := a.recurringOf(ctx, &p, in, today)
	if err == nil {
		err = p.Err()
	}
	if err != nil {
		return invoice.RecurringPreview{}, err
	}
	first := domain.FillPeriod(r.Content, r.Rhythm, 0, language)
	return invoice.RecurringPreview{Dates: r.Upcoming(datesShown), First: domain.Calculate(first.Document), Note: first.Note}, nil
}

// checkRecurring refuses one outside the reach as if there were none.
func (r reach) checkRecurring(found *domain.Recurring) error {
	if r.check(&domain.Invoice{OwnerID: found.OwnerID}) != nil {
		return store.UnknownRecurring()
	}
	return nil
}

// recurringOf resolves an input and notes everything that is wrong with it, in the end whether the first invoice could be
// made today. It gives the language of its texts too.
func (a *App) recurringOf(ctx context.Context, p *fault.Problems, in RecurringInput, today date.Date) (domain.Recurring, string, error) {
	content, err := a.content(ctx, in.Draft)
	if err := within(p, err, "body.", "body.draft."); err != nil {
		return domain.Recurring{}, "", err
	}
	content.Document = domain.Calculate(content.Document)
	r := domain.Recurring{
		Name: strings.TrimSpace(in.Name), Status: invoice.RecurringActive, Rhythm: in.Rhythm, Deed: cmp.Or(in.Deed, invoice.MakeDraft), Content: content,
	}
	if r.Name == "" && len(content.Document.Lines) > 0 {
		r.Name = strings.TrimSpace(brief(strings.Join(strings.Fields(content.Document.Lines[0].Description), " "), 100))
	}
	if !content.DeliveredOn.IsZero() {
		p.Add("body.draft.deliveredOn", "is one day and does not recur; leave it out, and write {period} into a line")
	}
	domain.CheckRecurring(p, "body", r, today)
	if !p.Empty() {
		return r, "", nil
	}
	customer, err := a.customers.Brief(ctx, content.CustomerID)
	if err != nil {
		return r, "", err
	}
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return r, "", err
	}
	language := wordsFor(cmp.Or(customer.Language, seller.Language)).Language
	if customer.Archived {
		p.Add("body.draft.customerId", "is archived; bring the customer back or choose another one")
	}
	if err := a.checkDeed(p, r, seller, customer); err != nil {
		return r, "", err
	}
	first := domain.FillPeriod(content, r.Rhythm, 0, language)
	domain.CheckContent(p, "body.draft", first)
	domain.CheckDocument(p, "body.draft", first.Document)
	return r, language, a.checkRates(ctx, p, content.Document)
}

// checkDeed notes what would keep the first invoice from being issued or mailed, if its day were today.
func (a *App) checkDeed(p *fault.Problems, r domain.Recurring, seller peers.Seller, customer invoice.Customer) error {
	if r.Deed == invoice.MakeDraft {
		return nil
	}
	if r.Deed == invoice.MakeAndSend && customer.Email == "" {
		p.Add("body.deed", "cannot be send: %s has no mail address; add one to the customer first", customer.Name)
	}
	if r.Deed == invoice.MakeAndSend && !a.mailer.Configured() {
		p.Add("body.deed", "cannot be send: no mail server is configured (ERP_SMTP_URL); choose issue instead")
	}
	var missing fault.Problems
	domain.CheckIssuable(&missing, r.Content.Document, seller.Party, partyOf(customer))
	return within(p, missing.Err(), "body.", "body.draft.")
}

func (a *App) checkRates(ctx context.Context, p *fault.Problems, d invoice.Document) error {
	rates, err := a.ratesByID(ctx)
	for i, l := range d.Lines {
		if rates[l.Tax.RateID].Archived {
			p.Add(fmt.Sprintf("body.draft.lines[%d].taxRateId", i), "is archived; choose another tax rate")
		}
	}
	return err
}

// within adds what is wrong with a part to what is wrong with the whole; other errors come back.
func within(p *fault.Problems, err error, from, to string) error {
	no, ok := errors.AsType[*fault.Error](err)
	if !ok || no.Kind != fault.Invalid {
		return err
	}
	for _, f := range no.Fields {
		at, inside := strings.CutPrefix(f.Location, from)
		if inside {
			at = to + at
		}
		p.Add(at, "%s", f.Message)
	}
	return nil
}

// mayRecur says no to who may not do themselves what is to be done in their name.
func mayRecur(ctx context.Context, deed invoice.RecurringDeed) error {
	err := auth.Need(ctx, CanWrite)
	if err == nil && deed != invoice.MakeDraft {
		err = auth.Need(ctx, CanIssue)
	}
	if err == nil && deed == invoice.MakeAndSend {
		err = auth.Need(ctx, CanSend)
	}
	return err
}

func recurringView(r *domain.Recurring, today date.Date) invoice.Recurring {
	c, next := r.Content, *r
	if r.Status == invoice.RecurringPaused {
		_ = next.Resume(today, false) // as it would go on without what was missed; only what has ended is refused
	}
	return invoice.Recurring{
		ID: r.ID, Version: r.Version, Name: r.Name, Status: r.Status, Deed: r.Deed, Rhythm: r.Rhythm, NextOn: r.NextOn(), Next: next.Upcoming(datesShown),
		Made: r.Made, Missed: r.Missed(today, 100), Obstacle: r.Obstacle, OwnerID: r.OwnerID, By: r.By, CustomerID: c.CustomerID, Customer: c.Customer,
		PaymentDays: c.PaymentDays, Reference: c.Reference, Note: c.Note, Document: c.Document, CreatedAt: r.CreatedAt, UpdatedAt: r.UpdatedAt,
	}
}
