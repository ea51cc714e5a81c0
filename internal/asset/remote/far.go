// Package remote is the contract of the asset module over the wire: a Register that asks the module in another process,
// and a server that lets other processes ask the Register here. It knows no inside of the module.
package remote

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/remote/assetwire"
	"erp/internal/employee"
	"erp/internal/platform/page"
	"erp/internal/platform/rpc"
)

// NewRegister is the Register of the module at the other end of the link.
func NewRegister(link *rpc.Link) asset.Register {
	return far{assetwire.NewRegisterClient(link.HTTP(), link.URL(), link.Options())}
}

type far struct{ register assetwire.RegisterClient }

// Assets implements asset.Register.
func (f far) Assets(ctx context.Context, ids []asset.ID) (map[asset.ID]asset.Asset, error) {
	answer, err := f.register.Assets(ctx, &assetwire.AssetsRequest{Ids: rpc.Texts(ids)})
	if err != nil {
		return nil, err
	}
	assets, err := rpc.Values[asset.Asset](answer.GetAssets())
	found := make(map[asset.ID]asset.Asset, len(assets))
	for _, a := range assets {
		found[a.ID] = a
	}
	return found, err
}

// List implements asset.Register.
func (f far) List(ctx context.Context, q asset.Query) (page.Of[asset.Asset], error) {
	status := make([]string, len(q.Status))
	for i, s := range q.Status {
		status[i] = string(s)
	}
	answer, err := f.register.List(ctx, &assetwire.ListRequest{
		Limit: int32(q.Limit), Cursor: q.Cursor, Count: q.Count, Q: q.Q, Status: status, CategoryId: q.CategoryID.String(),
		LocationId: q.LocationID.String(), HolderId: q.HolderID.String(), BillId: q.BillID.String(), WarrantyUntil: q.WarrantyUntil.String(), Sort: q.Sort,
	})
	if err != nil {
		return page.Of[asset.Asset]{}, err
	}
	items, err := rpc.Values[asset.Asset](answer.GetItems())
	list := page.Of[asset.Asset]{Items: items, Next: answer.GetNext(), TotalCapped: answer.GetTotalCapped()}
	if answer.Total != nil {
		total := int(answer.GetTotal())
		list.Total = &total
	}
	return list, err
}

// HeldBy implements asset.Register.
func (f far) HeldBy(ctx context.Context, holders []employee.ID) (map[employee.ID][]asset.Asset, error) {
	answer, err := f.register.HeldBy(ctx, &assetwire.HeldByRequest{Holders: rpc.Texts(holders)})
	if err != nil {
		return nil, err
	}
	assets, err := rpc.Values[asset.Asset](answer.GetAssets())
	held := map[employee.ID][]asset.Asset{}
	for _, a := range assets {
		held[a.HolderID] = append(held[a.HolderID], a)
	}
	return held, err
}

// Search implements asset.Register.
func (f far) Search(ctx context.Context, q string, limit int) ([]asset.Asset, error) {
	answer, err := f.register.Search(ctx, &assetwire.SearchRequest{Q: q, Limit: int32(limit)})
	if err != nil {
		return nil, err
	}
	return rpc.Values[asset.Asset](answer.GetAssets())
}

// Summary implements asset.Register.
func (f far) Summary(ctx context.Context) (asset.Summary, error) {
	answer, err := f.register.Summary(ctx, &assetwire.SummaryRequest{})
	if err != nil {
		return asset.Summary{}, err
	}
	return rpc.Value[asset.Summary](answer.GetSummary())
}
