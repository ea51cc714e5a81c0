// Package config is what the operator decided: environment variables (ERP_...) over an
// optional erp.yaml in the data folder over defaults. Only this package knows viper.
package config

import (
	"cmp"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/viper"
)

// Modules are those that a process can host, upstream first.
func Modules() []string { return []string{"platform", "employee", "asset", "invoice"} }

// Config is the operator's decisions. Secrets are read once and never logged.
type Config struct {
	Addr         string            `mapstructure:"addr"`          // where to listen
	DataDir      string            `mapstructure:"data_dir"`      // embedded database, secrets
	Secret       string            `mapstructure:"secret"`        // seals second factors and keys, the same for all copies; empty: a file in DataDir
	DatabaseURL  string            `mapstructure:"database_url"`  // empty: embedded
	DatabaseURLs map[string]string `mapstructure:"database_urls"` // module -> its own database; others have DatabaseURL
	// PrivateDatabase says that DatabaseURL leads to the program's own Postgres; nobody sets it.
	PrivateDatabase bool              `mapstructure:"-"`
	StandbyURL      string            `mapstructure:"database_standby_url"` // of a copy of DatabaseURL's server, for what may be some moments old; its user and password do not count
	DatabasePrefix  string            `mapstructure:"database_prefix"`      // of role names, which are global to a server
	DatabaseConns   int               `mapstructure:"database_conns"`       // per module
	AdminEmail      string            `mapstructure:"admin_email"`          // first administrator without a browser
	AdminPassword   string            `mapstructure:"admin_password"`
	Modules         []string          `mapstructure:"modules"`         // hosted here
	Peers           map[string]string `mapstructure:"peers"`           // module -> URL of the process that hosts it
	TrustedProxies  []string          `mapstructure:"trusted_proxies"` // whose X-Forwarded-For is believed
	PublicURL       string            `mapstructure:"public_url"`      // as browsers reach it; https makes cookies Secure
	SMTPURL         string            `mapstructure:"smtp_url"`        // of the mail server; empty: no mail is sent
	OIDC            OIDC              `mapstructure:"oidc"`            // the company's own sign-in service; none without an issuer
	WebhookPrivate  bool              `mapstructure:"webhook_private"` // webhooks may reach private networks, and need no TLS
	NATSURL         string            `mapstructure:"nats_url"`        // of the broker that carries events; empty: the database does
	NATSReplicas    int               `mapstructure:"nats_replicas"`   // servers of the broker that keep each event
	AuditURL        string            `mapstructure:"audit_url"`       // of the receiver of the sealed audit trail; empty: it stays in the database
	AuditSecret     string            `mapstructure:"audit_secret"`    // signs what goes there
	Scanner         string            `mapstructure:"scanner"`         // host:port or socket of a clamd that looks at every file; empty: none does
	OTLPURL         string            `mapstructure:"otlp_url"`        // of the collector of traces; empty: none are kept
	MetricsToken    string            `mapstructure:"metrics_token"`   // who reads /metrics sends it as Bearer; empty: anybody may
	LogFormat       string            `mapstructure:"log_format"`      // text or json
	LogLevel        string            `mapstructure:"log_level"`
	ShutdownGrace   int               `mapstructure:"shutdown_grace"`  // seconds to answer what is in flight
	ShutdownLinger  int               `mapstructure:"shutdown_linger"` // seconds of taking requests after readiness has gone away
}

// OIDC is the company's own sign-in service.
type OIDC struct {
	Issuer       string `mapstructure:"issuer"`
	ClientID     string `mapstructure:"client_id"`
	ClientSecret string `mapstructure:"client_secret"`
	Name         string `mapstructure:"name"` // on the button
}

// Load reads the decisions; what is missing has a default, what is misspelt in the file is an error.
func Load() (Config, error) {
	v := viper.New()
	v.SetEnvPrefix("ERP")
	v.SetEnvKeyReplacer(strings.NewReplacer(".", "_"))
	v.AutomaticEnv()
	for key, value := range map[string]any{
		"addr": "127.0.0.1:8080", "data_dir": "./data", "secret": "", "database_url": "", "database_standby_url": "", "database_prefix": "erp_", "database_conns": 16,
		"admin_email": "", "admin_password": "", "modules": Modules(), "trusted_proxies": []string{}, "public_url": "", "smtp_url": "", "webhook_private": false,
		"oidc.issuer": "", "oidc.client_id": "", "oidc.client_secret": "", "oidc.name": "",
		"audit_url": "", "audit_secret": "", "scanner": "", "nats_url": "", "nats_replicas": 1, "otlp_url": "", "metrics_token": "", "log_format": "text", "log_level": "info", "shutdown_grace": 20, "shutdown_linger": 2,
	} {
		v.SetDefault(key, value)
	}
	for _, m := range Modules() {
		v.SetDefault("peers."+m, "")
		v.SetDefault("database_urls."+m, "")
		if err := v.BindEnv("database_urls."+m, "ERP_DATABASE_URL_"+strings.ToUpper(m)); err != nil {
			return Config{}, fmt.Errorf("settings: %w", err)
		}
	}
	if err := readSecrets(v); err != nil {
		return Config{}, err
	}
	file := filepath.Join(v.GetString("data_dir"), "erp.yaml")
	v.SetConfigFile(file)
	if err := v.ReadInConfig(); err != nil && !errors.Is(err, os.ErrNotExist) {
		return Config{}, fmt.Errorf("read %s: %w", file, err)
	}
	var c Config
	if err := v.UnmarshalExact(&c); err != nil {
		return Config{}, fmt.Errorf("settings: %w", err)
	}
	return c, c.check()
}

// secretKeys are the settings that hold a secret, by the name of their variable.
func secretKeys() map[string]string {
	keys := map[string]string{
		"ERP_SECRET": "secret", "ERP_DATABASE_URL": "database_url", "ERP_ADMIN_PASSWORD": "admin_password", "ERP_SMTP_URL": "smtp_url",
		"ERP_OIDC_CLIENT_SECRET": "oidc.client_secret", "ERP_AUDIT_URL": "audit_url", "ERP_AUDIT_SECRET": "audit_secret", "ERP_NATS_URL": "nats_url", "ERP_METRICS_TOKEN": "metrics_token",
	}
	for _, m := range Modules() {
		keys["ERP_DATABASE_URL_"+strings.ToUpper(m)] = "database_urls." + m
	}
	return keys
}

// readSecrets takes secrets from files, as vaults and containers hand them over: ERP_SECRET_FILE in place of ERP_SECRET.
func readSecrets(v *viper.Viper) error {
	for name, key := range secretKeys() {
		file := os.Getenv(name + "_FILE")
		if file == "" {
			continue
		}
		if os.Getenv(name) != "" {
			return fmt.Errorf("%s and %s_FILE are both set: which one counts?", name, name)
		}
		raw, err := os.ReadFile(file) //nolint:gosec // because the operator names it
		if err != nil {
			return fmt.Errorf("%s_FILE: %w", name, err)
		}
		v.Set(key, strings.TrimSpace(string(raw)))
	}
	return nil
}

// Hosts reports whether this process hosts the module; without a choice it hosts all.
func (c *Config) Hosts(module string) bool {
	return len(c.Modules) == 0 || slices.Contains(c.Modules, module)
}

// Hosted are the modules of this process, upstream first.
func (c *Config) Hosted() []string {
	return slices.DeleteFunc(Modules(), func(m string) bool { return !c.Hosts(m) })
}

// ServerOf is the address of the database that the module's schema is on.
func (c *Config) ServerOf(module string) string { return cmp.Or(c.DatabaseURLs[module], c.DatabaseURL) }

// Unknown lists ERP_ variables that no setting reads: probably misspelt.
func Unknown(environ []string) []string {
	known := map[string]bool{}
	for _, key := range []string{"ADDR", "DATA_DIR", "SECRET", "DATABASE_URL", "DATABASE_STANDBY_URL", "DATABASE_PREFIX", "DATABASE_CONNS", "ADMIN_EMAIL", "ADMIN_PASSWORD",
		"MODULES", "TRUSTED_PROXIES", "PUBLIC_URL", "SMTP_URL", "WEBHOOK_PRIVATE", "AUDIT_URL", "AUDIT_SECRET", "SCANNER", "NATS_URL", "NATS_REPLICAS", "OTLP_URL", "METRICS_TOKEN",
		"OIDC_ISSUER", "OIDC_CLIENT_ID", "OIDC_CLIENT_SECRET", "OIDC_NAME", "LOG_FORMAT", "LOG_LEVEL", "SHUTDOWN_GRACE", "SHUTDOWN_LINGER", "PG_USER"} {
		known["ERP_"+key] = true
	}
	for _, m := range Modules() {
		known["ERP_PEERS_"+strings.ToUpper(m)] = true
		known["ERP_DATABASE_URL_"+strings.ToUpper(m)] = true
	}
	for name := range secretKeys() {
		known[name+"_FILE"] = true
	}
	var out []string
	for _, entry := range environ {
		name, _, _ := strings.Cut(entry, "=")
		if strings.HasPrefix(name, "ERP_") && !known[name] {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return out
}
