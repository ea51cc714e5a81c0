// Package app holds the use cases of the invoice module, one a file: who may ask, what
// happens in one transaction, and what is told to others. It knows no HTTP.
package app

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/peers"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/gather"
	"erp/internal/platform/money"
	"erp/internal/platform/notify"
	"erp/internal/platform/rbac"
	"erp/internal/platform/saga"
)

// App is the module's use cases.
type App struct {
	db      *database.DB
	now     func() time.Time
	company *peers.Company
	people  *peers.People

	ledger    store.Ledger
	invoices  store.Invoices
	numbers   store.Numbers
	patterns  store.Patterns
	customers store.Customers
	catalogue store.Catalogue
	payments  store.Payments
	sums      store.Sums
	logos     store.Logos
	bills     store.Bills
	letters   store.Letters
	reminders store.Reminders
	recurring store.Recurring
	persons   store.People

	heard  heard
	mailer *notify.Mailer
	issuer issuer
	logo   atomic.Pointer[string] // the last one that is known to be kept

	assets    *peers.Assets
	processes *saga.Engine
	selling   saga.Defined[selling]
	buys      saga.Defined[buying]
	bulk      *bulkActions
	summaries *gather.Reads[summaryOf, invoice.Summary]
	standing  auth.Standing
}

// New returns the use cases over a schema, with a clock and what they need from others; standing tells what somebody may do
// whose bulk action or recurring invoice goes on without them.
func New(db *database.DB, now func() time.Time, company *peers.Company, people *peers.People, assets *peers.Assets, mailer *notify.Mailer, standing auth.Standing) *App {
	a := &App{
		db: db, now: now, company: company, people: people, assets: assets, processes: saga.New(db, now),
		ledger: store.Ledger{DB: db}, invoices: store.Invoices{DB: db}, customers: store.Customers{DB: db},
		catalogue: store.Catalogue{DB: db}, payments: store.Payments{DB: db}, sums: store.Sums{DB: db.Standby()}, logos: store.Logos{DB: db}, patterns: store.Patterns{DB: db}, bills: store.Bills{DB: db},
		letters: store.Letters{DB: db}, reminders: store.Reminders{DB: db}, recurring: store.Recurring{DB: db}, persons: store.People{DB: db}, mailer: mailer, standing: standing,
	}
	mailer.Enclose(letterTemplate, a.enclose)
	a.selling = saga.Define(a.processes, a.sellingProcess())
	a.buys = saga.Define(a.processes, a.buyingProcess())
	a.bulk = newBulkActions(a, standing)
	a.summaries = gather.Each(summaryTimeout, summariesApart, a.summary)
	return a
}

// Mailer sends the module's mails.
func (a *App) Mailer() *notify.Mailer { return a.mailer }

// Processes are those that the module carries on.
func (a *App) Processes() *saga.Engine { return a.processes }

// act is the caller and the moment, as precise as the ledger keeps it.
func (a *App) act(ctx context.Context) domain.Act {
	return domain.Act{By: auth.From(ctx).Name, At: a.now().UTC().Truncate(time.Microsecond)}
}

func me(ctx context.Context) employee.ID { return employee.ID(auth.From(ctx).EmployeeID) }

// today is the day at the company's place.
func (a *App) today(ctx context.Context) date.Date { return a.company.Today(ctx, a.now()) }

// owners is whose invoices a permission reaches; nil is everybody's. A caller who is
// nobody's employee has no own ones and no team.
func (a *App) owners(ctx context.Context, permission rbac.Permission) ([]employee.ID, error) {
	scope := auth.ScopeOf(ctx, permission)
	if scope != rbac.All && me(ctx).IsZero() {
		return []employee.ID{}, nil
	}
	switch scope {
	case rbac.All:
		return nil, nil
	case rbac.Department:
		return a.people.Department(ctx, me(ctx))
	case rbac.Team:
		return a.people.Team(ctx, me(ctx))
	case rbac.Own:
		return []employee.ID{me(ctx)}, nil
	default:
		return []employee.ID{}, nil
	}
}

// reach says whose documents a use case may touch; it is asked before the transaction.
type reach struct{ owners []employee.ID }

func (a *App) reach(ctx context.Context, permission rbac.Permission) (reach, error) {
	owners, err := a.owners(ctx, permission)
	return reach{owners}, err
}

// check refuses a document outside the reach as if there were none.
func (r reach) check(inv *domain.Invoice) error {
	if r.owners == nil || (!inv.OwnerID.IsZero() && slices.Contains(r.owners, inv.OwnerID)) {
		return nil
	}
	return unknownInvoice()
}

func unknownInvoice() error {
	return fault.New(fault.NotFound, "invoice-not-found", "There is no such invoice.")
}

// open locks a document inside the reach, in the version that the caller saw; 0 is any.
func (a *App) open(ctx context.Context, tx *database.Tx, r reach, id invoice.ID, version int) (*domain.Invoice, error) {
	found, err := a.ledger.Lock(ctx, tx, id)
	if err != nil {
		return nil, err
	}
	inv := found[0]
	if err := r.check(inv); err != nil {
		return nil, err
	}
	if version != 0 && version != inv.Version {
		return nil, staleInvoice(inv)
	}
	return inv, nil
}

func staleInvoice(inv *domain.Invoice) error {
	return fault.New(fault.Stale, "stale", "Somebody else has changed %s since you opened it; look at it again.", inv.Label())
}

// summary is what the audit trail keeps of a document; the ledger has the rest.
type summary struct {
	Number   string         `json:"number,omitempty"`
	Status   invoice.Status `json:"status"`
	Customer string         `json:"customer"`
	Currency money.Currency `json:"currency"`
	Gross    money.Decimal  `json:"gross"`
	Due      money.Decimal  `json:"due"`
	Lines    int            `json:"lines"`

	Fingerprint string `json:"fingerprint,omitempty"` // of what was issued
}

func summarise(inv *domain.Invoice) summary {
	d := inv.Content.Document
	s := summary{Status: inv.Status(), Customer: inv.Content.Customer, Currency: d.Currency, Gross: d.Totals.Gross, Due: inv.Due(), Lines: len(d.Lines)}
	if inv.Issue != nil {
		s.Number = inv.Issue.Number
	}
	return s
}

func record(tx *database.Tx, action string, inv *domain.Invoice, before any) error {
	return audit.Record(tx, audit.Entry{
		Action: action, Subject: "invoice", SubjectID: inv.ID.String(), Label: inv.Label(), Before: before, After: summarise(inv),
	})
}
