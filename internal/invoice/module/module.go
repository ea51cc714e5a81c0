// Package module is the door of the invoice module: it builds the rooms and hands out the
// contract. It knows the contracts of the employee and asset modules and of the administration.
package module

import (
	"context"
	"time"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/invoice/internal/peers"
	"erp/internal/invoice/internal/rest"
	"erp/internal/platform/admin"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/notify"
	"erp/internal/platform/rbac"
	"erp/internal/platform/resilience"
	"erp/internal/platform/saga"
)

// Deps is what the module is built from.
type Deps struct {
	DB        *database.DB
	Now       func() time.Time
	Employees employee.Directory // who made an invoice, and who leads whom
	Company   admin.Company      // the seller
	Sales     asset.Sales        // what the company owns and sells
	Purchases asset.Purchases    // what the company buys and then owns
	Mail      *notify.Mailer     // of the module's own schema
	Standing  auth.Standing      // what people may do by now
}

// Module is the invoice module.
type Module struct {
	db    *database.DB
	app   *app.App
	peers []*resilience.Peer
}

// New builds the module; it starts nothing.
func New(d Deps) *Module {
	company, people, assets := peers.NewCompany(d.Company), peers.NewPeople(d.Employees), peers.NewAssets(d.Sales, d.Purchases)
	return &Module{
		db: d.DB, app: app.New(d.DB, d.Now, company, people, assets, d.Mail, d.Standing), peers: append(people.Guards(), company.Guard(), assets.Guard()),
	}
}

// Ledger is the contract for other modules.
func (m *Module) Ledger() invoice.Ledger { return app.Ledger{App: m.app} }

// Permissions lists what people may be allowed to do here.
func Permissions() []rbac.Permission { return app.Permissions() }

// Routes adds the module's operations.
func (m *Module) Routes(api *httpapi.API) { rest.Register(api.Module(m.db), m.app) }

// Subscribe listens to people leaving, whose drafts are given up, and to their names. When an invoice is credited, the sale of an asset on it
// is undone.
func (m *Module) Subscribe(bus *events.Bus) {
	events.On(bus, "invoice.release-drafts-on-leave", m.db, m.app.ReleaseDrafts)
	events.On(bus, "invoice.rename-owner", m.db, m.app.RenameOwner)
	events.On(bus, "invoice.undo-sale-on-credit", m.db, m.app.UndoSales)
}

// Schedule carries on the module's processes, sends its mails, makes recurring invoices, and tells of what becomes overdue.
func (m *Module) Schedule(s *jobs.Scheduler) {
	m.app.Processes().Schedule(s)
	m.app.Mailer().Schedule(s)
	m.app.CarryBulkJobs(s)
	m.app.ScheduleRecurring(s)
	s.Every("invoice.tell-of-overdue", time.Hour, m.TellOfOverdue)
}

// TellOfOverdue is the scheduled look for invoices whose day has passed.
func (m *Module) TellOfOverdue(ctx context.Context) error { return m.app.TellOfOverdue(ctx) }

// MakeRecurring is the scheduled look for recurring invoices whose date has come.
func (m *Module) MakeRecurring(ctx context.Context) error { return m.app.MakeRecurring(ctx) }

// Processes are those of several steps that the module carries on, for the console.
func (m *Module) Processes() *saga.Engine { return m.app.Processes() }

// Peers are the guards before the modules that this one asks.
func (m *Module) Peers() []*resilience.Peer { return m.peers }

// Health tells whether the module can answer.
func (m *Module) Health(ctx context.Context) error { return m.db.Ping(ctx) }

// VerifyLedger replays every document's events and compares them with the tables: the
// answer of `erp ledger verify`. progress may be nil.
func (m *Module) VerifyLedger(ctx context.Context, progress func(documents int)) error {
	return m.app.VerifyLedger(ctx, progress)
}

// LoadDemo fills an empty module with n invoices of the last 24 months that these people
// made, and everything around them; the same ones for the same seed. It returns how many
// and tells progress, which may be nil, how far it is.
func (m *Module) LoadDemo(ctx context.Context, n int, seed int64, people []employee.ID, progress func(done int)) (int, error) {
	return m.app.LoadDemo(ctx, n, seed, people, progress)
}

// Records lets the console explain who reaches which invoice and why.
func (m *Module) Records() auth.Records { return m.app.Records() }

// OffboardingStep shows the drafts that a leaver has not finished, and gives them to somebody else. What is left belongs to
// nobody by the event that says that they left.
func (m *Module) OffboardingStep() employee.OffboardingStep {
	return employee.OffboardingStep{Name: "invoice.hand-over-drafts", Open: m.app.DraftsForOffboarding, Settle: m.app.SettleLeaver}
}
