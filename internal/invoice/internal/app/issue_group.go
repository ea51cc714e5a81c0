package app

import (
	"cmp"
	"context"
	"slices"
	"sync"
	"time"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/peers"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// The row of a series is locked until the fsync of its transaction. So documents that wait
// for their number at the same moment get it in one transaction: the lock is held once for
// all of them. A single document is a group of one and waits for nobody.
const (
	groupSize    = 64
	groupTimeout = 20 * time.Second
)

// issuing is one request that waits for a number.
type issuing struct {
	ctx     context.Context //nolint:containedctx // because each request of a group keeps its own caller
	reach   reach
	id      invoice.ID
	version int
	fresh   *domain.Content // of an invoice that is not kept as a draft first
	seller  peers.Seller
	head    *domain.Letterhead
	act     domain.Act
	key     *database.Idempotency

	alone bool // to be done again by itself, outside the group
	view  invoice.Invoice
	err   error
	done  chan struct{}
}

// issuer collects what waits.
type issuer struct {
	mu      sync.Mutex
	waiting []*issuing
	running bool
}

// inGroup waits until the request was served together with others that wait now.
func (a *App) inGroup(r *issuing) (invoice.Invoice, error) {
	r.done = make(chan struct{})
	a.issuer.mu.Lock()
	a.issuer.waiting = append(a.issuer.waiting, r)
	if !a.issuer.running {
		a.issuer.running = true
		go a.issueWaiting()
	}
	a.issuer.mu.Unlock()
	<-r.done
	if r.alone {
		return a.issueAlone(r, date.Date{})
	}
	return r.view, r.err
}

// issueWaiting serves groups until nobody waits.
func (a *App) issueWaiting() {
	for {
		a.issuer.mu.Lock()
		n := min(len(a.issuer.waiting), groupSize)
		group := slices.Clone(a.issuer.waiting[:n])
		a.issuer.waiting = slices.Delete(a.issuer.waiting, 0, n)
		a.issuer.running = n > 0
		a.issuer.mu.Unlock()
		if n == 0 {
			return
		}
		a.issueGroup(group)
		for _, r := range group {
			close(r.done)
		}
	}
}

// issueGroup serves a group in one transaction. When that fails as a whole, or panics, each
// is tried alone, so that one cannot spoil it for the others.
func (a *App) issueGroup(group []*issuing) {
	today := group[0].seller.Today(a.now())
	finished := false
	defer func() {
		if finished {
			return
		}
		_ = recover() // a defect shows again, and is told, when the request is tried alone
		for _, r := range group {
			r.alone = true
		}
	}()
	ctx, cancel := context.WithTimeout(context.WithoutCancel(group[0].ctx), groupTimeout)
	defer cancel()
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		return a.issueTogether(ctx, tx, group, today)
	})
	if finished = err == nil; finished {
		a.logoKept(group[len(group)-1].head)
	}
}

func (a *App) issueTogether(ctx context.Context, tx *database.Tx, group []*issuing, today date.Date) error {
	var ids []invoice.ID
	var buyers []invoice.CustomerID
	for _, r := range group {
		r.err, r.alone = nil, false
		if r.fresh != nil {
			buyers = append(buyers, r.fresh.CustomerID)
		} else {
			ids = append(ids, r.id)
		}
	}
	found, err := a.ledger.LockGroup(ctx, tx, ids, buyers)
	if err != nil {
		return err
	}
	var ready []*domain.Invoice
	var served []*issuing
	for _, r := range group {
		inv, err := a.ready(ctx, tx, r, found, today, ready)
		if err != nil {
			return err
		}
		if inv != nil {
			ready, served = append(ready, inv), append(served, r)
		}
	}
	if len(ready) == 0 {
		return nil
	}
	first, err := a.numbers.Take(ctx, tx, invoice.KindInvoice, today, false, len(ready))
	if err != nil {
		return err
	}
	sums := newIssueSums()
	for i, inv := range ready {
		r := served[i]
		inv.IssueAs(first.Next(i), r.seller.Party, partyOf(found.Buyers[inv.Content.CustomerID]), r.head, r.act)
		if i == 0 || *r.head != *served[i-1].head {
			a.keepLogo(tx, r.seller, r.head)
		}
		r.view = view(inv, today)
		tx.DB = tx.WithContext(r.ctx) // event and audit row name the caller of this request
		if err := a.tellIssued(tx, inv); err != nil {
			return err
		}
		if r.key != nil {
			if err := r.key.Keep(tx, r.view); err != nil {
				return err
			}
		}
		sums.add(inv)
	}
	tx.DB = tx.WithContext(ctx)
	sums.write(tx)
	return nil
}

// ready gives the document of a request that may be issued now; a refusal stays with its
// request, and only an error of the transaction comes back. The key comes first: a repeated
// request gets its answer whatever the document has become.
func (a *App) ready(ctx context.Context, tx *database.Tx, r *issuing, found store.Issuing, today date.Date, earlier []*domain.Invoice) (*domain.Invoice, error) {
	inv := found.Invoices[r.id]
	if r.fresh != nil {
		inv = domain.Draft(r.id, me(r.ctx), *r.fresh, r.act)
	}
	if r.seller.Today(a.now()) != today || (inv != nil && slices.Contains(earlier, inv)) {
		r.alone = true  // another day's series, or the same document twice
		return nil, nil //nolint:nilnil // because a request that is not ready is no error of the group
	}
	if r.key != nil {
		first, err := r.key.Claim(ctx, tx)
		if err != nil || !first {
			r.alone = true
			return nil, err
		}
	}
	r.err = a.mayIssue(r, inv, found)
	if r.err == nil {
		return inv, nil
	}
	if r.key != nil {
		r.key.Release(tx)
	}
	return nil, nil //nolint:nilnil // because a request that is not ready is no error of the group
}

func (a *App) mayIssue(r *issuing, inv *domain.Invoice, found store.Issuing) error {
	if inv == nil || inv.Kind != invoice.KindInvoice {
		return fault.New(fault.NotFound, "invoice-not-found", "There is no such invoice.")
	}
	if err := r.reach.check(inv); err != nil {
		return err
	}
	if r.version != 0 && r.version != inv.Version {
		return staleInvoice(inv)
	}
	return inv.CheckIssue(r.seller.Party, partyOf(found.Buyers[inv.Content.CustomerID]))
}

// issueSums adds up what a group brings to the read models, so that each of their rows is
// written once, and in one order for all transactions.
type issueSums struct {
	months map[sumKey]*sum
	due    map[sumKey]*sum
}

type sumKey struct {
	day      date.Date
	currency money.Currency
}

type sum struct {
	invoices int
	amount   money.Decimal
}

func newIssueSums() issueSums {
	return issueSums{months: map[sumKey]*sum{}, due: map[sumKey]*sum{}}
}

func (s issueSums) add(inv *domain.Invoice) {
	d := inv.Content.Document
	count(s.months, sumKey{inv.Issue.IssuedOn.FirstOfMonth(), d.Currency}, d.Totals.Net)
	if inv.Due().Sign() > 0 {
		count(s.due, sumKey{inv.Issue.DueOn, d.Currency}, inv.Due())
	}
}

func count(in map[sumKey]*sum, key sumKey, amount money.Decimal) {
	if in[key] == nil {
		in[key] = &sum{}
	}
	in[key].invoices++
	in[key].amount = in[key].amount.Add(amount)
}

func (s issueSums) write(tx *database.Tx) {
	for _, k := range ordered(s.months) {
		store.AddMonth(tx, k.day, k.currency, s.months[k].invoices, s.months[k].amount, money.Zero)
	}
	for _, k := range ordered(s.due) {
		store.AddReceivable(tx, k.day, k.currency, s.due[k].invoices, s.due[k].amount)
	}
}

func ordered(in map[sumKey]*sum) []sumKey {
	keys := make([]sumKey, 0, len(in))
	for k := range in {
		keys = append(keys, k)
	}
	slices.SortFunc(keys, func(x, y sumKey) int {
		return cmp.Or(x.day.Compare(y.day), cmp.Compare(x.currency, y.currency))
	})
	return keys
}
