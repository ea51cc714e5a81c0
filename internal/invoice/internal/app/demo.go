package app

import (
	"context"
	"fmt"
	"runtime"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

const demoBatch = 4000

// LoadDemo fills an empty module with n invoices of the last 24 months, with the customers,
// items, payments, credit notes and recurring invoices around them. The same seed and people give the same
// ones; only the dates follow the calendar. progress, which may be nil, is told how many
// are done.
func (a *App) LoadDemo(ctx context.Context, n int, seed int64, people []employee.ID, progress func(done int)) (int, error) {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return 0, err
	}
	list, err := a.TaxRates(ctx)
	if err != nil {
		return 0, err
	}
	d := newDemo(n, seed, seller, usable(list), people, a.now())
	if len(d.rates) == 0 {
		return 0, fault.New(fault.Conflict, "no-tax-rate", "There is no tax rate in use that is standard or zero; add one under Invoices, Setup, then load the sample.")
	}
	if err := a.numberDemo(ctx, d); err != nil {
		return 0, err
	}
	d.makeCatalogue()
	if err := a.loadCatalogue(ctx, d); err != nil {
		return 0, err
	}
	if err := a.loadInvoices(ctx, d, progress); err != nil {
		return 0, err
	}
	err = a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := store.FinishLoad(ctx, tx); err != nil {
			return err
		}
		if err := a.loadRecurring(ctx, tx, d); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Action: "invoice.load-sample", Subject: "invoice", Label: fmt.Sprintf("%d invoices", n)})
	})
	return n, err
}

// numberDemo lets the sample be numbered as the company decided: its letters, its digits, from where its series begin.
func (a *App) numberDemo(ctx context.Context, d *demo) error {
	kept, err := a.patterns.List(ctx)
	if err != nil {
		return err
	}
	d.patterns, d.next = map[invoice.Kind]domain.Pattern{}, map[string]int{}
	for _, k := range kept {
		d.patterns[k.Kind] = k.Pattern
		for year := d.today.AddDays(-demoDays - 2).Year(); year <= d.today.Year(); year++ {
			series := k.Series(date.Of(year, time.January, 1))
			standing, err := a.patterns.Standing(ctx, series)
			if err != nil {
				return err
			}
			d.next[series] = standing.Next
		}
	}
	return nil
}

func (a *App) loadCatalogue(ctx context.Context, d *demo) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		inhabited, err := store.Inhabited(ctx, tx)
		if err != nil {
			return err
		}
		if inhabited {
			return fault.New(fault.Conflict, "not-empty", "There are customers or items already; sample invoices fit into an empty company only.")
		}
		a.keepLogo(tx, d.seller, d.head)
		var load store.Load
		for _, c := range d.customers {
			load.Customer(c)
		}
		for _, i := range d.items {
			load.Item(i)
		}
		return load.Write(ctx, tx)
	})
}

// loadInvoices makes and writes batches, as many at once as there are processors.
func (a *App) loadInvoices(ctx context.Context, d *demo, progress func(int)) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(min(runtime.GOMAXPROCS(0), 4))
	var done atomic.Int64
	var telling sync.Mutex
	for _, plan := range d.plans(demoBatch) {
		group.Go(func() error {
			var load store.Load
			for _, p := range plan {
				if err := d.make(p, &load); err != nil {
					return err
				}
			}
			err := a.db.Tx(ctx, load.Write)
			if err == nil && progress != nil {
				telling.Lock()
				defer telling.Unlock()
				progress(int(done.Add(int64(len(plan)))))
			}
			return err
		})
	}
	return group.Wait()
}
