package app

import (
	"context"
	"slices"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/bulk"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// Selection says which documents: these, or all that the list finds with this filter.
type Selection struct {
	IDs    []invoice.ID   `json:"ids,omitempty" minItems:"1" maxItems:"10000" doc:"These documents; instead of filter"`
	Filter *InvoiceFilter `json:"filter,omitempty" doc:"All documents that the list finds with the same filter, at most 10,000; an empty one finds all"`
}

// InvoiceFilter narrows the documents as the list does.
type InvoiceFilter struct {
	Q          string             `json:"q,omitempty" maxLength:"200" doc:"Words to search for"`
	Kind       invoice.Kind       `json:"kind,omitempty" enum:"invoice,credit-note"`
	Status     string             `json:"status,omitempty" enum:"draft,issued,partly-paid,paid,overdue,credited,written-off,settled,open" doc:"As it stands today; open is everything with something due"`
	CustomerID invoice.CustomerID `json:"customerId,omitzero"`
	From       date.Date          `json:"from,omitzero" doc:"Issued on or after this day"`
	To         date.Date          `json:"to,omitzero" doc:"Issued on or before this day"`
	Mine       bool               `json:"mine,omitempty" doc:"Only those that the caller made"`
}

// subjects are the selected documents as a bulk action knows them: one that was named without lying inside the reach has
// no label, and is refused when its turn comes.
func (a *App) subjects(ctx context.Context, s Selection, permission rbac.Permission) ([]bulk.Subject, error) {
	var p fault.Problems
	switch {
	case s.Filter == nil && len(s.IDs) == 0:
		p.Add("body.ids", "must name at least one document, or give a filter instead")
	case s.Filter != nil && len(s.IDs) > 0:
		p.Add("body.filter", "cannot stand beside ids; give one of the two")
	}
	if err := p.Err(); err != nil {
		return nil, err
	}
	owners, err := a.ownersOfBoth(ctx, permission)
	if err != nil {
		return nil, err
	}
	if s.Filter == nil {
		return a.named(ctx, s.IDs, owners)
	}
	f := *s.Filter
	query := a.query(ctx, ListQuery{Kind: f.Kind, Status: f.Status, CustomerID: f.CustomerID, From: f.From, To: f.To, Q: f.Q})
	query.Owners = owners
	if f.Mine {
		query.Owners = bothOf(owners, []employee.ID{me(ctx)})
	}
	list, err := a.invoices.Select(ctx, query, bulk.MaxRows+1)
	if err == nil && len(list) > bulk.MaxRows {
		p.Add("body.filter", "finds more than %d documents; narrow it and do the rest afterwards", bulk.MaxRows)
		err = p.Err()
	}
	subjects := make([]bulk.Subject, len(list))
	for i, one := range list {
		subjects[i] = bulk.Subject{ID: one.ID.String(), Label: one.Label}
	}
	return subjects, err
}

func (a *App) named(ctx context.Context, ids []invoice.ID, owners []employee.ID) ([]bulk.Subject, error) {
	labels, err := a.invoices.Labels(ctx, ids, owners)
	if err != nil {
		return nil, err
	}
	var list []bulk.Subject
	taken := map[invoice.ID]bool{}
	for _, which := range ids {
		if !taken[which] {
			list = append(list, bulk.Subject{ID: which.String(), Label: labels[which]})
		}
		taken[which] = true
	}
	return list, nil
}

// ownersOfBoth is whose documents the caller may see and do this to; nil is everybody's.
func (a *App) ownersOfBoth(ctx context.Context, permission rbac.Permission) ([]employee.ID, error) {
	seen, err := a.owners(ctx, CanRead)
	if err != nil {
		return nil, err
	}
	done, err := a.owners(ctx, permission)
	return bothOf(seen, done), err
}

// bothOf are those of one who are of the other too; nil is everybody.
func bothOf(one, other []employee.ID) []employee.ID {
	switch {
	case one == nil:
		return other
	case other == nil:
		return one
	}
	both := []employee.ID{}
	for _, who := range one {
		if slices.Contains(other, who) {
			both = append(both, who)
		}
	}
	return both
}
