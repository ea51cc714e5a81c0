package main_test

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// TestBackupsFromTheBrowser makes a copy while the program runs, brings it back into a Postgres of its own, fetches it, and
// restores what was fetched elsewhere.
func TestBackupsFromTheBrowser(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(false)
	ana.post("/api/v1/employees/import", people(20), http.StatusOK)
	sell(t, ana)
	number := issuedNumber(ana)

	newest := func(want func(object) bool) (found object) {
		require.Eventually(t, func() bool {
			all := items(ana.get("/api/v1/backups"))
			if len(all) == 0 {
				return false
			}
			found = all[0]
			require.NotEqual(t, "failed", found["state"], found["error"])
			require.NotEqual(t, "failed", found["test"], found["testError"])
			return want(found)
		}, 3*time.Minute, 100*time.Millisecond)
		return found
	}
	ana.post("/api/v1/backups", nil, http.StatusAccepted)
	made := newest(func(b object) bool { return b["state"] == "done" })
	path := "/api/v1/backups/" + made["id"].(string)
	ana.post(path+"/tests", nil, http.StatusAccepted)
	newest(func(b object) bool { return b["test"] == "passed" })
	require.NotEmpty(t, ana.get("/api/v1/backups")["lastPassed"])
	require.Empty(t, left(i, "restore-test-*"), "the scratch database is gone")

	status, header, content := ana.do(http.MethodGet, path+"/file", nil, nil)
	require.Equal(t, http.StatusOK, status)
	require.Equal(t, "application/zip", header.Get("Content-Type"))
	fetched := filepath.Join(t.TempDir(), "fetched.zip")
	require.NoError(t, os.WriteFile(fetched, content, 0o600))
	again := install(t)
	out, err := again.run("restore", fetched)
	require.NoError(t, err, out)
	again.start()
	require.Equal(t, number, issuedNumber(again.signIn(adminEmail, adminPassword)))

	t.Run("a damaged file does not pass", func(t *testing.T) {
		file := left(i, "backups/*.zip")[0]
		damaged, err := os.ReadFile(file)
		require.NoError(t, err)
		for at := range 256 { // longer than what stands between two files, of which nothing reads every byte
			damaged[len(damaged)/2+at] ^= 1
		}
		require.NoError(t, os.WriteFile(file, damaged, 0o600))
		ana := ana.on(t)
		ana.post(path+"/tests", nil, http.StatusAccepted)
		require.Eventually(t, func() bool { return items(ana.get("/api/v1/backups"))[0]["test"] == "failed" }, 2*time.Minute, 100*time.Millisecond)
		require.Contains(t, items(ana.get("/api/v1/backups"))[0]["testError"], "damaged")
	})
}

// left are the files of the installation's data folder that match.
func left(i *installation, pattern string) []string {
	for _, setting := range i.env {
		if folder, ok := strings.CutPrefix(setting, "ERP_DATA_DIR="); ok {
			found, _ := filepath.Glob(filepath.Join(folder, pattern))
			return found
		}
	}
	return nil
}
