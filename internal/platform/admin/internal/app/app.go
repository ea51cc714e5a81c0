// Package app is what the administration can do, one file per use case. It knows no HTTP.
package app

import (
	"context"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/admin/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/egress"
	"erp/internal/platform/fault"
	"erp/internal/platform/jobs"
	"erp/internal/platform/notify"
	"erp/internal/platform/rbac"
)

// App is the administration.
type App struct {
	db         *database.DB
	now        func() time.Time
	policy     *rbac.Policy
	sessions   *auth.Sessions
	attempts   *auth.Attempts
	passwords  *auth.Passwords
	users      store.Users
	companies  store.Companies
	roles      store.Roles
	rules      store.SignInRules
	keys       store.APIKeys
	factors    store.SecondFactors
	box        *auth.Box
	provider   *auth.Provider
	passkeys   *auth.Passkeys
	keyrings   store.Passkeys
	answered   *auth.Challenges
	identities store.ProviderIdentities
	links      store.PasswordLinks
	requests   store.PasswordRequests
	notices    store.Notifications
	backups    store.Backups
	archive    Archive
	hooks      store.Webhooks
	deliveries store.HookDeliveries
	published  []PublishedEvent
	outside    *egress.Client
	wanted     atomic.Pointer[map[string]bool]
	mailer     *notify.Mailer
	publicURL  string
	company    atomic.Pointer[known]
	secure     bool
	sample     func(ctx context.Context) error
	trails     []AuditSource
	mails      []MailSource
	queues     []Queue
	processes  []ProcessSource
	records    []auth.Records
}

// Deps is what the administration needs.
type Deps struct {
	DB       *database.DB
	Now      func() time.Time
	Policy   *rbac.Policy
	Sessions *auth.Sessions
	// Box encrypts the secrets of authenticators and of webhooks with the installation's.
	Box *auth.Box
	// Provider is the company's own sign-in service; nil when there is none.
	Provider *auth.Provider
	// Passkeys are those of the program's address; nil where browsers give none.
	Passkeys *auth.Passkeys
	// Secure makes cookies travel over TLS only.
	Secure bool
	// Sample fills the modules with an example company; nil offers none.
	Sample func(ctx context.Context) error
	Audit  []AuditSource
	Mails  []MailSource
	Queues []Queue
	// Mail sends invitations and links; without a mail server they are shown to the administrator.
	Mail *notify.Mailer
	// Published are the events that webhooks can be told of; Outside calls their addresses, nothing private unless given.
	Published []PublishedEvent
	Outside   *egress.Client
	// Archive makes and keeps copies of the whole system; without it there are none.
	Archive Archive
	// PublicURL is where browsers reach the program: "https://erp.example.com". Links begin with it.
	PublicURL string
}

// AuditSource gives the audit trail of one module, the newest entries first.
type AuditSource struct {
	Module string
	List   func(ctx context.Context, q audit.Query) ([]audit.Row, error)
}

// Queue is the background work of one module.
type Queue struct {
	Module string
	Jobs   jobs.Console
}

// New builds the administration.
func New(d Deps) *App {
	a := &App{
		db: d.DB, now: d.Now, policy: d.Policy, sessions: d.Sessions, secure: d.Secure, sample: d.Sample,
		trails: d.Audit, mails: d.Mails, queues: d.Queues,
		attempts: auth.NewAttempts(d.DB, d.Now), passwords: auth.NewPasswords(),
		users: store.Users{DB: d.DB}, companies: store.Companies{DB: d.DB}, roles: store.Roles{DB: d.DB}, rules: store.SignInRules{DB: d.DB}, keys: store.APIKeys{DB: d.DB},
		factors: store.SecondFactors{DB: d.DB}, box: d.Box,
		passkeys: d.Passkeys, keyrings: store.Passkeys{DB: d.DB}, provider: d.Provider, answered: auth.NewChallenges(d.DB, d.Now), identities: store.ProviderIdentities{DB: d.DB},
		links: store.PasswordLinks{DB: d.DB}, requests: store.PasswordRequests{DB: d.DB}, notices: store.Notifications{DB: d.DB}, mailer: d.Mail,
		publicURL: strings.TrimSuffix(d.PublicURL, "/"),
		backups:   store.Backups{DB: d.DB}, archive: d.Archive, hooks: store.Webhooks{DB: d.DB}, deliveries: store.HookDeliveries{DB: d.DB}, published: d.Published, outside: d.Outside,
	}
	if a.mailer == nil {
		a.mailer = notify.Silent(d.DB, d.Now)
	}
	if a.outside == nil {
		a.outside = egress.New(egress.Options{})
	}
	a.mailer.Before(invitationMail, a.drawForMail)
	a.mailer.Before(resetMail, a.drawForMail)
	return a
}

// Purge forgets ended sessions, old tries to sign in, answered challenges, and old links.
// keepDeliveries is how long the log of webhooks remembers.
const keepDeliveries = 30 * 24 * time.Hour

// Purge forgets ended sessions, old tries to sign in, old links, and what webhooks were told long ago.
func (a *App) Purge(ctx context.Context) error {
	if err := a.answered.Purge(ctx); err != nil {
		return err
	}
	if err := a.sessions.Purge(ctx); err != nil {
		return err
	}
	if err := a.purgeLinks(ctx); err != nil {
		return err
	}
	if err := a.deliveries.Purge(ctx, a.now().Add(-keepDeliveries)); err != nil {
		return err
	}
	return a.attempts.Purge(ctx)
}

// person is a user's id as the policy knows it.
func person(user admin.UserID) rbac.Person { return rbac.Person(user) }

// rolesOf is what the policy says of a user, in the words of the API.
func rolesOf(snapshot *rbac.Snapshot, user admin.UserID) []string {
	return words(snapshot.RolesOf(person(user)))
}

func words(roles []rbac.Role) []string {
	out := make([]string, len(roles))
	for i, role := range roles {
		out[i] = string(role)
	}
	return out
}

func (a *App) view(user domain.User) admin.User { return userView(user, a.policy.Snapshot()) }

func userView(user domain.User, snapshot *rbac.Snapshot) admin.User {
	view := user.View(rolesOf(snapshot, user.ID))
	view.RolesUntil = endsOf(snapshot, user.ID)
	return view
}

// record writes the audit row of a change of a user.
func record(tx *database.Tx, action string, user *domain.User, before, after any) error {
	return audit.Record(tx, audit.Entry{
		Action: action, Subject: "user", SubjectID: user.ID.String(), Label: user.Name, Before: before, After: after,
	})
}

// mustKeepAdministrator refuses a change after which nobody could give rights any more, now or once every role that ends
// by itself has ended. The caller holds the policy's
// lock, so that of two changes at once the second sees the first.
func (a *App) mustKeepAdministrator(tx *database.Tx, snapshot *rbac.Snapshot) error {
	var able []admin.UserID
	for _, who := range snapshot.WhoMayForGood(CanManageUsers, CanManageRoles) {
		able = append(able, admin.UserID(who))
	}
	active, err := a.users.CountActive(tx, able)
	if err != nil {
		return err
	}
	if active == 0 {
		return fault.New(fault.Conflict, "last-administrator",
			"Nobody could administer the system any more. Make somebody else an administrator first.")
	}
	return nil
}

// mustCover refuses to touch or to give what goes beyond the caller's own rights: otherwise whoever may manage users
// could make themselves administrator, or take an administrator's account over.
func (a *App) mustCover(ctx context.Context, rights ...*rbac.Rights) error {
	if a.administers(ctx) {
		return nil
	}
	for _, r := range rights {
		if !auth.RightsOf(ctx).Covers(r) {
			return beyondOwnRights()
		}
	}
	return nil
}

// administers reports whether the caller holds the administrator's role, which has everything: what another role denies
// them they may lift themselves.
func (a *App) administers(ctx context.Context) bool {
	who := auth.From(ctx)
	return who.Kind == auth.KindUser && slices.Contains(a.policy.Snapshot().RolesOf(rbac.Person(who.UserID)), rbac.Administrator)
}

func beyondOwnRights() error {
	return fault.New(fault.Forbidden, "beyond-own-rights", "This would need rights that you do not have yourself. Ask an administrator.")
}

// mustCoverRoles refuses roles that grant more than the caller has.
func (a *App) mustCoverRoles(ctx context.Context, snapshot *rbac.Snapshot, roles []rbac.Role) error {
	for _, role := range roles {
		if err := a.mustCover(ctx, snapshot.RoleRights(role)); err != nil {
			return err
		}
	}
	return nil
}

// by names the caller beside a grant.
func by(ctx context.Context) string {
	if who := auth.From(ctx); !who.UserID.IsZero() {
		return who.UserID.String()
	}
	return "system"
}

func stale(want, have int, what string) error {
	if want == have {
		return nil
	}
	return fault.New(fault.Stale, "stale", "Somebody else has changed this %s meanwhile. Look at the new version and try again.", what)
}

// checkRoles refuses codes that are no roles.
func (a *App) checkRoles(tx *database.Tx, codes []string) ([]rbac.Role, error) {
	known, err := a.roles.Known(tx, codes)
	if err != nil {
		return nil, err
	}
	var p fault.Problems
	roles := make([]rbac.Role, 0, len(codes))
	for _, code := range codes {
		if !known[code] {
			p.Add("body.roles", "there is no role %q", code)
			continue
		}
		if role := rbac.Role(code); !slices.Contains(roles, role) {
			roles = append(roles, role)
		}
	}
	return roles, p.Err()
}
