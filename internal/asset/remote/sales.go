package remote

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/remote/assetwire"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/rpc"
)

// NewSales are the Sales of the module at the other end of the link.
func NewSales(link *rpc.Link) asset.Sales {
	return farSales{assetwire.NewSalesClient(link.HTTP(), link.URL(), link.Options())}
}

type farSales struct{ sales assetwire.SalesClient }

// Quote implements asset.Sales.
func (f farSales) Quote(ctx context.Context, offer asset.Offer) (asset.Sale, error) {
	packed, err := rpc.Message(offer, &assetwire.Offer{})
	if err != nil {
		return asset.Sale{}, err
	}
	answer, err := f.sales.Quote(ctx, &assetwire.QuoteRequest{Offer: packed})
	return saleOf(answer.GetSale(), err)
}

// Reserve implements asset.Sales.
func (f farSales) Reserve(ctx context.Context, offer asset.Offer) (asset.Sale, error) {
	packed, err := rpc.Message(offer, &assetwire.Offer{})
	if err != nil {
		return asset.Sale{}, err
	}
	answer, err := f.sales.Reserve(ctx, &assetwire.ReserveRequest{Offer: packed})
	return saleOf(answer.GetSale(), err)
}

// Dispose implements asset.Sales.
func (f farSales) Dispose(ctx context.Context, sale asset.SaleID, on date.Date) (asset.Sale, error) {
	answer, err := f.sales.Dispose(ctx, &assetwire.DisposeRequest{Sale: sale.String(), On: on.String()})
	return saleOf(answer.GetSale(), err)
}

// EndCustody implements asset.Sales.
func (f farSales) EndCustody(ctx context.Context, sale asset.SaleID) (asset.Sale, error) {
	answer, err := f.sales.EndCustody(ctx, &assetwire.EndCustodyRequest{Sale: sale.String()})
	return saleOf(answer.GetSale(), err)
}

// Revert implements asset.Sales.
func (f farSales) Revert(ctx context.Context, sale asset.SaleID, to asset.SaleStage) (asset.Sale, error) {
	answer, err := f.sales.Revert(ctx, &assetwire.RevertRequest{Sale: sale.String(), To: string(to)})
	return saleOf(answer.GetSale(), err)
}

func saleOf(message *assetwire.Sale, err error) (asset.Sale, error) {
	if err != nil {
		return asset.Sale{}, err
	}
	return rpc.Value[asset.Sale](message)
}

// ServeSales lets other processes sell assets.
func ServeSales(s *rpc.Server, sales asset.Sales) {
	s.Mount(assetwire.NewSalesHandler(nearSales{sales}, s.Options()))
}

type nearSales struct{ sales asset.Sales }

func packSale(sale asset.Sale, err error) (*assetwire.Sale, error) {
	if err != nil {
		return nil, err
	}
	return rpc.Message(sale, &assetwire.Sale{})
}

// offerOf reads an offer; one that cannot be read is Invalid.
func offerOf(message *assetwire.Offer) (asset.Offer, error) {
	offer, err := rpc.Value[asset.Offer](message)
	if err != nil {
		return offer, fault.New(fault.Invalid, "invalid-input", "The offer cannot be read.").Wrap(err)
	}
	return offer, nil
}

// Quote implements assetwire.SalesHandler.
func (n nearSales) Quote(ctx context.Context, in *assetwire.QuoteRequest) (*assetwire.QuoteResponse, error) {
	offer, err := offerOf(in.GetOffer())
	if err != nil {
		return nil, err
	}
	sale, err := packSale(n.sales.Quote(ctx, offer))
	return &assetwire.QuoteResponse{Sale: sale}, err
}

// Reserve implements assetwire.SalesHandler.
func (n nearSales) Reserve(ctx context.Context, in *assetwire.ReserveRequest) (*assetwire.ReserveResponse, error) {
	offer, err := offerOf(in.GetOffer())
	if err != nil {
		return nil, err
	}
	sale, err := packSale(n.sales.Reserve(ctx, offer))
	return &assetwire.ReserveResponse{Sale: sale}, err
}

// Dispose implements assetwire.SalesHandler.
func (n nearSales) Dispose(ctx context.Context, in *assetwire.DisposeRequest) (*assetwire.DisposeResponse, error) {
	id, err := rpc.ID[asset.Sale](in.GetSale())
	if err != nil {
		return nil, err
	}
	on, err := date.Parse(in.GetOn())
	if err != nil {
		return nil, fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At("on", err.Error())
	}
	sale, err := packSale(n.sales.Dispose(ctx, id, on))
	return &assetwire.DisposeResponse{Sale: sale}, err
}

// EndCustody implements assetwire.SalesHandler.
func (n nearSales) EndCustody(ctx context.Context, in *assetwire.EndCustodyRequest) (*assetwire.EndCustodyResponse, error) {
	id, err := rpc.ID[asset.Sale](in.GetSale())
	if err != nil {
		return nil, err
	}
	sale, err := packSale(n.sales.EndCustody(ctx, id))
	return &assetwire.EndCustodyResponse{Sale: sale}, err
}

// Revert implements assetwire.SalesHandler.
func (n nearSales) Revert(ctx context.Context, in *assetwire.RevertRequest) (*assetwire.RevertResponse, error) {
	id, err := rpc.ID[asset.Sale](in.GetSale())
	if err != nil {
		return nil, err
	}
	sale, err := packSale(n.sales.Revert(ctx, id, asset.SaleStage(in.GetTo())))
	return &assetwire.RevertResponse{Sale: sale}, err
}
