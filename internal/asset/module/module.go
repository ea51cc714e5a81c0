// Package module builds the asset module and is its only door: routes, reactions, jobs, health, and its contract.
package module

import (
	"context"
	"time"

	"erp/internal/asset"
	"erp/internal/asset/internal/app"
	"erp/internal/asset/internal/peers"
	"erp/internal/asset/internal/rest"
	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/rbac"
	"erp/internal/platform/resilience"
)

// Deps is what the module needs from the program.
type Deps struct {
	DB        *database.DB
	Directory employee.Directory
	Company   admin.Company
	Standing  auth.Standing
	Now       func() time.Time
}

// Module is the asset module.
type Module struct {
	db    *database.DB
	app   *app.App
	peers []*resilience.Peer
}

// New builds the module; it starts nothing.
func New(d Deps) *Module {
	people, company := peers.NewPeople(d.Directory), peers.NewCompany(d.Company, d.Now)
	return &Module{
		db:    d.DB,
		app:   app.New(app.Deps{DB: d.DB, People: people, Company: company, Standing: d.Standing, Now: d.Now}),
		peers: []*resilience.Peer{people.Guard(), company.Guard()},
	}
}

// Routes adds the module's operations.
func (m *Module) Routes(api *httpapi.API) { rest.Register(api.Module(m.db), m.app) }

// Subscribe reacts to what happens to people: leavers' assets return to stock, new names reach the lists.
func (m *Module) Subscribe(bus *events.Bus) {
	events.On(bus, "asset.return-on-leave", m.db, m.app.ReturnOnLeave)
	events.On(bus, "asset.rename-holder", m.db, m.app.RenameHolder)
}

// foldEvery is how often the register's numbers are tidied up; they are right in between.
const foldEvery = 10 * time.Second

// Schedule adds the module's regular work.
func (m *Module) Schedule(s *jobs.Scheduler) {
	s.Every("asset.fold-counters", foldEvery, m.app.FoldCounters)
	s.Every("asset.tell-of-warranties", time.Hour, m.TellOfWarranties)
	m.app.CarryBulkJobs(s)
}

// TellOfWarranties is the scheduled look for warranties that end soon.
func (m *Module) TellOfWarranties(ctx context.Context) error { return m.app.TellOfWarranties(ctx) }

// Health asks the module's database for a sign of life.
func (m *Module) Health(ctx context.Context) error { return m.db.Ping(ctx) }

// Peers are the guards before the modules that this one asks.
func (m *Module) Peers() []*resilience.Peer { return m.peers }

// Permissions lists what roles can grant of this module; the policy is built from those of all modules.
func Permissions() []rbac.Permission { return app.Permissions() }

// Register is the contract.
func (m *Module) Register() asset.Register { return m.app }

// Sales is the contract by which other modules sell assets.
func (m *Module) Sales() asset.Sales { return app.Sales{App: m.app} }

// Purchases is the contract by which other modules turn what they bought into assets.
func (m *Module) Purchases() asset.Purchases { return app.Purchases{App: m.app} }

// LoadDemo fills an empty register with n assets, held by these people in the past and today; the same ones for the same
// seed and people. progress, if given, hears how many are done.
func (m *Module) LoadDemo(ctx context.Context, n int, seed int64, people []employee.ID, progress func(done int)) ([]asset.ID, error) {
	return m.app.LoadDemo(ctx, n, seed, people, progress)
}

// OffboardingStep shows what a leaver still has to give back, and settles it. Whatever is left returns to stock by the event
// that says that they left.
func (m *Module) OffboardingStep() employee.OffboardingStep {
	return employee.OffboardingStep{Name: "asset.return-assets", Open: m.app.HeldForOffboarding, Settle: m.app.SettleLeaver}
}

// Records lets the console explain who reaches which asset and why.
func (m *Module) Records() auth.Records { return m.app.Records() }
