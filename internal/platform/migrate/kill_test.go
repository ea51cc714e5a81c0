package migrate_test

import (
	"context"
	"encoding/json"
	"fmt"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"testing"
	"testing/fstest"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/migrate"
)

// program makes this test binary play a program that migrates, so that a test can kill it.
const program = "MIGRATE_TEST_PROGRAM"

type job struct {
	Options migrate.Options
	Files   map[string]string
}

func TestMain(m *testing.M) {
	raw := os.Getenv(program)
	if raw == "" {
		os.Exit(m.Run())
	}
	var j job
	err := json.Unmarshal([]byte(raw), &j)
	if err == nil {
		files := fstest.MapFS{}
		for name, content := range j.Files {
			files[name] = &fstest.MapFile{Data: []byte(content)}
		}
		j.Options.FS = files
		_, err = migrate.Run(context.Background(), j.Options)
	}
	if err != nil {
		_, _ = fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// runAndKill migrates in another process and kills that after a while. It says whether the process was done before.
func runAndKill(t *testing.T, o migrate.Options, files fstest.MapFS, after time.Duration) bool {
	t.Helper()
	contents := map[string]string{}
	for name, file := range files {
		contents[name] = string(file.Data)
	}
	o.FS = nil
	raw, err := json.Marshal(job{Options: o, Files: contents})
	require.NoError(t, err)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), program+"="+string(raw))
	require.NoError(t, cmd.Start())
	done := make(chan error, 1)
	go func() { done <- cmd.Wait() }()
	select {
	case err := <-done:
		require.NoError(t, err)
		return true
	case <-time.After(after):
		require.NoError(t, cmd.Process.Kill())
		<-done
		return false
	}
}

func TestKillInsideFile(t *testing.T) {
	t.Parallel()
	slow := sql("stock/0001_a.up.sql", "CREATE TABLE a (id int); SELECT pg_sleep(60);")
	o := fresh(t, sql("stock/0001_a.up.sql", "CREATE TABLE a (id int);"), "stock")
	require.False(t, runAndKill(t, o, slow, 3*time.Second))
	began := time.Now()
	urls, err := migrate.Run(within(t), o)
	require.NoError(t, err)
	require.Less(t, time.Since(began), 10*time.Second, "the killed one's statement and lock are gone soon")
	connect(t, urls["stock"])
}

func TestKillAnywhere(t *testing.T) {
	t.Parallel()
	files := sql()
	for i := range 30 {
		name := fmt.Sprintf("stock/%04d_step.up.sql", i+1)
		files[name] = &fstest.MapFile{Data: fmt.Appendf(nil, "CREATE TABLE step_%d (id int); SELECT pg_sleep(0.01);", i)}
	}
	o := fresh(t, files, "stock")
	for !runAndKill(t, o, files, time.Duration(30+mathrand.IntN(400))*time.Millisecond) {
	}
	n := count(t, connect(t, o.AdminURL), "SELECT count(*) FROM pg_class WHERE relname LIKE 'step%' AND relkind = 'r'")
	require.Equal(t, 30, n)
}
