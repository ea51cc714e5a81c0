package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5"

	"erp/internal/platform/embeddedpg"
)

const (
	adminEmail    = "bench@example.com"
	adminPassword = "correct-horse-battery-9"
)

// company is how much data is measured.
type company struct {
	name                        string
	employees, assets, invoices int
}

func (c company) String() string {
	return fmt.Sprintf("%d employees, %d assets, %d invoices", c.employees, c.assets, c.invoices)
}

var companies = map[string]company{
	"hundredth": {"a hundredth", 100, 2_000, 10_000},
	"full":      {"full size", 10_000, 200_000, 1_000_000},
}

// process is a program under load.
type process struct {
	command *exec.Cmd
	base    string
}

func (p *process) memory(line string) int { return memoryOf(p.command.Process.Pid, line) }

// world is one filled company with both programs running over it.
type world struct {
	company       company
	sample        *sample
	verbose       bool
	folder        string
	postgres      *embeddedpg.Server
	postmaster    int
	sql           *pgx.Conn
	product, bare *process
	asProduct     *client
	asBare        *client
}

func newWorld(ctx context.Context, program string, size company) (*world, error) {
	folder, err := os.MkdirTemp("", "erp-bench-")
	if err != nil {
		return nil, err
	}
	w := &world{folder: folder, company: size}
	if err := w.build(ctx, program, size); err != nil {
		w.close()
		return nil, err
	}
	return w, nil
}

func (w *world) build(ctx context.Context, program string, size company) error {
	var err error
	w.postgres, err = embeddedpg.Start(ctx, embeddedpg.Options{DataDir: w.folder, Settings: map[string]string{
		"shared_preload_libraries": "pg_stat_statements", "shared_buffers": "512MB", "max_wal_size": "4GB",
		"max_connections": "300",
	}})
	if err != nil {
		return err
	}
	if w.postmaster, err = readPostmaster(w.folder); err != nil {
		return err
	}
	if w.sql, err = pgx.Connect(ctx, w.postgres.URL()); err != nil {
		return err
	}
	if _, err = w.sql.Exec(ctx, "CREATE EXTENSION pg_stat_statements"); err != nil {
		return err
	}
	if err := w.track(ctx, "none"); err != nil {
		return err
	}
	if err := w.fill(ctx, program, size); err != nil {
		return err
	}
	return w.start(ctx, program)
}

// fill makes the company by the program's own command.
func (w *world) fill(ctx context.Context, program string, size company) error {
	began := time.Now()
	demo := exec.CommandContext(ctx, program, "demo", "--employees", strconv.Itoa(size.employees),
		"--assets", strconv.Itoa(size.assets), "--invoices", strconv.Itoa(size.invoices), "--seed", "1")
	demo.Env = w.environment("")
	if out, err := demo.CombinedOutput(); err != nil {
		return fmt.Errorf("fill the company: %w\n%s", err, out)
	}
	if _, err := w.sql.Exec(ctx, "VACUUM ANALYZE"); err != nil {
		return err
	}
	fmt.Printf("%s filled in %s\n", size, time.Since(began).Round(time.Second))
	return nil
}

func (w *world) environment(addr string) []string {
	return append(os.Environ(), "ERP_DATABASE_URL="+w.postgres.URL(), "ERP_DATA_DIR="+w.folder, "ERP_ADDR="+addr,
		"ERP_ADMIN_EMAIL="+adminEmail, "ERP_ADMIN_PASSWORD="+adminPassword, "BENCH_DATABASE_URL="+w.postgres.URL())
}

func (w *world) start(ctx context.Context, program string) error {
	var err error
	if w.product, err = w.launch(ctx, program, "serve"); err != nil {
		return err
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	if w.bare, err = w.launch(ctx, self, "baseline"); err != nil {
		return err
	}
	w.asProduct, w.asBare = newClient(w.product.base), newClient(w.bare.base)
	if err := w.signIn(ctx); err != nil {
		return err
	}
	return w.takeSample(ctx)
}

// launch starts a program on a free port and waits until it answers.
func (w *world) launch(ctx context.Context, program, command string) (*process, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := listener.Addr().String()
	_ = listener.Close()
	args := []string{command}
	if command == "baseline" {
		args = append(args, addr)
	}
	p := &process{command: exec.CommandContext(ctx, program, args...), base: "http://" + addr}
	p.command.Env = w.environment(addr)
	log, err := os.Create(filepath.Join(w.folder, command+".log"))
	if err != nil {
		return nil, err
	}
	p.command.Stdout, p.command.Stderr = log, log
	if err := p.command.Start(); err != nil {
		return nil, err
	}
	for range 600 {
		res, err := http.Get(p.base + "/healthz") //nolint:gosec // because the address is ours
		if err == nil {
			_ = res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return p, nil
			}
		}
		time.Sleep(50 * time.Millisecond)
	}
	said, _ := os.ReadFile(log.Name())
	return nil, errors.New(command + " did not start:\n" + string(said))
}

func (w *world) signIn(ctx context.Context) error {
	body, err := json.Marshal(map[string]string{"email": adminEmail, "password": adminPassword})
	if err != nil {
		return err
	}
	w.asProduct.header.Set("Origin", w.product.base)
	_, header, err := w.asProduct.ask(ctx, request{"POST", "/api/v1/session", string(body)})
	if err != nil {
		return err
	}
	for _, cookie := range (&http.Response{Header: header}).Cookies() {
		w.asProduct.header.Add("Cookie", cookie.Name+"="+cookie.Value)
	}
	return nil
}

func (w *world) close() {
	for _, p := range []*process{w.product, w.bare} {
		if p != nil && p.command.Process != nil {
			_ = p.command.Process.Signal(syscall.SIGTERM)
			_ = p.command.Wait()
		}
	}
	if w.sql != nil {
		_ = w.sql.Close(context.Background())
	}
	if w.postgres != nil {
		_ = w.postgres.Stop(context.Background())
	}
	_ = os.RemoveAll(w.folder)
}

// readPostmaster finds the process of the server in the file it keeps in its folder.
func readPostmaster(folder string) (int, error) {
	text, err := os.ReadFile(filepath.Join(folder, "postgres", "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(text), "\n")
	return strconv.Atoi(strings.TrimSpace(first))
}

// query asks the product's list with the given parameters and decodes its answer.
func (w *world) query(ctx context.Context, path string, parameters url.Values, into any) error {
	body, _, err := w.asProduct.ask(ctx, request{"GET", path + "?" + parameters.Encode(), ""})
	if err != nil {
		return err
	}
	return json.Unmarshal(body, into)
}
