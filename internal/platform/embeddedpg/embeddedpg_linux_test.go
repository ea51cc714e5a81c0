package embeddedpg_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/embeddedpg"
)

// programFolder makes this test binary play the program that owns a private Postgres, so that a test can kill it.
const programFolder = "EMBEDDEDPG_TEST_PROGRAM"

func TestMain(m *testing.M) {
	if folder := os.Getenv(programFolder); folder != "" {
		playProgram(folder)
	}
	os.Exit(m.Run())
}

func playProgram(folder string) {
	s, err := embeddedpg.Start(context.Background(), embeddedpg.Options{DataDir: folder})
	if err != nil {
		_, _ = os.Stdout.WriteString("failed: " + err.Error() + "\n")
		os.Exit(1)
	}
	_, _ = os.Stdout.WriteString(s.URL() + "\n")
	select {}
}

func within(t *testing.T) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	t.Cleanup(cancel)
	return ctx
}

func start(t *testing.T, folder string) *embeddedpg.Server {
	t.Helper()
	s, err := embeddedpg.Start(within(t), embeddedpg.Options{DataDir: folder})
	require.NoError(t, err)
	t.Cleanup(func() { require.NoError(t, s.Stop(within(t))) })
	return s
}

func connect(t *testing.T, url string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(within(t), url)
	require.NoError(t, err)
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func value(t *testing.T, conn *pgx.Conn, query string) string {
	t.Helper()
	var v string
	require.NoError(t, conn.QueryRow(within(t), query).Scan(&v))
	return v
}

// postmaster is the process number that the running server left in its folder.
func postmaster(t *testing.T, folder string) int {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join(folder, "postgres", "postmaster.pid"))
	require.NoError(t, err)
	pid, err := strconv.Atoi(strings.SplitN(string(raw), "\n", 2)[0])
	require.NoError(t, err)
	return pid
}

func alive(pid int) bool {
	_, err := os.Readlink(filepath.Join("/proc", strconv.Itoa(pid), "exe"))
	return err == nil
}

func TestStart(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()

	t.Run("a new folder becomes a safe cluster, and what was written is there after a restart", func(t *testing.T) {
		s, err := embeddedpg.Start(within(t), embeddedpg.Options{DataDir: folder})
		require.NoError(t, err)
		conn := connect(t, s.URL())
		for setting, want := range map[string]string{
			"fsync": "on", "full_page_writes": "on", "synchronous_commit": "on", "data_checksums": "on",
			"listen_addresses": "", "server_encoding": "UTF8", "password_encryption": "scram-sha-256",
		} {
			require.Equal(t, want, value(t, conn, "SHOW "+setting), setting)
		}
		require.Equal(t, "müller", value(t, conn, "SELECT lower('MÜLLER')"))
		_, err = conn.Exec(within(t), "CREATE TABLE kept AS SELECT 'yes' AS v")
		require.NoError(t, err)
		require.NoError(t, s.Stop(within(t)))
		require.NoError(t, s.Stop(within(t)), "a second stop does nothing")

		again := start(t, folder)
		require.Equal(t, "yes", value(t, connect(t, again.URL()), "SELECT v FROM kept"))
	})

	t.Run("nobody else can read the password, enter the data or the socket's folder", func(t *testing.T) {
		for name, want := range map[string]os.FileMode{"postgres.password": 0o600, "postgres": 0o700 | os.ModeDir} {
			info, err := os.Stat(filepath.Join(folder, name))
			require.NoError(t, err)
			require.Equal(t, want, info.Mode(), name)
		}
	})
}

func TestWrongPassword(t *testing.T) {
	t.Parallel()
	s := start(t, t.TempDir())
	config, err := pgx.ParseConfig(s.URL())
	require.NoError(t, err)
	config.Password = "guess"
	_, err = pgx.ConnectConfig(within(t), config)
	require.ErrorContains(t, err, "password authentication failed")
}

func TestSecondInstance(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	first := start(t, folder)
	_, err := embeddedpg.Start(within(t), embeddedpg.Options{DataDir: folder})
	require.ErrorContains(t, err, "in use by another running program")
	require.ErrorContains(t, err, strconv.Itoa(os.Getpid()))
	require.Equal(t, "1", value(t, connect(t, first.URL()), "SELECT '1'"), "the first goes on")
}

func TestJoin(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	first := start(t, folder)
	beside, err := embeddedpg.Join(within(t), embeddedpg.Options{DataDir: folder})
	require.NoError(t, err)
	require.Equal(t, first.URL(), beside.URL())
	require.NoError(t, beside.Stop(within(t)))
	require.Equal(t, "1", value(t, connect(t, first.URL()), "SELECT '1'"), "the first goes on")

	alone, err := embeddedpg.Join(within(t), embeddedpg.Options{DataDir: t.TempDir()})
	require.NoError(t, err)
	require.Equal(t, "1", value(t, connect(t, alone.URL()), "SELECT '1'"))
	require.NoError(t, alone.Stop(within(t)))
}

func TestVersionMismatch(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	data := filepath.Join(folder, "postgres")
	require.NoError(t, os.Mkdir(data, 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(data, "PG_VERSION"), []byte("9\n"), 0o600))
	_, err := embeddedpg.Start(within(t), embeddedpg.Options{DataDir: folder})
	require.ErrorContains(t, err, "written by Postgres 9")
	require.ErrorContains(t, err, "nothing was changed")
	entries, err := os.ReadDir(data)
	require.NoError(t, err)
	require.Len(t, entries, 1, "the folder is as it was")
}

func TestForeignFolder(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "postgres", "photos"), 0o700))
	_, err := embeddedpg.Start(within(t), embeddedpg.Options{DataDir: folder})
	require.ErrorContains(t, err, "holds no Postgres data")
}

func TestCreationCutShort(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(folder, "postgres.new-1", "base"), 0o700))
	s := start(t, folder)
	require.NoDirExists(t, filepath.Join(folder, "postgres.new-1"))
	require.Equal(t, "1", value(t, connect(t, s.URL()), "SELECT '1'"))
}

func TestRecycledProcessNumber(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	s, err := embeddedpg.Start(within(t), embeddedpg.Options{DataDir: folder})
	require.NoError(t, err)
	require.NoError(t, s.Stop(within(t)))
	other := strconv.Itoa(os.Getppid()) // lives, and is no Postgres
	left := other + "\n" + filepath.Join(folder, "postgres") + "\n1\n5432\n/tmp\n\n"
	require.NoError(t, os.WriteFile(filepath.Join(folder, "postgres", "postmaster.pid"), []byte(left), 0o600))
	again := start(t, folder)
	require.Equal(t, "1", value(t, connect(t, again.URL()), "SELECT '1'"))
}

// program starts this test binary as the owner of a private Postgres and waits until that runs.
func program(t *testing.T, folder string) (*exec.Cmd, string) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), programFolder+"="+folder)
	out, err := cmd.StdoutPipe()
	require.NoError(t, err)
	require.NoError(t, cmd.Start())
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	said := make([]byte, 4096)
	n, err := out.Read(said)
	require.NoError(t, err)
	url := strings.TrimSpace(string(said[:n]))
	require.True(t, strings.HasPrefix(url, "postgres://"), url)
	return cmd, url
}

func TestKill(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()

	t.Run("kill -9 of the program stops Postgres cleanly, and a start at once works", func(t *testing.T) {
		for round := range 3 {
			cmd, url := program(t, folder)
			conn := connect(t, url)
			_, err := conn.Exec(within(t), "CREATE TABLE IF NOT EXISTS kept (round int); INSERT INTO kept VALUES ("+
				strconv.Itoa(round)+")")
			require.NoError(t, err)
			pid := postmaster(t, folder)
			require.NoError(t, cmd.Process.Kill())
			s, err := embeddedpg.Start(within(t), embeddedpg.Options{DataDir: folder})
			require.NoError(t, err)
			require.False(t, alive(pid), "the old server is gone before the new one starts")
			require.Equal(t, strconv.Itoa(round+1), value(t, connect(t, s.URL()), "SELECT count(*)::text FROM kept"))
			require.NoError(t, s.Stop(within(t)))
		}
	})

	t.Run("kill -9 of the program alone, and Postgres leaves by itself", func(t *testing.T) {
		cmd, _ := program(t, folder)
		pid := postmaster(t, folder)
		require.NoError(t, cmd.Process.Kill())
		require.Eventually(t, func() bool { return !alive(pid) }, 10*time.Second, 10*time.Millisecond)
		require.NoFileExists(t, filepath.Join(folder, "postgres", "postmaster.pid"), "it left in good order")
	})

	t.Run("kill -9 of Postgres, and the program starts it again at the same address", func(t *testing.T) {
		s := start(t, folder)
		require.NoError(t, syscall.Kill(postmaster(t, folder), syscall.SIGKILL))
		require.Eventually(t, func() bool {
			conn, err := pgx.Connect(within(t), s.URL())
			if err != nil {
				return false
			}
			return conn.Close(within(t)) == nil
		}, 20*time.Second, 20*time.Millisecond)
		require.Equal(t, "3", value(t, connect(t, s.URL()), "SELECT count(*)::text FROM kept"))
	})
}

func TestKillDuringFirstStart(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	for round := range 6 {
		cmd := exec.Command(os.Args[0])
		cmd.Env = append(os.Environ(), programFolder+"="+folder)
		require.NoError(t, cmd.Start())
		time.Sleep(time.Duration(100+250*round) * time.Millisecond)
		require.NoError(t, cmd.Process.Kill())
		require.Error(t, cmd.Wait())
	}
	s := start(t, folder)
	require.Equal(t, "1", value(t, connect(t, s.URL()), "SELECT '1'"))
}

func TestThrowaway(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	options := embeddedpg.Options{DataDir: folder, Settings: map[string]string{"fsync": "off"}}
	type answer struct {
		url string
		err error
	}
	answers := make(chan answer)
	for range 3 {
		go func() {
			url, err := embeddedpg.Throwaway(within(t), options, 2*time.Second)
			answers <- answer{url, err}
		}()
	}
	first := <-answers
	require.NoError(t, first.err)
	for range 2 {
		require.Equal(t, first, <-answers, "all join one server")
	}
	pid := postmaster(t, folder)
	conn := connect(t, first.url)
	require.Equal(t, "off", value(t, conn, "SHOW fsync"))
	time.Sleep(4 * time.Second)
	require.True(t, alive(pid), "it stays while somebody is connected")
	require.NoError(t, conn.Close(within(t)))
	require.Eventually(t, func() bool { return !alive(pid) }, 20*time.Second, 50*time.Millisecond)

	again, err := embeddedpg.Throwaway(within(t), options, time.Second)
	require.NoError(t, err)
	require.NotEmpty(t, again)
	require.Eventually(t, func() bool {
		_, err := os.Stat(filepath.Join(folder, "postgres", "postmaster.pid"))
		return os.IsNotExist(err)
	}, 20*time.Second, 50*time.Millisecond)
}
