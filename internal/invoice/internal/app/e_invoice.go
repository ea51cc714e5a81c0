package app

import (
	"cmp"
	"context"
	"fmt"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/fault"
)

// EInvoice gives an issued document as UBL by EN 16931, with the name to save it under.
// What a party lacked when it was issued is completed from what is known today; what is
// still missing is an Invalid that says where to fill it in.
func (a *App) EInvoice(ctx context.Context, id invoice.ID) (string, []byte, error) {
	inv, err := a.load(ctx, id)
	if err != nil {
		return "", nil, err
	}
	return a.eInvoice(ctx, inv)
}

func (a *App) eInvoice(ctx context.Context, inv *domain.Invoice) (string, []byte, error) {
	if inv.Issue == nil {
		return "", nil, fault.New(fault.Conflict, "invoice-is-draft", "A draft has no e-invoice yet; issue it first.")
	}
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return "", nil, err
	}
	customer, err := a.customers.Brief(ctx, inv.Content.CustomerID)
	if err != nil {
		return "", nil, err
	}
	v := view(inv, seller.Today(a.now()))
	complete(v.Seller, seller.Party)
	complete(v.Buyer, partyOf(customer))
	var p fault.Problems
	domain.CheckEInvoice(&p, v)
	if !p.Empty() {
		return "", nil, &fault.Error{
			Kind: fault.Invalid, Code: "e-invoice-incomplete", Message: v.Number + " cannot be written as an e-invoice yet.", Fields: p.Fields(),
		}
	}
	xml, err := domain.UBL(v, wordsFor(seller.Language).eInvoice(v))
	return v.Number + ".xml", xml, err
}

// complete fills in what identifies a party, where the document has nothing.
func complete(p *invoice.Party, now invoice.Party) {
	p.Country, p.VATID, p.TaxID = cmp.Or(p.Country, now.Country), cmp.Or(p.VATID, now.VATID), cmp.Or(p.TaxID, now.TaxID)
}

func (w words) eInvoice(v invoice.Invoice) domain.UBLWords {
	out := domain.UBLWords{Surcharge: w.Surcharge, Terms: fmt.Sprintf(w.PayableWithin, v.PaymentDays), Unit: w.UnitOf}
	switch {
	case v.CreditOf != nil:
		out.Terms = fmt.Sprintf(w.Credited, v.CreditOf.Number)
	case v.PaymentDays == 0:
		out.Terms = w.PayableAtOnce
	}
	return out
}
