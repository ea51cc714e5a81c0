package remote

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/remote/assetwire"
	"erp/internal/platform/rpc"
)

// NewPurchases are the Purchases of the module at the other end of the link.
func NewPurchases(link *rpc.Link) asset.Purchases {
	return farPurchases{assetwire.NewPurchasesClient(link.HTTP(), link.URL(), link.Options())}
}

type farPurchases struct{ purchases assetwire.PurchasesClient }

// Check implements asset.Purchases.
func (f farPurchases) Check(ctx context.Context, order asset.Order) error {
	packed, err := rpc.Message(order, &assetwire.Order{})
	if err != nil {
		return err
	}
	_, err = f.purchases.Check(ctx, &assetwire.CheckRequest{Order: packed})
	return err
}

// Prepare implements asset.Purchases.
func (f farPurchases) Prepare(ctx context.Context, order asset.Order) (asset.Purchase, error) {
	packed, err := rpc.Message(order, &assetwire.Order{})
	if err != nil {
		return asset.Purchase{}, err
	}
	answer, err := f.purchases.Prepare(ctx, &assetwire.PrepareRequest{Order: packed})
	return purchaseOf(answer.GetPurchase(), err)
}

// Register implements asset.Purchases.
func (f farPurchases) Register(ctx context.Context, purchase asset.PurchaseID) (asset.Purchase, error) {
	answer, err := f.purchases.Register(ctx, &assetwire.RegisterRequest{Purchase: purchase.String()})
	return purchaseOf(answer.GetPurchase(), err)
}

// HandOver implements asset.Purchases.
func (f farPurchases) HandOver(ctx context.Context, purchase asset.PurchaseID) (asset.Purchase, error) {
	answer, err := f.purchases.HandOver(ctx, &assetwire.HandOverRequest{Purchase: purchase.String()})
	return purchaseOf(answer.GetPurchase(), err)
}

// Withdraw implements asset.Purchases.
func (f farPurchases) Withdraw(ctx context.Context, purchase asset.PurchaseID) error {
	_, err := f.purchases.Withdraw(ctx, &assetwire.WithdrawRequest{Purchase: purchase.String()})
	return err
}

func purchaseOf(message *assetwire.Purchase, err error) (asset.Purchase, error) {
	if err != nil {
		return asset.Purchase{}, err
	}
	return rpc.Value[asset.Purchase](message)
}

// ServePurchases lets other processes buy assets.
func ServePurchases(s *rpc.Server, purchases asset.Purchases) {
	s.Mount(assetwire.NewPurchasesHandler(nearPurchases{purchases}, s.Options()))
}

type nearPurchases struct{ purchases asset.Purchases }

func packPurchase(purchase asset.Purchase, err error) (*assetwire.Purchase, error) {
	if err != nil {
		return nil, err
	}
	return rpc.Message(purchase, &assetwire.Purchase{})
}

func orderOf(message *assetwire.Order) (asset.Order, error) {
	return rpc.Value[asset.Order](message)
}

// Check implements assetwire.PurchasesHandler.
func (n nearPurchases) Check(ctx context.Context, in *assetwire.CheckRequest) (*assetwire.CheckResponse, error) {
	order, err := orderOf(in.GetOrder())
	if err == nil {
		err = n.purchases.Check(ctx, order)
	}
	return &assetwire.CheckResponse{}, err
}

// Prepare implements assetwire.PurchasesHandler.
func (n nearPurchases) Prepare(ctx context.Context, in *assetwire.PrepareRequest) (*assetwire.PrepareResponse, error) {
	order, err := orderOf(in.GetOrder())
	if err != nil {
		return nil, err
	}
	purchase, err := packPurchase(n.purchases.Prepare(ctx, order))
	return &assetwire.PrepareResponse{Purchase: purchase}, err
}

// Register implements assetwire.PurchasesHandler.
func (n nearPurchases) Register(ctx context.Context, in *assetwire.RegisterRequest) (*assetwire.RegisterResponse, error) {
	id, err := rpc.ID[asset.Purchase](in.GetPurchase())
	if err != nil {
		return nil, err
	}
	purchase, err := packPurchase(n.purchases.Register(ctx, id))
	return &assetwire.RegisterResponse{Purchase: purchase}, err
}

// HandOver implements assetwire.PurchasesHandler.
func (n nearPurchases) HandOver(ctx context.Context, in *assetwire.HandOverRequest) (*assetwire.HandOverResponse, error) {
	id, err := rpc.ID[asset.Purchase](in.GetPurchase())
	if err != nil {
		return nil, err
	}
	purchase, err := packPurchase(n.purchases.HandOver(ctx, id))
	return &assetwire.HandOverResponse{Purchase: purchase}, err
}

// Withdraw implements assetwire.PurchasesHandler.
func (n nearPurchases) Withdraw(ctx context.Context, in *assetwire.WithdrawRequest) (*assetwire.WithdrawResponse, error) {
	id, err := rpc.ID[asset.Purchase](in.GetPurchase())
	if err == nil {
		err = n.purchases.Withdraw(ctx, id)
	}
	return &assetwire.WithdrawResponse{}, err
}
