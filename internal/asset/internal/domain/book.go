package domain

import (
	"time"

	"erp/internal/asset"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Dispose takes the asset out of the books on a day. Charges up to that day stay; none follows.
func (a *Asset) Dispose(on date.Date, now time.Time) error {
	switch {
	case !a.DisposedOn.IsZero():
		return fault.New(fault.Conflict, "asset-disposed", "Asset %s is out of the books since %s.", a.Tag, a.DisposedOn)
	case on.Before(a.PurchasedOn):
		return fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").
			At("body.on", "lies before the purchase on "+a.PurchasedOn.String())
	}
	a.DisposedOn = on
	a.touch(now)
	return nil
}

// TakeBack undoes a disposal that was a mistake.
func (a *Asset) TakeBack(now time.Time) error {
	if a.DisposedOn.IsZero() {
		return fault.New(fault.Conflict, "asset-in-books", "Asset %s is still in the books.", a.Tag)
	}
	a.DisposedOn = date.Date{}
	a.touch(now)
	return nil
}

// ValueOn is the one value function: what the asset is worth in the books on a day, past or future, with the plan that
// leads there. Detail page, register and any posting ask here, so that all show the same cents.
func (a *Asset) ValueOn(day date.Date) asset.Depreciation {
	answer := asset.Depreciation{
		AssetID: a.ID, AsOf: day, Currency: a.Currency, Cost: a.Cost, Salvage: a.Salvage, Value: a.Cost,
		Accumulated: a.Cost.Sub(a.Cost), Method: a.Method, Convention: a.Convention, LifeMonths: a.LifeMonths, Rows: a.Plan().Rows(),
	}
	for i := range answer.Rows {
		row := &answer.Rows[i]
		if row.Done = !row.To.After(day); row.Done {
			answer.Accumulated, answer.Value = row.Accumulated, row.Value
		}
	}
	answer.Status = a.bookStatus(day, answer)
	if answer.Status == asset.BookDisposed {
		answer.Value = a.Cost.Sub(a.Cost)
	}
	return answer
}

func (a *Asset) bookStatus(day date.Date, d asset.Depreciation) asset.BookStatus {
	switch {
	case !a.DisposedOn.IsZero() && !day.Before(a.DisposedOn):
		return asset.BookDisposed
	case a.InServiceOn.IsZero() || day.Before(a.InServiceOn):
		return asset.BookDraft
	case a.Method != asset.NoDepreciation && d.Value.Equal(a.Salvage):
		return asset.BookFullyDepreciated
	default:
		return asset.BookInService
	}
}

// Plan is what the schedule is made from.
func (a *Asset) Plan() Plan {
	return Plan{
		Cost: a.Cost, Salvage: a.Salvage, Digits: a.Currency.Digits(), Method: a.Method, Convention: a.Convention,
		LifeMonths: a.LifeMonths, Start: a.InServiceOn, End: a.DisposedOn,
	}
}
