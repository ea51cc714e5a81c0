package pgtest

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"sync"

	"github.com/jackc/pgx/v5/pgxpool"

	"erp/internal/platform/migrate"
	"erp/migrations"
)

// making is the advisory lock under which test processes take turns to make templates.
const making = 0x74706c

// Modules lists the modules that have migrations, in the order of their names.
func Modules() []string {
	entries, err := fs.ReadDir(migrations.FS, ".")
	if err != nil {
		return nil
	}
	var modules []string
	for _, entry := range entries {
		if entry.IsDir() && entry.Name() != migrations.Mechanisms {
			modules = append(modules, entry.Name())
		}
	}
	return modules
}

// template answers the database to copy for a set of modules, and makes it when this process is the first to want these
// very migrations.
func (s *server) template(ctx context.Context, modules []string) (string, error) {
	modules = slices.Sorted(slices.Values(modules))
	options := migrate.Options{AdminURL: s.url.String(), Modules: modules, FS: migrations.FS, Throwaway: true}
	name, err := templateName(options)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	once := s.ready[name]
	if once == nil {
		once = &sync.Once{}
		s.ready[name] = once
	}
	s.mu.Unlock()
	once.Do(func() {
		err := s.make(ctx, name, options)
		s.mu.Lock()
		defer s.mu.Unlock()
		s.fails[name] = err
	})
	s.mu.Lock()
	defer s.mu.Unlock()
	return name, s.fails[name]
}

// templateName changes with every file, and with the roles.
func templateName(o migrate.Options) (string, error) {
	roles, err := migrate.BootstrapSQL(o)
	if err != nil {
		return "", err
	}
	sum := sha256.New()
	_, _ = sum.Write([]byte(roles + migrate.QueueVersion()))
	for _, folder := range append([]string{migrations.Mechanisms}, o.Modules...) {
		files, err := fs.Glob(o.FS, path.Join(folder, "*.sql"))
		if err != nil {
			return "", fmt.Errorf("list migrations: %w", err)
		}
		for _, file := range files {
			content, err := fs.ReadFile(o.FS, file)
			if err != nil {
				return "", fmt.Errorf("read migrations: %w", err)
			}
			_, _ = fmt.Fprintf(sum, "\n%s %d\n%s", file, len(content), content)
		}
	}
	return "template_" + strings.Join(o.Modules, "_") + "_" + hex.EncodeToString(sum.Sum(nil)[:8]), nil
}

// make migrates under another name and renames, so that a template is whole or not there.
func (s *server) make(ctx context.Context, name string, o migrate.Options) (err error) {
	conn, err := s.admin.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", making); err != nil {
		return err
	}
	defer func() {
		_, unlockErr := conn.Exec(context.WithoutCancel(ctx), "SELECT pg_advisory_unlock($1)", making)
		err = errors.Join(err, unlockErr)
	}()
	var there bool
	if err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", name).Scan(&there); err != nil || there {
		return err
	}
	return s.migrate(ctx, conn, name, o)
}

func (s *server) migrate(ctx context.Context, conn *pgxpool.Conn, name string, o migrate.Options) error {
	unfinished := "unfinished_" + name[len(name)-16:]
	for _, statement := range []string{"DROP DATABASE IF EXISTS " + unfinished + " WITH (FORCE)", "CREATE DATABASE " + unfinished} {
		if _, err := conn.Exec(ctx, statement); err != nil {
			return err
		}
	}
	o.AdminURL = s.address(unfinished)
	if _, err := migrate.Run(ctx, o); err != nil {
		return err
	}
	_, err := conn.Exec(ctx, "ALTER DATABASE "+unfinished+" RENAME TO "+name)
	return err
}
