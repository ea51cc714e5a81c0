// Package migrate makes a Postgres ready for the modules: roles and schemas, each schema's tables, the queue's own ones.
// Only this package knows golang-migrate. It knows modules by their names and nothing of what they do.
package migrate

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// DefaultPrefix begins the names of roles, which are global to a server.
const DefaultPrefix = "erp_"

// Options say which schemas are wanted on which server.
type Options struct {
	// AdminURL leads to the database as a role that may create roles and schemas, or that finds all of them made from the
	// statements of BootstrapSQL.
	AdminURL string
	// Secret derives the passwords of the modules' roles when AdminURL has no password.
	Secret string
	// Prefix of role names; DefaultPrefix when empty. Two installations on one server need two.
	Prefix string
	// Modules are the names of schemas, each with a folder of that name in FS or without tables of its own.
	Modules []string
	// FS holds one folder per module and "mechanisms". The text {{rw}} in a file stands for the schema's runtime role.
	FS  fs.FS
	Log *slog.Logger
	// Throwaway allows a server that may lose acknowledged writes. Only the tests' own server is one.
	Throwaway bool

	at map[string]Version // the newest when nil
}

// serial is the advisory lock that all copies of the program take in turn. It is free again when its holder is gone.
const serial = 0x65727000

// Run brings every schema to this program's version and answers each module's address as its runtime role. Copies that
// start at once take turns, so that the first one migrates and the others find it done. What a killed run left behind is
// finished by the next. A schema that a newer program has migrated is refused, and so is a server that may lose
// acknowledged writes.
func Run(ctx context.Context, o Options) (map[string]string, error) {
	r, err := newRoles(o)
	if err != nil {
		return nil, err
	}
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	admin, err := pgx.Connect(ctx, o.AdminURL)
	if err != nil {
		return nil, fmt.Errorf("connect to the database: %w", err)
	}
	defer func() { _ = admin.Close(context.WithoutCancel(ctx)) }()
	if _, err := admin.Exec(ctx, "SELECT pg_advisory_lock($1)", serial); err != nil {
		return nil, fmt.Errorf("wait for other copies of the program: %w", err)
	}
	if err := r.bootstrap(ctx, admin, o.Modules); err != nil {
		return nil, err
	}
	urls := make(map[string]string, len(o.Modules))
	for _, module := range o.Modules {
		if err := migrateSchema(ctx, o, r, module); err != nil {
			return nil, fmt.Errorf("migrate schema %s: %w", module, err)
		}
		urls[module] = r.url(runtimeRole, module)
	}
	if !o.Throwaway {
		return urls, r.checkDurability(ctx, admin, o.Modules)
	}
	return urls, nil
}

// URLs answers each module's address as its runtime role, without a look at the server.
func URLs(o Options) (map[string]string, error) {
	r, err := newRoles(o)
	if err != nil {
		return nil, err
	}
	urls := make(map[string]string, len(o.Modules))
	for _, module := range o.Modules {
		urls[module] = r.url(runtimeRole, module)
	}
	return urls, nil
}

// migrateSchema waits for a killed program's last statement, which the server ends within a second, before it decides
// what is left to do.
func migrateSchema(ctx context.Context, o Options, r *roles, module string) error {
	url := r.url(ownerRole, module)
	began := time.Now()
	changed := 0
	var toModule, toMechanisms *uint
	if v, given := o.at[module]; given {
		toModule, toMechanisms = &v.Module, &v.Mechanisms
	}
	for _, s := range []struct {
		folder, table string
		to            *uint
	}{
		{mechanisms, mechanismVersions, toMechanisms},
		{module, moduleVersions, toModule},
	} {
		f := folder{fs: o.FS, name: s.folder, rw: r.name(runtimeRole, module), to: s.to}
		n, err := applyFolder(ctx, f, url, module, s.table)
		if err != nil {
			return fmt.Errorf("%s: %w", s.folder, err)
		}
		changed += n
		if s.folder == mechanisms {
			if n, err = applyQueue(ctx, url, module, r.name(runtimeRole, module)); err != nil {
				return fmt.Errorf("job queue: %w", err)
			}
			changed += n
		}
	}
	if changed > 0 {
		o.Log.Info("schema migrated", "schema", module, "steps", changed, "took", time.Since(began).Round(time.Millisecond))
	}
	return nil
}

// code is the SQLSTATE of an error of the server, empty for others.
func code(err error) string {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code
	}
	return ""
}
