package httpapi

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"
	"github.com/gin-gonic/gin"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/telemetry"
)

// Options is what the program decides about its HTTP surface. Everything but Authenticate has a sensible zero.
type Options struct {
	// Version of the program, for the document.
	Version string
	// Authenticate finds out who is calling; without it nobody is ever signed in.
	Authenticate auth.Authenticator
	// Explain tells a refused caller why, in one sentence; empty for those who may not know. Not told unless given.
	Explain func(ctx context.Context, refused *auth.NotAllowed) string
	// Inspect looks at every file that is sent, before the operation sees it; db is that of the operation's module. An error
	// refuses the file. Nothing is looked at unless given.
	Inspect func(ctx context.Context, db *database.DB, operation string, content []byte) error
	// TrustedProxies are the addresses and networks whose X-Forwarded-For is believed; none unless given.
	TrustedProxies []string
	// TrustedOrigins are origins besides our own that may send writes from a browser ("https://erp.example.com").
	TrustedOrigins []string
	// Logger takes the access log; slog's default unless given.
	Logger *slog.Logger
	// Metrics counts requests by operation; not counted unless given.
	Metrics *telemetry.Metrics
	// Timeout is how long an operation may take; 30 seconds unless given.
	Timeout time.Duration
}

// API is the HTTP surface of the program, as one module registers with it.
type API struct {
	*surface
	db   *database.DB
	pass Pass
}

// Pass hands a request to the process that hosts the module, and its answer back. An error means that nothing was
// answered yet.
type Pass func(w http.ResponseWriter, r *http.Request) error

// surface is what all modules' APIs share.
type surface struct {
	options    Options
	engine     *gin.Engine
	huma       huma.API
	names      *namer
	csrf       *http.CrossOriginProtection
	operations []Operation
	enrolled   []func(*surface)
	describing bool // answers too: for the document
	fallback   http.Handler
	probes     map[string]bool
	document   document
}

// New returns an API without operations; it serves the document, its page and problems for everything else. It panics
// on options that cannot work, as registration does: both are mistakes in the program, found when it starts.
func New(o Options) *API {
	configureLibraries()
	if o.Logger == nil {
		o.Logger = slog.Default()
	}
	if o.Timeout == 0 {
		o.Timeout = 30 * time.Second
	}
	s := &surface{options: o, engine: gin.New(), names: newNamer(), csrf: http.NewCrossOriginProtection(), probes: map[string]bool{}}
	if err := s.engine.SetTrustedProxies(o.TrustedProxies); err != nil {
		panic(fmt.Errorf("trusted proxies: %w", err))
	}
	for _, origin := range o.TrustedOrigins {
		if err := s.csrf.AddTrustedOrigin(origin); err != nil {
			panic(fmt.Errorf("trusted origins: %w", err))
		}
	}
	s.engine.HandleMethodNotAllowed = true
	s.engine.RedirectTrailingSlash = false
	s.engine.Use(s.edge)
	s.engine.NoRoute(s.notFound)
	s.engine.NoMethod(s.methodNotAllowed)
	s.huma = humagin.New(s.engine, s.config())
	registerAliases(s.registry())
	s.serveDocument()
	return &API{surface: s}
}

func (s *surface) config() huma.Config {
	c := huma.DefaultConfig("ERP", s.options.Version)
	c.Components.Schemas = huma.NewMapRegistry("#/components/schemas/", s.names.name)
	c.Components.SecuritySchemes = map[string]*huma.SecurityScheme{
		"session": {Type: "apiKey", In: "cookie", Name: "erp_session", Description: "Set by POST /api/v1/session"},
		"key":     {Type: "http", Scheme: "bearer", BearerFormat: "erp_…", Description: "An API key, made under /api-keys"},
	}
	c.Info.Description = documentIntroduction
	c.OpenAPIPath, c.DocsPath, c.SchemasPath = "", "", ""                                      // served by this package, offline
	c.CreateHooks = nil                                                                        // they would put $schema into every answer
	c.Formats = map[string]huma.Format{"application/json": jsonFormat(), "json": jsonFormat()} // the second is problem+json
	return c
}

func (s *surface) registry() huma.Registry { return s.huma.OpenAPI().Components.Schemas }

// Module returns the API as the module that owns db registers with it: the idempotency keys of its writes live in its
// own schema.
func (a *API) Module(db *database.DB) *API { return &API{surface: a.surface, db: db, pass: a.pass} }

// Elsewhere returns the API as a module registers with it that another process hosts: its operations are described, and
// refused to whoever may not, as those hosted here; what they do is passed on.
func (a *API) Elsewhere(pass Pass) *API { return &API{surface: a.surface, db: a.db, pass: pass} }

// ServeHTTP answers a request.
func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.engine.ServeHTTP(w, r) }

// Handle serves a GET path outside the document: probes and metrics. Anyone may call it.
func (a *API) Handle(path string, h http.Handler) {
	a.engine.GET(path, gin.WrapH(h))
	a.probes[path] = true
}

// IsProbe reports whether Handle serves the path.
func (a *API) IsProbe(path string) bool { return a.probes[path] }

// Mount serves every method below a path that is no part of the document: contracts for other processes, which see to
// their own access.
func (a *API) Mount(path string, h http.Handler) {
	a.engine.Any(path+"*procedure", func(c *gin.Context) {
		if made := callOf(c.Request.Context()); made != nil {
			made.operation = strings.Trim(path, "/")
		}
		h.ServeHTTP(c.Writer, c.Request)
	})
}

// Fallback serves every path that is not below /api/ and that nothing else claims: the user interface.
func (a *API) Fallback(h http.Handler) { a.fallback = h }

// Operations lists what is registered, with paths as clients call them.
func (a *API) Operations() []Operation { return append([]Operation(nil), a.operations...) }

// Document is the OpenAPI 3.1 document, indented, the same bytes for the same operations.
func (a *API) Document() ([]byte, error) {
	described := &surface{options: a.options, engine: gin.New(), names: newNamer(), describing: true}
	described.huma = humagin.New(described.engine, described.config())
	registerAliases(described.registry())
	for _, add := range a.enrolled {
		add(described)
	}
	raw, err := json.MarshalIndent(described.huma.OpenAPI(), "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write document: %w", err)
	}
	return append(raw, '\n'), nil
}
