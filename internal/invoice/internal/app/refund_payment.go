package app

import (
	"cmp"
	"context"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// RefundInput is a part of the customer's credit that is given back.
type RefundInput struct {
	Amount    money.Decimal `json:"amount"`
	On        date.Date     `json:"on,omitzero" doc:"Today when absent"`
	Method    string        `json:"method,omitempty" enum:"bank,cash,card,other" default:"bank"`
	Reference string        `json:"reference,omitempty" maxLength:"200"`
}

// RefundPayment gives what is left of a payment back to the customer, wholly or in part.
func (a *App) RefundPayment(ctx context.Context, id invoice.PaymentID, in RefundInput) (invoice.Payment, error) {
	act, today := a.act(ctx), a.today(ctx)
	fact := domain.PaymentRefunded{Amount: in.Amount, On: in.On, Method: cmp.Or(in.Method, "bank"), Reference: strings.TrimSpace(in.Reference)}
	if fact.On.IsZero() {
		fact.On = today
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Payment, error) {
		p, err := a.payments.Lock(ctx, tx, id)
		if err != nil {
			return invoice.Payment{}, err
		}
		before, fact := p, fact
		var problems fault.Problems
		domain.CheckRefund(&problems, "body", fact, p, today)
		if err := problems.Err(); err != nil {
			return invoice.Payment{}, err
		}
		fact.Amount = fact.Amount.In(p.Currency)
		if err := domain.Refund(&p, fact); err != nil {
			return invoice.Payment{}, err
		}
		p.Version++
		a.payments.Correct(tx, p)
		if err := a.payments.Append(tx, p.ID, act, fact); err != nil {
			return invoice.Payment{}, err
		}
		store.AddMonth(tx, fact.On, p.Currency, 0, money.Zero, fact.Amount.Neg())
		if p.Allocations, err = a.payments.LockAllocated(ctx, tx, id); err != nil {
			return invoice.Payment{}, err
		}
		return p, audit.Record(tx, audit.Entry{
			Action: "payment.refund", Subject: "payment", SubjectID: p.ID.String(), Label: paymentLabel(p), Before: before, After: p,
		})
	})
}
