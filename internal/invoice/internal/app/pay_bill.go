package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// BillPaymentInput is money that went out for a bill.
type BillPaymentInput struct {
	Amount    money.Decimal `json:"amount"`
	PaidOn    date.Date     `json:"paidOn,omitzero" doc:"Today when absent"`
	Method    string        `json:"method,omitempty" enum:"bank,cash,card,other" default:"bank"`
	Reference string        `json:"reference,omitempty" maxLength:"200"`
}

// PayBill sets money that went out against a bill: all of it, or a part.
func (a *App) PayBill(ctx context.Context, which invoice.BillID, version int, in BillPaymentInput) (invoice.Bill, error) {
	today := a.today(ctx)
	f := domain.BillPaidOut{Amount: in.Amount, On: in.PaidOn, Method: in.Method, Reference: in.Reference}
	if f.On.IsZero() {
		f.On = today
	}
	if f.Method == "" {
		f.Method = "bank"
	}
	return a.changeBill(ctx, which, version, "bill.pay", func(b *domain.Bill, act domain.Act) error {
		currency := b.Content.Document.Currency
		var p fault.Problems
		domain.CheckBillPayment(&p, "body", f, currency, today)
		if err := p.Err(); err != nil {
			return err
		}
		f.Amount = f.Amount.In(currency)
		return b.Pay(f, act)
	})
}

// VoidBillPaymentInput says why money does not count.
type VoidBillPaymentInput struct {
	Reason string `json:"reason" minLength:"1" maxLength:"500"`
}

// VoidBillPayment takes a payment back that never went out, or came back.
func (a *App) VoidBillPayment(ctx context.Context, which invoice.BillID, payment int, in VoidBillPaymentInput) (invoice.Bill, error) {
	return a.changeBill(ctx, which, 0, "bill.void-payment", func(b *domain.Bill, act domain.Act) error { return b.VoidPayment(payment, in.Reason, act) })
}
