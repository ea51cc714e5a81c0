package app

import (
	"context"
	"slices"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// PaymentInput is money received, and what it is for. What is not allocated is the
// customer's credit.
type PaymentInput struct {
	CustomerID  invoice.CustomerID `json:"customerId"`
	ReceivedOn  date.Date          `json:"receivedOn,omitzero" doc:"Today when absent"`
	Currency    money.Currency     `json:"currency,omitempty" maxLength:"3" doc:"The company's when absent"`
	Amount      money.Decimal      `json:"amount"`
	Method      string             `json:"method,omitempty" enum:"bank,cash,card,other" default:"bank"`
	Reference   string             `json:"reference,omitempty" maxLength:"200"`
	Allocations []AllocationInput  `json:"allocations,omitempty" maxItems:"500"`
}

// AllocationInput sets an amount against an invoice.
type AllocationInput struct {
	InvoiceID invoice.ID    `json:"invoiceId"`
	Amount    money.Decimal `json:"amount"`
}

// RecordPayment keeps money received and sets it against invoices, all or nothing.
func (a *App) RecordPayment(ctx context.Context, in PaymentInput) (invoice.Payment, error) {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return invoice.Payment{}, err
	}
	act := a.act(ctx)
	p := invoice.Payment{
		ID: id.New[invoice.Payment](), Version: 1, CustomerID: in.CustomerID, ReceivedOn: in.ReceivedOn, Currency: in.Currency,
		Amount: in.Amount, Method: in.Method, Reference: in.Reference, RecordedBy: me(ctx), CreatedAt: act.At,
		Allocations: allocations(in.Allocations),
	}
	if p.Currency == "" {
		p.Currency = seller.Currency
	}
	if p.Method == "" {
		p.Method = "bank"
	}
	today := seller.Today(a.now())
	if p.ReceivedOn.IsZero() {
		p.ReceivedOn = today
	}
	if err := checkPayment(&p, today); err != nil {
		return invoice.Payment{}, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Payment, error) {
		p := p
		customer, err := a.customers.InTx(ctx, tx, p.CustomerID)
		if err != nil {
			return invoice.Payment{}, unknownCustomer(err)
		}
		p.Customer, p.Unallocated, p.Refunded = customer.Name, p.Amount, money.Zero.In(p.Currency)
		wanted := p.Allocations
		if err := a.allocate(ctx, tx, &p, wanted, act, a.payments.Insert); err != nil {
			return invoice.Payment{}, err
		}
		if err := a.payments.Append(tx, p.ID, act, domain.RecordedOf(p)); err != nil {
			return invoice.Payment{}, err
		}
		store.AddMonth(tx, p.ReceivedOn, p.Currency, 0, money.Zero, p.Amount)
		return p, audit.Record(tx, audit.Entry{
			Action: "payment.record", Subject: "payment", SubjectID: p.ID.String(), Label: paymentLabel(p), After: p,
		})
	})
}

func checkPayment(p *invoice.Payment, today date.Date) error {
	var problems fault.Problems
	domain.CheckPayment(&problems, "body", *p)
	if p.ReceivedOn.After(today) {
		problems.Add("body.receivedOn", "must not lie in the future")
	}
	p.Amount = p.Amount.In(p.Currency)
	for i := range p.Allocations {
		p.Allocations[i].Amount = p.Allocations[i].Amount.In(p.Currency)
	}
	return problems.Err()
}

func unknownCustomer(err error) error {
	if !fault.Is(err, fault.NotFound) {
		return err
	}
	var p fault.Problems
	p.Add("body.customerId", "names no customer")
	return p.Err()
}

func paymentLabel(p invoice.Payment) string {
	return p.Customer + ", " + p.Amount.String() + " " + string(p.Currency)
}

func allocations(in []AllocationInput) []invoice.Allocation {
	out := make([]invoice.Allocation, len(in))
	for i, x := range in {
		out[i] = invoice.Allocation{InvoiceID: x.InvoiceID, Amount: x.Amount}
	}
	return out
}

// allocate sets parts of a payment against invoices of the same customer. keep writes the
// payment itself, before the allocations that point at it.
func (a *App) allocate(ctx context.Context, tx *database.Tx, p *invoice.Payment, wanted []invoice.Allocation, act domain.Act,
	keep func(*database.Tx, invoice.Payment),
) error {
	wanted = slices.Clone(wanted)
	slices.SortFunc(wanted, func(x, y invoice.Allocation) int { return x.InvoiceID.Compare(y.InvoiceID) })
	ids := make([]invoice.ID, len(wanted))
	for i, w := range wanted {
		ids[i] = w.InvoiceID
		p.Unallocated = p.Unallocated.Sub(w.Amount)
	}
	found, err := a.ledger.Lock(ctx, tx, ids...)
	if err != nil {
		return err
	}
	keep(tx, *p)
	for i, inv := range found {
		w := &wanted[i]
		if inv.Content.CustomerID != p.CustomerID {
			return fault.New(fault.Conflict, "customer-differs", "%s belongs to another customer than the payment.", inv.Label())
		}
		due := inv.Due()
		if err := inv.Allocate(p.ID, p.Currency, w.Amount, p.ReceivedOn, act); err != nil {
			return err
		}
		w.PaymentID, w.Number, w.On = p.ID, inv.Label(), p.ReceivedOn
		if err := a.paid(tx, inv, *w, due); err != nil {
			return err
		}
	}
	p.Allocations = wanted
	return nil
}

// paid writes an invoice that a part of a payment was just set against.
func (a *App) paid(tx *database.Tx, inv *domain.Invoice, set invoice.Allocation, due money.Decimal) error {
	if err := a.ledger.Save(tx, inv); err != nil {
		return err
	}
	a.payments.Allocate(tx, set)
	receivable(tx, inv, due)
	return events.Publish(tx, inv.ID.String(), invoice.PaymentAllocated{
		InvoiceID: inv.ID, PaymentID: set.PaymentID, Currency: inv.Content.Document.Currency, Amount: set.Amount, Due: inv.Due(),
	})
}
