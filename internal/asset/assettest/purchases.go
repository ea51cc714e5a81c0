package assettest

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Purchases is an asset.Purchases in memory over a Register.
type Purchases struct {
	mu        sync.Mutex
	register  *Register
	purchases map[asset.PurchaseID]*purchase
	fail      map[asset.PurchaseStage]error
}

type purchase struct {
	asset.Purchase
	order asset.Order
}

var _ asset.Purchases = (*Purchases)(nil)

var purchaseStages = []asset.PurchaseStage{asset.PurchaseWithdrawn, asset.PurchasePrepared, asset.PurchaseRegistered, asset.PurchaseHandedOver}

// NewPurchases buys into the register.
func NewPurchases(register *Register) *Purchases {
	return &Purchases{register: register, purchases: map[asset.PurchaseID]*purchase{}, fail: map[asset.PurchaseStage]error{}}
}

// Fail makes every way to the stage answer with err; nil ends it.
func (p *Purchases) Fail(stage asset.PurchaseStage, err error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.fail[stage] = err
}

// Check implements asset.Purchases.
func (p *Purchases) Check(_ context.Context, o asset.Order) error {
	switch {
	case o.CategoryID.IsZero():
		return fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At("body.categoryId", "is no known category")
	case o.Quantity < 1 || o.Quantity > asset.MaxBought:
		return fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At("body.quantity", "must be from 1 to 200")
	}
	return nil
}

// Prepare implements asset.Purchases.
func (p *Purchases) Prepare(ctx context.Context, o asset.Order) (asset.Purchase, error) {
	if err := p.Check(ctx, o); err != nil {
		return asset.Purchase{}, err
	}
	return p.reach(o.PurchaseID, asset.PurchasePrepared, func() *purchase {
		x := &purchase{Purchase: asset.Purchase{ID: o.PurchaseID}, order: o}
		p.purchases[o.PurchaseID] = x
		return x
	}, func(*purchase) {})
}

// Register implements asset.Purchases.
func (p *Purchases) Register(_ context.Context, which asset.PurchaseID) (asset.Purchase, error) {
	return p.reach(which, asset.PurchaseRegistered, nil, func(x *purchase) {
		weights := make([]money.Decimal, x.order.Quantity)
		for i := range weights {
			weights[i] = money.FromInt(1)
		}
		for i, share := range money.Spread(x.order.Cost, weights, x.order.Currency.Digits()) {
			one := p.register.Put(asset.Asset{
				Tag: fmt.Sprintf("%s-%03d", x.order.BillNumber, i+1), Name: x.order.Name, Cost: share, Currency: x.order.Currency,
				BillID: x.order.BillID, BillNumber: x.order.BillNumber, Supplier: x.order.Supplier, PurchasedOn: x.order.PurchasedOn, Version: 1,
			})
			x.Assets = append(x.Assets, one.ID)
		}
	})
}

// HandOver implements asset.Purchases.
func (p *Purchases) HandOver(ctx context.Context, which asset.PurchaseID) (asset.Purchase, error) {
	return p.reach(which, asset.PurchaseHandedOver, nil, func(x *purchase) {
		found, _ := p.register.Assets(ctx, x.Assets)
		for _, one := range found {
			one.Status, one.HolderID = asset.StatusAssigned, x.order.HolderID
			p.register.Put(one)
		}
	})
}

// Withdraw implements asset.Purchases.
func (p *Purchases) Withdraw(ctx context.Context, which asset.PurchaseID) error {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.fail[asset.PurchaseWithdrawn]; err != nil {
		return err
	}
	x := p.purchases[which]
	if x == nil {
		x = &purchase{Purchase: asset.Purchase{ID: which}}
		p.purchases[which] = x
	}
	found, err := p.register.Assets(ctx, x.Assets)
	if err != nil {
		return err
	}
	for _, one := range found {
		if !one.HolderID.IsZero() && one.HolderID != x.order.HolderID {
			return fault.New(fault.Conflict, "asset-assigned", "Asset %s is held by somebody else.", one.Tag)
		}
	}
	for _, one := range found {
		one.Status, one.HolderID, one.RetiredOn, one.DisposedOn = asset.StatusRetired, employee.ID{}, one.PurchasedOn, one.PurchasedOn
		p.register.Put(one)
	}
	x.Stage = asset.PurchaseWithdrawn
	return nil
}

func (p *Purchases) reach(which asset.PurchaseID, stage asset.PurchaseStage, begin func() *purchase, change func(*purchase)) (asset.Purchase, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if err := p.fail[stage]; err != nil {
		return asset.Purchase{}, err
	}
	x := p.purchases[which]
	if x == nil && begin != nil {
		x = begin()
	}
	switch {
	case x == nil:
		return asset.Purchase{}, fault.New(fault.Conflict, "purchase-unknown", "This purchase was never prepared.")
	case x.Stage == asset.PurchaseWithdrawn:
		return asset.Purchase{}, fault.New(fault.Conflict, "purchase-withdrawn", "This purchase was taken back.")
	case slices.Index(purchaseStages, x.Stage) >= slices.Index(purchaseStages, stage):
		return x.Purchase, nil
	case slices.Index(purchaseStages, stage) == 3 && len(x.Assets) == 0:
		return asset.Purchase{}, fault.New(fault.Conflict, "purchase-not-registered", "Nothing is in the register yet.")
	}
	change(x)
	x.Stage = stage
	return x.Purchase, nil
}
