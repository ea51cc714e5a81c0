package main_test

import (
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/database"
)

// postgres is a server of an operator's, which a test can stop, start and copy.
type postgres struct {
	bin, dir, port string
	as             *syscall.SysProcAttr // Postgres refuses root
	process        *exec.Cmd
}

const postgresPassword = "operator"

// newPostgres makes a server and starts it.
func newPostgres(t *testing.T) *postgres {
	t.Helper()
	p := preparePostgres(t)
	file := filepath.Join(filepath.Dir(p.dir), "password")
	require.NoError(t, os.WriteFile(file, []byte(postgresPassword), 0o644))
	p.run(t, "initdb", "-D", p.dir, "-U", "operator", "-A", "scram-sha-256", "--pwfile", file, "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync")
	p.start(t)
	_, err := look(t, p.url("postgres")).Pool().Exec(t.Context(), "CREATE DATABASE erp")
	require.NoError(t, err)
	return p
}

// preparePostgres finds the programs, and a place and a port for a server.
func preparePostgres(t *testing.T) *postgres {
	t.Helper()
	found, _ := filepath.Glob("/usr/lib/postgresql/*/bin")
	if out, err := exec.Command("pg_config", "--bindir").Output(); err == nil {
		found = append(found, strings.TrimSpace(string(out)))
	}
	p := &postgres{as: &syscall.SysProcAttr{}}
	for _, bin := range found {
		if _, err := os.Stat(filepath.Join(bin, "initdb")); err == nil {
			p.bin = bin
		}
	}
	require.NotEmpty(t, p.bin, "the programs of Postgres")
	home := folder(t)
	p.dir = filepath.Join(home, "data")
	_, port, err := net.SplitHostPort(freeAddress(t))
	require.NoError(t, err)
	p.port = port
	if os.Getuid() == 0 {
		nobody, err := user.Lookup("nobody")
		require.NoError(t, err)
		uid, _ := strconv.Atoi(nobody.Uid)
		gid, _ := strconv.Atoi(nobody.Gid)
		p.as.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		require.NoError(t, os.Chown(home, uid, gid))
	}
	t.Cleanup(func() { p.stop(syscall.SIGQUIT) })
	return p
}

func (p *postgres) command(name string, args ...string) *exec.Cmd {
	cmd := exec.Command(filepath.Join(p.bin, name), args...)
	cmd.SysProcAttr, cmd.Dir = p.as, filepath.Dir(p.dir)
	cmd.Env = append(os.Environ(), "PGPASSWORD="+postgresPassword)
	return cmd
}

func (p *postgres) run(t *testing.T, name string, args ...string) {
	t.Helper()
	out, err := p.command(name, args...).CombinedOutput()
	require.NoError(t, err, "%s: %s", name, out)
}

// start starts the server and waits until it answers.
func (p *postgres) start(t *testing.T) {
	t.Helper()
	p.process = p.command("postgres", "-D", p.dir, "-p", p.port, "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=", "-c", "max_connections=300")
	require.NoError(t, p.process.Start())
	require.Eventually(t, func() bool {
		return p.command("pg_isready", "-h", "127.0.0.1", "-p", p.port).Run() == nil
	}, 20*time.Second, 20*time.Millisecond)
}

// stop ends the server: SIGQUIT is the immediate shutdown, as a crash is.
func (p *postgres) stop(how syscall.Signal) {
	if p.process == nil {
		return
	}
	_ = p.process.Process.Signal(how)
	_ = p.process.Wait()
	p.process = nil
}

func (p *postgres) url(name string) string {
	return fmt.Sprintf("postgres://operator:%s@127.0.0.1:%s/%s?sslmode=disable", postgresPassword, p.port, name)
}

// look opens a server for a look inside, as its operator.
func look(t *testing.T, address string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), database.Options{URL: address})
	require.NoError(t, err)
	t.Cleanup(db.Close)
	return db
}
