package main

import (
	"context"
	"log/slog"
	"maps"
	"slices"
	"strings"
	"time"

	assetmodule "erp/internal/asset/module"
	employeemodule "erp/internal/employee/module"
	invoicemodule "erp/internal/invoice/module"
	adminmodule "erp/internal/platform/admin/module"
	"erp/internal/platform/audit"
	"erp/internal/platform/config"
	"erp/internal/platform/database"
	"erp/internal/platform/egress"
	"erp/internal/platform/events"
	"erp/internal/platform/health"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/jobs"
	"erp/internal/platform/notify"
	"erp/internal/platform/rbac"
	"erp/internal/platform/resilience"
	"erp/internal/platform/telemetry"
	"erp/web"
	"erp/web/gateway"
)

// house is the program put together: the modules, in the order in which they know of
// each other, and the mechanisms that they share.
type house struct {
	log       *slog.Logger
	databases map[string]*database.DB
	queues    map[string]*jobs.Scheduler
	bus       *events.Bus
	policy    *rbac.Policy
	health    *health.Health
	metrics   *telemetry.Metrics
	api       *httpapi.API

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

// compose is the map of the program. Each module is given its own database and the
// contracts of the modules above it, nothing else. It starts nothing.
func compose(cfg config.Config, secret string, log *slog.Logger, now func() time.Time, databases map[string]*database.DB) (*house, error) {
	h := &house{log: log, databases: databases, queues: map[string]*jobs.Scheduler{}, bus: events.NewBus(), health: health.New(), metrics: telemetry.NewMetrics()}
	if err := h.connect(); err != nil {
		return nil, err
	}
	var err error
	if h.policy, err = rbac.New(databases["platform"], permissions(), now); err != nil {
		return nil, err
	}
	signIn, err := newCredentials(cfg, secret, now, databases["platform"], h.policy)
	if err != nil {
		return nil, err
	}
	mailer, err := notify.New(databases["platform"], now, notify.Options{SMTPURL: cfg.SMTPURL, PublicURL: cfg.PublicURL})
	if err != nil {
		return nil, err
	}

	h.employees = employeemodule.New(employeemodule.Deps{DB: databases["employee"], Now: now})
	h.admin = adminmodule.New(adminmodule.Deps{
		DB: databases["platform"], Now: now, Policy: h.policy, Sessions: signIn.sessions, Box: signIn.box, Provider: signIn.provider,
		Secure: strings.HasPrefix(cfg.PublicURL, "https://"), Audit: h.trails(), Queues: h.work(), Sample: h.sampleCompany,
		Mail: mailer, PublicURL: linksBegin(cfg), Published: published(), Outside: egress.New(egress.Options{Private: cfg.WebhookPrivate}),
	})
	h.assets = assetmodule.New(assetmodule.Deps{
		DB: databases["asset"], Now: now, Directory: h.employees.Directory(), Company: h.admin.Company(),
	})
	h.invoices = invoicemodule.New(invoicemodule.Deps{
		DB: databases["invoice"], Now: now, Employees: h.employees.Directory(), Company: h.admin.Company(), Sales: h.assets.Sales(),
	})

	// Who leaves loses access first, and is shown what is still to be given back.
	h.employees.Contribute(h.admin.OffboardingStep(), h.assets.OffboardingStep())

	// Whether a record is somebody's own, their team's or a stranger's is for its module to say.
	h.admin.Contribute(h.employees.Records(), h.assets.Records(), h.invoices.Records())

	h.api = httpapi.New(httpapi.Options{
		Version: version, Authenticate: signIn.keys.Authenticate, Explain: h.admin.ExplainRefusal, TrustedProxies: cfg.TrustedProxies,
		Logger: log, Metrics: h.metrics,
	})
	modules := h.modules()
	for _, name := range slices.Sorted(maps.Keys(modules)) { // a steady order, for steady names in the document
		m := modules[name]
		m.Subscribe(h.bus)
		m.Schedule(h.queues[name])
		m.Routes(h.api)
		h.health.Add(name, m.Health)
		keepHouse(h.queues[name], databases[name])
	}
	screens := gateway.New(gateway.Deps{Employees: h.employees.Directory(), Assets: h.assets.Register(), Invoices: h.invoices.Ledger()})
	screens.Routes(h.api)
	h.watch("asset", h.assets.Peers())
	h.watch("invoice", h.invoices.Peers())
	h.watch("gateway", screens.Peers())
	h.api.Handle("/healthz", h.health.Live())
	h.api.Handle("/readyz", h.health.Ready())
	h.api.Handle("/metrics", h.metrics.Handler())
	h.api.Fallback(web.Handler())
	return h, nil
}

// linksBegin is what links in mails begin with; those shown in the browser need nothing but their path.
func linksBegin(cfg config.Config) string {
	if cfg.PublicURL == "" && cfg.SMTPURL != "" {
		return "http://" + cfg.Addr
	}
	return cfg.PublicURL
}

// watch shows how the peers of a module are, in /readyz and /metrics. A peer that does not answer makes nobody unready.
func (h *house) watch(name string, peers []*resilience.Peer) {
	for _, peer := range peers {
		h.health.Note(name+": "+peer.Name(), peer.State)
		h.metrics.Gauge("erp_peer_open", "1 while calls to a peer are refused because it kept failing.",
			map[string]string{"module": name, "peer": peer.Name()}, func() float64 {
				if peer.Open() {
					return 1
				}
				return 0
			})
	}
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

// trails are the audit trails that the console reads, one a module.
func (h *house) trails() []adminmodule.AuditSource {
	var out []adminmodule.AuditSource
	for _, name := range config.Modules() {
		db := h.databases[name]
		out = append(out, adminmodule.AuditSource{Module: name, List: func(ctx context.Context, q audit.Query) ([]audit.Row, error) {
			return audit.List(ctx, db, q)
		}})
	}
	return out
}

// work is the background work that the console watches, one queue a module.
func (h *house) work() []adminmodule.Queue {
	var out []adminmodule.Queue
	for _, name := range config.Modules() {
		out = append(out, adminmodule.Queue{Module: name, Jobs: h.queues[name]})
	}
	return out
}
