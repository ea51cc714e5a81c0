// Package assettest lets other modules test against assets without the asset module: an in-memory Register, and the
// promise that every Register must keep. It knows no database.
package assettest

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"sync"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
)

// Register is an asset.Register in memory; everybody may see everything. The zero value is empty.
type Register struct {
	mu     sync.RWMutex
	assets []asset.Asset
	fail   error
}

var _ asset.Register = (*Register)(nil)

// New returns a Register of these assets.
func New(assets ...asset.Asset) *Register {
	r := &Register{}
	for _, a := range assets {
		r.Put(a)
	}
	return r
}

// Put adds an asset, or replaces the one with the same id. A missing id is made, a missing status is in stock.
func (r *Register) Put(a asset.Asset) asset.Asset {
	if a.ID.IsZero() {
		a.ID = id.New[asset.Asset]()
	}
	a.Status = cmp.Or(a.Status, asset.StatusAvailable)
	r.mu.Lock()
	defer r.mu.Unlock()
	r.assets = slices.DeleteFunc(r.assets, func(old asset.Asset) bool { return old.ID == a.ID })
	r.assets = append(r.assets, a)
	slices.SortFunc(r.assets, func(x, y asset.Asset) int {
		return cmp.Or(cmp.Compare(strings.ToLower(x.Tag), strings.ToLower(y.Tag)), x.ID.Compare(y.ID))
	})
	return a
}

// Fail makes every following call answer with err; nil ends it.
func (r *Register) Fail(err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.fail = err
}

// Assets implements asset.Register.
func (r *Register) Assets(_ context.Context, ids []asset.ID) (map[asset.ID]asset.Asset, error) {
	found := map[asset.ID]asset.Asset{}
	list, err := r.where(func(a asset.Asset) bool { return slices.Contains(ids, a.ID) })
	for _, a := range list {
		found[a.ID] = a
	}
	return found, err
}

// List implements asset.Register. It filters by words, status, category, location and holder and sorts by tag only.
func (r *Register) List(_ context.Context, q asset.Query) (page.Of[asset.Asset], error) {
	after, err := page.Decode(q.Cursor, "tag", 1)
	if err != nil {
		return page.Of[asset.Asset]{}, err
	}
	list, err := r.where(func(a asset.Asset) bool {
		return matches(a, q.Q) && (len(q.Status) == 0 || slices.Contains(q.Status, a.Status)) &&
			(q.CategoryID.IsZero() || q.CategoryID == a.CategoryID) && (q.LocationID.IsZero() || q.LocationID == a.LocationID) &&
			(q.HolderID.IsZero() || q.HolderID == a.HolderID)
	})
	total := len(list)
	if after != nil {
		list = slices.DeleteFunc(list, func(a asset.Asset) bool { return strings.ToLower(a.Tag) <= after[0] })
	}
	cut := page.Cut(list, q.Size(), func(a asset.Asset) string { return page.Encode("tag", strings.ToLower(a.Tag)) })
	if q.Count {
		cut = cut.Counted(total)
	}
	return cut, err
}

// HeldBy implements asset.Register.
func (r *Register) HeldBy(_ context.Context, holders []employee.ID) (map[employee.ID][]asset.Asset, error) {
	held := map[employee.ID][]asset.Asset{}
	list, err := r.where(func(a asset.Asset) bool { return slices.Contains(holders, a.HolderID) })
	for _, a := range list {
		held[a.HolderID] = append(held[a.HolderID], a)
	}
	return held, err
}

// Search implements asset.Register.
func (r *Register) Search(_ context.Context, q string, limit int) ([]asset.Asset, error) {
	list, err := r.where(func(a asset.Asset) bool { return strings.TrimSpace(q) != "" && matches(a, q) })
	slices.SortStableFunc(list, func(x, y asset.Asset) int {
		return cmp.Compare(rank(x, q), rank(y, q))
	})
	return list[:min(limit, len(list))], err
}

// Summary implements asset.Register.
func (r *Register) Summary(context.Context) (asset.Summary, error) {
	s := asset.Summary{Statuses: []asset.StatusSummary{}, Categories: []asset.CategorySummary{}, Costs: []asset.CostSummary{}}
	list, err := r.where(func(asset.Asset) bool { return true })
	for _, status := range []asset.Status{
		asset.StatusAvailable, asset.StatusReserved, asset.StatusAssigned, asset.StatusInRepair, asset.StatusLost, asset.StatusRetired,
	} {
		n := 0
		for _, a := range list {
			if a.Status == status {
				n++
			}
		}
		s.Statuses = append(s.Statuses, asset.StatusSummary{Status: status, Assets: n})
		if status != asset.StatusRetired {
			s.Assets += n
		}
	}
	return s, err
}

func (r *Register) where(wanted func(a asset.Asset) bool) ([]asset.Asset, error) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	list := []asset.Asset{}
	if r.fail != nil {
		return list, r.fail
	}
	for _, a := range r.assets {
		if wanted(a) {
			list = append(list, a)
		}
	}
	return list, nil
}

func matches(a asset.Asset, q string) bool {
	text := strings.ToLower(a.Tag + " " + a.Name + " " + a.Serial + " " + a.Model + " " + a.HolderName)
	for _, word := range strings.Fields(strings.ToLower(q)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

func rank(a asset.Asset, q string) int {
	if strings.EqualFold(a.Tag, strings.TrimSpace(q)) {
		return 0
	}
	return 1
}
