package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
	"erp/internal/platform/saga"
)

// BuyInput says which line of a bill becomes how many assets of which kind, and who gets them.
type BuyInput struct {
	Line       int              `json:"line" minimum:"1" maximum:"1000" doc:"Counted from 1"`
	Quantity   int              `json:"quantity,omitempty" minimum:"1" maximum:"200" doc:"How many assets; the line's quantity when absent"`
	Name       string           `json:"name,omitempty" maxLength:"200" doc:"The line's description when absent"`
	Model      string           `json:"model,omitempty" maxLength:"100"`
	CategoryID asset.CategoryID `json:"categoryId"`
	LocationID asset.LocationID `json:"locationId,omitzero"`
	HolderID   employee.ID      `json:"holderId,omitzero" doc:"Who gets them; the stock when absent"`
}

// AssetPurchase is a line of a bill on its way into the register, and how far it has come.
type AssetPurchase struct {
	ID       saga.ID        `json:"id,omitzero"`
	State    saga.State     `json:"state,omitempty" enum:"running,undoing,stuck,done,undone"`
	Failure  string         `json:"failure,omitempty" doc:"Why it was undone, or what it waits for"`
	BillID   invoice.BillID `json:"billId"`
	Number   string         `json:"number" doc:"The bill's"`
	Supplier string         `json:"supplier"`
	Line     int            `json:"line"`
	Name     string         `json:"name"`
	Quantity int            `json:"quantity"`
	Cost     money.Decimal  `json:"cost" doc:"Of all of them, without tax"`
	Currency money.Currency `json:"currency"`
	Assets   []asset.ID     `json:"assets,omitempty"`
}

// buying is what the process of a purchase knows.
type buying struct {
	BillID   invoice.BillID `json:"billId"`
	Line     int            `json:"line"`
	Order    asset.Order    `json:"order"`
	Recorded bool           `json:"recorded"` // the bill was a draft before
	Assets   []asset.ID     `json:"assets,omitempty"`
}

// BuyAssets turns a line of a bill into assets: a draft is recorded, the assets come into the register at their share of
// the cost, and somebody gets them if that is wanted. All of it or nothing, whatever happens to the program.
func (a *App) BuyAssets(ctx context.Context, which invoice.BillID, in BuyInput) (AssetPurchase, error) {
	b, err := a.buying(ctx, which, in)
	if err != nil {
		return a.purchaseOfFirst(ctx, which, err)
	}
	var begun saga.Begun
	err = a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		begun, err = a.buys.Start(tx, saga.About{ID: which.String(), Label: b.Order.BillNumber + ", " + b.Order.Supplier}, b)
		return err
	})
	if err != nil {
		return a.purchaseOfFirst(ctx, which, err)
	}
	end, err := a.buys.Carry(context.WithoutCancel(ctx), begun)
	return purchaseView(end.Entry, end.Data), err
}

// buying resolves the input against bill and register. Nothing is kept yet.
func (a *App) buying(ctx context.Context, which invoice.BillID, in BuyInput) (buying, error) {
	bill, err := a.bills.Load(ctx, which)
	if err != nil {
		return buying{}, err
	}
	if err := bill.CheckBuyable(in.Line); err != nil {
		return buying{}, err
	}
	if bill.RecordedOn.IsZero() {
		if err := auth.Need(ctx, CanEditBills); err != nil {
			return buying{}, err
		}
	}
	c, line := bill.Content, bill.Content.Document.Lines[in.Line-1]
	if in.Quantity == 0 {
		in.Quantity = pieces(line.Quantity)
	}
	if in.Name == "" {
		in.Name = line.Description
	}
	b := buying{BillID: which, Line: in.Line, Order: asset.Order{
		BillID: asset.BillID(which), BillNumber: c.Number, Supplier: c.Supplier, Name: in.Name, Model: in.Model, Quantity: in.Quantity,
		Cost: line.Net, Currency: c.Document.Currency, PurchasedOn: c.BilledOn, CategoryID: in.CategoryID, LocationID: in.LocationID, HolderID: in.HolderID,
	}}
	var p fault.Problems
	if b.Order.Quantity == 0 {
		p.Add("body.quantity", "must be given: %s is no number of pieces from 1 to %d", line.Quantity, asset.MaxBought)
	}
	if err := p.Err(); err != nil {
		return b, err
	}
	return b, a.assets.CheckOrder(ctx, b.Order)
}

// pieces is a quantity as a number of things; 0 when it is none.
func pieces(quantity money.Decimal) int {
	for n := 1; n <= asset.MaxBought; n++ {
		if quantity.Equal(money.FromInt(int64(n))) {
			return n
		}
	}
	return 0
}

// buyingProcess turns a line of a bill into assets. The register is asked first whether anything stands in the way. Once
// the bill says that the line became assets there is no way back, so that what follows is tried until it works.
func (a *App) buyingProcess() saga.Process[buying] {
	return saga.Process[buying]{Name: "invoice.buy-assets", Subject: "bill", Steps: []saga.Step[buying]{
		{Name: "asset.prepare-purchase", Do: a.prepareOrder, Undo: a.withdrawOrder},
		{Name: "invoice.record-bill", Do: a.recordOrder, Undo: a.releaseOrder, NoWayBack: true},
		{Name: "asset.register-purchase", Do: a.registerOrder, Undo: a.withdrawOrder},
		{Name: "asset.hand-over-purchase", Do: a.handOverOrder},
		{Name: "invoice.confirm-purchase", Do: confirmPurchase},
	}}
}

// orderID is the purchase as the asset module knows it: one a run, so that each stage is reached once.
func orderID(r *saga.Run[buying]) asset.PurchaseID { return asset.PurchaseID(r.ID()) }

func (a *App) prepareOrder(ctx context.Context, r *saga.Run[buying]) error {
	r.Data.Order.PurchaseID = orderID(r)
	return a.assets.Prepare(ctx, r.Data.Order)
}

func (a *App) withdrawOrder(ctx context.Context, r *saga.Run[buying]) error {
	return a.assets.Withdraw(ctx, orderID(r))
}

// recordOrder records the bill, if it is a draft still, and that its line becomes assets.
func (a *App) recordOrder(ctx context.Context, r *saga.Run[buying]) error {
	act := a.act(ctx)
	act.On = a.today(ctx)
	return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		b, err := a.bills.Lock(ctx, tx, r.Data.BillID)
		if err != nil {
			return err
		}
		before := summariseBill(b)
		c := b.Content
		if err := b.CheckBuyable(r.Data.Line); err != nil {
			return err
		}
		o := r.Data.Order
		if c.Number != o.BillNumber || c.Supplier != o.Supplier || c.Document.Currency != o.Currency || !c.Document.Lines[r.Data.Line-1].Net.Equal(o.Cost) {
			return fault.New(fault.Conflict, "bill-changed", "Somebody has changed %s; look at it again.", b.Label())
		}
		if b.RecordedOn.IsZero() {
			if err := b.Record(act); err != nil {
				return err
			}
			r.Data.Recorded = true
		}
		if err := b.Buy(invoice.BoughtLine{Line: r.Data.Line, PurchaseID: orderID(r), Assets: o.Quantity}, act); err != nil {
			return err
		}
		if err := a.bills.Save(tx, b); err != nil {
			return err
		}
		return recordBill(tx, "bill.buy", b, before)
	})
}

// releaseOrder takes the line back, and makes the bill a draft again that was one.
func (a *App) releaseOrder(ctx context.Context, r *saga.Run[buying]) error {
	act := a.act(ctx)
	return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		b, err := a.bills.Lock(ctx, tx, r.Data.BillID)
		if fault.Is(err, fault.NotFound) {
			return nil // a draft that was deleted
		}
		if err != nil {
			return err
		}
		before := summariseBill(b)
		if !b.Release(orderID(r), r.Failure(), act) {
			return nil
		}
		if r.Data.Recorded && b.Paid.IsZero() && len(b.Bought) == 0 {
			if err := b.Reopen(r.Failure(), act); err != nil {
				return err
			}
		}
		if err := a.bills.Save(tx, b); err != nil {
			return err
		}
		return recordBill(tx, "bill.release", b, before)
	})
}

func (a *App) registerOrder(ctx context.Context, r *saga.Run[buying]) error {
	bought, err := a.assets.Register(ctx, orderID(r))
	r.Data.Assets = bought.Assets
	return err
}

func (a *App) handOverOrder(ctx context.Context, r *saga.Run[buying]) error {
	if r.Data.Order.HolderID.IsZero() {
		return nil
	}
	return a.assets.HandOver(ctx, orderID(r))
}

// confirmPurchase keeps the answer for whoever asks again with the same key.
func confirmPurchase(ctx context.Context, r *saga.Run[buying]) error {
	return r.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		return saga.Answer(ctx, tx, purchaseView(saga.Entry{ID: r.ID(), State: saga.Done}, r.Data))
	})
}

// purchaseOfFirst gives a repeated request the answer of the first one, which may still be under way or have been finished
// by another program; anything else is the refusal itself.
func (a *App) purchaseOfFirst(ctx context.Context, which invoice.BillID, refusal error) (AssetPurchase, error) {
	if fault.KindOf(refusal) != fault.Conflict {
		return AssetPurchase{}, refusal
	}
	a.buys.Wait(ctx, which.String())
	return database.Write(ctx, a.db, func(context.Context, *database.Tx) (AssetPurchase, error) { return AssetPurchase{}, refusal })
}

func purchaseView(e saga.Entry, b buying) AssetPurchase {
	o := b.Order
	return AssetPurchase{
		ID: e.ID, State: e.State, Failure: e.Failure, BillID: b.BillID, Number: o.BillNumber, Supplier: o.Supplier, Line: b.Line, Name: o.Name,
		Quantity: o.Quantity, Cost: o.Cost, Currency: o.Currency, Assets: b.Assets,
	}
}
