package app

import (
	"time"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/peers"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

const demoClerk = "Sample data"

// life is what has happened to one asset of the sample so far.
type life struct {
	*demo
	asset domain.Asset
	free  date.Date // when it came back last
}

// asset makes the next asset with all that happened to it.
func (d *demo) asset() asset.ID {
	k := d.kindOf()
	kind, category := demoKinds[k], d.categories[k]
	thing := kind.things[d.rand.IntN(len(kind.things))]
	d.numbers[k]++
	bought := d.today.AddDays(-d.between(1, 6*365))
	at := d.noon(bought)
	cost := money.FromInt(int64(d.between(thing.low, thing.high))).Add(money.FromMinor(int64(d.rand.IntN(100)), 2)).In(d.currency)
	l := &life{demo: d, free: bought.AddDays(1), asset: domain.Asset{
		ID: newID[asset.Asset](d, at), Status: asset.StatusAvailable, Version: 1, CreatedAt: at, UpdatedAt: at,
		Details: domain.Details{
			Tag: domain.Tag(kind.prefix, d.numbers[k]), Name: thing.name, Model: thing.model, Supplier: thing.supplier, Serial: d.serial(),
			CategoryID: category.ID, LocationID: d.places[d.rand.IntN(len(d.places))].ID, PurchasedOn: bought, Cost: cost, Currency: d.currency,
			WarrantyUntil: bought.AddMonths(12 * kind.warranty), Method: kind.method, Convention: asset.FullMonth, LifeMonths: kind.life,
			Salvage: category.Salvage(cost, d.currency), InServiceOn: bought,
		},
	}}
	l.line(at, store.Line{Kind: asset.LineRegistered})
	l.past(kind.personal)
	l.present(kind.personal)
	d.load.Asset(&l.asset)
	return l.asset.ID
}

// kindOf deals the assets out by share, mixed; what rounding leaves over are laptops.
func (d *demo) kindOf() int {
	for range 4 {
		at := d.rand.IntN(100)
		for k, kind := range demoKinds {
			if at -= kind.share; at < 0 {
				if d.numbers[k] < d.shares[k] {
					return k
				}
				break
			}
		}
	}
	for k := range demoKinds {
		if d.numbers[k] < d.shares[k] {
			return k
		}
	}
	return 0
}

// past lets some people have it one after the other.
func (l *life) past(personal bool) {
	if !personal || len(l.people) == 0 {
		return
	}
	for range l.rand.IntN(3) {
		holder := l.people[l.rand.IntN(len(l.people))]
		from := latest(l.free, holder.HiredOn)
		to := from.AddDays(l.between(90, 700))
		reason := asset.ReasonReturned
		if !holder.LeftOn.IsZero() && !to.Before(holder.LeftOn) {
			to, reason = holder.LeftOn, asset.ReasonEmployeeLeft
		}
		if !to.After(from) || !to.Before(l.today) {
			continue
		}
		began := l.handOut(holder, from)
		ended := l.noon(to)
		l.load.Custody(asset.Custody{
			ID: newID[asset.Custody](l.demo, began), AssetID: l.asset.ID, HolderID: holder.ID, HolderName: holder.Name, From: began, To: ended, EndReason: reason,
		})
		l.line(ended, store.Line{Kind: asset.LineReturned, Holder: holder.Holder, Reason: reason})
		l.asset.Version++
		l.free = to.AddDays(1)
	}
}

// present puts it where it is today.
func (l *life) present(personal bool) {
	chance := l.rand.IntN(100)
	last := l.today.AddDays(-1)
	when := latest(l.free, l.today.AddDays(-l.between(1, 300)))
	switch {
	case !when.Before(last):
	case chance < 5 && l.asset.PurchasedOn.Before(l.today.AddMonths(-36)):
		l.must(l.asset.Retire(when, l.noon(when)))
		l.asset.DisposedOn = when
		l.line(l.asset.UpdatedAt, store.Line{Kind: asset.LineRetired})
	case chance < 7:
		l.must(l.asset.MarkLost(l.noon(when)))
		l.line(l.asset.UpdatedAt, store.Line{Kind: asset.LineLost, Reason: asset.ReasonLost})
	case personal && chance < 85:
		l.holdNow(chance)
	case chance > 97:
		l.must(l.asset.SendToRepair(l.noon(when)))
		l.line(l.asset.UpdatedAt, store.Line{Kind: asset.LineRepairStarted})
	}
}

// holdNow hands it to somebody who works here; a few of these are in repair.
func (l *life) holdNow(chance int) {
	for range 5 {
		if len(l.people) == 0 {
			return
		}
		holder := l.people[l.rand.IntN(len(l.people))]
		from := latest(l.free, holder.HiredOn)
		if !holder.LeftOn.IsZero() || !from.Before(l.today.AddDays(-2)) {
			continue
		}
		from = from.AddDays(l.rand.IntN(min(60, l.today.DaysSince(from)-1)))
		began := l.handOut(holder, from)
		l.load.Custody(asset.Custody{ID: newID[asset.Custody](l.demo, began), AssetID: l.asset.ID, HolderID: holder.ID, HolderName: holder.Name, From: began})
		l.asset.Version--
		l.must(l.asset.Assign(holder.Holder, date.Date{}, began))
		if chance%25 == 10 {
			when := l.noon(l.today.AddDays(-1))
			l.must(l.asset.SendToRepair(when))
			l.line(when, store.Line{Kind: asset.LineRepairStarted})
		}
		return
	}
}

func (l *life) handOut(holder peers.Career, on date.Date) time.Time {
	began := l.noon(on)
	l.line(began, store.Line{Kind: asset.LineAssigned, Holder: holder.Holder, Reason: asset.ReasonHandedOver})
	l.asset.Version++
	l.asset.UpdatedAt = began
	return began
}

func (l *life) line(at time.Time, line store.Line) {
	line.At, line.Actor = at, demoClerk
	l.load.Line(newID[asset.HistoryLine](l.demo, at), l.asset.ID, line)
}

// must holds because the sample asks only for what the rules allow.
func (l *life) must(err error) {
	if err != nil {
		panic(err)
	}
}

func latest(a, b date.Date) date.Date {
	if a.Before(b) {
		return b
	}
	return a
}
