// Package pgtest gives a test a fresh migrated database in milliseconds, on a private throw-away Postgres that all test
// processes of a user share and that ends by itself. It knows modules by the names of their migration folders.
package pgtest

import (
	"context"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"erp/internal/platform/database"
	"erp/internal/platform/migrate"
)

// connections is the size of a test's pool: enough for its concurrency, and small beside the server's limit.
const connections = 8

// New gives a module's door to its schema in a database of this test's own, which has this module's schema only. It is
// dropped when the test ends.
func New(t testing.TB, module string) *database.DB {
	t.Helper()
	return open(t, module, URLs(t, module)[module])
}

// All gives every module's door to a database of this test's own, for what spans modules.
func All(t testing.TB) map[string]*database.DB {
	t.Helper()
	doors := map[string]*database.DB{}
	for module, url := range URLs(t) {
		doors[module] = open(t, module, url)
	}
	return doors
}

// URLs gives the address of a database of this test's own for each of the modules, as their runtime roles; for all
// modules when none is named.
func URLs(t testing.TB, modules ...string) map[string]string {
	t.Helper()
	if len(modules) == 0 {
		modules = Modules()
	}
	admin := clone(t, modules)
	urls, err := migrate.URLs(migrate.Options{AdminURL: admin, Modules: modules})
	if err != nil {
		t.Fatalf("address of the test's database: %v", err)
	}
	return urls
}

// Admin gives the superuser's address of an empty database of this test's own.
func Admin(t testing.TB) string {
	t.Helper()
	return create(t, "template1")
}

func open(t testing.TB, module, url string) *database.DB {
	t.Helper()
	db, err := database.Open(context.Background(), database.Options{URL: url, Schema: module, MaxConns: connections})
	if err != nil {
		t.Fatalf("open schema %s: %v", module, err)
	}
	t.Cleanup(db.Close)
	return db
}

// clone makes a copy of the template that has the modules, and answers the superuser's address of it.
func clone(t testing.TB, modules []string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s, err := theServer()
	if err != nil {
		t.Fatalf("start Postgres for tests: %v", err)
	}
	template, err := s.template(ctx, modules)
	if err != nil {
		t.Fatalf("migrate a database for tests: %v", err)
	}
	return create(t, template)
}

func create(t testing.TB, template string) string {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	s, err := theServer()
	if err != nil {
		t.Fatalf("start Postgres for tests: %v", err)
	}
	name := fmt.Sprintf("test_%d_%s", time.Now().Unix(), strings.ReplaceAll(uuid.NewString(), "-", ""))
	if _, err := s.admin.Exec(ctx, fmt.Sprintf("CREATE DATABASE %s TEMPLATE %s%s", name, template, s.strategy)); err != nil {
		t.Fatalf("create the test's database: %v", err)
	}
	t.Cleanup(func() {
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		if _, err := s.admin.Exec(ctx, "DROP DATABASE IF EXISTS "+name+" WITH (FORCE)"); err != nil {
			t.Errorf("drop the test's database: %v", err)
		}
	})
	// A copy has the template's tables and grants, but not what is refused on the database itself.
	if _, err := s.admin.Exec(ctx, "REVOKE CREATE, TEMPORARY ON DATABASE "+name+" FROM PUBLIC"); err != nil {
		t.Fatalf("close the test's database: %v", err)
	}
	return s.address(name)
}

// patience bounds what a test waits for its database, the first start of the server included.
const patience = 2 * time.Minute
