package pgtest

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/database"
)

// Superuser opens the test's database as somebody whom no grant stops: for tests of what is found when data was forged.
func Superuser(t testing.TB, db *database.DB) *pgx.Conn {
	t.Helper()
	s, err := theServer()
	if err != nil {
		t.Fatalf("start Postgres for tests: %v", err)
	}
	conn, err := pgx.Connect(context.Background(), s.address(db.Pool().Config().ConnConfig.Database))
	if err != nil {
		t.Fatalf("open the test's database as superuser: %v", err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}
