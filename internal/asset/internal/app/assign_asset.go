package app

import (
	"cmp"
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// AssignAsset hands an asset in stock to somebody who works here; Conflict when somebody else holds it.
func (a *App) AssignAsset(ctx context.Context, which asset.ID, in Assignment) (asset.Asset, error) {
	reach, err := a.reach(ctx, CanAssign, CanRead)
	if err != nil {
		return asset.Asset{}, err
	}
	holder, person, err := a.People.Holder(ctx, in.EmployeeID, "body.employeeId")
	if err != nil {
		return asset.Asset{}, err
	}
	view, err := database.Write(ctx, a.DB, func(ctx context.Context, tx *database.Tx) (asset.Asset, error) {
		_, view, err := a.handOverIn(ctx, tx, which, recipient{holder, person.HiredOn}, reach, in)
		return view, err
	})
	if store.IsHeld(err) {
		return asset.Asset{}, fault.New(fault.Conflict, "asset-assigned", "Somebody else was handed this asset just now.").Wrap(err)
	}
	return view, err
}

// recipient is who is handed something.
type recipient struct {
	domain.Holder
	hiredOn date.Date
}

// handOverIn hands the asset over in the transaction, and tells the version that it had before.
func (a *App) handOverIn(ctx context.Context, tx *database.Tx, which asset.ID, to recipient, reach store.Reach, in Assignment) (was int, view asset.Asset, err error) {
	record, name, left, err := store.LockForHandOver(ctx, tx, which, to.ID, to.hiredOn, reach)
	switch {
	case err != nil:
		return 0, view, err
	case record == nil:
		return 0, view, notFound()
	case left:
		return 0, view, fault.New(fault.Conflict, "employee-left", "%s no longer works here.", to.Name)
	}
	to.Name, was = cmp.Or(name, to.Name), record.Version
	view, err = a.apply(ctx, tx, record, deed{
		action: "asset.assign",
		decide: func(r *store.Record) (store.Line, error) { return a.handOver(r, to.Holder, in) },
	})
	return was, view, err
}

func (a *App) handOver(r *store.Record, to domain.Holder, in Assignment) (store.Line, error) {
	line := store.Line{Kind: asset.LineAssigned, Holder: to, Reason: asset.ReasonHandedOver, Note: in.Note}
	if in.Transfer && r.Status == asset.StatusAssigned {
		line.Kind, line.Reason = asset.LineTransferred, asset.ReasonTransferred
		return line, r.Transfer(to, in.DueOn, a.now())
	}
	return line, r.Assign(to, in.DueOn, a.now())
}
