package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/saga"
)

// sellingProcess sells an asset. Once the invoice has its number there is no way back but a credit note, so that what
// follows is tried until it works; crediting the invoice takes the sale back.
func (a *App) sellingProcess() saga.Process[selling] {
	return saga.Process[selling]{Name: "invoice.sell-asset", Subject: "asset", Steps: []saga.Step[selling]{
		{Name: "asset.reserve", Do: a.reserveAsset, Undo: a.revertTo(asset.SaleWithdrawn)},
		{Name: "invoice.draft", Do: a.draftSale, Undo: a.discardSale},
		{Name: "invoice.issue", Do: a.issueSale, Undo: a.creditSale, NoWayBack: true},
		{Name: "asset.dispose", Do: a.disposeAsset, Undo: a.revertTo(asset.SaleReserved)},
		{Name: "asset.end-custody", Do: a.endCustody, Undo: a.revertTo(asset.SaleDisposed)},
		{Name: "invoice.confirm", Do: confirmSale},
	}}
}

// saleID is the sale as the asset module knows it: one a run, so that each stage is reached once.
func saleID(r *saga.Run[selling]) asset.SaleID { return asset.SaleID(r.ID()) }

func (a *App) reserveAsset(ctx context.Context, r *saga.Run[selling]) error {
	s := r.Data.Sale
	return a.assets.Reserve(ctx, asset.Offer{SaleID: saleID(r), AssetID: s.AssetID, On: s.On, Currency: s.Currency, Proceeds: s.Proceeds})
}

func (a *App) revertTo(stage asset.SaleStage) func(context.Context, *saga.Run[selling]) error {
	return func(ctx context.Context, r *saga.Run[selling]) error { return a.assets.Revert(ctx, saleID(r), stage) }
}

func (a *App) draftSale(ctx context.Context, r *saga.Run[selling]) error {
	return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		inv := domain.Draft(id.New[invoice.Invoice](), r.Data.OwnerID, r.Data.Content, a.act(ctx))
		r.Data.InvoiceID = inv.ID
		if err := a.ledger.Save(tx, inv); err != nil {
			return err
		}
		return record(tx, "invoice.draft", inv, nil)
	})
}

func (a *App) discardSale(ctx context.Context, r *saga.Run[selling]) error {
	if r.Data.InvoiceID.IsZero() {
		return nil
	}
	return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		found, err := a.ledger.Lock(ctx, tx, r.Data.InvoiceID)
		if fault.Is(err, fault.NotFound) || err == nil && found[0].Issue != nil {
			return nil // deleted by hand, or issued and credited
		}
		if err != nil {
			return err
		}
		before := summarise(found[0])
		if err := found[0].Discard(a.act(ctx)); err != nil {
			return err
		}
		if err := a.ledger.Save(tx, found[0]); err != nil {
			return err
		}
		return record(tx, "invoice.discard", found[0], before)
	})
}

// issueSale gives the draft its number; the series' row is locked by this transaction alone.
func (a *App) issueSale(ctx context.Context, r *saga.Run[selling]) error {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return err
	}
	return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		found, err := a.ledger.Lock(ctx, tx, r.Data.InvoiceID)
		if err != nil {
			return err
		}
		inv := found[0]
		if !sells(inv, r.Data.Sale.AssetID) || inv.Content.Document.Currency != r.Data.Sale.Currency {
			return fault.New(fault.Conflict, "sale-changed", "Somebody has changed %s; sell the asset again.", inv.Label())
		}
		buyer, err := a.buyer(ctx, tx, inv)
		if err != nil {
			return err
		}
		if err := inv.CheckIssue(seller.Party, buyer); err != nil {
			return err
		}
		number, err := a.numbers.Take(ctx, tx, inv.Kind, seller.Today(a.now()), false, 1)
		if err != nil {
			return err
		}
		head := letterhead(seller)
		inv.IssueAs(number, seller.Party, buyer, head, a.act(ctx))
		a.keepLogo(tx, seller, head)
		r.Data.Number, r.Data.Sale.On = inv.Issue.Number, inv.Issue.IssuedOn
		return a.issued(tx, inv)
	})
}

func sells(inv *domain.Invoice, sold asset.ID) bool {
	for _, line := range inv.Content.Document.Lines {
		if line.AssetID == sold {
			return true
		}
	}
	return false
}

// returned reports whether the line that sold the asset was taken back whole.
func returned(inv *domain.Invoice, sold asset.ID) bool {
	for i, line := range inv.Content.Document.Lines {
		if line.AssetID == sold {
			return inv.Returned[i].Equal(line.Quantity)
		}
	}
	return false
}

// creditSale takes the issued invoice back, unless that is why the sale is being undone.
func (a *App) creditSale(ctx context.Context, r *saga.Run[selling]) error {
	if r.Data.Number == "" {
		return nil
	}
	today := a.today(ctx)
	return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		found, err := a.ledger.Lock(ctx, tx, r.Data.InvoiceID)
		if err != nil || returned(found[0], r.Data.Sale.AssetID) {
			return err
		}
		_, err = a.creditIn(ctx, tx, found[0], crediting{owner: r.Data.OwnerID, reason: "The sale was undone.", on: today})
		return err
	})
}

func (a *App) disposeAsset(ctx context.Context, r *saga.Run[selling]) error {
	sale, err := a.assets.Dispose(ctx, saleID(r), r.Data.Sale.On)
	if err == nil {
		r.Data.Sale = sale
	}
	return err
}

func (a *App) endCustody(ctx context.Context, r *saga.Run[selling]) error {
	return a.assets.EndCustody(ctx, saleID(r))
}

// confirmSale keeps the answer for whoever asks again with the same key.
func confirmSale(ctx context.Context, r *saga.Run[selling]) error {
	return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		return saga.Answer(ctx, tx, saleView(saga.Entry{ID: r.ID(), State: saga.Done}, r.Data))
	})
}

// UndoSales takes back the sales of an invoice whose lines were credited; of a line that was credited in part the sale
// stands, at a lower price.
func (a *App) UndoSales(ctx context.Context, tx *database.Tx, e invoice.CreditedByNote, _ events.Envelope) error {
	inv, err := a.ledger.Load(ctx, e.InvoiceID)
	if err != nil {
		return err
	}
	for _, line := range inv.Content.Document.Lines {
		if line.AssetID.IsZero() || !returned(inv, line.AssetID) {
			continue
		}
		run, err := a.selling.Last(ctx, line.AssetID.String())
		if fault.Is(err, fault.NotFound) || err == nil && run.Data.InvoiceID != e.InvoiceID {
			continue
		}
		if err == nil {
			err = a.selling.TakeBack(ctx, tx, run.ID, inv.Label()+" was credited by "+e.Number)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
