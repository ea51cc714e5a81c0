package app

import (
	"context"
	"errors"
	"fmt"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// deed is one change of one asset: its name in the audit trail, who may, and what the rules make of it. decide returns
// the history line; a line without a kind means that nothing changed.
type deed struct {
	action     string
	permission rbac.Permission
	version    int  // the version the caller saw; 0 when the asset's state alone decides
	sold       bool // it may be done to an asset that is being sold, or was
	decide     func(r *store.Record) (store.Line, error)
	tell       func(a *domain.Asset) events.Event // what others are told beside a change of holder; nil: nothing
}

// change does the deed: lock, decide, save, tell, all in one transaction.
func (a *App) change(ctx context.Context, which asset.ID, d deed) (asset.Asset, error) {
	reach, err := a.reach(ctx, d.permission, CanRead)
	if err != nil {
		return asset.Asset{}, err
	}
	return database.Write(ctx, a.DB, func(ctx context.Context, tx *database.Tx) (asset.Asset, error) {
		records, err := store.Lock(ctx, tx, []asset.ID{which}, reach)
		if err != nil {
			return asset.Asset{}, err
		}
		if len(records) == 0 {
			return asset.Asset{}, notFound()
		}
		return a.apply(ctx, tx, &records[0], d)
	})
}

// apply does the deed to a locked record.
func (a *App) apply(ctx context.Context, tx *database.Tx, r *store.Record, d deed) (asset.Asset, error) {
	if d.version != 0 && d.version != r.Version {
		return asset.Asset{}, stale("asset")
	}
	if !d.sold {
		if err := r.CheckUnsold(); err != nil {
			return asset.Asset{}, err
		}
	}
	was, before := r.Asset, r.Published()
	line, err := d.decide(r)
	if err != nil || line.Kind == "" {
		return r.Published(), err
	}
	line.At, line.Actor = r.UpdatedAt, actor(ctx)
	if err := store.Save(tx, &was, &r.Asset, line); err != nil {
		return asset.Asset{}, err
	}
	if err := a.overtakeHandovers(ctx, tx, &was, r, line); err != nil {
		return asset.Asset{}, err
	}
	after := r.Published()
	if err := a.tell(tx, &was, r, line.Reason, d); err != nil {
		return asset.Asset{}, err
	}
	return after, audit.Record(tx, audit.Entry{
		Action: d.action, Subject: "asset", SubjectID: r.ID.String(), Label: after.Label(), Before: before, After: after,
	})
}

func (a *App) tell(tx *database.Tx, was *domain.Asset, r *store.Record, reason asset.Reason, d deed) error {
	if from, to := was.Custodian().ID, r.Custodian().ID; from != to {
		e := asset.HolderChanged{AssetID: r.ID, Tag: r.Tag, Name: r.Name, From: from, To: to, Reason: reason}
		if err := events.Publish(tx, r.ID.String(), e); err != nil {
			return err
		}
	}
	if d.tell == nil {
		return nil
	}
	return events.Publish(tx, r.ID.String(), d.tell(&r.Asset))
}

// changeAll does the deed to all of the assets or to none; every refusal is named by its place in the request.
func (a *App) changeAll(ctx context.Context, which []asset.ID, d deed) ([]asset.Asset, error) {
	reach, err := a.reach(ctx, d.permission, CanRead)
	if err != nil {
		return nil, err
	}
	return database.Write(ctx, a.DB, func(ctx context.Context, tx *database.Tx) ([]asset.Asset, error) {
		records, err := store.Lock(ctx, tx, which, reach)
		if err != nil {
			return nil, err
		}
		found := map[asset.ID]*store.Record{}
		for i := range records {
			found[records[i].ID] = &records[i]
		}
		refusal := fault.New(fault.Conflict, "some-refused", "Nothing was changed, because some of the assets cannot be.")
		changed := make([]asset.Asset, 0, len(which))
		for i, id := range which {
			r, ok := found[id]
			if !ok {
				refusal = refusal.At(place(i), "There is no such asset, or you may not see it.")
				continue
			}
			view, err := a.apply(ctx, tx, r, d)
			no, refused := errors.AsType[*fault.Error](err)
			switch {
			case refused && no.Kind == fault.Conflict:
				refusal = refusal.At(place(i), no.Message)
			case err != nil:
				return nil, err
			}
			changed = append(changed, view)
		}
		if len(refusal.Fields) > 0 {
			return nil, refusal
		}
		return changed, nil
	})
}

func place(i int) string { return fmt.Sprintf("body.ids[%d]", i) }
