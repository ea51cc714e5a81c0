package domain

import (
	"slices"
	"time"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// Bought is where an asset comes from: a purchase, and the bill that it stands on.
type Bought struct {
	PurchaseID asset.PurchaseID
	BillID     asset.BillID
	BillNumber string
}

// Purchase is what was bought by a line of a bill, on its way into the register. The zero one is unknown.
type Purchase struct {
	asset.Purchase
	Order asset.Order
}

// purchaseStages in order.
var purchaseStages = []asset.PurchaseStage{asset.PurchaseWithdrawn, asset.PurchasePrepared, asset.PurchaseRegistered, asset.PurchaseHandedOver} //nolint:gochecknoglobals // because it is a constant that the language cannot spell

// Reached reports whether the purchase has come as far as the stage.
func (p *Purchase) Reached(stage asset.PurchaseStage) bool {
	return slices.Index(purchaseStages, p.Stage) >= slices.Index(purchaseStages, stage)
}

// CheckOrder names what is wrong with an order beside the details of its assets.
func CheckOrder(o asset.Order) error {
	var p fault.Problems
	if o.Quantity < 1 || o.Quantity > asset.MaxBought {
		p.Add("body.quantity", "must be from 1 to %d", asset.MaxBought)
	}
	if !o.Currency.Valid() {
		p.Add("body.currency", "is not a known ISO 4217 code")
	}
	if o.Cost.Sign() < 0 {
		p.Add("body.cost", "must not be negative")
	}
	return p.Err()
}

// Shares divides the cost over the assets, so that the shares add up to it to the cent.
func Shares(o asset.Order) []money.Decimal {
	weights := make([]money.Decimal, o.Quantity)
	for i := range weights {
		weights[i] = money.FromInt(1)
	}
	return money.Spread(o.Cost, weights, o.Currency.Digits())
}

// Ordered are the details of an asset of the order, at its share of the cost. Tags are given later.
func Ordered(o asset.Order, share money.Decimal) Details {
	return Details{
		Name: o.Name, Model: o.Model, Supplier: o.Supplier, CategoryID: o.CategoryID, LocationID: o.LocationID,
		PurchasedOn: o.PurchasedOn, InServiceOn: o.PurchasedOn, Cost: share, Currency: o.Currency,
	}
}

// TakeOut takes an asset of a purchase that is taken back out of use and out of the books, as of the day it was bought: from
// stock, or from the person whom the purchase gave it to.
func (a *Asset) TakeOut(from employee.ID, now time.Time) error {
	if holder := a.Custodian(); !holder.IsZero() && holder.ID == from {
		if err := a.Return(now); err != nil {
			return err
		}
	}
	if a.Status != asset.StatusRetired { // else somebody has done so already
		if err := a.Retire(a.PurchasedOn, now); err != nil {
			return err
		}
	}
	if a.DisposedOn.IsZero() {
		return a.Dispose(a.PurchasedOn, now)
	}
	return nil
}
