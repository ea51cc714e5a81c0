package domain

import (
	"slices"
	"time"

	"erp/internal/asset"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Sale is an asset on its way out, with whoever is to get it back when the sale is undone.
type Sale struct {
	asset.Sale
	Holder Held
}

// Held is who had an asset until when it was due.
type Held struct {
	Holder
	DueOn date.Date
}

// stages in order; to go back is to go up this list.
var stages = []asset.SaleStage{asset.SaleWithdrawn, asset.SaleReserved, asset.SaleDisposed, asset.SaleEnded} //nolint:gochecknoglobals // because it is a constant that the language cannot spell

// Behind reports whether the sale has come as far as the stage.
func (s *Sale) Behind(stage asset.SaleStage) bool {
	return slices.Index(stages, s.Stage) >= slices.Index(stages, stage)
}

// CheckUnsold refuses whatever would change the custody or the book of an asset that is being sold, or was.
func (a *Asset) CheckUnsold() error {
	switch {
	case a.SaleID.IsZero():
		return nil
	case a.Status == asset.StatusRetired:
		return fault.New(fault.Conflict, "asset-sold", "Asset %s was sold on %s; credit its invoice to take it back.", a.Tag, a.DisposedOn)
	}
	return fault.New(fault.Conflict, "asset-in-sale", "Asset %s is being sold at this moment; look again shortly.", a.Tag)
}

// Quote is what the sale would bring: gain or loss against the value that the books show on the day.
func (a *Asset) Quote(o asset.Offer) (Sale, error) {
	if err := a.CheckUnsold(); err != nil {
		return Sale{}, err
	}
	switch {
	case a.Status != asset.StatusAvailable && a.Status != asset.StatusAssigned:
		return Sale{}, a.refuse("%s; only an asset in stock or in somebody's hands can be sold", a.standing())
	case !a.DisposedOn.IsZero():
		return Sale{}, fault.New(fault.Conflict, "asset-disposed", "Asset %s is out of the books since %s.", a.Tag, a.DisposedOn)
	case o.Currency != "" && a.Currency != o.Currency:
		return Sale{}, fault.New(fault.Conflict, "currency-differs", "Asset %s is in the books in %s; sell it in that currency.", a.Tag, a.Currency)
	case o.On.Before(a.PurchasedOn):
		return Sale{}, fault.New(fault.Conflict, "sale-before-purchase", "Asset %s was bought on %s; it cannot be sold before.", a.Tag, a.PurchasedOn)
	}
	s := Sale{Sale: asset.Sale{
		ID: o.SaleID, AssetID: a.ID, Tag: a.Tag, Name: a.Name, Stage: asset.SaleReserved, On: o.On, Currency: a.Currency, Proceeds: o.Proceeds.In(a.Currency),
	}}
	s.value(a)
	return s, nil
}

// value takes cost, charges and gain from the one value function.
func (s *Sale) value(a *Asset) {
	book := a.ValueOn(s.On)
	s.Cost, s.Accumulated, s.Value = book.Cost.In(s.Currency), book.Accumulated.In(s.Currency), book.Value.In(s.Currency)
	s.Gain = s.Proceeds.Sub(s.Value)
}

// ReserveFor keeps the asset for the sale.
func (a *Asset) ReserveFor(s *Sale, now time.Time) {
	a.SaleID = s.ID
	a.touch(now)
}

// DisposeBy takes the asset out of the books by its sale, as it stands there now.
func (a *Asset) DisposeBy(s *Sale, on date.Date, now time.Time) error {
	s.On = on
	s.value(a)
	if err := a.Dispose(on, now); err != nil {
		return err
	}
	s.Stage = asset.SaleDisposed
	return nil
}

// LeaveBy ends custody and use by the sale, wherever the asset is. The sale remembers who had it.
func (a *Asset) LeaveBy(s *Sale, now time.Time) {
	if holder := a.Custodian(); !holder.IsZero() {
		s.Holder = Held{Holder: holder, DueOn: a.DueOn}
	}
	a.inStock(now)
	a.Status, a.RetiredOn, s.Stage = asset.StatusRetired, s.On, asset.SaleEnded
}

// ReturnFrom gives the asset back to who had it; to the stock when that was nobody, or when they have left.
func (a *Asset) ReturnFrom(s *Sale, stillHere bool, now time.Time) {
	a.Status, a.RetiredOn, s.Stage = asset.StatusAvailable, date.Date{}, asset.SaleDisposed
	a.inStock(now)
	if !s.Holder.IsZero() && stillHere {
		a.Status = asset.StatusAssigned
		a.heldBy(s.Holder.Holder, s.Holder.DueOn, now)
	}
	s.Holder = Held{}
}

// EnterBy brings the asset back into the books.
func (a *Asset) EnterBy(s *Sale, now time.Time) error {
	s.Stage = asset.SaleReserved
	return a.TakeBack(now)
}

// ReleaseFrom frees the asset from the sale for good.
func (a *Asset) ReleaseFrom(s *Sale, now time.Time) {
	s.Stage, a.SaleID = asset.SaleWithdrawn, asset.SaleID{}
	a.touch(now)
}
