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
)

// CreditInput says why an invoice is taken back.
type CreditInput struct {
	Reason    string    `json:"reason,omitempty" maxLength:"500" doc:"Printed on the credit note"`
	IssueDate date.Date `json:"issueDate,omitzero" doc:"Today when absent"`
}

// Credit takes a whole invoice back: an issued credit note with the exact opposite of every
// line. What was paid becomes the customer's credit.
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
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Invoice, error) {
		inv, err := a.open(ctx, tx, r, invoiceID, version)
		if err != nil {
			return invoice.Invoice{}, err
		}
		note, err := a.creditIn(ctx, tx, inv, owner, in.Reason, on, !in.IssueDate.IsZero())
		if err != nil {
			return invoice.Invoice{}, err
		}
		return view(note, today), nil
	})
}

// creditIn makes and issues the credit note of an invoice that the transaction has locked.
func (a *App) creditIn(ctx context.Context, tx *database.Tx, inv *domain.Invoice, owner employee.ID, reason string, on date.Date, asked bool) (*domain.Invoice, error) {
	act := a.act(ctx)
	note, err := inv.Credit(id.New[invoice.Invoice](), owner, reason, act)
	if err != nil {
		return nil, err
	}
	number, err := a.numbers.Take(ctx, tx, note.Kind, on, asked, 1)
	if err != nil {
		return nil, err
	}
	note.IssueAs(number, inv.Issue.Seller, inv.Issue.Buyer, act)
	if err := a.issued(tx, note); err != nil {
		return nil, err
	}
	return note, a.credited(tx, inv, note, act)
}

// credited closes the invoice behind an issued credit note.
func (a *App) credited(tx *database.Tx, inv, note *domain.Invoice, act domain.Act) error {
	before, due := summarise(inv), inv.Due()
	freed := inv.MarkCredited(invoice.Reference{ID: note.ID, Number: note.Issue.Number}, act)
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
	err := events.Publish(tx, inv.ID.String(), invoice.CreditedInFull{
		InvoiceID: inv.ID, CreditNoteID: note.ID, Number: note.Issue.Number, Currency: d.Currency, Amount: d.Totals.Payable,
	})
	if err != nil {
		return err
	}
	return record(tx, "invoice.credit", inv, before)
}
