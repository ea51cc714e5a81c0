package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/migrate"
)

func read(ctx context.Context, r io.ReaderAt, size int64, s System, choice Choice) (m Manifest, err error) {
	a, err := verify(r, size)
	if err != nil {
		return m, err
	}
	if _, err := migrate.Run(ctx, s.Options); err != nil {
		return m, err
	}
	older, err := inspect(ctx, a.manifest, s, choice)
	if err != nil {
		return m, err
	}
	if older {
		if err := migrate.At(ctx, s.Options, versions(a.manifest)); err != nil {
			return m, fmt.Errorf("go back to the version of the archive: %w", err)
		}
	}
	if err := load(ctx, a, s); err != nil {
		return m, err
	}
	if older {
		if _, err := migrate.Run(ctx, s.Options); err != nil {
			return m, fmt.Errorf("the data is back; bring it to this version: %w", err)
		}
	}
	return a.manifest, nil
}

func versions(m Manifest) map[string]migrate.Version {
	all := map[string]migrate.Version{}
	for schema, s := range m.Schemas {
		all[schema] = s.Version
	}
	return all
}

// inspect refuses what must not be restored here, before anything is changed. It says whether the archive was made by an
// older release.
func inspect(ctx context.Context, m Manifest, s System, choice Choice) (older bool, err error) {
	have, want := slices.Sorted(maps.Keys(m.Schemas)), slices.Sorted(slices.Values(s.Modules))
	if !slices.Equal(have, want) {
		return false, fmt.Errorf("the archive holds the modules %v, and this program runs %v", have, want)
	}
	all, err := openOwners(ctx, s)
	if err != nil {
		return false, err
	}
	defer func() { err = errors.Join(err, all.close()) }()
	if err := nobodyWorks(ctx, all.admin, s); err != nil {
		return false, err
	}
	for schema, conn := range all.conns {
		known, err := migrate.VersionOf(ctx, conn, schema)
		if err != nil {
			return false, err
		}
		made := m.Schemas[schema].Version
		if made.Newer(known) {
			return false, fmt.Errorf("the archive was made by a newer release (schema %s is at version %+v, this program knows %+v); "+
				"install that release or a later one", schema, made, known)
		}
		older = older || known.Newer(made)
		if choice.Overwrite {
			continue
		}
		if err := mustBeEmpty(ctx, conn, schema, s.FS); err != nil {
			return false, err
		}
	}
	return older, nil
}

// nobodyWorks refuses a database that programs are connected to.
func nobodyWorks(ctx context.Context, admin *pgx.Conn, s System) error {
	roles, err := migrate.RuntimeRoles(s.Options)
	if err != nil {
		return err
	}
	var n int
	const sessions = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND usename = ANY ($1)"
	if err := admin.QueryRow(ctx, sessions, roles).Scan(&n); err != nil {
		return fmt.Errorf("look for running programs: %w", err)
	}
	if n > 0 {
		return errors.New("the program is running on this database; stop it first")
	}
	return nil
}

// mustBeEmpty refuses a schema that holds anything but what its migrations put there.
func mustBeEmpty(ctx context.Context, conn *pgx.Conn, schema string, files fs.FS) error {
	seeded, err := seededBy(files, schema)
	if err != nil {
		return err
	}
	tables, err := tablesOf(ctx, conn, schema)
	if err != nil {
		return err
	}
	for _, table := range tables {
		if seeded[table.Name] {
			continue
		}
		var filled bool
		if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM "+quote(schema, table.Name)+")").Scan(&filled); err != nil {
			return fmt.Errorf("look into table %s.%s: %w", schema, table.Name, err)
		}
		if filled {
			return fmt.Errorf("the system is not empty (there are rows in %s.%s); restore into a new one, or lose what is "+
				"there with --overwrite", schema, table.Name)
		}
	}
	return nil
}

var insertion = regexp.MustCompile(`(?i)\binsert\s+into\s+([a-z_][a-z0-9_]*)`)

// seededBy names the tables that a module's migrations put rows into.
func seededBy(files fs.FS, module string) (map[string]bool, error) {
	seeded := map[string]bool{}
	paths, err := fs.Glob(files, module+"/*.up.sql")
	if err != nil {
		return nil, err
	}
	for _, path := range paths {
		content, err := fs.ReadFile(files, path)
		if err != nil {
			return nil, fmt.Errorf("read migrations: %w", err)
		}
		for _, found := range insertion.FindAllStringSubmatch(string(content), -1) {
			seeded[strings.ToLower(found[1])] = true
		}
	}
	return seeded, nil
}
