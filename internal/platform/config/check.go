package config

import (
	"errors"
	"fmt"
	"maps"
	"net/url"
	"slices"
	"strings"

	"erp/internal/platform/egress"
	"erp/internal/platform/scanner"
)

// check collects everything that cannot work, so that an operator corrects it once.
func (c *Config) check() error {
	var problems []error
	c.Modules = slices.DeleteFunc(c.Modules, func(m string) bool { return m == "" || m == "all" })
	if len(c.Modules) == 0 {
		c.Modules = Modules()
	}
	for _, m := range c.Modules {
		if !slices.Contains(Modules(), m) {
			problems = append(problems, fmt.Errorf("ERP_MODULES names %q; known are %s", m, strings.Join(Modules(), ", ")))
		}
	}
	problems = append(problems, c.checkPeers()...)
	maps.DeleteFunc(c.DatabaseURLs, func(_, address string) bool { return address == "" })
	problems = append(problems, c.OIDC.check(c.PublicURL)...)
	if (c.AdminEmail == "") != (c.AdminPassword == "") {
		problems = append(problems, errors.New("ERP_ADMIN_EMAIL and ERP_ADMIN_PASSWORD are set together or not at all"))
	}
	problems = append(problems, c.checkBroker()...)
	problems = append(problems, c.checkAddresses()...)
	problems = append(problems, c.checkAudit()...)
	if c.MetricsToken != "" && len(c.MetricsToken) < 16 {
		problems = append(problems, errors.New("ERP_METRICS_TOKEN has at least 16 characters"))
	}
	if c.LogFormat != "text" && c.LogFormat != "json" {
		problems = append(problems, errors.New("ERP_LOG_FORMAT is text or json"))
	}
	if c.Secret != "" && len(c.Secret) < 32 {
		problems = append(problems, errors.New("ERP_SECRET has at least 32 characters, such as those of: openssl rand -hex 32"))
	}
	if c.DatabaseConns < 2 || c.DatabaseConns > 200 {
		problems = append(problems, errors.New("ERP_DATABASE_CONNS is between 2 and 200"))
	}
	return errors.Join(problems...)
}

// checkAddresses never shows one: it may hold credentials.
func (c *Config) checkAddresses() (problems []error) {
	if collector, err := url.Parse(c.OTLPURL); c.OTLPURL != "" && (err != nil || collector.Host == "" || collector.Scheme != "http" && collector.Scheme != "https") {
		problems = append(problems, errors.New("ERP_OTLP_URL is not a URL such as http://collector:4318"))
	}
	if standby, err := url.Parse(c.StandbyURL); c.StandbyURL != "" && (err != nil || standby.Host == "" || c.DatabaseURL == "") {
		problems = append(problems, errors.New("ERP_DATABASE_STANDBY_URL is an address such as postgres://db2:5432,db1:5432/erp?target_session_attrs=prefer-standby, beside ERP_DATABASE_URL"))
	}
	if _, err := scanner.New(c.Scanner); c.Scanner != "" && err != nil {
		problems = append(problems, fmt.Errorf("ERP_SCANNER %w", err))
	}
	return problems
}

// checkAudit never shows the address, which may hold a token. The trail tells of people: it travels over TLS, unless the
// receiver is on this machine.
func (c *Config) checkAudit() (problems []error) {
	if (c.AuditURL == "") != (c.AuditSecret == "") {
		problems = append(problems, errors.New("ERP_AUDIT_URL and ERP_AUDIT_SECRET are set together or not at all"))
	}
	receiver, err := url.Parse(c.AuditURL)
	if c.AuditURL != "" && (err != nil || receiver.Host == "" || receiver.User != nil || receiver.Fragment != "" ||
		receiver.Scheme != "https" && (receiver.Scheme != "http" || !onThisMachine(receiver.Hostname()))) {
		problems = append(problems, errors.New("ERP_AUDIT_URL is not an address such as https://trail.example.com/erp, without a user; http:// is for a receiver on this machine"))
	}
	if c.AuditSecret != "" {
		if _, err := egress.ReadSecret(c.AuditSecret); err != nil {
			problems = append(problems, fmt.Errorf("ERP_AUDIT_SECRET %w", err))
		}
	}
	return problems
}

func onThisMachine(host string) bool {
	return slices.Contains([]string{"localhost", "127.0.0.1", "::1"}, host)
}

// checkBroker never shows the address: it may hold credentials.
func (c *Config) checkBroker() (problems []error) {
	for address := range strings.SplitSeq(c.NATSURL, ",") {
		u, err := url.Parse(strings.TrimSpace(address))
		if c.NATSURL != "" && (err != nil || u.Host == "" || !slices.Contains([]string{"nats", "tls", "ws", "wss"}, u.Scheme)) {
			problems = append(problems, errors.New("ERP_NATS_URL is not an address such as nats://user:password@broker:4222, or several with commas"))
			break
		}
	}
	if c.NATSReplicas < 1 || c.NATSReplicas > 5 {
		problems = append(problems, errors.New("ERP_NATS_REPLICAS is between 1 and 5"))
	}
	return problems
}

// check allows an issuer without TLS on this machine only: whoever stands between could sign in as anybody.
func (o OIDC) check(publicURL string) (problems []error) {
	if o == (OIDC{}) {
		return nil
	}
	issuer, err := url.Parse(o.Issuer)
	switch {
	case err != nil || issuer.Host == "" || (issuer.Scheme != "https" && issuer.Scheme != "http"):
		problems = append(problems, errors.New("ERP_OIDC_ISSUER is not a URL such as https://login.example.com"))
	case issuer.Scheme == "http" && !onThisMachine(issuer.Hostname()):
		problems = append(problems, errors.New("ERP_OIDC_ISSUER begins with https:// unless the service is on this machine"))
	}
	if o.ClientID == "" {
		problems = append(problems, errors.New("ERP_OIDC_ISSUER needs ERP_OIDC_CLIENT_ID"))
	}
	if publicURL == "" {
		problems = append(problems, errors.New("ERP_OIDC_ISSUER needs ERP_PUBLIC_URL, to which people come back from it"))
	}
	return problems
}

// checkPeers insists on knowing where every module is.
func (c *Config) checkPeers() []error {
	var problems []error
	maps.DeleteFunc(c.Peers, func(_, peer string) bool { return peer == "" })
	for _, m := range Modules() {
		peer, given := c.Peers[m]
		switch {
		case given:
			if u, err := url.Parse(peer); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
				problems = append(problems, fmt.Errorf("ERP_PEERS_%s is not a URL such as http://erp-%s:8080", strings.ToUpper(m), m))
			}
		case !slices.Contains(c.Modules, m):
			problems = append(problems, fmt.Errorf("ERP_MODULES leaves out %s: set ERP_PEERS_%s to the address of the process that hosts it",
				m, strings.ToUpper(m)))
		}
	}
	return problems
}
