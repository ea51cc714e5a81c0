package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

var now = time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)

func laptop(t require.TestingT) domain.Asset {
	a, err := domain.Register(domain.Details{
		Tag: "LT-0042", Name: "Laptop", CategoryID: id.New[asset.Category](), Currency: "EUR", Cost: money.MustParse("1200"),
	}, now)
	require.NoError(t, err)
	return a
}

var ana, ben = domain.Holder{ID: id.New[employee.Employee](), Name: "Ana Novak"}, domain.Holder{ID: id.New[employee.Employee](), Name: "Ben Okafor"}

func TestAssign(t *testing.T) {
	t.Parallel()
	t.Run("an assigned asset cannot be assigned again", func(t *testing.T) {
		a := laptop(t)
		require.NoError(t, a.Assign(ana, date.Date{}, now))
		err := a.Assign(ben, date.Date{}, now)
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		require.Equal(t, "Asset LT-0042 is held by Ana Novak.", err.Error())
		require.Equal(t, ana, a.Custodian())
	})
	t.Run("a reserved asset goes to the person it is reserved for only", func(t *testing.T) {
		a := laptop(t)
		require.NoError(t, a.Reserve(ana, now))
		require.True(t, a.Custodian().IsZero())
		require.EqualError(t, a.Assign(ben, date.Date{}, now), "Asset LT-0042 is reserved for Ana Novak; release the reservation first.")
		require.NoError(t, a.Assign(ana, date.Date{}, now))
	})
	t.Run("the holder keeps an asset in repair and gets it back", func(t *testing.T) {
		a := laptop(t)
		require.NoError(t, a.Assign(ana, date.Date{}, now))
		require.NoError(t, a.SendToRepair(now))
		require.Equal(t, ana, a.Custodian())
		require.NoError(t, a.BackFromRepair(now))
		require.Equal(t, asset.StatusAssigned, a.Status)
	})
	t.Run("an asset that somebody holds cannot be retired", func(t *testing.T) {
		a := laptop(t)
		require.NoError(t, a.Assign(ana, date.Date{}, now))
		require.EqualError(t, a.Retire(date.From(now), now), "Asset LT-0042 is held by Ana Novak; return it first.")
	})
	t.Run("a leaver's asset in repair stays there without holder", func(t *testing.T) {
		a := laptop(t)
		require.NoError(t, a.Assign(ana, date.Date{}, now))
		require.NoError(t, a.SendToRepair(now))
		require.False(t, a.Forfeit(ben.ID, now))
		require.True(t, a.Forfeit(ana.ID, now))
		require.Equal(t, asset.StatusInRepair, a.Status)
		require.True(t, a.Custodian().IsZero())
	})
}

// The custody machine against a table of what may follow what.
func TestCustodyMachine(t *testing.T) {
	t.Parallel()
	type state = asset.Status
	follows := map[string]map[state]state{
		"assign":    {asset.StatusAvailable: asset.StatusAssigned, asset.StatusReserved: asset.StatusAssigned},
		"transfer":  {asset.StatusAssigned: asset.StatusAssigned},
		"reserve":   {asset.StatusAvailable: asset.StatusReserved},
		"release":   {asset.StatusReserved: asset.StatusAvailable},
		"repair":    {asset.StatusAvailable: asset.StatusInRepair, asset.StatusAssigned: asset.StatusInRepair},
		"lost":      {asset.StatusAvailable: asset.StatusLost, asset.StatusReserved: asset.StatusLost, asset.StatusAssigned: asset.StatusLost, asset.StatusInRepair: asset.StatusLost},
		"found":     {asset.StatusLost: asset.StatusAvailable},
		"reinstate": {asset.StatusRetired: asset.StatusAvailable},
	}
	rapid.Check(t, func(t *rapid.T) {
		a := laptop(t)
		clock := now
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			clock = clock.Add(time.Minute)
			was := a
			verb := rapid.SampledFrom([]string{"assign", "transfer", "return", "reserve", "release", "repair", "back", "lost", "found", "retire", "reinstate"}).Draw(t, "verb")
			whom := ana
			if verb == "transfer" && a.HolderID == ana.ID {
				whom = ben
			}
			if verb == "assign" && a.Status == asset.StatusReserved {
				whom = domain.Holder{ID: a.HolderID, Name: a.HolderName}
			}
			err := act(&a, verb, whom, clock)
			want, allowed := follows[verb][was.Status]
			held := !was.Custodian().IsZero()
			switch {
			case verb == "return" && held:
				want, allowed = asset.StatusAvailable, true
			case verb == "back" && was.Status == asset.StatusInRepair:
				want, allowed = asset.StatusAvailable, true
				if held {
					want = asset.StatusAssigned
				}
			case verb == "retire":
				want = asset.StatusRetired
				allowed = !held && was.Status != asset.StatusReserved && was.Status != asset.StatusRetired
			}
			require.Equal(t, allowed, err == nil, "%s of %s: %v", verb, was.Status, err)
			if !allowed {
				require.Equal(t, fault.Conflict, fault.KindOf(err))
				require.Equal(t, was, a, "a refusal changes nothing")
				continue
			}
			require.Equal(t, want, a.Status)
			require.Equal(t, was.Version+1, a.Version)
			require.Equal(t, a.Status == asset.StatusAssigned || a.Status == asset.StatusReserved, !a.HolderID.IsZero() && a.Status != asset.StatusInRepair)
			require.Equal(t, a.Status == asset.StatusRetired, !a.RetiredOn.IsZero())
			require.True(t, a.DisposedOn.IsZero(), "custody never touches the books")
		}
	})
}

func act(a *domain.Asset, verb string, whom domain.Holder, at time.Time) error {
	switch verb {
	case "assign":
		return a.Assign(whom, date.Date{}, at)
	case "transfer":
		return a.Transfer(whom, date.Date{}, at)
	case "return":
		return a.Return(at)
	case "reserve":
		return a.Reserve(whom, at)
	case "release":
		return a.Release(at)
	case "repair":
		return a.SendToRepair(at)
	case "back":
		return a.BackFromRepair(at)
	case "lost":
		return a.MarkLost(at)
	case "found":
		return a.Found(at)
	case "retire":
		return a.Retire(date.From(at), at)
	default:
		return a.Reinstate(at)
	}
}

func TestBooks(t *testing.T) {
	t.Parallel()
	a := laptop(t)
	a.PurchasedOn = date.MustParse("2026-01-10")
	require.Equal(t, asset.BookDraft, a.ValueOn(date.MustParse("2026-02-01")).Status)
	require.Equal(t, fault.Invalid, fault.KindOf(a.Dispose(date.MustParse("2026-01-09"), now)))
	require.NoError(t, a.Dispose(date.MustParse("2026-06-30"), now))
	require.Equal(t, fault.Conflict, fault.KindOf(a.Dispose(date.MustParse("2026-07-01"), now)))
	require.Equal(t, asset.StatusAvailable, a.Status, "the books never touch custody")
	_, err := a.Edit(func() domain.Details { d := a.Details; d.Cost = money.MustParse("1"); return d }(), now)
	require.Equal(t, fault.Conflict, fault.KindOf(err))
	require.NoError(t, a.TakeBack(now))
	require.Error(t, a.TakeBack(now))
}

func TestRegisterNamesEveryProblem(t *testing.T) {
	t.Parallel()
	_, err := domain.Register(domain.Details{
		Tag: "bad tag", Cost: money.MustParse("-1"), Currency: "XXQ", Method: asset.SumOfYears, LifeMonths: 13, Convention: asset.MidMonth,
		PurchasedOn: date.MustParse("2026-01-02"), WarrantyUntil: date.MustParse("2026-01-01"), InServiceOn: date.MustParse("2026-01-01"),
	}, now)
	for _, field := range []string{"body.tag", "body.name", "body.categoryId", "body.currency", "body.cost", "body.lifeMonths", "body.convention", "body.warrantyUntil", "body.inServiceOn"} {
		require.ErrorContains(t, err, field)
	}
}

func TestEditTellsWhatChanged(t *testing.T) {
	t.Parallel()
	a := laptop(t)
	details := a.Details
	changes, err := a.Edit(details, now)
	require.NoError(t, err)
	require.Empty(t, changes)
	require.Equal(t, 1, a.Version)
	details.Name, details.Cost, details.Tag = "Laptop 2", money.MustParse("1300.5"), ""
	changes, err = a.Edit(details, now)
	require.NoError(t, err)
	require.Equal(t, []asset.Change{{Field: "name", From: "Laptop", To: "Laptop 2"}, {Field: "cost", From: "1200.00 EUR", To: "1300.50 EUR"}}, changes)
	require.Equal(t, "LT-0042", a.Tag)
	require.Equal(t, 2, a.Version)
}
