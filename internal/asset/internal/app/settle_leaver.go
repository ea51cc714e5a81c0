package app

import (
	"cmp"
	"context"
	"slices"
	"strings"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// HeldForOffboarding lists what somebody who leaves still has to give back.
func (a *App) HeldForOffboarding(ctx context.Context, leaver employee.ID) ([]employee.OpenItem, error) {
	records, err := store.HeldBy(ctx, a.DB.Pool(), []employee.ID{leaver})
	items := make([]employee.OpenItem, len(records))
	for i := range records {
		r := &records[i]
		items[i] = employee.OpenItem{Kind: "asset", ID: r.ID.String(), Label: r.Tag + " " + r.Name, Choices: []employee.Choice{employee.ChoiceReturn}}
		if r.Status == asset.StatusAssigned && r.SaleID.IsZero() {
			items[i].Choices = append(items[i].Choices, employee.ChoiceHandOver, employee.ChoiceLost)
		}
	}
	return items, err
}

// SettleLeaver returns, hands over or writes off what a leaver holds; all of it or nothing. What the leaver no longer has
// is settled.
func (a *App) SettleLeaver(ctx context.Context, leaver employee.ID, items []employee.Settlement) error {
	takers := map[employee.ID]taker{}
	for _, item := range items {
		if item.How != employee.ChoiceHandOver {
			continue
		}
		holder, person, err := a.People.Holder(ctx, item.ToID, "toId")
		if err != nil {
			return err
		}
		takers[item.ToID] = taker{holder, person.HiredOn}
	}
	items = slices.SortedFunc(slices.Values(items), func(a, b employee.Settlement) int { return strings.Compare(a.ItemID, b.ItemID) })
	return a.DB.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		for _, item := range items {
			if err := a.settleOne(ctx, tx, leaver, item, takers[item.ToID]); err != nil {
				return err
			}
		}
		return nil
	})
}

type taker struct {
	domain.Holder
	hired date.Date
}

func (a *App) settleOne(ctx context.Context, tx *database.Tx, leaver employee.ID, item employee.Settlement, to taker) error {
	which, err := id.Parse[asset.Asset](item.ItemID)
	if err != nil {
		return notFound()
	}
	r, name, left, err := store.LockForHandOver(ctx, tx, which, to.ID, to.hired, store.Reach{All: true})
	switch {
	case err != nil:
		return err
	case r == nil:
		return notFound()
	case r.HolderID != leaver:
		return nil
	case left:
		return fault.New(fault.Conflict, "employee-left", "%s no longer works here.", to.Name)
	}
	to.Name = cmp.Or(name, to.Name)
	_, err = a.apply(ctx, tx, r, a.settling(leaver, item, to.Holder))
	return err
}

func (a *App) settling(leaver employee.ID, item employee.Settlement, to domain.Holder) deed {
	d := deed{action: "asset.return-on-leave", sold: true, decide: func(r *store.Record) (store.Line, error) { return a.forfeit(r, leaver, item.Note), nil }}
	switch item.How {
	case employee.ChoiceHandOver:
		d = deed{action: "asset.assign", decide: func(r *store.Record) (store.Line, error) {
			line := store.Line{Kind: asset.LineTransferred, Holder: to, Reason: asset.ReasonTransferred, Note: item.Note}
			return line, r.Transfer(to, date.Date{}, a.now())
		}}
	case employee.ChoiceLost:
		d = deed{action: "asset.lose", decide: func(r *store.Record) (store.Line, error) {
			line := store.Line{Kind: asset.LineLost, Holder: domain.Holder{ID: r.HolderID, Name: r.HolderName}, Reason: asset.ReasonLost, Note: item.Note}
			return line, r.MarkLost(a.now())
		}}
	case employee.ChoiceReturn:
	}
	return d
}
