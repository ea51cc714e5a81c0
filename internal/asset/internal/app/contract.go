package app

import (
	"cmp"
	"context"
	"slices"
	"time"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/auth"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
	"erp/internal/platform/rbac"
)

var _ asset.Register = (*App)(nil)

// Assets implements asset.Register.
func (a *App) Assets(ctx context.Context, ids []asset.ID) (map[asset.ID]asset.Asset, error) {
	records, err := store.Assets(ctx, a.DB.Pool(), ids, store.Reach{All: true})
	found := make(map[asset.ID]asset.Asset, len(records))
	for i := range records {
		found[records[i].ID] = records[i].Published()
	}
	return found, err
}

// HeldBy implements asset.Register.
func (a *App) HeldBy(ctx context.Context, holders []employee.ID) (map[employee.ID][]asset.Asset, error) {
	records, err := store.HeldBy(ctx, a.DB.Pool(), holders)
	held := map[employee.ID][]asset.Asset{}
	for i := range records {
		held[records[i].HolderID] = append(held[records[i].HolderID], records[i].Published())
	}
	return held, err
}

// warrantyAhead is how many days before its end a warranty is worth a number on the home page.
const warrantyAhead = 30

// Summary implements asset.Register.
func (a *App) Summary(ctx context.Context) (asset.Summary, error) {
	if auth.ScopeOf(ctx, CanRead) != rbac.All {
		return noSummary(), nil
	}
	today, err := a.Company.Today(ctx)
	if err != nil {
		return noSummary(), err
	}
	s, _, err := a.summaries.Ask(ctx, today)
	return s, err
}

func noSummary() asset.Summary {
	return asset.Summary{Statuses: []asset.StatusSummary{}, Categories: []asset.CategorySummary{}, Costs: []asset.CostSummary{}}
}

const (
	summaryTimeout = 5 * time.Second
	summariesApart = 10 * time.Millisecond
)

// summary reads it for all who open their home page together.
func (a *App) summary(ctx context.Context, today date.Date) (asset.Summary, error) {
	s := noSummary()
	db := a.DB.Standby()
	counters, err := store.Counters(ctx, db.Pool())
	if err != nil {
		return s, err
	}
	if s.WarrantyEnding, err = store.WarrantyEnding(ctx, db.Pool(), today, today.AddDays(warrantyAhead)); err != nil {
		return s, err
	}
	summarise(&s, counters)
	return s, nil
}

func summarise(s *asset.Summary, counters []store.Counter) {
	statuses, costs := map[asset.Status]int{}, map[money.Currency]money.Decimal{}
	categories := map[asset.CategoryID]asset.CategorySummary{}
	for _, c := range counters {
		statuses[c.Status] += c.Assets
		if c.Status == asset.StatusRetired {
			continue
		}
		s.Assets += c.Assets
		costs[c.Currency] = costs[c.Currency].Add(c.Cost)
		category := categories[c.CategoryID]
		category.CategoryID, category.Category, category.Assets = c.CategoryID, c.Category, category.Assets+c.Assets
		if c.Status == asset.StatusAssigned {
			category.Assigned += c.Assets
		}
		categories[c.CategoryID] = category
	}
	for _, status := range []asset.Status{
		asset.StatusAvailable, asset.StatusReserved, asset.StatusAssigned, asset.StatusInRepair, asset.StatusLost, asset.StatusRetired,
	} {
		s.Statuses = append(s.Statuses, asset.StatusSummary{Status: status, Assets: statuses[status]})
	}
	for _, category := range categories {
		s.Categories = append(s.Categories, category)
	}
	slices.SortFunc(s.Categories, func(a, b asset.CategorySummary) int {
		return cmp.Or(cmp.Compare(b.Assets, a.Assets), cmp.Compare(a.Category, b.Category))
	})
	for currency, cost := range costs {
		s.Costs = append(s.Costs, asset.CostSummary{Currency: currency, Cost: cost.In(currency)})
	}
	slices.SortFunc(s.Costs, func(a, b asset.CostSummary) int { return cmp.Compare(a.Currency, b.Currency) })
}
