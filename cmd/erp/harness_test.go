package main_test

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// binary builds the program once for all journeys.
var binary = sync.OnceValues(func() (string, error) { //nolint:gochecknoglobals // because one build serves all tests
	dir, err := os.MkdirTemp("", "erp-journey-*")
	if err != nil {
		return "", err
	}
	file := filepath.Join(dir, "erp")
	out, err := exec.Command("go", "build", "-ldflags=-w", "-o", file, ".").CombinedOutput()
	if err != nil {
		return "", fmt.Errorf("build: %w: %s", err, out)
	}
	return file, nil
})

func TestMain(m *testing.M) {
	code := m.Run()
	if file, err := binary(); err == nil {
		_ = os.RemoveAll(filepath.Dir(file))
	}
	os.Exit(code)
}

const (
	adminEmail    = "ana@acme.example"
	adminPassword = "correct horse battery staple"
)

// installation is a data folder of the test's own, with the program and its private
// Postgres running on it or not.
type installation struct {
	t       *testing.T
	env     []string
	addr    string
	process *exec.Cmd
	log     *bytes.Buffer
}

// install prepares an empty installation.
func install(t *testing.T, env ...string) *installation {
	t.Helper()
	addr, dir := freeAddress(t), folder(t)
	for _, setting := range env {
		if given, ok := strings.CutPrefix(setting, "ERP_ADDR="); ok {
			addr = given
		}
	}
	i := &installation{t: t, addr: addr, log: &bytes.Buffer{}}
	i.env = append(os.Environ(), append([]string{"ERP_ADDR=" + addr, "ERP_DATA_DIR=" + dir, "ERP_SHUTDOWN_LINGER=0"}, env...)...)
	return i
}

// folder is one of the test's own that the database's unprivileged user can get through.
func folder(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "erp-data-*")
	require.NoError(t, err)
	require.NoError(t, os.Chmod(dir, 0o711))
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	return dir
}

func freeAddress(t *testing.T) string {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	defer listener.Close()
	return listener.Addr().String()
}

// start runs `erp serve` and waits until it is ready.
func (i *installation) start() {
	i.t.Helper()
	file, err := binary()
	require.NoError(i.t, err)
	i.process = exec.Command(file, "serve")
	i.process.Env = i.env
	i.process.Stdout, i.process.Stderr = i.log, i.log
	require.NoError(i.t, i.process.Start())
	i.t.Cleanup(i.kill)
	require.Eventually(i.t, func() bool {
		answer, err := http.Get("http://" + i.addr + "/readyz")
		if err != nil {
			return false
		}
		_ = answer.Body.Close()
		return answer.StatusCode == http.StatusOK
	}, time.Minute, 50*time.Millisecond, "the program did not get ready: %s", i.log)
}

// tell shows what went wrong inside, of a test that failed.
func (i *installation) tell(t *testing.T) {
	t.Helper()
	if !t.Failed() {
		return
	}
	for line := range strings.Lines(i.log.String()) {
		if strings.Contains(line, "level=ERROR") || strings.Contains(line, "level=WARN") {
			t.Log(line)
		}
	}
}

// kill ends the program as a power cut would.
func (i *installation) kill() {
	if i.process == nil {
		return
	}
	_ = i.process.Process.Kill()
	_ = i.process.Wait()
	i.process = nil
}

// stop ends the program as an operator would, and gives its exit error.
func (i *installation) stop() error {
	_ = i.process.Process.Signal(syscall.SIGTERM)
	err := i.process.Wait()
	i.process = nil
	return err
}

// run runs another command of the program to its end.
func (i *installation) run(args ...string) (string, error) {
	i.t.Helper()
	file, err := binary()
	require.NoError(i.t, err)
	cmd := exec.Command(file, args...)
	cmd.Env = i.env
	out, err := cmd.CombinedOutput()
	return string(out), err
}

// person is somebody with a browser.
type person struct {
	t      *testing.T
	base   string
	client *http.Client
}

func (i *installation) visitor() *person {
	jar, err := cookiejar.New(nil)
	require.NoError(i.t, err)
	return &person{t: i.t, base: "http://" + i.addr, client: &http.Client{Jar: jar, Timeout: 30 * time.Second}}
}

// on is the same person in a subtest.
func (p *person) on(t *testing.T) *person {
	t.Helper()
	return &person{t: t, base: p.base, client: p.client}
}

// signIn gives a person with a session.
func (i *installation) signIn(email, password string) *person {
	i.t.Helper()
	p := i.visitor()
	status, _, _ := p.do(http.MethodPost, "/api/v1/session", map[string]string{"email": email, "password": password}, nil)
	require.Equal(i.t, http.StatusOK, status, "sign in as %s", email)
	return p
}

// do sends one request and gives status, headers and body. Bytes are sent as CSV,
// everything else as JSON.
func (p *person) do(method, path string, body any, headers map[string]string) (int, http.Header, []byte) {
	p.t.Helper()
	request, err := newRequest(p.t.Context(), method, p.base+path, body)
	require.NoError(p.t, err)
	for name, value := range headers {
		request.Header.Set(name, value)
	}
	answer, err := p.client.Do(request)
	require.NoError(p.t, err)
	defer answer.Body.Close()
	content, err := io.ReadAll(answer.Body)
	require.NoError(p.t, err)
	return answer.StatusCode, answer.Header, content
}

func newRequest(ctx context.Context, method, url string, body any) (*http.Request, error) {
	var reader io.Reader
	contentType := ""
	switch b := body.(type) {
	case nil:
	case []byte:
		reader, contentType = bytes.NewReader(b), "text/csv"
	default:
		raw, err := json.Marshal(b)
		if err != nil {
			return nil, err
		}
		reader, contentType = bytes.NewReader(raw), "application/json"
	}
	request, err := http.NewRequestWithContext(ctx, method, url, reader)
	if err == nil && contentType != "" {
		request.Header.Set("Content-Type", contentType)
	}
	return request, err
}

// object is a JSON object as a client without types sees it.
type object = map[string]any

// get reads a resource.
func (p *person) get(path string) object {
	return p.must(http.MethodGet, path, nil, http.StatusOK, nil)
}

// post sends body and expects the status.
func (p *person) post(path string, body any, status int) object {
	p.t.Helper()
	return p.must(http.MethodPost, path, body, status, nil)
}

func (p *person) must(method, path string, body any, status int, headers map[string]string) object {
	p.t.Helper()
	got, _, content := p.do(method, path, body, headers)
	require.Equal(p.t, status, got, "%s %s: %s", method, path, content)
	return decode(content)
}

// decode reads an object; an answer without one is nil.
func decode(content []byte) object {
	var v object
	_ = json.Unmarshal(content, &v) // an empty answer has none
	return v
}

// items are the rows of a list.
func items(list object) []object {
	rows, _ := list["items"].([]any)
	out := make([]object, len(rows))
	for i, r := range rows {
		out[i], _ = r.(object)
	}
	return out
}
