// Package module is the door of the employee module: it builds the rooms and hands out the contract. It knows no other
// module; what others do when somebody leaves is handed in.
package module

import (
	"context"
	"time"

	"erp/internal/employee"
	"erp/internal/employee/internal/app"
	"erp/internal/employee/internal/rest"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/rbac"
	"erp/internal/platform/saga"
)

// Deps is what the module is built from.
type Deps struct {
	DB  *database.DB
	Now func() time.Time
}

// Module is the employee module.
type Module struct {
	db  *database.DB
	app *app.App
}

// New builds the module; it starts nothing.
func New(d Deps) *Module {
	return &Module{db: d.DB, app: app.New(d.DB, d.Now)}
}

// Directory is the contract for other modules.
func (m *Module) Directory() employee.Directory { return app.Directory{App: m.app} }

// Permissions lists what people may be allowed to do here; the policy is built from those of all modules.
func Permissions() []rbac.Permission { return app.Permissions() }

// Contribute sets what others do when somebody leaves, in order. It is called once, before anything starts: the others
// are built after this module, which they know of.
func (m *Module) Contribute(steps ...employee.OffboardingStep) { m.app.Contribute(steps) }

// Routes adds the module's operations.
func (m *Module) Routes(api *httpapi.API) { rest.Register(api.Module(m.db), m.app) }

// Subscribe is where the module listens to others; it listens to nobody.
func (m *Module) Subscribe(*events.Bus) {}

// Schedule adds what happens by the clock: ends whose last day is over, processes that a crash left open, and planned
// changes that come due.
func (m *Module) Schedule(s *jobs.Scheduler) {
	m.app.Processes().Schedule(s)
	s.Every("employee.finish-offboardings", 20*time.Second, m.FinishOffboardings)
	s.Every("employee.catch-up", 5*time.Minute, m.app.CatchUp)
	s.Every("employee.accrue-leave", 10*time.Minute, m.AccrueLeave)
	s.Every("employee.tell-of-documents", time.Hour, m.TellOfDocuments)
}

// FinishOffboardings is the scheduled end of employments whose last day is over, and of processes that a crash left open.
func (m *Module) FinishOffboardings(ctx context.Context) error { return m.app.FinishOffboardings(ctx) }

// AccrueLeave is the scheduled booking of allowances.
func (m *Module) AccrueLeave(ctx context.Context) error { return m.app.AccrueLeave(ctx) }

// TellOfDocuments is the scheduled look for documents that end soon.
func (m *Module) TellOfDocuments(ctx context.Context) error { return m.app.TellOfDocuments(ctx) }

// Processes are those of several steps that the module carries on, for the console.
func (m *Module) Processes() *saga.Engine { return m.app.Processes() }

// Health tells whether the module can answer.
func (m *Module) Health(ctx context.Context) error { return m.db.Ping(ctx) }

// LoadDemo fills an empty company with n people who are the same for the same seed, and returns their ids in the order
// of their personnel numbers. Among them are leavers and people whose first day is still to come.
func (m *Module) LoadDemo(ctx context.Context, n int, seed int64) ([]employee.ID, error) {
	return m.app.LoadDemo(ctx, n, seed)
}

// Records lets the console explain who reaches which employee and why.
func (m *Module) Records() auth.Records { return m.app.Records() }
