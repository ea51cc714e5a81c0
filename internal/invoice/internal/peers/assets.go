package peers

import (
	"context"

	"erp/internal/asset"
	"erp/internal/platform/date"
	"erp/internal/platform/resilience"
)

// Assets sells what the company owns and turns what it buys into assets. Every call may be repeated, so that each is tried again before it fails.
type Assets struct {
	sales     asset.Sales
	purchases asset.Purchases
	guard     *resilience.Peer
}

// NewAssets guards the asset module's contracts.
func NewAssets(sales asset.Sales, purchases asset.Purchases) *Assets {
	return &Assets{sales: sales, purchases: purchases, guard: resilience.NewPeer("The asset register", resilience.Options{})}
}

// Guard is what stands before the register, for those who watch it.
func (a *Assets) Guard() *resilience.Peer { return a.guard }

// Quote is what a sale would bring; what the register refuses is told at the field.
func (a *Assets) Quote(ctx context.Context, offer asset.Offer) (asset.Sale, error) {
	return resilience.Call(ctx, a.guard, func(ctx context.Context) (asset.Sale, error) { return a.sales.Quote(ctx, offer) })
}

// Reserve keeps the asset for the sale.
func (a *Assets) Reserve(ctx context.Context, offer asset.Offer) error {
	_, err := resilience.Call(ctx, a.guard, func(ctx context.Context) (asset.Sale, error) { return a.sales.Reserve(ctx, offer) })
	return err
}

// Dispose takes the asset out of the books on the day of the invoice.
func (a *Assets) Dispose(ctx context.Context, sale asset.SaleID, on date.Date) (asset.Sale, error) {
	return resilience.Call(ctx, a.guard, func(ctx context.Context) (asset.Sale, error) { return a.sales.Dispose(ctx, sale, on) })
}

// EndCustody takes the asset out of everybody's hands.
func (a *Assets) EndCustody(ctx context.Context, sale asset.SaleID) error {
	_, err := resilience.Call(ctx, a.guard, func(ctx context.Context) (asset.Sale, error) { return a.sales.EndCustody(ctx, sale) })
	return err
}

// Revert takes a sale back to an earlier stage.
func (a *Assets) Revert(ctx context.Context, sale asset.SaleID, to asset.SaleStage) error {
	_, err := resilience.Call(ctx, a.guard, func(ctx context.Context) (asset.Sale, error) { return a.sales.Revert(ctx, sale, to) })
	return err
}

// CheckOrder refuses an order that the register would refuse; at the fields of the request.
func (a *Assets) CheckOrder(ctx context.Context, o asset.Order) error {
	_, err := resilience.Call(ctx, a.guard, func(ctx context.Context) (struct{}, error) { return struct{}{}, a.purchases.Check(ctx, o) })
	return err
}

// Prepare keeps the order, so that nothing can stand in its way any more.
func (a *Assets) Prepare(ctx context.Context, o asset.Order) error {
	_, err := resilience.Call(ctx, a.guard, func(ctx context.Context) (asset.Purchase, error) { return a.purchases.Prepare(ctx, o) })
	return err
}

// Register brings what was ordered into the register.
func (a *Assets) Register(ctx context.Context, which asset.PurchaseID) (asset.Purchase, error) {
	return resilience.Call(ctx, a.guard, func(ctx context.Context) (asset.Purchase, error) { return a.purchases.Register(ctx, which) })
}

// HandOver gives what was bought to the person of the order.
func (a *Assets) HandOver(ctx context.Context, which asset.PurchaseID) error {
	_, err := resilience.Call(ctx, a.guard, func(ctx context.Context) (asset.Purchase, error) { return a.purchases.HandOver(ctx, which) })
	return err
}

// Withdraw takes an order back, what is in the register of it too.
func (a *Assets) Withdraw(ctx context.Context, which asset.PurchaseID) error {
	_, err := resilience.Call(ctx, a.guard, func(ctx context.Context) (struct{}, error) { return struct{}{}, a.purchases.Withdraw(ctx, which) })
	return err
}
