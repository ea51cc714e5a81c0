package main_test

import (
	"archive/zip"
	"encoding/json"
	"fmt"
	"net/http"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestBackup loses a whole installation and gets it back, down to the next number and the password.
func TestBackup(t *testing.T) {
	t.Parallel()
	lost := install(t)
	lost.start()
	ana := lost.setUp(false)
	ana.post("/api/v1/employees/import", people(20), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(20), http.StatusOK)
	sell(t, ana)
	number := issuedNumber(ana)

	dir := t.TempDir()
	busy, quiet := filepath.Join(dir, "busy.zip"), filepath.Join(dir, "quiet.zip")
	stop, written := make(chan struct{}), make(chan int)
	go func() {
		n := 0
		for ; ; n++ {
			select {
			case <-stop:
				written <- n
				return
			default:
				ana.do(http.MethodPost, "/api/v1/departments", object{"name": fmt.Sprintf("Department %d", n)}, nil)
			}
		}
	}()
	out, err := lost.run("backup", busy)
	close(stop)
	require.NoError(t, err, out)
	require.Positive(t, <-written)
	out, err = lost.run("restore", "--overwrite", busy)
	require.Error(t, err, "a program that runs keeps its data")
	require.Contains(t, out, "in use")
	require.NoError(t, lost.stop())
	out, err = lost.run("backup", quiet)
	require.NoError(t, err, out)
	out, err = lost.run("backup", quiet)
	require.Error(t, err, "a copy is never written over")
	require.Contains(t, out, "exists already")

	t.Run("a copy made under load is a whole system", func(t *testing.T) {
		again := install(t)
		out, err := again.run("restore", busy)
		require.NoError(t, err, out)
		again.start()
		t.Cleanup(func() { again.tell(t) })
		require.Equal(t, number, issuedNumber(again.signIn(adminEmail, adminPassword)))
		again.verify(t)
	})

	t.Run("a copy made in quiet comes back equal, and goes on where it was", func(t *testing.T) {
		again := install(t)
		out, err := again.run("restore", quiet)
		require.NoError(t, err, out)
		copied := filepath.Join(dir, "again.zip")
		out, err = again.run("backup", copied)
		require.NoError(t, err, out)
		require.Equal(t, manifest(t, quiet)["schemas"], manifest(t, copied)["schemas"])
		again.verify(t)

		again.start()
		t.Cleanup(func() { again.tell(t) })
		ana := again.signIn(adminEmail, adminPassword)
		require.EqualValues(t, 20, ana.get("/api/v1/employees?count=true&limit=1")["total"])
		require.EqualValues(t, 20, ana.get("/api/v1/assets?count=true&limit=1")["total"])
		sell(t, ana.on(t))
		require.Len(t, items(ana.get("/api/v1/invoices")), 2)
		require.NoError(t, again.stop())
		again.verify(t)
		out, err = again.run("restore", quiet)
		require.Error(t, err, "what has come since is not lost by mistake")
		require.Contains(t, out, "not empty")
	})
}

// issuedNumber is the number of the only invoice.
func issuedNumber(ana *person) any { return items(ana.get("/api/v1/invoices"))[0]["number"] }

// verify checks both chains of proof.
func (i *installation) verify(t *testing.T) {
	t.Helper()
	for _, what := range []string{"audit", "ledger"} {
		out, err := i.run(what, "verify")
		require.NoError(t, err, out)
		require.NotRegexp(t, "[1-9][0-9]* not sealed", out, "nothing waits for ever to be sealed")
	}
}

// manifest says what a copy holds, with a checksum for each table.
func manifest(t *testing.T, path string) object {
	t.Helper()
	z, err := zip.OpenReader(path)
	require.NoError(t, err)
	defer func() { _ = z.Close() }()
	f, err := z.Open("manifest.json")
	require.NoError(t, err)
	var m object
	require.NoError(t, json.NewDecoder(f).Decode(&m))
	return m
}
