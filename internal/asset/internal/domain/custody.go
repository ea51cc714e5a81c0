package domain

import (
	"time"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Holder is somebody who holds an asset; the zero Holder is the stock.
type Holder struct {
	ID   employee.ID
	Name string
}

// IsZero tells the stock from a person.
func (h Holder) IsZero() bool { return h.ID.IsZero() }

// Custodian is who answers for the asset now. A reservation is a promise, not custody; an asset in repair stays with
// the one who gets it back.
func (a *Asset) Custodian() Holder {
	if a.Status == asset.StatusAssigned || a.Status == asset.StatusInRepair {
		return Holder{ID: a.HolderID, Name: a.HolderName}
	}
	return Holder{}
}

// Assign hands the asset to somebody. It must be in stock, or reserved for this very person.
func (a *Asset) Assign(to Holder, due date.Date, now time.Time) error {
	switch {
	case a.Status == asset.StatusReserved && a.HolderID != to.ID:
		return a.refuse("is reserved for %s; release the reservation first", a.HolderName)
	case a.Status != asset.StatusAvailable && a.Status != asset.StatusReserved:
		return a.refuse("%s", a.standing())
	}
	a.Status = asset.StatusAssigned
	a.heldBy(to, due, now)
	return nil
}

// Transfer hands the asset from its holder straight to somebody else.
func (a *Asset) Transfer(to Holder, due date.Date, now time.Time) error {
	if a.Status != asset.StatusAssigned {
		return a.refuse("%s; only an assigned asset can be transferred", a.standing())
	}
	if a.HolderID == to.ID {
		return a.refuse("is held by %s already", a.HolderName)
	}
	a.heldBy(to, due, now)
	return nil
}

// Return brings the asset back to stock from its holder, from repair too when its holder will not get it back.
func (a *Asset) Return(now time.Time) error {
	if a.Custodian().IsZero() {
		return a.refuse("%s; nobody can return it", a.standing())
	}
	a.Status = asset.StatusAvailable
	a.inStock(now)
	return nil
}

// Forfeit takes the asset from somebody who is no longer there: custody ends, an asset in repair stays there, a
// reservation lapses. False when this person has nothing of it.
func (a *Asset) Forfeit(by employee.ID, now time.Time) bool {
	if a.HolderID != by {
		return false
	}
	if a.Status != asset.StatusInRepair {
		a.Status = asset.StatusAvailable
	}
	a.inStock(now)
	return true
}

// Reserve promises an asset in stock to somebody.
func (a *Asset) Reserve(whom Holder, now time.Time) error {
	if a.Status != asset.StatusAvailable {
		return a.refuse("%s; only an asset in stock can be reserved", a.standing())
	}
	a.Status = asset.StatusReserved
	a.HolderID, a.HolderName = whom.ID, whom.Name
	a.touch(now)
	return nil
}

// Release takes a reservation back.
func (a *Asset) Release(now time.Time) error {
	if a.Status != asset.StatusReserved {
		return a.refuse("%s; it is not reserved", a.standing())
	}
	a.Status = asset.StatusAvailable
	a.inStock(now)
	return nil
}

// SendToRepair takes the asset out of use for a while; its holder keeps it.
func (a *Asset) SendToRepair(now time.Time) error {
	if a.Status != asset.StatusAvailable && a.Status != asset.StatusAssigned {
		return a.refuse("%s; it cannot go to repair", a.standing())
	}
	a.Status = asset.StatusInRepair
	a.touch(now)
	return nil
}

// BackFromRepair gives the asset back to its holder, or to stock without one.
func (a *Asset) BackFromRepair(now time.Time) error {
	if a.Status != asset.StatusInRepair {
		return a.refuse("%s; it is not in repair", a.standing())
	}
	a.Status = asset.StatusAssigned
	if a.HolderID.IsZero() {
		a.Status = asset.StatusAvailable
	}
	a.touch(now)
	return nil
}

// MarkLost ends custody of an asset that nobody can find.
func (a *Asset) MarkLost(now time.Time) error {
	if a.Status == asset.StatusLost || a.Status == asset.StatusRetired {
		return a.refuse("%s", a.standing())
	}
	a.Status = asset.StatusLost
	a.inStock(now)
	return nil
}

// Found brings a lost asset back to stock.
func (a *Asset) Found(now time.Time) error {
	if a.Status != asset.StatusLost {
		return a.refuse("%s; it is not lost", a.standing())
	}
	a.Status = asset.StatusAvailable
	a.touch(now)
	return nil
}

// Retire takes the asset out of use for good. Somebody who holds it must return it first.
func (a *Asset) Retire(on date.Date, now time.Time) error {
	switch {
	case a.Status == asset.StatusRetired:
		return a.refuse("%s", a.standing())
	case !a.Custodian().IsZero() || a.Status == asset.StatusReserved:
		return a.refuse("%s; return it first", a.standing())
	}
	a.Status = asset.StatusRetired
	a.RetiredOn = on
	a.touch(now)
	return nil
}

// Reinstate brings back an asset that was retired by mistake.
func (a *Asset) Reinstate(now time.Time) error {
	if a.Status != asset.StatusRetired {
		return a.refuse("%s; it is not retired", a.standing())
	}
	a.Status = asset.StatusAvailable
	a.RetiredOn = date.Date{}
	a.touch(now)
	return nil
}

func (a *Asset) heldBy(h Holder, due date.Date, since time.Time) {
	a.HolderID, a.HolderName, a.HeldSince, a.DueOn = h.ID, h.Name, since, due
	a.touch(since)
}

func (a *Asset) inStock(now time.Time) {
	a.HolderID, a.HolderName, a.HeldSince, a.DueOn = employee.ID{}, "", time.Time{}, date.Date{}
	a.touch(now)
}

func (a *Asset) refuse(format string, args ...any) error {
	e := fault.New(fault.Conflict, "asset-"+string(a.Status), format, args...)
	e.Message = "Asset " + a.Tag + " " + e.Message + "."
	return e
}

// standing tells where the asset is, as the middle of a sentence.
func (a *Asset) standing() string {
	switch a.Status {
	case asset.StatusAssigned:
		return "is held by " + a.HolderName
	case asset.StatusReserved:
		return "is reserved for " + a.HolderName
	case asset.StatusInRepair:
		return "is in repair"
	case asset.StatusLost:
		return "is lost"
	case asset.StatusRetired:
		return "is retired"
	case asset.StatusAvailable:
		return "is in stock"
	default:
		return "is " + string(a.Status)
	}
}
