package main_test

import (
	"context"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/embeddedpg"
)

// TestCopies runs three copies of the program on one server, as behind a load balancer.
func TestCopies(t *testing.T) {
	t.Parallel()
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	server, err := embeddedpg.Start(ctx, embeddedpg.Options{DataDir: t.TempDir(), Settings: map[string]string{"max_connections": "400"}})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, server.Stop(context.Background())) })

	copies := make([]*installation, 3)
	for i := range copies {
		copies[i] = install(t, "ERP_DATABASE_URL="+server.URL())
	}
	var all sync.WaitGroup
	for _, one := range copies {
		all.Go(one.start)
	}
	all.Wait()
	require.False(t, t.Failed(), "all start at once on an empty server")

	ana := copies[0].setUp(false)
	ana.post("/api/v1/employees/import", people(10), 200)
	copies[0].kill()
	for _, one := range copies[1:] {
		ana := one.signIn(adminEmail, adminPassword)
		require.EqualValues(t, 10, ana.get("/api/v1/employees?count=true&limit=1")["total"])
	}
	copies[0].start()
	copies[0].signIn(adminEmail, adminPassword)
	for _, one := range copies {
		require.NoError(t, one.stop())
	}
}
