package main

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"time"

	"erp/internal/platform/config"
	"erp/internal/platform/database"
	"erp/internal/platform/embeddedpg"
	"erp/internal/platform/migrate"
	"erp/internal/platform/telemetry"
	"erp/migrations"
)

// program is a composed house on an open, migrated database.
type program struct {
	*house
	cfg      config.Config
	postgres *embeddedpg.Server // nil when the operator has a server
}

// settle loads the settings and the log that every command begins with.
func settle() (config.Config, *slog.Logger, error) {
	cfg, err := config.Load()
	if err != nil {
		return cfg, nil, err
	}
	log := telemetry.NewLogger(os.Stderr, cfg.LogFormat, cfg.LogLevel)
	slog.SetDefault(log) // for what libraries and last words have to say
	for _, name := range config.Unknown(os.Environ()) {
		log.Warn("no setting of that name exists; is it misspelt?", "variable", name)
	}
	return cfg, log, nil
}

// starter is embeddedpg.Start for the one program that owns a data folder, or
// embeddedpg.Join for a command that may work beside it.
type starter func(context.Context, embeddedpg.Options) (*embeddedpg.Server, error)

// reach finds the operator's databases, or gets the private one for the modules that have none.
func reach(ctx context.Context, cfg config.Config, log *slog.Logger, start starter) (*program, error) {
	p := &program{cfg: cfg}
	if cfg.DatabaseURL != "" || len(cfg.DatabaseURLs) >= len(cfg.Hosted()) && !slices.ContainsFunc(cfg.Hosted(), func(m string) bool { return cfg.DatabaseURLs[m] == "" }) {
		return p, nil
	}
	server, err := start(ctx, embeddedpg.Options{DataDir: cfg.DataDir, Log: log})
	if err != nil {
		return nil, err
	}
	p.postgres, p.cfg.DatabaseURL, p.cfg.PrivateDatabase = server, server.URL(), true
	return p, nil
}

// open reaches the database, brings it to this version and composes the house on it.
// Close it after use.
func open(ctx context.Context, cfg config.Config, log *slog.Logger, start starter) (*program, error) {
	p, err := reach(ctx, cfg, log, start)
	if err != nil {
		return nil, err
	}
	if err := p.compose(ctx, log); err != nil {
		p.close()
		return nil, err
	}
	return p, nil
}

func (p *program) compose(ctx context.Context, log *slog.Logger) error {
	secret, err := secretOf(p.cfg)
	if err != nil {
		return err
	}
	databases := map[string]*database.DB{}
	for _, options := range p.migrations(secret, log) {
		urls, err := migrate.Run(ctx, options)
		if err != nil {
			return err
		}
		for name, url := range urls {
			standby, err := p.standbyOf(name, url)
			if err != nil {
				return err
			}
			if databases[name], err = database.Open(ctx, database.Options{URL: url, Schema: name, MaxConns: p.cfg.DatabaseConns, Standby: standby}); err != nil {
				return err
			}
		}
	}
	p.house, err = compose(p.cfg, secret, log, time.Now, databases)
	return err
}

// migrations are what is to stand on each server: the modules hosted here that have it as their database.
func (p *program) migrations(secret string, log *slog.Logger) []migrate.Options {
	var all []migrate.Options
	for _, module := range p.cfg.Hosted() {
		address := p.cfg.ServerOf(module)
		i := slices.IndexFunc(all, func(o migrate.Options) bool { return o.AdminURL == address })
		if i < 0 {
			i = len(all)
			all = append(all, migrate.Options{AdminURL: address, Secret: secret, Prefix: p.cfg.DatabasePrefix, FS: migrations.FS, Log: log})
		}
		all[i].Modules = append(all[i].Modules, module)
	}
	return all
}

// standbyOf is the address of the module's schema on the copy that follows the server: the same role, on another machine.
// None for a module with a server of its own.
func (p *program) standbyOf(module, address string) (string, error) {
	if p.cfg.StandbyURL == "" || p.cfg.DatabaseURLs[module] != "" {
		return "", nil
	}
	own, err := url.Parse(address)
	if err != nil {
		return "", fmt.Errorf("read database address: %w", err)
	}
	standby, err := url.Parse(p.cfg.StandbyURL)
	if err != nil {
		return "", errors.New("ERP_DATABASE_STANDBY_URL is not an address")
	}
	standby.User = own.User
	return standby.String(), nil
}

// close ends what open began, the database last.
func (p *program) close() {
	if p.house != nil {
		for _, db := range p.databases {
			db.Close()
		}
	}
	if p.postgres != nil {
		ctx, cancel := context.WithTimeout(context.Background(), 30*time.Second)
		defer cancel()
		if err := p.postgres.Stop(ctx); err != nil {
			slog.Error("stop the database", "error", err)
		}
	}
}

// secretOf is the installation's secret: the operator's, which all copies share, or one made at the first start and kept in
// the data folder for the owner's eyes.
func secretOf(cfg config.Config) (string, error) {
	if cfg.Secret != "" {
		return cfg.Secret, nil
	}
	dataDir := cfg.DataDir
	file := filepath.Join(dataDir, "secret")
	raw, err := os.ReadFile(file)
	if err == nil {
		return string(raw), nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("read the installation's secret: %w", err)
	}
	if err := os.MkdirAll(dataDir, 0o711); err != nil { //nolint:gosec // because the embedded database's user must reach its own folder below
		return "", fmt.Errorf("create data folder: %w", err)
	}
	key := make([]byte, 32)
	_, _ = rand.Read(key) // never fails
	secret := hex.EncodeToString(key)
	if err := os.WriteFile(file, []byte(secret), 0o600); err != nil {
		return "", fmt.Errorf("keep the installation's secret: %w", err)
	}
	return secret, nil
}
