package remote

import (
	"context"
	"maps"
	"slices"

	"erp/internal/asset"
	"erp/internal/asset/remote/assetwire"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
	"erp/internal/platform/rpc"
)

// ServeRegister lets other processes ask the register.
func ServeRegister(s *rpc.Server, register asset.Register) {
	s.Mount(assetwire.NewRegisterHandler(near{register}, s.Options()))
}

type near struct{ register asset.Register }

func emptyAsset() *assetwire.Asset { return &assetwire.Asset{} }

// Assets implements assetwire.RegisterHandler.
func (n near) Assets(ctx context.Context, in *assetwire.AssetsRequest) (*assetwire.AssetsResponse, error) {
	ids, err := rpc.IDs[asset.Asset](in.GetIds())
	if err != nil {
		return nil, err
	}
	found, err := n.register.Assets(ctx, ids)
	if err != nil {
		return nil, err
	}
	assets, err := rpc.Messages(slices.Collect(maps.Values(found)), emptyAsset)
	return &assetwire.AssetsResponse{Assets: assets}, err
}

// List implements assetwire.RegisterHandler.
func (n near) List(ctx context.Context, in *assetwire.ListRequest) (*assetwire.ListResponse, error) {
	query, err := queryOf(in)
	if err != nil {
		return nil, err
	}
	list, err := n.register.List(ctx, query)
	if err != nil {
		return nil, err
	}
	items, err := rpc.Messages(list.Items, emptyAsset)
	answer := &assetwire.ListResponse{Items: items, Next: list.Next, TotalCapped: list.TotalCapped}
	if list.Total != nil {
		total := int32(*list.Total)
		answer.Total = &total
	}
	return answer, err
}

func queryOf(in *assetwire.ListRequest) (asset.Query, error) {
	q := asset.Query{
		Request: page.Request{Limit: int(in.GetLimit()), Cursor: in.GetCursor(), Count: in.GetCount()}, Q: in.GetQ(), Sort: in.GetSort(),
	}
	for _, status := range in.GetStatus() {
		q.Status = append(q.Status, asset.Status(status))
	}
	var p fault.Problems
	for _, field := range []struct {
		location, text string
		into           interface{ UnmarshalText(text []byte) error }
	}{
		{"categoryId", in.GetCategoryId(), &q.CategoryID}, {"locationId", in.GetLocationId(), &q.LocationID},
		{"holderId", in.GetHolderId(), &q.HolderID},
		{"billId", in.GetBillId(), &q.BillID},
	} {
		if err := field.into.UnmarshalText([]byte(field.text)); err != nil {
			p.Add(field.location, "%s", err)
		}
	}
	if text := in.GetWarrantyUntil(); text != "" {
		var err error
		if q.WarrantyUntil, err = date.Parse(text); err != nil {
			p.Add("warrantyUntil", "%s", err)
		}
	}
	return q, p.Err()
}

// HeldBy implements assetwire.RegisterHandler.
func (n near) HeldBy(ctx context.Context, in *assetwire.HeldByRequest) (*assetwire.HeldByResponse, error) {
	holders, err := rpc.IDs[employee.Employee](in.GetHolders())
	if err != nil {
		return nil, err
	}
	held, err := n.register.HeldBy(ctx, holders)
	if err != nil {
		return nil, err
	}
	assets, err := rpc.Messages(slices.Concat(slices.Collect(maps.Values(held))...), emptyAsset)
	return &assetwire.HeldByResponse{Assets: assets}, err
}

// Search implements assetwire.RegisterHandler.
func (n near) Search(ctx context.Context, in *assetwire.SearchRequest) (*assetwire.SearchResponse, error) {
	found, err := n.register.Search(ctx, in.GetQ(), int(in.GetLimit()))
	if err != nil {
		return nil, err
	}
	assets, err := rpc.Messages(found, emptyAsset)
	return &assetwire.SearchResponse{Assets: assets}, err
}

// Summary implements assetwire.RegisterHandler.
func (n near) Summary(ctx context.Context, _ *assetwire.SummaryRequest) (*assetwire.SummaryResponse, error) {
	said, err := n.register.Summary(ctx)
	if err != nil {
		return nil, err
	}
	summary, err := rpc.Message(said, &assetwire.Summary{})
	return &assetwire.SummaryResponse{Summary: summary}, err
}
