package app

import (
	"context"
	"strings"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// Filter says which people are meant, and in which order. Empty parts leave nobody out.
type Filter struct {
	IDs         []employee.ID
	Q           string
	Statuses    []employee.Status
	Departments []employee.DepartmentID
	Positions   []employee.PositionID
	Locations   []employee.LocationID
	ManagerID   employee.ID
	TeamOf      employee.ID
	HiredFrom   date.Date
	HiredTo     date.Date
	PayFrom     *money.Decimal
	PayTo       *money.Decimal
	Sort        string // a name of the list, with - in front for descending
	Pay         bool   // show what they earn
	Contact     bool   // show private contact
	Identity    bool   // show who they are to authorities
	Bank        bool   // show where their pay goes to
	ExpiresTo   date.Date
	Account     store.Account
}

// List is one page of the people whom the caller may see. Pay and contact are shown, filtered and sorted by only as far
// as the caller may see them: whoever may see none of it is refused, and facts of others count as unknown.
func (a *App) List(ctx context.Context, f Filter, r page.Request) (page.Of[Profile], error) {
	q, err := a.query(ctx, f, r.Cursor)
	if err != nil {
		return page.Of[Profile]{}, err
	}
	q.Limit = r.Size()
	reader := a.db.Search(ctx)
	people, cursors, err := store.People(reader, q)
	if err != nil {
		return page.Of[Profile]{}, err
	}
	found := page.Cut(people, q.Limit, func(Profile) string { return page.Encode(order(q), cursors[q.Limit-1]...) })
	if r.Count {
		n, err := store.Count(reader, q)
		if err != nil {
			return page.Of[Profile]{}, err
		}
		found = found.Counted(n)
	}
	return found, a.recordLooks(ctx, q, "list", employee.Employee{})
}

// query turns a filter into what the store understands, and refuses what the caller may not ask.
func (a *App) query(ctx context.Context, f Filter, cursor string) (store.Query, error) {
	if err := a.CatchUp(ctx); err != nil {
		return store.Query{}, err
	}
	q := store.Query{
		Sight: sight(ctx), Today: a.today(), Contact: f.Contact,
		IDs: f.IDs, Words: words(f.Q), Statuses: f.Statuses, Departments: f.Departments, Positions: f.Positions, Locations: f.Locations,
		ManagerID: f.ManagerID, TeamOf: f.TeamOf, HiredFrom: f.HiredFrom, HiredTo: f.HiredTo, PayFrom: f.PayFrom, PayTo: f.PayTo,
		ExpiresTo: f.ExpiresTo, Account: f.Account,
	}
	q.Sort, q.Desc = strings.CutPrefix(f.Sort, "-")
	if q.Sort == "" {
		q.Sort = "name"
	}
	var p fault.Problems
	if !store.SortsBy(q.Sort) {
		p.Add("query.sort", "people cannot be sorted by %s", q.Sort)
	}
	if err := p.Err(); err != nil {
		return q, err
	}
	q.Pay = f.Pay || q.Sort == "pay" || q.PayFrom != nil || q.PayTo != nil
	q.Identity = f.Identity || store.SortsByIdentity(q.Sort) || !q.ExpiresTo.IsZero()
	q.Bank = f.Bank || q.Account != ""
	err := needEach(ctx, []asked{{q.Pay, CanReadPay}, {q.Contact, CanReadContact}, {q.Identity, CanReadIdentity}, {q.Bank, CanReadBank}})
	if err != nil {
		return q, err
	}
	q.After, err = page.Decode(cursor, order(q), 2)
	return q, err
}

func order(q store.Query) string {
	if q.Desc {
		return "-" + q.Sort
	}
	return q.Sort
}

// A search of more words than this looks for the first ones.
const mostWords = 6

func words(q string) []string {
	all := strings.Fields(domain.Fold(q))
	return all[:min(mostWords, len(all))]
}
