// Package module builds the administration and gives the program its routes, subscriptions, jobs and contracts.
package module

import (
	"context"
	"time"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/admin/internal/rest"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/rbac"
)

// Deps is what the administration needs: DB, Now, Policy and Sessions always.
type Deps = app.Deps

// AuditSource gives the audit trail of one module.
type AuditSource = app.AuditSource

// MailSource gives the mails of one module.
type MailSource = app.MailSource

// ProcessSource gives the processes of one module.
type ProcessSource = app.ProcessSource

// Queue is the background work of one module.
type Queue = app.Queue

// Archive is where copies of the whole system are made, kept and tried.
type Archive = app.Archive

// PublishedEvent is one that webhooks can be told of.
type PublishedEvent = app.PublishedEvent

// Module is the administration.
type Module struct {
	db  *database.DB
	app *app.App
}

// New builds the administration. It starts nothing.
func New(d Deps) *Module { return &Module{db: d.DB, app: app.New(d)} }

// Permissions lists what the module lets people do; the policy is built from those of all modules.
func Permissions() []rbac.Permission { return app.Permissions() }

// ShowProcesses sets whose processes the console shows. It is called once, before anything starts: the modules that have
// processes are built after this one.
func (m *Module) ShowProcesses(sources ...ProcessSource) { m.app.ShowProcesses(sources) }

// Routes registers the module's operations.
func (m *Module) Routes(api *httpapi.API) { rest.Register(api.Module(m.db), m.app) }

// Subscribe closes the account of whoever has left, in case the step that does it before the end was passed over, and
// tells people what concerns them.
func (m *Module) Subscribe(bus *events.Bus) {
	events.On(bus, "admin.revoke-on-leave", m.db, func(ctx context.Context, tx *database.Tx, e employee.Left, _ events.Envelope) error {
		return m.app.RevokeIn(ctx, tx, e.EmployeeID)
	})
	events.On(bus, "admin.tell-of-sign-in", m.db, func(ctx context.Context, tx *database.Tx, e admin.SignedIn, _ events.Envelope) error {
		return m.app.TellOfSignIn(ctx, tx, e)
	})
	events.On(bus, "admin.tell-of-invitation", m.db, func(ctx context.Context, tx *database.Tx, e admin.InvitationAccepted, _ events.Envelope) error {
		return m.app.TellOfInvitation(ctx, tx, e)
	})
	events.On(bus, "admin.tell-notice", m.db, func(ctx context.Context, tx *database.Tx, e admin.Notice, _ events.Envelope) error {
		return m.app.TellNotice(ctx, tx, e)
	})
	events.OnNames(bus, "admin.tell-webhooks", m.db, m.app.PublishedEvents(), m.app.WantsEvent, m.app.QueueForWebhooks)
	events.On(bus, "admin.tell-of-leave-request", m.db, func(ctx context.Context, tx *database.Tx, e employee.LeaveRequested, _ events.Envelope) error {
		return m.app.TellOfLeaveRequest(ctx, tx, e)
	})
	events.On(bus, "admin.tell-of-leave-decision", m.db, func(ctx context.Context, tx *database.Tx, e employee.LeaveDecided, _ events.Envelope) error {
		return m.app.TellOfLeaveDecision(ctx, tx, e)
	})
	events.On(bus, "admin.tell-of-document", m.db, func(ctx context.Context, tx *database.Tx, e employee.DocumentExpiring, _ events.Envelope) error {
		return m.app.TellOfDocument(ctx, tx, e)
	})
	events.On(bus, "admin.tell-of-leaver", m.db, func(ctx context.Context, tx *database.Tx, e employee.Left, _ events.Envelope) error {
		return m.app.TellOfLeaver(ctx, tx, e)
	})
}

// Schedule adds the module's jobs.
func (m *Module) Schedule(s *jobs.Scheduler) {
	s.Every("admin.purge-sessions", 24*time.Hour, m.app.Purge)
	s.Every("admin.clear-ended-roles", time.Minute, m.ClearEndedRoles)
	s.Every("admin.tell-of-dead-letters", time.Minute, m.app.TellOfDeadLetters)
	m.app.Mailer().Schedule(s)
	s.HandleLong(app.MakeBackupTask, app.BackupTakes, m.app.WriteBackup)
	s.HandleLong(app.TryBackupTask, app.BackupTakes, m.app.ProveBackup)
	s.Every("admin.daily-backup", 5*time.Minute, m.DailyBackup)
	s.HandleOutside(app.DeliverTask, m.app.DeliverWebhook)
	s.Handle(app.PasswordRequestTask, m.app.AnswerPasswordRequest)
}

// DailyBackup is the scheduled copy of the whole system, when it is due.
func (m *Module) DailyBackup(ctx context.Context) error { return m.app.DailyBackup(ctx) }

// Watch keeps up with what the replicas decide together, until ctx ends.
func (m *Module) Watch(ctx context.Context) { m.app.Watch(ctx) }

// ClearEndedRoles is the scheduled writing down of roles that have ended by themselves.
func (m *Module) ClearEndedRoles(ctx context.Context) error { return m.app.ClearEndedRoles(ctx) }

// Health reports whether the module can answer.
func (m *Module) Health(ctx context.Context) error { return m.db.Ping(ctx) }

// Company is the contract that tells other modules about the company.
func (m *Module) Company() admin.Company { return m.app }

// Access is the contract that takes a leaver's access away.
func (m *Module) Access() admin.Access { return m.app }

// OffboardingStep is Access as a step of leaving: first, so that nobody keeps access while the rest runs.
func (m *Module) OffboardingStep() employee.OffboardingStep {
	return employee.OffboardingStep{Name: "admin.end-access", Do: m.app.Revoke, Undo: m.app.Restore}
}

// Contribute sets which kinds of records the console can explain decisions about. It is called once, before anything
// starts: the modules that contribute are built after this one, which they know of.
func (m *Module) Contribute(records ...auth.Records) { m.app.Contribute(records) }

// ExplainRefusal is why a caller was refused, for those who may know.
func (m *Module) ExplainRefusal(ctx context.Context, refused *auth.NotAllowed) string {
	return m.app.ExplainRefusal(ctx, refused)
}

// EnsureSetUp makes the company and its first administrator from the operator's environment, unless they exist; made
// reports whether there was no company.
func (m *Module) EnsureSetUp(ctx context.Context, companyName, email, password string) (made bool, err error) {
	return m.app.EnsureSetUp(ctx, companyName, email, password)
}

// FillSampleCompany completes the profile of a company that says nothing of itself yet: part of the sample company.
func (m *Module) FillSampleCompany(ctx context.Context) error { return m.app.FillSampleCompany(ctx) }

// CreateAdministrator opens an administrator's account: `erp admin create`.
func (m *Module) CreateAdministrator(ctx context.Context, name, email, password string) (admin.User, error) {
	return m.app.CreateAdministrator(ctx, name, email, password)
}

// Recover makes somebody administrator again and gives a password for one sign-in: `erp admin recover`.
func (m *Module) Recover(ctx context.Context, email string) (password string, err error) {
	return m.app.Recover(ctx, email)
}
