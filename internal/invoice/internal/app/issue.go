package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// IssueInput says as of which day a document is issued.
type IssueInput struct {
	IssueDate date.Date `json:"issueDate,omitzero" doc:"Today when absent; never before the last issued document of the series"`
}

// Issue gives a draft its number and makes it final. The number is taken in the same
// transaction, after every check, so that a refusal leaves no gap.
func (a *App) Issue(ctx context.Context, id invoice.ID, version int, in IssueInput) (invoice.Invoice, error) {
	r, err := a.issuing(ctx, id)
	if err != nil {
		return invoice.Invoice{}, err
	}
	r.version = version
	if in.IssueDate.IsZero() {
		return a.inGroup(r)
	}
	if _, err := issueDay(in.IssueDate, r.seller.Today(a.now())); err != nil {
		return invoice.Invoice{}, err
	}
	return a.issueAlone(r, in.IssueDate)
}

// IssueNew drafts an invoice and issues it at once: both facts, one transaction. It takes
// the permission to issue beside the one to draft.
func (a *App) IssueNew(ctx context.Context, in DraftInput) (invoice.Invoice, error) {
	if err := auth.Need(ctx, CanIssue); err != nil {
		return invoice.Invoice{}, err
	}
	content, err := a.content(ctx, in)
	if err != nil {
		return invoice.Invoice{}, err
	}
	r, err := a.issuing(ctx, id.New[invoice.Invoice]())
	if err != nil {
		return invoice.Invoice{}, err
	}
	r.fresh = &content
	return a.inGroup(r)
}

func (a *App) issuing(ctx context.Context, id invoice.ID) (*issuing, error) {
	r := &issuing{ctx: ctx, id: id, act: a.act(ctx), key: database.KeyOf(ctx)}
	var err error
	if r.reach, err = a.reach(ctx, CanIssue); err != nil {
		return nil, err
	}
	r.seller, err = a.company.Seller(ctx)
	r.head = letterhead(r.seller)
	return r, err
}

// issueAlone issues one document in a transaction of its own, as of a day that was asked
// for, or today.
func (a *App) issueAlone(r *issuing, asked date.Date) (invoice.Invoice, error) {
	if _, err := issueDay(asked, r.seller.Today(a.now())); err != nil {
		return invoice.Invoice{}, err
	}
	issued, err := database.Write(r.ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Invoice, error) {
		return a.issueIn(ctx, tx, r, asked)
	})
	if err == nil {
		a.logoKept(r.head)
	}
	return issued, err
}

// issueIn issues one document in the transaction.
func (a *App) issueIn(ctx context.Context, tx *database.Tx, r *issuing, asked date.Date) (invoice.Invoice, error) {
	today := r.seller.Today(a.now())
	on, err := issueDay(asked, today)
	if err != nil {
		return invoice.Invoice{}, err
	}
	inv, err := a.toIssue(ctx, tx, r)
	if err != nil {
		return invoice.Invoice{}, err
	}
	if err := a.giveNumber(ctx, tx, r, inv, on, !asked.IsZero()); err != nil {
		return invoice.Invoice{}, err
	}
	return view(inv, today), nil
}

// giveNumber makes a document final. The number is taken after every check, so that a refusal takes none.
func (a *App) giveNumber(ctx context.Context, tx *database.Tx, r *issuing, inv *domain.Invoice, on date.Date, asked bool) error {
	buyer, err := a.buyer(ctx, tx, inv)
	if err != nil {
		return err
	}
	if err := inv.CheckIssue(r.seller.Party, buyer); err != nil {
		return err
	}
	number, err := a.numbers.Take(ctx, tx, inv.Kind, on, asked, 1)
	if err != nil {
		return err
	}
	inv.IssueAs(number, r.seller.Party, buyer, r.head, r.act)
	a.keepLogo(tx, r.seller, r.head)
	return a.issued(tx, inv)
}

func (a *App) toIssue(ctx context.Context, tx *database.Tx, r *issuing) (*domain.Invoice, error) {
	if r.fresh != nil {
		return domain.Draft(r.id, me(r.ctx), *r.fresh, r.act), nil
	}
	return a.open(ctx, tx, r.reach, r.id, r.version)
}

// issueDay is the day asked for, which must not lie ahead, or today.
func issueDay(asked, today date.Date) (date.Date, error) {
	if asked.IsZero() {
		return today, nil
	}
	if asked.After(today) {
		var p fault.Problems
		p.Add("body.issueDate", "must not lie in the future")
		return asked, p.Err()
	}
	return asked, nil
}

// buyer is the customer as frozen on the document.
func (a *App) buyer(ctx context.Context, tx *database.Tx, inv *domain.Invoice) (invoice.Party, error) {
	if inv.Content.CustomerID.IsZero() {
		return invoice.Party{}, nil
	}
	c, err := a.customers.InTx(ctx, tx, inv.Content.CustomerID)
	if err != nil {
		return invoice.Party{}, err
	}
	return partyOf(c), nil
}

func partyOf(c invoice.Customer) invoice.Party {
	p := invoice.Party{
		Name: c.Name, PostalCode: c.PostalCode, City: c.City, Country: c.Country, TaxID: c.TaxID, VATID: c.VATID, Email: c.Email, Phone: c.Phone,
	}
	for _, line := range []string{c.Street, joinWords(c.PostalCode, c.City)} {
		if line != "" {
			p.Address = append(p.Address, line)
		}
	}
	return p
}

func joinWords(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " " + b
}

// issued writes a document that has just got its number, the sums that follow from it, and
// word to others.
func (a *App) issued(tx *database.Tx, inv *domain.Invoice) error {
	d := inv.Content.Document
	invoices := 0
	if inv.Kind == invoice.KindInvoice {
		invoices = 1
	}
	store.AddMonth(tx, inv.Issue.IssuedOn, d.Currency, invoices, d.Totals.Net, money.Zero)
	receivable(tx, inv, money.Zero)
	return a.tellIssued(tx, inv)
}

// tellIssued writes the document, the event and the audit row, apart from the sums.
func (a *App) tellIssued(tx *database.Tx, inv *domain.Invoice) error {
	if err := a.ledger.Save(tx, inv); err != nil {
		return err
	}
	d := inv.Content.Document
	err := events.Publish(tx, inv.ID.String(), invoice.Issued{
		InvoiceID: inv.ID, Kind: inv.Kind, Number: inv.Issue.Number, CustomerID: inv.Content.CustomerID, IssuedOn: inv.Issue.IssuedOn,
		DueOn: inv.Issue.DueOn, Currency: d.Currency, Net: d.Totals.Net, Tax: d.Totals.Tax, Gross: d.Totals.Gross,
	})
	if err != nil {
		return err
	}
	after := summarise(inv)
	if after.Fingerprint, err = domain.Fingerprint(inv); err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{
		Action: "invoice.issue", Subject: "invoice", SubjectID: inv.ID.String(), Label: inv.Label(), After: after,
	})
}

// receivable brings the sum of its due date to what is due now.
func receivable(tx *database.Tx, inv *domain.Invoice, before money.Decimal) {
	due, currency := inv.Due(), inv.Content.Document.Currency
	change := due.Sub(before)
	switch {
	case change.Sign() > 0:
		opened := 0
		if before.IsZero() {
			opened = 1
		}
		store.AddReceivable(tx, inv.Issue.DueOn, currency, opened, change)
	case change.Sign() < 0:
		closed := 0
		if due.IsZero() {
			closed = 1
		}
		store.TakeReceivable(tx, inv.Issue.DueOn, currency, closed, change.Neg())
	}
}
