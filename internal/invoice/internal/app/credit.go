package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// CreditInput says why an invoice is taken back, and what of it.
type CreditInput struct {
	Reason    string            `json:"reason,omitempty" maxLength:"500" doc:"Printed on the credit note"`
	IssueDate date.Date         `json:"issueDate,omitzero" doc:"Today when absent"`
	Lines     []CreditLineInput `json:"lines,omitempty" maxItems:"1000" doc:"What is taken back; all that is left when absent"`
}

// CreditLineInput names a line of the invoice and how much of it is taken back.
type CreditLineInput struct {
	Line     int           `json:"line" minimum:"1" maximum:"1000" doc:"Counted from 1"`
	Quantity money.Decimal `json:"quantity" doc:"At most what was not taken back before"`
}

// Credit takes an invoice back, wholly or in part, with an issued credit note. Of the whole
// it is the exact opposite of every line; parts together come to the same. What was paid
// beyond what is then left becomes the customer's credit.
func (a *App) Credit(ctx context.Context, invoiceID invoice.ID, version int, in CreditInput) (invoice.Invoice, error) {
	r, err := a.reach(ctx, CanCredit)
	if err != nil {
		return invoice.Invoice{}, err
	}
	today := a.today(ctx)
	on, err := issueDay(in.IssueDate, today)
	if err != nil {
		return invoice.Invoice{}, err
	}
	owner := me(ctx)
	var lines []domain.CreditedLine
	for _, l := range in.Lines {
		lines = append(lines, domain.CreditedLine(l))
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Invoice, error) {
		inv, err := a.open(ctx, tx, r, invoiceID, version)
		if err != nil {
			return invoice.Invoice{}, err
		}
		note, err := a.creditIn(ctx, tx, inv, crediting{owner, in.Reason, lines, on, !in.IssueDate.IsZero()})
		if err != nil {
			return invoice.Invoice{}, err
		}
		return view(note, today), nil
	})
}

// crediting is what is taken back of an invoice, by whom, and as of which day.
type crediting struct {
	owner  employee.ID
	reason string
	lines  []domain.CreditedLine // all that is left when none is named
	on     date.Date
	asked  bool // whether somebody wants that day and no other
}

// creditIn makes and issues the credit note of an invoice that the transaction has locked.
func (a *App) creditIn(ctx context.Context, tx *database.Tx, inv *domain.Invoice, c crediting) (*domain.Invoice, error) {
	act := a.act(ctx)
	note, taken, err := inv.Credit(id.New[invoice.Invoice](), c.owner, c.reason, c.lines, act)
	if err != nil {
		return nil, err
	}
	number, err := a.numbers.Take(ctx, tx, note.Kind, c.on, c.asked, 1)
	if err != nil {
		return nil, err
	}
	note.IssueAs(number, inv.Issue.Seller, inv.Issue.Buyer, inv.Issue.Letterhead, act)
	if err := a.issued(tx, note); err != nil {
		return nil, err
	}
	return note, a.credited(tx, inv, note, taken, act)
}

// credited takes an issued credit note off the invoice behind it.
func (a *App) credited(tx *database.Tx, inv, note *domain.Invoice, taken []domain.CreditedLine, act domain.Act) error {
	before, due := summarise(inv), inv.Due()
	freed := inv.MarkCredited(note, taken, act)
	if err := a.ledger.Save(tx, inv); err != nil {
		return err
	}
	d := inv.Content.Document
	for _, f := range freed {
		a.payments.Free(tx, f)
		err := events.Publish(tx, inv.ID.String(), invoice.PaymentUnallocated{
			InvoiceID: inv.ID, PaymentID: f.PaymentID, Currency: d.Currency, Amount: f.Amount, Due: inv.Due(),
		})
		if err != nil {
			return err
		}
	}
	receivable(tx, inv, due)
	err := events.Publish(tx, inv.ID.String(), invoice.CreditedByNote{
		InvoiceID: inv.ID, CreditNoteID: note.ID, Number: note.Issue.Number, Currency: d.Currency, Amount: note.Content.Document.Totals.Payable.Neg(),
	})
	if err != nil {
		return err
	}
	return record(tx, "invoice.credit", inv, before)
}
