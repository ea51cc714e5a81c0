package migrate

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// BootstrapSQL is what Run does on a new server before it migrates, for an administrator who would rather do it himself.
// It can be run any number of times.
func BootstrapSQL(o Options) (string, error) {
	r, err := newRoles(o)
	if err != nil {
		return "", err
	}
	return r.statements(o.Modules)
}

// bootstrap makes roles and schemas what they must be. Where they are already, it needs no right to make them.
func (r *roles) bootstrap(ctx context.Context, admin *pgx.Conn, modules []string) error {
	ready, err := r.bootstrapped(ctx, admin, modules)
	if err != nil || ready {
		return err
	}
	sql, err := r.statements(modules)
	if err != nil {
		return err
	}
	// Roles are global to the server and its advisory locks are not: another database's program may be at it too.
	for attempt := 0; ; attempt++ {
		_, err = admin.Exec(ctx, sql) // without arguments: one transaction
		collided := code(err) == "XX000" || code(err) == "23505" || code(err) == "42710"
		if !collided || attempt == 20 {
			break
		}
		time.Sleep(50 * time.Millisecond)
	}
	if code(err) == "42501" {
		return fmt.Errorf("the database's user may not create the roles and schemas of the program; give them a user who may, "+
			"or let an administrator run what \"erp migrate --print-bootstrap\" prints: %w", err)
	}
	if err != nil {
		return fmt.Errorf("create roles and schemas: %w", err)
	}
	return nil
}

// bootstrapped compares what stands on the server with what the statements would make, and tries the passwords.
func (r *roles) bootstrapped(ctx context.Context, admin *pgx.Conn, modules []string) (bool, error) {
	// The server keeps a search_path with only those quotes that it needs, which differ by version.
	const look = `
		SELECT EXISTS (SELECT FROM pg_namespace n JOIN pg_roles o ON o.oid = n.nspowner
		               WHERE n.nspname = $1 AND o.rolname = $2 AND has_schema_privilege($3::name, n.oid, 'USAGE'))
		   AND EXISTS (SELECT FROM pg_roles WHERE rolname = $2 AND rolcanlogin AND $4 <@ ARRAY(SELECT replace(c, '"', '') FROM unnest(rolconfig) c))
		   AND EXISTS (SELECT FROM pg_roles WHERE rolname = $3 AND rolcanlogin AND $5 <@ ARRAY(SELECT replace(c, '"', '') FROM unnest(rolconfig) c))
		   AND NOT has_schema_privilege($3::name, 'public', 'USAGE')
		   AND NOT has_database_privilege($3::name, current_database(), 'TEMPORARY')
		   AND (SELECT count(*) FROM pg_extension WHERE extname = ANY ($6)) = cardinality($6)
		FROM pg_roles WHERE rolname = $3`
	for _, module := range modules {
		owner, rw := r.name(ownerRole, module), r.name(runtimeRole, module)
		path := "search_path=" + module + ", " + extensions
		var ready bool
		err := admin.QueryRow(ctx, look, module, owner, rw, []string{path, watchful}, []string{path}, wanted()).Scan(&ready)
		if err != nil && err != pgx.ErrNoRows { //nolint:errorlint // because QueryRow answers it unwrapped
			return false, fmt.Errorf("look for roles and schemas: %w", err)
		}
		if !ready || !r.canSignIn(ctx, ownerRole, module) || !r.canSignIn(ctx, runtimeRole, module) {
			return false, nil
		}
	}
	return true, nil
}

func (r *roles) canSignIn(ctx context.Context, kind, module string) bool {
	conn, err := pgx.Connect(ctx, r.url(kind, module))
	if err != nil {
		return false
	}
	return conn.Close(ctx) == nil
}

// watchful makes the server end a killed program's statement within a second, and with it the lock.
const watchful = "client_connection_check_interval=1s"

// wanted are the extensions that the modules' tables use: search in texts, and intervals that must not overlap.
func wanted() []string { return []string{"btree_gist", "pg_trgm"} }

func (r *roles) statements(modules []string) (string, error) {
	var b strings.Builder
	b.WriteString("-- Roles and schemas of the modules. An administrator of the database runs this; it can be repeated.\n\n")
	b.WriteString("DO $$ BEGIN\n" +
		"    EXECUTE format('REVOKE CREATE, TEMPORARY ON DATABASE %I FROM PUBLIC', current_database());\n" +
		"END $$;\nREVOKE ALL ON SCHEMA public FROM PUBLIC;\n")
	b.WriteString("CREATE SCHEMA IF NOT EXISTS " + extensions + ";\n")
	for _, extension := range wanted() {
		b.WriteString("CREATE EXTENSION IF NOT EXISTS " + extension + " SCHEMA " + extensions + ";\n")
	}
	for _, module := range modules {
		if err := r.moduleStatements(&b, module); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func (r *roles) moduleStatements(b *strings.Builder, module string) error {
	say := func(format string, args ...any) { fmt.Fprintf(b, format+"\n", args...) }
	schema, owner, rw := quote(module), quote(r.name(ownerRole, module)), quote(r.name(runtimeRole, module))
	say("\n-- %s", module)
	for _, kind := range []string{ownerRole, runtimeRole} {
		role := r.name(kind, module)
		verifier, err := r.verifier(role)
		if err != nil {
			return err
		}
		say("DO $$ BEGIN\n    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '%s') THEN CREATE ROLE %s; END IF;\nEND $$;",
			role, quote(role))
		say("ALTER ROLE %s LOGIN PASSWORD '%s';", quote(role), verifier)
		say("ALTER ROLE %s SET search_path = %s;", quote(role), searchPath(module))
	}
	say("ALTER ROLE %s SET client_connection_check_interval = '1s';", owner)
	say("DO $$ BEGIN\n    IF NOT (SELECT rolsuper FROM pg_roles WHERE rolname = current_user) THEN\n"+
		"        GRANT %s TO CURRENT_USER;\n    END IF;\n"+
		"    EXECUTE format('GRANT CONNECT ON DATABASE %%I TO %s, %s', current_database());\nEND $$;", owner, owner, rw)
	say("CREATE SCHEMA IF NOT EXISTS %s AUTHORIZATION %s;", schema, owner)
	say("ALTER SCHEMA %s OWNER TO %s;", schema, owner)
	say("REVOKE ALL ON SCHEMA %s FROM PUBLIC;", schema)
	say("GRANT USAGE ON SCHEMA %s TO %s;", schema, rw)
	say("GRANT USAGE ON SCHEMA %s TO %s, %s;", extensions, owner, rw)
	return nil
}
