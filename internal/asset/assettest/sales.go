package assettest

import (
	"context"
	"slices"
	"sync"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Sales is an asset.Sales in memory over a Register: every asset is worth its cost. Everybody may see everything.
type Sales struct {
	mu       sync.Mutex
	register *Register
	sales    map[asset.SaleID]*sale
	fail     map[asset.SaleStage]error
}

type sale struct {
	asset.Sale
	before asset.Asset
}

var _ asset.Sales = (*Sales)(nil)

var stages = []asset.SaleStage{asset.SaleWithdrawn, asset.SaleReserved, asset.SaleDisposed, asset.SaleEnded}

// NewSales sells the assets of the register.
func NewSales(register *Register) *Sales {
	return &Sales{register: register, sales: map[asset.SaleID]*sale{}, fail: map[asset.SaleStage]error{}}
}

// Fail makes every way to the stage answer with err; nil ends it.
func (s *Sales) Fail(stage asset.SaleStage, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.fail[stage] = err
}

// Quote implements asset.Sales.
func (s *Sales) Quote(ctx context.Context, o asset.Offer) (asset.Sale, error) {
	found, err := s.register.Assets(ctx, []asset.ID{o.AssetID})
	if err != nil {
		return asset.Sale{}, err
	}
	a, known := found[o.AssetID]
	switch {
	case !known:
		return asset.Sale{}, fault.New(fault.NotFound, "asset-not-found", "There is no such asset.")
	case !a.SaleID.IsZero():
		return asset.Sale{}, fault.New(fault.Conflict, "asset-in-sale", "Asset %s is being sold, or was.", a.Tag)
	case a.Status != asset.StatusAvailable && a.Status != asset.StatusAssigned:
		return asset.Sale{}, fault.New(fault.Conflict, "asset-"+string(a.Status), "Asset %s cannot be sold.", a.Tag)
	case o.Currency != "" && o.Currency != a.Currency:
		return asset.Sale{}, fault.New(fault.Conflict, "currency-differs", "Asset %s is in %s.", a.Tag, a.Currency)
	}
	return asset.Sale{
		ID: o.SaleID, AssetID: a.ID, Tag: a.Tag, Name: a.Name, Stage: asset.SaleReserved, On: o.On, Currency: a.Currency, Cost: a.Cost,
		Accumulated: money.Zero.In(a.Currency), Value: a.Cost, Proceeds: o.Proceeds.In(a.Currency), Gain: o.Proceeds.Sub(a.Cost),
	}, nil
}

// Reserve implements asset.Sales.
func (s *Sales) Reserve(ctx context.Context, o asset.Offer) (asset.Sale, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fail[asset.SaleReserved]; err != nil {
		return asset.Sale{}, err
	}
	if known, ok := s.sales[o.SaleID]; ok {
		return s.reached(known, asset.SaleReserved)
	}
	quoted, err := s.Quote(ctx, o)
	if err != nil {
		return asset.Sale{}, err
	}
	a := s.asset(ctx, o.AssetID)
	s.sales[o.SaleID] = &sale{Sale: quoted, before: a}
	a.SaleID = o.SaleID
	s.register.Put(a)
	return quoted, nil
}

// Dispose implements asset.Sales.
func (s *Sales) Dispose(ctx context.Context, which asset.SaleID, on date.Date) (asset.Sale, error) {
	return s.advance(ctx, which, asset.SaleDisposed, func(x *sale, a *asset.Asset) { x.On, a.DisposedOn = on, on })
}

// EndCustody implements asset.Sales.
func (s *Sales) EndCustody(ctx context.Context, which asset.SaleID) (asset.Sale, error) {
	return s.advance(ctx, which, asset.SaleEnded, func(x *sale, a *asset.Asset) {
		a.Status, a.RetiredOn, a.HolderID, a.HolderName = asset.StatusRetired, x.On, employee.ID{}, ""
	})
}

func (s *Sales) advance(ctx context.Context, which asset.SaleID, to asset.SaleStage, change func(*sale, *asset.Asset)) (asset.Sale, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if err := s.fail[to]; err != nil {
		return asset.Sale{}, err
	}
	x, ok := s.sales[which]
	if !ok || x.Stage == asset.SaleWithdrawn || slices.Index(stages, x.Stage) >= slices.Index(stages, to) {
		return s.reached(x, to)
	}
	a := s.asset(ctx, x.AssetID)
	change(x, &a)
	x.Stage = to
	s.register.Put(a)
	return x.Sale, nil
}

func (s *Sales) reached(x *sale, stage asset.SaleStage) (asset.Sale, error) {
	if x == nil || slices.Index(stages, x.Stage) < slices.Index(stages, stage) {
		return asset.Sale{}, fault.New(fault.Conflict, "sale-withdrawn", "This sale was taken back.")
	}
	return x.Sale, nil
}

// Revert implements asset.Sales.
func (s *Sales) Revert(_ context.Context, which asset.SaleID, to asset.SaleStage) (asset.Sale, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	x, ok := s.sales[which]
	if !ok {
		x = &sale{Sale: asset.Sale{ID: which, Stage: asset.SaleWithdrawn}}
		s.sales[which] = x
	}
	if slices.Index(stages, x.Stage) <= slices.Index(stages, to) {
		return x.Sale, nil
	}
	x.Stage = to
	a := x.before
	switch to {
	case asset.SaleDisposed:
		a.SaleID, a.DisposedOn = which, x.On
	case asset.SaleReserved:
		a.SaleID = which
	}
	s.register.Put(a)
	return x.Sale, nil
}

func (s *Sales) asset(ctx context.Context, which asset.ID) asset.Asset {
	found, _ := s.register.Assets(ctx, []asset.ID{which})
	return found[which]
}
