package app

import (
	"cmp"
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
)

// Purchases is the contract that other modules buy assets by.
type Purchases struct{ *App }

var _ asset.Purchases = Purchases{}

// Check implements asset.Purchases.
func (a Purchases) Check(ctx context.Context, o asset.Order) error {
	if err := domain.CheckOrder(o); err != nil {
		return err
	}
	if !o.HolderID.IsZero() {
		if _, _, err := a.People.Holder(ctx, o.HolderID, "body.holderId"); err != nil {
			return err
		}
	}
	_, err := a.complete(ctx, domain.Ordered(o, domain.Shares(o)[0]), false)
	return err
}

// Prepare implements asset.Purchases.
func (a Purchases) Prepare(ctx context.Context, o asset.Order) (asset.Purchase, error) {
	if err := a.Check(ctx, o); err != nil {
		return asset.Purchase{}, err
	}
	return a.purchase(ctx, o.PurchaseID, func(ctx context.Context, tx *database.Tx, p *domain.Purchase) error {
		if p.Stage != "" {
			return nil
		}
		first, err := store.PreparePurchase(ctx, tx, o)
		if err == nil && !first {
			err = busyPurchase()
		}
		p.ID, p.Stage = o.PurchaseID, asset.PurchasePrepared
		return err
	})
}

// purchase does something to a locked purchase, and refuses one that was withdrawn.
func (a Purchases) purchase(ctx context.Context, which asset.PurchaseID, do func(context.Context, *database.Tx, *domain.Purchase) error) (asset.Purchase, error) {
	var p domain.Purchase
	err := a.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		var err error
		if p, err = store.LockPurchase(ctx, tx, which); err != nil {
			return err
		}
		if p.Stage == asset.PurchaseWithdrawn {
			return fault.New(fault.Conflict, "purchase-withdrawn", "This purchase was taken back.")
		}
		return do(ctx, tx, &p)
	})
	if err == nil {
		p.Assets, err = store.Bought(ctx, a.DB.Pool(), which)
	}
	return p.Purchase, err
}

func busyPurchase() error {
	return fault.New(fault.Unavailable, "purchase-busy", "This purchase is being changed at this moment; try again.")
}

// Register implements asset.Purchases.
func (a Purchases) Register(ctx context.Context, which asset.PurchaseID) (asset.Purchase, error) {
	for try := 1; ; try++ {
		var order asset.Order
		known, err := a.purchase(ctx, which, func(_ context.Context, _ *database.Tx, p *domain.Purchase) error {
			if p.Stage == "" {
				return fault.New(fault.Conflict, "purchase-unknown", "This purchase was never prepared.")
			}
			order = p.Order
			return nil
		})
		if err != nil || len(known.Assets) > 0 {
			return known, err
		}
		records, err := a.ordered(ctx, order)
		if err != nil {
			return asset.Purchase{}, err
		}
		bought, err := a.registerAll(ctx, which, records)
		if !store.IsTagTaken(err) || try == triesForTag {
			return bought, err
		}
		if err := a.tags.skip(ctx, order.CategoryID); err != nil {
			return asset.Purchase{}, err
		}
	}
}

// ordered are the assets of an order, complete with tags, before anything is written.
func (a Purchases) ordered(ctx context.Context, o asset.Order) ([]store.Record, error) {
	category, location, err := a.place(ctx, domain.Ordered(o, o.Cost))
	if err != nil {
		return nil, err
	}
	var records []store.Record
	for _, share := range domain.Shares(o) {
		details := category.Defaults(domain.Ordered(o, share), false)
		if details.Tag, err = a.tags.take(ctx, o.CategoryID); err != nil {
			return nil, err
		}
		one, err := domain.Register(details, a.now())
		if err != nil {
			return nil, err
		}
		one.Bought = domain.Bought{PurchaseID: o.PurchaseID, BillID: o.BillID, BillNumber: o.BillNumber}
		records = append(records, store.Record{Asset: one, Category: category.Name, Location: location})
	}
	return records, nil
}

func (a Purchases) registerAll(ctx context.Context, which asset.PurchaseID, records []store.Record) (asset.Purchase, error) {
	return a.purchase(ctx, which, func(ctx context.Context, tx *database.Tx, p *domain.Purchase) error {
		if p.Reached(asset.PurchaseRegistered) {
			return nil
		}
		for i := range records {
			r := &records[i]
			view := r.Published()
			store.Insert(tx, &r.Asset, store.Line{Kind: asset.LineRegistered, At: r.CreatedAt, Actor: actor(ctx), Note: "Bill " + p.Order.BillNumber + " of " + p.Order.Supplier})
			if err := events.Publish(tx, r.ID.String(), registered(&r.Asset)); err != nil {
				return err
			}
			err := audit.Record(tx, audit.Entry{Action: "asset.register", Subject: "asset", SubjectID: r.ID.String(), Label: view.Label(), After: view})
			if err != nil {
				return err
			}
		}
		p.Stage = asset.PurchaseRegistered
		store.SavePurchase(tx, p)
		return nil
	})
}

// HandOver implements asset.Purchases.
func (a Purchases) HandOver(ctx context.Context, which asset.PurchaseID) (asset.Purchase, error) {
	var to employee.ID
	known, err := a.purchase(ctx, which, func(_ context.Context, _ *database.Tx, p *domain.Purchase) error {
		if !p.Reached(asset.PurchaseRegistered) {
			return fault.New(fault.Conflict, "purchase-not-registered", "Nothing of this purchase is in the register yet.")
		}
		to = p.Order.HolderID
		return nil
	})
	if err != nil || known.Stage == asset.PurchaseHandedOver {
		return known, err
	}
	holder, person, err := a.People.Holder(ctx, to, "holderId")
	gone := fault.Is(err, fault.Invalid) || fault.Is(err, fault.Conflict)
	if err != nil && !gone {
		return asset.Purchase{}, err
	}
	return a.purchase(ctx, which, func(ctx context.Context, tx *database.Tx, p *domain.Purchase) error {
		if p.Stage == asset.PurchaseHandedOver {
			return nil
		}
		for _, one := range known.Assets {
			if gone {
				break
			}
			if err := a.giveBought(ctx, tx, one, taker{holder, person.HiredOn}); err != nil {
				return err
			}
		}
		p.Stage = asset.PurchaseHandedOver
		store.SavePurchase(tx, p)
		return nil
	})
}

// giveBought hands over an asset that is still in stock; who left in this moment gets nothing.
func (a Purchases) giveBought(ctx context.Context, tx *database.Tx, which asset.ID, to taker) error {
	r, name, left, err := store.LockForHandOver(ctx, tx, which, to.ID, to.hired, store.Reach{All: true})
	if err != nil || r == nil || left || r.Status != asset.StatusAvailable || !r.SaleID.IsZero() {
		return err
	}
	to.Name = cmp.Or(name, to.Name)
	_, err = a.apply(ctx, tx, r, deed{
		action: "asset.assign",
		decide: func(r *store.Record) (store.Line, error) { return a.handOver(r, to.Holder, Assignment{}) },
	})
	return err
}

// Withdraw implements asset.Purchases.
func (a Purchases) Withdraw(ctx context.Context, which asset.PurchaseID) error {
	return a.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		p, err := store.LockPurchase(ctx, tx, which)
		switch {
		case err != nil:
			return err
		case p.Stage == "":
			first, err := store.ForestallPurchase(ctx, tx, which)
			if err == nil && !first {
				err = busyPurchase()
			}
			return err
		case p.Reached(asset.PurchaseRegistered):
			if err := a.takeOut(ctx, tx, &p); err != nil {
				return err
			}
		}
		p.Stage = asset.PurchaseWithdrawn
		store.SavePurchase(tx, &p)
		return nil
	})
}

// takeOut takes everything that a purchase brought out of the register's use, or nothing.
func (a Purchases) takeOut(ctx context.Context, tx *database.Tx, p *domain.Purchase) error {
	bought, err := store.Bought(ctx, tx.Conn(), p.ID)
	if err != nil {
		return err
	}
	records, err := store.Lock(ctx, tx, bought, store.Reach{All: true})
	if err != nil {
		return err
	}
	note := "Bill " + p.Order.BillNumber + " of " + p.Order.Supplier + " was taken back"
	for i := range records {
		_, err := a.apply(ctx, tx, &records[i], deed{
			action: "asset.withdraw-purchase",
			decide: func(r *store.Record) (store.Line, error) {
				if r.Status == asset.StatusRetired && !r.DisposedOn.IsZero() {
					return store.Line{}, nil
				}
				line := store.Line{Kind: asset.LineRetired, Holder: r.Custodian(), Note: note}
				if !line.Holder.IsZero() {
					line.Reason = asset.ReasonReturned
				}
				return line, r.TakeOut(p.Order.HolderID, a.now())
			},
			tell: func(r *domain.Asset) events.Event {
				return asset.Retired{AssetID: r.ID, Tag: r.Tag, Name: r.Name, RetiredOn: r.RetiredOn, Note: note}
			},
		})
		if err != nil {
			return err
		}
	}
	return nil
}
