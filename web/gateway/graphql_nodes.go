package gateway

import (
	"context"
	"sync"
	"time"

	"github.com/graph-gophers/graphql-go"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
)

// group is records that were found together. What one of them leads to is fetched for all of them in one call.
type group struct {
	q     *inquiry
	times int           // in a rehearsal: how many records the one that stands for them counts as
	own   []employee.ID // of people: themselves
	lead  []employee.ID // to whom each record leads: the manager, the holder, the maker

	persons shared[map[employee.ID]*person]
	held    shared[map[employee.ID][]asset.Asset]
	things  sync.Map // by how many for each: *shared[map[employee.ID][]*thing]
	bills   sync.Map // by how many for each: *shared[map[employee.ID][]*bill]
}

// person is the one of them to whom a record leads; nil for nobody, and for somebody whom the caller may not see.
func (g *group) person(which employee.ID) (*person, error) {
	if g.q.rehearse(g.times) {
		return newPeople(g.q, g.times, []employee.Employee{{}})[0], nil
	}
	if which.IsZero() {
		return nil, nil
	}
	found, err := g.persons.get(func() (map[employee.ID]*person, error) {
		visible, err := g.q.visible(g.lead)
		if err != nil {
			return nil, err
		}
		out := make(map[employee.ID]*person, len(visible))
		for _, p := range newPeople(g.q, 1, visible) {
			out[p.key] = p
		}
		return out, nil
	})
	return found[which], err
}

// visible gives the people of these ids whom the caller may see, in the order of the ids.
func (q *inquiry) visible(ids []employee.ID) ([]employee.Employee, error) {
	seen, err := q.seePeople()
	if err != nil {
		return nil, err
	}
	may := seen.among(ids)
	if len(may) == 0 {
		return nil, nil
	}
	found, err := asked(q, "employee", func(ctx context.Context) (map[employee.ID]employee.Employee, error) {
		return q.g.deps.Employees.Employees(ctx, may)
	})
	var list []employee.Employee
	for _, one := range may {
		if e, known := found[one]; known {
			list = append(list, e)
		}
	}
	return list, err
}

// person is an employee as queries see them.
type person struct {
	of   *group
	key  employee.ID
	boss employee.ID

	ID                                              graphql.ID
	Number, GivenName, FamilyName, DisplayName      string
	Email, Phone                                    *string
	DepartmentID, ManagerID                         *graphql.ID
	Department, Position, Location, HiredOn, LeftOn *string
	Status                                          string
}

func newPeople(q *inquiry, times int, list []employee.Employee) []*person {
	g := &group{q: q, times: times}
	out := make([]*person, len(list))
	for i, e := range list {
		g.own, g.lead = append(g.own, e.ID), append(g.lead, e.ManagerID)
		out[i] = &person{
			of: g, key: e.ID, boss: e.ManagerID, ID: graphql.ID(e.ID.String()), Number: e.Number, GivenName: e.GivenName, FamilyName: e.FamilyName,
			DisplayName: e.DisplayName, Email: some(e.Email), Phone: some(e.Phone), DepartmentID: someID(e.DepartmentID), ManagerID: someID(e.ManagerID),
			Department: some(e.Department), Position: some(e.Position), Location: some(e.Location), HiredOn: day(e.HiredOn), LeftOn: day(e.LeftOn),
			Status: string(e.Status),
		}
	}
	return out
}

// Manager answers the field of that name.
func (p *person) Manager() (*person, error) { return p.of.person(p.boss) }

// Assets answers the field of that name.
func (p *person) Assets(args firstOf) (*[]*thing, error) {
	if err := args.check(); err != nil {
		return nil, err
	}
	q := p.of.q
	if n := p.of.times * args.most(); q.rehearse(n) {
		return many(newThings(q, n, []asset.Asset{{}})), nil
	}
	found, err := sharedFor[map[employee.ID][]*thing](&p.of.things, args.most()).get(func() (map[employee.ID][]*thing, error) {
		held, err := p.of.holdings()
		return spread(held, args.most(), func(list []asset.Asset) []*thing { return newThings(q, 1, list) }), err
	})
	return many(found[p.key]), err
}

// holdings are what the people of the group hold, of those whose assets the caller may see.
func (g *group) holdings() (map[employee.ID][]asset.Asset, error) {
	return g.held.get(func() (map[employee.ID][]asset.Asset, error) {
		seen, err := g.q.seeAssets()
		may := seen.among(g.own)
		if err != nil || len(may) == 0 {
			return nil, err
		}
		return asked(g.q, "asset", func(ctx context.Context) (map[employee.ID][]asset.Asset, error) {
			return g.q.g.deps.Assets.HeldBy(ctx, may)
		})
	})
}

// Invoices answers the field of that name.
func (p *person) Invoices(args firstOf) (*[]*bill, error) {
	if err := args.check(); err != nil {
		return nil, err
	}
	q := p.of.q
	if n := p.of.times * args.most(); q.rehearse(n) {
		return many(newBills(q, n, []invoice.Row{{}})), nil
	}
	found, err := sharedFor[map[employee.ID][]*bill](&p.of.bills, args.most()).get(func() (map[employee.ID][]*bill, error) {
		seen, err := q.seeInvoices()
		may := seen.among(p.of.own)
		if err != nil || len(may) == 0 {
			return nil, err
		}
		made, err := asked(q, "invoice", func(ctx context.Context) (map[employee.ID][]invoice.Row, error) {
			return q.g.deps.Invoices.OwnedBy(ctx, may, args.most())
		})
		return spread(made, args.most(), func(list []invoice.Row) []*bill { return newBills(q, 1, list) }), err
	})
	return many(found[p.key]), err
}

// thing is an asset as queries see it.
type thing struct {
	of     *group
	keeper employee.ID

	ID, CategoryID                                                                   graphql.ID
	Tag, Name, Category, Status, Cost, Currency, Method, Salvage                     string
	Serial, Model, Supplier, Notes, Location, HolderName                             *string
	LocationID, HolderID                                                             *graphql.ID
	HeldSince, DueOn, PurchasedOn, WarrantyUntil, InServiceOn, RetiredOn, DisposedOn *string
	LifeMonths                                                                       int32
}

func newThings(q *inquiry, times int, list []asset.Asset) []*thing {
	g := &group{q: q, times: times}
	out := make([]*thing, len(list))
	for i, a := range list {
		g.lead = append(g.lead, a.HolderID)
		out[i] = &thing{
			of: g, keeper: a.HolderID, ID: graphql.ID(a.ID.String()), CategoryID: graphql.ID(a.CategoryID.String()), Tag: a.Tag, Name: a.Name,
			Category: a.Category, Status: string(a.Status), Cost: a.Cost.String(), Currency: string(a.Currency), Method: string(a.Method),
			Salvage: a.Salvage.String(), Serial: some(a.Serial), Model: some(a.Model), Supplier: some(a.Supplier), Notes: some(a.Notes),
			Location: some(a.Location), HolderName: some(a.HolderName), LocationID: someID(a.LocationID), HolderID: someID(a.HolderID),
			HeldSince: moment(a.HeldSince), DueOn: day(a.DueOn), PurchasedOn: day(a.PurchasedOn), WarrantyUntil: day(a.WarrantyUntil),
			InServiceOn: day(a.InServiceOn), RetiredOn: day(a.RetiredOn), DisposedOn: day(a.DisposedOn), LifeMonths: int32(a.LifeMonths),
		}
	}
	return out
}

// Holder answers the field of that name.
func (t *thing) Holder() (*person, error) { return t.of.person(t.keeper) }

// bill is an invoice or a credit note as queries see it.
type bill struct {
	of    *group
	maker employee.ID

	ID                                                      graphql.ID
	Kind, Status, Currency, Net, Tax, Gross, Due, CreatedAt string
	Number, Customer, Reference, IssuedOn, DueOn            *string
	CustomerID, OwnerID                                     *graphql.ID
}

func newBills(q *inquiry, times int, list []invoice.Row) []*bill {
	g := &group{q: q, times: times}
	out := make([]*bill, len(list))
	for i, r := range list {
		g.lead = append(g.lead, r.OwnerID)
		out[i] = &bill{
			of: g, maker: r.OwnerID, ID: graphql.ID(r.ID.String()), Kind: string(r.Kind), Status: string(r.Status), Currency: string(r.Currency),
			Net: r.Net.String(), Tax: r.Tax.String(), Gross: r.Gross.String(), Due: r.Due.String(), CreatedAt: r.CreatedAt.UTC().Format(time.RFC3339),
			Number: some(r.Number), Customer: some(r.Customer), Reference: some(r.Reference), IssuedOn: day(r.IssuedOn), DueOn: day(r.DueOn),
			CustomerID: someID(r.CustomerID), OwnerID: someID(r.OwnerID),
		}
	}
	return out
}

// Owner answers the field of that name.
func (b *bill) Owner() (*person, error) { return b.of.person(b.maker) }
