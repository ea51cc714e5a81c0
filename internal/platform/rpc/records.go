package rpc

import (
	"context"

	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/rpc/rpcwire"
)

// NewRecords are a module's records at the other end of the link, of the kind that the near ones are.
func NewRecords(link *Link, near auth.Records) auth.Records {
	records := rpcwire.NewRecordsClient(link.HTTP(), link.URL(), link.Options())
	return auth.Records{Kind: near.Kind, See: near.See, Find: func(ctx context.Context, id string) (string, error) {
		return within(ctx, link, consoleWaits, func(ctx context.Context) (string, error) {
			answer, err := records.Find(ctx, &rpcwire.FindRequest{Kind: near.Kind, Id: id})
			return answer.GetLabel(), err
		})
	}}
}

// ServeRecords lets the console in another process explain who reaches which record of the modules hosted here.
func ServeRecords(s *Server, records ...auth.Records) {
	byKind := nearRecords{}
	for _, r := range records {
		byKind[r.Kind] = r
	}
	s.Mount(rpcwire.NewRecordsHandler(byKind, s.Options()))
}

type nearRecords map[string]auth.Records

// Find implements rpcwire.RecordsHandler.
func (n nearRecords) Find(ctx context.Context, in *rpcwire.FindRequest) (*rpcwire.FindResponse, error) {
	records, ok := n[in.GetKind()]
	if !ok {
		return nil, fault.New(fault.NotFound, "no-such-records", "There are no records of the kind %q here.", in.GetKind())
	}
	label, err := records.Find(ctx, in.GetId())
	return &rpcwire.FindResponse{Label: label}, err
}
