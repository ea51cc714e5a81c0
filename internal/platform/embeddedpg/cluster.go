package embeddedpg

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"maps"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

// cluster is one data folder of Postgres together with all that is needed to run a server on it.
type cluster struct {
	home     string // the program's data folder
	data     string // the cluster's folder in it
	socket   string // the folder of the unix socket
	log      *slog.Logger
	settings map[string]string
	fast     bool // the data may be lost: a server for tests

	binaries binaries
	account  account
	handed   bool // the server cannot walk to the data folder and gets it as an open descriptor
	password string
	said     tail
}

// prepare brings everything to the point where the server can be launched. The checks that can refuse come before the
// first change.
func (c *cluster) prepare(ctx context.Context) error {
	var err error
	if c.binaries, err = choose(ctx, c.data); err != nil {
		return err
	}
	if c.account, err = serverAccount(); err != nil {
		return err
	}
	if c.handed, err = c.account.cannotReach(c.home); err != nil {
		return err
	}
	if c.socket, err = c.socketFolder(); err != nil {
		return err
	}
	if err := c.clear(ctx); err != nil {
		return err
	}
	if c.fast {
		if err := os.RemoveAll(c.data); err != nil {
			return fmt.Errorf("remove the last server's data: %w", err)
		}
	}
	exists, err := c.exists()
	if err != nil {
		return err
	}
	if c.password, err = loadPassword(filepath.Join(c.home, "postgres.password"), exists); err != nil {
		return err
	}
	if !exists {
		if err := c.create(ctx); err != nil {
			return err
		}
	}
	if err := c.account.own(c.data); err != nil {
		return fmt.Errorf("give the data folder to user %s: %w", c.account.name, err)
	}
	return nil
}

func (c *cluster) exists() (bool, error) {
	_, err := os.Stat(filepath.Join(c.data, "PG_VERSION"))
	if err == nil {
		return true, nil
	}
	entries, readErr := os.ReadDir(c.data)
	if errors.Is(readErr, os.ErrNotExist) || readErr == nil && len(entries) == 0 {
		return false, nil
	}
	return false, fmt.Errorf("the folder %s is not empty, but holds no Postgres data (no PG_VERSION); "+
		"move it away, or restore it from a copy: nothing was changed", c.data)
}

// create runs initdb in a folder beside the final one, so that a creation cut short leaves nothing that looks whole. Each
// attempt has a folder of its own, for what a killed one started may still be writing.
func (c *cluster) create(ctx context.Context) error {
	c.removeUnfinished()
	fresh, err := os.MkdirTemp(c.home, unfinished)
	if err != nil {
		return fmt.Errorf("create data folder: %w", err)
	}
	defer c.removeUnfinished()
	if err := c.account.own(fresh); err != nil {
		return fmt.Errorf("give the data folder to user %s: %w", c.account.name, err)
	}
	pwfile, err := c.handOverPassword()
	if err != nil {
		return err
	}
	defer func() { _ = os.Remove(pwfile) }()
	args := []string{"--username=" + superuser, "--pwfile=" + pwfile, "--auth=scram-sha-256", "--encoding=UTF8",
		"--data-checksums"}
	args = append(args, localeArguments()...)
	if c.fast {
		args = append(args, "--no-sync")
	}
	if out, err := c.runInitdb(ctx, fresh, args); err != nil {
		return fmt.Errorf("create the Postgres data folder %s: %w\n%s", fresh, err, out)
	}
	if err := os.Remove(c.data); err != nil && !errors.Is(err, os.ErrNotExist) {
		return fmt.Errorf("move data folder into place: %w", err)
	}
	if err := os.Rename(fresh, c.data); err != nil {
		return fmt.Errorf("move data folder into place: %w", err)
	}
	return syncFolder(c.home)
}

// unfinished names the folders of creations that are under way, or were cut short.
const unfinished = "postgres.new-*"

// removeUnfinished does what it can; the next start tries again.
func (c *cluster) removeUnfinished() {
	folders, err := filepath.Glob(filepath.Join(c.home, unfinished))
	if err != nil {
		return
	}
	for _, folder := range folders {
		_ = os.RemoveAll(folder)
	}
}

// handOverPassword puts the password where the server's account may read it, in the socket folder that nobody else can
// enter.
func (c *cluster) handOverPassword() (string, error) {
	path := filepath.Join(c.socket, "initial-password")
	if err := os.WriteFile(path, []byte(c.password), 0o600); err != nil {
		return "", fmt.Errorf("hand over the password: %w", err)
	}
	if err := c.account.own(path); err != nil {
		return "", fmt.Errorf("hand over the password: %w", err)
	}
	return path, nil
}

func (c *cluster) runInitdb(ctx context.Context, folder string, args []string) ([]byte, error) {
	cmd := exec.CommandContext(ctx, c.binaries.path("initdb"))
	release, err := c.aim(cmd, folder)
	if err != nil {
		return nil, err
	}
	defer release()
	cmd.Args = append(cmd.Args, args...)
	cmd.SysProcAttr = attributes(c.account, boundToThread)
	type result struct {
		out []byte
		err error
	}
	done := make(chan result)
	go onOwnThread(func() {
		out, err := cmd.CombinedOutput()
		done <- result{out, err}
	})
	r := <-done
	return r.out, r.err
}

// server is the command that runs Postgres in the foreground. The caller releases what it holds after starting it.
func (c *cluster) server(output io.Writer) (*exec.Cmd, func(), error) {
	cmd := exec.Command(c.binaries.path("postgres"))
	release, err := c.aim(cmd, c.data)
	if err != nil {
		return nil, nil, err
	}
	settings := c.allSettings()
	for _, name := range slices.Sorted(maps.Keys(settings)) {
		cmd.Args = append(cmd.Args, "-c", name+"="+settings[name])
	}
	cmd.Stdout, cmd.Stderr = output, output
	cmd.WaitDelay = 2 * time.Second
	return cmd, release, nil
}

func (c *cluster) allSettings() map[string]string {
	settings := map[string]string{
		"listen_addresses":        "",
		"unix_socket_directories": c.socket,
		"unix_socket_permissions": "0700",
		"fsync":                   "on",
		"full_page_writes":        "on",
		"synchronous_commit":      "on",
		"max_connections":         "200",
		"timezone":                "UTC",
		"jit":                     "off", // compiling costs more than our short statements take
		"random_page_cost":        "1.1", // no disk has a head to move any more
		"max_wal_size":            "2GB", // a sample company of a million invoices is loaded in minutes
		"wal_compression":         "on",
		"log_min_messages":        "log", // a refused statement is its caller's to tell
		"log_min_error_statement": "panic",
		"log_checkpoints":         "off",
		"log_line_prefix":         "",
	}
	maps.Copy(settings, c.settings)
	return settings
}

// aim makes cmd work on folder with a plain environment. A folder that the account cannot walk to, below /root for
// instance, is handed over as an open descriptor: this one folder and nothing else.
func (c *cluster) aim(cmd *exec.Cmd, folder string) (release func(), err error) {
	cmd.Dir = string(filepath.Separator)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "HOME=" + c.socket}
	if !c.handed {
		cmd.Args = append(cmd.Args, "-D", folder)
		return func() {}, nil
	}
	f, err := os.Open(folder)
	if err != nil {
		return nil, fmt.Errorf("open data folder: %w", err)
	}
	cmd.ExtraFiles = []*os.File{f} // the first of them is descriptor 3 of the process
	cmd.Args = append(cmd.Args, "-D", "/proc/self/fd/3")
	return func() { _ = f.Close() }, nil
}

func (c *cluster) url(database string) string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(superuser, c.password), Path: "/" + database}
	u.RawQuery = url.Values{"host": {c.socket}, "port": {"5432"}, "sslmode": {"disable"}}.Encode()
	return u.String()
}

// ready answers when the server accepts connections. A server that recovers from a crash may need a while.
func (c *cluster) ready(ctx context.Context) error {
	tick := time.NewTicker(15 * time.Millisecond)
	defer tick.Stop()
	slow := time.NewTimer(10 * time.Second)
	defer slow.Stop()
	for {
		conn, err := pgx.Connect(ctx, c.url("postgres"))
		if err == nil {
			return conn.Close(ctx)
		}
		var refused *pgconn.PgError
		if errors.As(err, &refused) && refused.Code[:2] == "28" {
			return fmt.Errorf("Postgres in %s does not accept the password in %s: %w", c.data,
				filepath.Join(c.home, "postgres.password"), err)
		}
		select {
		case <-ctx.Done():
			return c.failed("Postgres is not ready", ctx.Err())
		case <-slow.C:
			c.log.Warn("Postgres is still starting; after a crash it reads its log first", "folder", c.data)
		case <-tick.C:
		}
	}
}

func (c *cluster) createDatabase(ctx context.Context) error {
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return fmt.Errorf("connect to the private Postgres: %w", err)
	}
	defer func() { _ = conn.Close(ctx) }()
	var there bool
	const known = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)"
	if err := conn.QueryRow(ctx, known, Database).Scan(&there); err != nil || there {
		return err
	}
	if _, err := conn.Exec(ctx, "CREATE DATABASE "+Database); err != nil {
		return fmt.Errorf("create database: %w", err)
	}
	return nil
}

// failed adds the last words of Postgres to an error about it.
func (c *cluster) failed(what string, err error) error {
	if words := c.said.String(); words != "" {
		return fmt.Errorf("%s: %w; it said:\n%s", what, err, words)
	}
	return fmt.Errorf("%s: %w", what, err)
}
