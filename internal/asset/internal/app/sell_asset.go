package app

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
)

// Sales is the contract that other modules sell assets by.
type Sales struct{ *App }

var _ asset.Sales = Sales{}

// Quote implements asset.Sales.
func (a Sales) Quote(ctx context.Context, offer asset.Offer) (asset.Sale, error) {
	r, err := a.record(ctx, offer.AssetID)
	if err != nil {
		return asset.Sale{}, err
	}
	s, err := r.Quote(offer)
	return s.Sale, err
}

// Reserve implements asset.Sales.
func (a Sales) Reserve(ctx context.Context, offer asset.Offer) (asset.Sale, error) {
	var s domain.Sale
	err := a.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		records, err := store.Lock(ctx, tx, []asset.ID{offer.AssetID}, store.Reach{All: true})
		if err != nil {
			return err
		}
		if s, err = store.LockSale(ctx, tx, offer.SaleID); err != nil || s.Behind(asset.SaleReserved) {
			return err
		}
		switch {
		case s.Stage == asset.SaleWithdrawn:
			return withdrawn()
		case len(records) == 0:
			return notFound()
		}
		r := &records[0]
		_, err = a.apply(ctx, tx, r, deed{action: "asset.reserve-for-sale", decide: func(r *store.Record) (store.Line, error) {
			if s, err = r.Quote(offer); err != nil {
				return store.Line{}, err
			}
			r.ReserveFor(&s, a.now())
			return store.Line{Kind: asset.LineForSale}, nil
		}})
		if err == nil {
			store.InsertSale(tx, &s)
		}
		return err
	})
	return s.Sale, err
}

// Dispose implements asset.Sales.
func (a Sales) Dispose(ctx context.Context, which asset.SaleID, on date.Date) (asset.Sale, error) {
	return a.advance(ctx, which, asset.SaleDisposed, deed{action: "asset.dispose", sold: true}, func(s *domain.Sale, r *store.Record) (store.Line, error) {
		return store.Line{Kind: asset.LineDisposed}, r.DisposeBy(s, on, a.now())
	})
}

// EndCustody implements asset.Sales.
func (a Sales) EndCustody(ctx context.Context, which asset.SaleID) (asset.Sale, error) {
	leaves := deed{action: "asset.sell", sold: true, tell: func(is *domain.Asset) events.Event {
		return asset.Retired{AssetID: is.ID, Tag: is.Tag, Name: is.Name, RetiredOn: is.RetiredOn, Note: "sold"}
	}}
	return a.advance(ctx, which, asset.SaleEnded, leaves, func(s *domain.Sale, r *store.Record) (store.Line, error) {
		line := store.Line{Kind: asset.LineSold, Holder: r.Custodian(), Reason: asset.ReasonSold}
		r.LeaveBy(s, a.now())
		return line, nil
	})
}

// advance brings a sale to its next stage; one that is there already stays as it is.
func (a Sales) advance(ctx context.Context, which asset.SaleID, to asset.SaleStage, d deed, step func(*domain.Sale, *store.Record) (store.Line, error)) (asset.Sale, error) {
	var s domain.Sale
	err := a.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := a.lockSale(ctx, tx, which, &s)
		if err != nil || s.Behind(to) {
			return err
		}
		if s.Stage == asset.SaleWithdrawn || s.Stage == "" {
			return withdrawn()
		}
		d.decide = func(r *store.Record) (store.Line, error) { return step(&s, r) }
		if _, err := a.apply(ctx, tx, r, d); err != nil {
			return err
		}
		store.SaveSale(tx, &s)
		return nil
	})
	return s.Sale, err
}

// lockSale locks the asset first and then its sale, as Reserve does.
func (a Sales) lockSale(ctx context.Context, tx *database.Tx, which asset.SaleID, s *domain.Sale) (*store.Record, error) {
	known, err := store.SaleByID(ctx, tx.Conn(), which)
	if err != nil {
		return nil, err
	}
	if known.AssetID.IsZero() {
		*s, err = store.LockSale(ctx, tx, which)
		return nil, err
	}
	records, err := store.Lock(ctx, tx, []asset.ID{known.AssetID}, store.Reach{All: true})
	if err != nil {
		return nil, err
	}
	if *s, err = store.LockSale(ctx, tx, which); err != nil || len(records) == 0 {
		return nil, err
	}
	return &records[0], nil
}

// Revert implements asset.Sales.
func (a Sales) Revert(ctx context.Context, which asset.SaleID, to asset.SaleStage) (asset.Sale, error) {
	stillHere, err := a.stillHere(ctx, which)
	if err != nil {
		return asset.Sale{}, err
	}
	var s domain.Sale
	err = a.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := a.lockSale(ctx, tx, which, &s)
		if err != nil {
			return err
		}
		if s.Stage == "" {
			s.ID, s.Stage = which, asset.SaleWithdrawn
			first, err := store.ForestallSale(ctx, tx, which)
			if err == nil && !first {
				err = fault.New(fault.Unavailable, "sale-begins", "The sale is just beginning; try again in a moment.")
			}
			return err
		}
		for s.Stage != to && s.Behind(to) {
			if err := a.back(ctx, tx, r, &s, stillHere); err != nil {
				return err
			}
		}
		store.SaveSale(tx, &s)
		return nil
	})
	return s.Sale, err
}

// back takes a sale one stage back.
func (a Sales) back(ctx context.Context, tx *database.Tx, r *store.Record, s *domain.Sale, stillHere bool) error {
	d := deed{action: "asset.withdraw-from-sale", sold: true, decide: func(r *store.Record) (store.Line, error) {
		r.ReleaseFrom(s, a.now())
		return store.Line{Kind: asset.LineSaleWithdrawn}, nil
	}}
	switch s.Stage {
	case asset.SaleEnded:
		d.action, d.decide = "asset.undo-sale", func(r *store.Record) (store.Line, error) {
			r.ReturnFrom(s, stillHere, a.now())
			return store.Line{Kind: asset.LineSaleUndone, Holder: r.Custodian(), Reason: asset.ReasonSaleUndone}, nil
		}
	case asset.SaleDisposed:
		d.action, d.decide = "asset.undo-disposal", func(r *store.Record) (store.Line, error) {
			return store.Line{Kind: asset.LineBackInBooks}, r.EnterBy(s, a.now())
		}
	}
	_, err := a.apply(ctx, tx, r, d)
	return err
}

// stillHere reports whether who had the asset before it was sold can have it back.
func (a Sales) stillHere(ctx context.Context, which asset.SaleID) (bool, error) {
	s, err := store.SaleByID(ctx, a.DB.Pool(), which)
	if err != nil || s.Holder.IsZero() {
		return false, err
	}
	_, _, err = a.People.Holder(ctx, s.Holder.ID, "holder")
	switch fault.KindOf(err) {
	case fault.Invalid, fault.Conflict:
		return false, nil
	}
	return err == nil, err
}

func withdrawn() error {
	return fault.New(fault.Conflict, "sale-withdrawn", "This sale was taken back.")
}
