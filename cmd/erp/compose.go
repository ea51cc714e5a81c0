package main

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	assetmodule "erp/internal/asset/module"
	assetremote "erp/internal/asset/remote"
	"erp/internal/employee"
	employeemodule "erp/internal/employee/module"
	employeeremote "erp/internal/employee/remote"
	invoicemodule "erp/internal/invoice/module"
	invoiceremote "erp/internal/invoice/remote"
	adminmodule "erp/internal/platform/admin/module"
	adminremote "erp/internal/platform/admin/remote"
	"erp/internal/platform/auth"
	"erp/internal/platform/broker"
	"erp/internal/platform/config"
	"erp/internal/platform/database"
	"erp/internal/platform/egress"
	"erp/internal/platform/events"
	"erp/internal/platform/health"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/notify"
	"erp/internal/platform/rbac"
	"erp/internal/platform/rpc"
	"erp/internal/platform/telemetry"
	"erp/web"
	"erp/web/gateway"
)

// house is the program put together: the modules, in the order in which they know of
// each other, and the mechanisms that they share.
type house struct {
	cfg       config.Config
	log       *slog.Logger
	databases map[string]*database.DB
	queues    map[string]*jobs.Scheduler
	bus       *events.Bus
	policy    *rbac.Policy
	health    *health.Health
	metrics   *telemetry.Metrics
	api       *httpapi.API

	neighbours *neighbours    // nil when all modules are hosted here
	broker     *broker.Broker // nil when the database carries events

	admin     *adminmodule.Module
	employees *employeemodule.Module
	assets    *assetmodule.Module
	invoices  *invoicemodule.Module
}

// module is what the program asks of every door.
type module interface {
	Routes(api *httpapi.API)
	Subscribe(bus *events.Bus)
	Schedule(s *jobs.Scheduler)
	Health(ctx context.Context) error
}

// compose is the map of the program. Each module is given its own database and the contracts of the modules above it,
// nothing else. A module that another process hosts is given no database: of it stand here the contract that leads
// there, its place among the subscribers and, where the browser comes in, its operations. It starts nothing.
func compose(cfg config.Config, secret string, log *slog.Logger, now func() time.Time, databases map[string]*database.DB) (*house, error) {
	h := &house{cfg: cfg, log: log, databases: databases, queues: map[string]*jobs.Scheduler{}, bus: events.NewBus(), health: health.New(), metrics: telemetry.NewMetrics()}
	if err := h.connect(); err != nil {
		return nil, err
	}
	h.connectBroker()
	n, err := meetNeighbours(cfg, secret, now, databases)
	if err != nil {
		return nil, err
	}
	h.neighbours = n
	console, authenticate, err := h.console(secret, now)
	if err != nil {
		return nil, err
	}

	h.employees = employeemodule.New(employeemodule.Deps{DB: h.database("employee"), Now: now})
	directory := meet(n, "employee", h.employees.Directory(), over(employeeremote.NewDirectory))
	h.admin = adminmodule.New(console)
	company := meet(n, "platform", h.admin.Company(), over(adminremote.NewCompany))
	h.assets = assetmodule.New(assetmodule.Deps{DB: h.database("asset"), Now: now, Directory: directory, Company: company, Standing: h.standing()})
	register := meet(n, "asset", h.assets.Register(), over(assetremote.NewRegister))
	sales := meet(n, "asset", h.assets.Sales(), over(assetremote.NewSales))
	purchases := meet(n, "asset", h.assets.Purchases(), over(assetremote.NewPurchases))
	post, err := h.post("invoice", now)
	if err != nil {
		return nil, err
	}
	h.invoices = invoicemodule.New(invoicemodule.Deps{DB: h.database("invoice"), Now: now, Employees: directory, Company: company, Sales: sales, Purchases: purchases, Mail: post, Standing: h.standing()})
	ledger := meet(n, "invoice", h.invoices.Ledger(), over(invoiceremote.NewLedger))

	// Who leaves loses access first, and is shown what is still to be given back.
	h.employees.Contribute(
		meet(n, "platform", h.admin.OffboardingStep(), employeeremote.NewStep),
		meet(n, "asset", h.assets.OffboardingStep(), employeeremote.NewStep),
		meet(n, "invoice", h.invoices.OffboardingStep(), employeeremote.NewStep))
	h.admin.ShowProcesses(h.processes()...)

	// Whether a record is somebody's own, their team's or a stranger's is for its module to say.
	h.admin.Contribute(
		meet(n, "employee", h.employees.Records(), rpc.NewRecords),
		meet(n, "asset", h.assets.Records(), rpc.NewRecords),
		meet(n, "invoice", h.invoices.Records(), rpc.NewRecords))

	if err := h.offer(authenticate); err != nil {
		return nil, err
	}
	h.watch("asset", h.assets.Peers())
	h.watch("invoice", h.invoices.Peers())
	if cfg.Hosts(auth.Console) { // where people sign in, the browser comes in
		h.screens(gateway.Deps{Employees: directory, Assets: register, Invoices: ledger})
		h.health.Need(cfg.ServerOf(auth.Console))
	}
	if n != nil {
		h.serveNeighbours(cfg, h.queues[keyKeeper(cfg)])
	}
	h.api.Compact()
	h.api.Handle("/healthz", h.health.Live())
	h.api.Handle("/readyz", h.health.Ready())
	h.api.Handle("/metrics", telemetry.Guarded(h.metrics.Handler(), cfg.MetricsToken))
	return h, nil
}

// offer opens the API with the operations of every module.
func (h *house) offer(authenticate auth.Authenticator) error {
	inspect, err := h.inspect()
	if err != nil {
		return err
	}
	h.api = httpapi.New(httpapi.Options{
		Version: version, Authenticate: authenticate, Explain: h.explain(), Inspect: inspect, TrustedProxies: h.cfg.TrustedProxies, Logger: h.log, Metrics: h.metrics,
	})
	return h.open()
}

// screens serves the browser's pages and what is composed for them.
func (h *house) screens(d gateway.Deps) {
	composed := gateway.New(d)
	composed.Routes(h.api)
	h.watch("gateway", composed.Peers())
	h.api.Fallback(web.Handler())
}

// open lets every module in: those hosted here with all they do, the others with what leads to them.
func (h *house) open() error {
	modules := h.modules()
	for _, name := range slices.Sorted(maps.Keys(modules)) { // a steady order, for steady names in the document
		m := modules[name]
		switch {
		case h.cfg.Hosts(name):
			m.Subscribe(h.bus)
			m.Schedule(h.queues[name])
			m.Routes(h.api)
			h.health.Add(name, h.cfg.ServerOf(name), m.Health)
			keepHouse(h.queues[name], h.databases[name])
			if err := h.sendTrail(name); err != nil {
				return err
			}
		case h.cfg.Hosts(auth.Console):
			m.Routes(h.neighbours.api(h.api, name))
			fallthrough
		default:
			m.Subscribe(h.neighbours.bus(h.bus, name))
		}
	}
	return nil
}

// serveContracts lets other processes use the contracts of the modules hosted here.
func (h *house) serveContracts(cfg config.Config, server *rpc.Server) {
	var steps []employee.OffboardingStep
	var records []auth.Records
	var behind []rpc.Behind
	if cfg.Hosts("employee") {
		employeeremote.ServeDirectory(server, h.employees.Directory())
		records = append(records, h.employees.Records())
	}
	if cfg.Hosts("platform") {
		adminremote.ServeCompany(server, h.admin.Company())
		adminremote.ServeAccess(server, h.admin.Access())
		rpc.ServeStanding(server, h.standing())
		steps = append(steps, h.admin.OffboardingStep())
	}
	if cfg.Hosts("asset") {
		assetremote.ServeRegister(server, h.assets.Register())
		assetremote.ServeSales(server, h.assets.Sales())
		assetremote.ServePurchases(server, h.assets.Purchases())
		steps = append(steps, h.assets.OffboardingStep())
		records = append(records, h.assets.Records())
	}
	if cfg.Hosts("invoice") {
		invoiceremote.ServeLedger(server, h.invoices.Ledger())
		steps = append(steps, h.invoices.OffboardingStep())
		records = append(records, h.invoices.Records())
	}
	employeeremote.ServeSteps(server, steps...)
	rpc.ServeRecords(server, records...)
	for _, module := range cfg.Hosted() {
		behind = append(behind, h.lookBehind(module))
	}
	rpc.ServeBehind(server, behind...)
	rpc.ServeProcesses(server, h.hostedProcesses())
}

// console is what the administration is built from, and how callers are told apart: by sessions and keys where it is
// hosted, elsewhere by the passports of its process.
func (h *house) console(secret string, now func() time.Time) (adminmodule.Deps, auth.Authenticator, error) {
	cfg, db := h.cfg, h.database("platform")
	if !cfg.Hosts(auth.Console) {
		return adminmodule.Deps{DB: db, Now: now, Published: published()}, h.neighbours.trust.Authenticate, nil
	}
	var err error
	if h.policy, err = rbac.New(db, permissions(), now); err != nil {
		return adminmodule.Deps{}, nil, err
	}
	signIn, err := newCredentials(cfg, secret, now, db, h.policy)
	if err != nil {
		return adminmodule.Deps{}, nil, err
	}
	trails, mails, queues := h.behind()
	mailer, err := h.post("platform", now)
	if err != nil {
		return adminmodule.Deps{}, nil, err
	}
	return adminmodule.Deps{
		DB: db, Now: now, Policy: h.policy, Sessions: signIn.sessions, Box: signIn.box, Provider: signIn.provider, Passkeys: signIn.passkeys,
		Secure: strings.HasPrefix(cfg.PublicURL, "https://"), Audit: trails, Mails: mails, Queues: queues, Sample: h.sample(),
		Mail: mailer, PublicURL: linksBegin(cfg), Published: published(), Archive: archived(cfg, secret, h.log), Outside: egress.New(egress.Options{Private: cfg.WebhookPrivate}),
	}, auth.Viewing(h.policy, signIn.keys.Authenticate), nil
}

// explain tells why somebody was refused, where it is decided who may do what.
func (h *house) explain() func(ctx context.Context, refused *auth.NotAllowed) string {
	if !h.cfg.Hosts(auth.Console) {
		return nil
	}
	return h.admin.ExplainRefusal
}

// database is the module's own; none of a module that another process hosts.
func (h *house) database(module string) *database.DB {
	if db, ok := h.databases[module]; ok {
		return db
	}
	return database.Nowhere(module)
}

// post sends the mails of a module through the operator's server.
func (h *house) post(module string, now func() time.Time) (*notify.Mailer, error) {
	return notify.New(h.database(module), now, notify.Options{SMTPURL: h.cfg.SMTPURL, PublicURL: h.cfg.PublicURL})
}

// permissions are those of all modules, in the order in which the console shows them.
func permissions() []rbac.Permission {
	return slices.Concat(employeemodule.Permissions(), assetmodule.Permissions(), invoicemodule.Permissions(), adminmodule.Permissions())
}

// modules are the doors by the name of their schema.
func (h *house) modules() map[string]module {
	return map[string]module{"platform": h.admin, "employee": h.employees, "asset": h.assets, "invoice": h.invoices}
}

// connect gives every schema its queue and puts it on the bus.
func (h *house) connect() error {
	for name, db := range h.databases {
		queue, err := jobs.New(db, h.log)
		if err != nil {
			return err
		}
		h.queues[name] = queue
		h.bus.Connect(db, queue)
		h.metrics.Pool(name, db.Pool().Stat)
	}
	return nil
}
