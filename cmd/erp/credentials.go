package main

import (
	"time"

	"erp/internal/platform/auth"
	"erp/internal/platform/config"
	"erp/internal/platform/database"
	"erp/internal/platform/rbac"
	"erp/internal/platform/rpc"
)

// credentials are the ways in which people and programs show who they are.
type credentials struct {
	sessions *auth.Sessions
	keys     *auth.Keys
	box      *auth.Box
	provider *auth.Provider // nil when there is none
	passkeys *auth.Passkeys // nil where browsers give none
}

func newCredentials(cfg config.Config, secret string, now func() time.Time, db *database.DB, policy *rbac.Policy) (credentials, error) {
	c := credentials{sessions: auth.NewSessions(db, policy, now)}
	c.keys = auth.NewKeys(db, policy, c.sessions, now)
	var err error
	if c.box, err = auth.NewBox(secret, "second factor"); err != nil {
		return c, err
	}
	departures, err := auth.NewBox(secret, "sign-in by provider")
	if err != nil {
		return c, err
	}
	c.provider = auth.NewProvider(auth.ProviderOptions{
		Issuer: cfg.OIDC.Issuer, ClientID: cfg.OIDC.ClientID, ClientSecret: cfg.OIDC.ClientSecret, Name: cfg.OIDC.Name, PublicURL: cfg.PublicURL,
	}, departures, now)
	ceremonies, err := auth.NewBox(secret, "passkeys")
	if err != nil {
		return c, err
	}
	c.passkeys, err = auth.NewPasskeys(cfg.PublicURL, cfg.Addr, ceremonies, now)
	return c, err
}

// standing tells what somebody may do whose work goes on without them: here, or in the process where people sign in.
func (h *house) standing() auth.Standing {
	if !h.cfg.Hosts(auth.Console) {
		return rpc.NewStanding(h.neighbours.links[auth.Console])
	}
	db := h.database(auth.Console)
	return auth.NewStanding(db, h.policy, db.Now)
}

// linksBegin is what links in mails begin with; those shown in the browser need nothing but their path.
func linksBegin(cfg config.Config) string {
	if cfg.PublicURL == "" && cfg.SMTPURL != "" {
		return "http://" + cfg.Addr
	}
	return cfg.PublicURL
}
