package gateway

import (
	"context"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/auth"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
)

// root answers the fields of Query.
type root struct{}

func me(ctx context.Context) employee.ID { return employee.ID(auth.From(ctx).EmployeeID) }

// begin is the run that a field at the top belongs to. In a rehearsal it notes what the field could lead to.
func begin(ctx context.Context, permission rbac.Permission, records int) (*inquiry, error) {
	q := inquiryOf(ctx)
	if q.about {
		return nil, invalidArgument("__schema", "tells about the schema; ask for records in a query of its own")
	}
	if q.rehearse(records) {
		return q, nil
	}
	return q, auth.Need(ctx, permission)
}

// Me answers the field of that name.
func (*root) Me(ctx context.Context) (*person, error) {
	return onePerson(ctx, me(ctx))
}

// Employee answers the field of that name.
func (*root) Employee(ctx context.Context, args byIDArgs) (*person, error) {
	which, err := parseID[employee.Employee]("id", args.ID)
	if err != nil {
		return nil, err
	}
	return onePerson(ctx, which)
}

func onePerson(ctx context.Context, which employee.ID) (*person, error) {
	q, err := begin(ctx, canSeePeople, 1)
	if err != nil {
		return nil, err
	}
	if q.rehearsal {
		return newPeople(q, 1, []employee.Employee{{}})[0], nil
	}
	found, err := q.visible([]employee.ID{which})
	if len(found) == 0 {
		return nil, err
	}
	return newPeople(q, 1, found)[0], err
}

// Employees answers the field of that name.
func (*root) Employees(ctx context.Context, args findArgs) (*[]*person, error) {
	ids, n, err := checkFind[employee.Employee](args)
	if err != nil {
		return nil, err
	}
	if args.IDs == nil && words(args.Search) == "" {
		return nil, invalidArgument("search", "or ids is required")
	}
	q, err := begin(ctx, canSeePeople, n)
	if err != nil {
		return nil, err
	}
	if q.rehearsal {
		return many(newPeople(q, n, []employee.Employee{{}})), nil
	}
	var found []employee.Employee
	if args.IDs != nil {
		found, err = q.visible(ids)
	} else {
		found, err = asked(q, "employee", func(ctx context.Context) ([]employee.Employee, error) {
			return q.g.deps.Employees.Search(ctx, words(args.Search), n)
		})
	}
	if err != nil {
		return nil, err
	}
	return many(newPeople(q, 1, found)), nil
}

// Asset answers the field of that name.
func (*root) Asset(ctx context.Context, args byIDArgs) (*thing, error) {
	which, err := parseID[asset.Asset]("id", args.ID)
	if err != nil {
		return nil, err
	}
	q, err := begin(ctx, canSeeAssets, 1)
	if err != nil {
		return nil, err
	}
	if q.rehearsal {
		return newThings(q, 1, []asset.Asset{{}})[0], nil
	}
	seen, err := q.seeAssets()
	if err != nil {
		return nil, err
	}
	found, err := asked(q, "asset", func(ctx context.Context) (map[asset.ID]asset.Asset, error) {
		return q.g.deps.Assets.Assets(ctx, []asset.ID{which})
	})
	if a, known := found[which]; known && seen.of(a.HolderID) {
		return newThings(q, 1, []asset.Asset{a})[0], err
	}
	return nil, err
}

// connection is one page of assets.
type connection struct {
	Nodes    []*thing
	PageInfo pageInfo
}

type pageInfo struct {
	HasNextPage bool
	EndCursor   *string
}

// Assets answers the field of that name.
func (*root) Assets(ctx context.Context, args assetsArgs) (*connection, error) {
	query, err := args.query()
	if err != nil {
		return nil, err
	}
	q, err := begin(ctx, canSeeAssets, args.most())
	if err != nil {
		return nil, err
	}
	if q.rehearsal {
		return &connection{Nodes: newThings(q, args.most(), []asset.Asset{{}})}, nil
	}
	listed, err := asked(q, "asset", func(ctx context.Context) (page.Of[asset.Asset], error) { return q.g.deps.Assets.List(ctx, query) })
	if err != nil {
		return nil, err
	}
	return &connection{Nodes: newThings(q, 1, listed.Items), PageInfo: pageInfo{HasNextPage: listed.Next != "", EndCursor: some(listed.Next)}}, nil
}

// Invoice answers the field of that name.
func (*root) Invoice(ctx context.Context, args byIDArgs) (*bill, error) {
	which, err := parseID[invoice.Invoice]("id", args.ID)
	if err != nil {
		return nil, err
	}
	q, err := begin(ctx, canSeeInvoices, 1)
	if err != nil {
		return nil, err
	}
	if q.rehearsal {
		return newBills(q, 1, []invoice.Row{{}})[0], nil
	}
	found, err := q.documents([]invoice.ID{which})
	if len(found) == 0 {
		return nil, err
	}
	return newBills(q, 1, found)[0], err
}

// Invoices answers the field of that name.
func (*root) Invoices(ctx context.Context, args findArgs) (*[]*bill, error) {
	ids, n, err := checkFind[invoice.Invoice](args)
	if err != nil {
		return nil, err
	}
	q, err := begin(ctx, canSeeInvoices, n)
	if err != nil {
		return nil, err
	}
	if q.rehearsal {
		return many(newBills(q, n, []invoice.Row{{}})), nil
	}
	var found []invoice.Row
	if args.IDs != nil {
		found, err = q.documents(ids)
	} else {
		found, err = asked(q, "invoice", func(ctx context.Context) ([]invoice.Row, error) {
			return q.g.deps.Invoices.Search(ctx, words(args.Search), n)
		})
	}
	if err != nil {
		return nil, err
	}
	return many(newBills(q, 1, found)), nil
}

// documents gives those of these ids that the caller may see, in the order of the ids.
func (q *inquiry) documents(ids []invoice.ID) ([]invoice.Row, error) {
	seen, err := q.seeInvoices()
	if err != nil {
		return nil, err
	}
	found, err := asked(q, "invoice", func(ctx context.Context) (map[invoice.ID]invoice.Row, error) {
		return q.g.deps.Invoices.Invoices(ctx, ids)
	})
	var out []invoice.Row
	for _, one := range id.Unique(ids) {
		if row, known := found[one]; known && seen.of(row.OwnerID) {
			out = append(out, row)
		}
	}
	return out, err
}
