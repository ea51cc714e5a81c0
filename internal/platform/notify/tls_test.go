package notify_test

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"log/slog"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/jobs"
	"erp/internal/platform/notify"
	"erp/internal/platform/notify/notifytest"
	"erp/internal/platform/pgtest"
)

// known is the certificate that this test's system trusts: TestMain says so before anybody asks the system.
var known = sync.OnceValue(certificate) //nolint:gochecknoglobals // because one serves all tests

func TestMain(m *testing.M) {
	folder, err := os.MkdirTemp("", "erp-mail-*")
	if err != nil {
		panic(err)
	}
	raw := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: known().Certificate[0]})
	file := filepath.Join(folder, "roots.pem")
	if err := os.WriteFile(file, raw, 0o600); err != nil {
		panic(err)
	}
	if err := os.Setenv("SSL_CERT_FILE", file); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(code)
}

// certificate makes one for localhost that is its own authority.
func certificate() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "mail of the test"}, DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4zero},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageCertSign, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}}
	raw, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		panic(err)
	}
	return tls.Certificate{Certificate: [][]byte{raw}, PrivateKey: key}
}

// newPostTo is a mailer that goes through the server at this address; %d is the server's port.
func newPostTo(t *testing.T, server *notifytest.Server, address string) *post {
	t.Helper()
	p := &post{t: t, db: pgtest.New(t, "platform"), server: server}
	var err error
	p.mailer, err = notify.New(p.db, time.Now, notify.Options{SMTPURL: fmt.Sprintf(address, server.Port())})
	require.NoError(t, err)
	queue, err := jobs.New(p.db, slog.New(slog.DiscardHandler))
	require.NoError(t, err)
	p.mailer.Schedule(queue)
	p.mailer.Before("invitation", func(context.Context, string) (map[string]string, error) {
		return map[string]string{"link": "https://erp.example.com/"}, nil
	})
	require.NoError(t, queue.Start(t.Context()))
	t.Cleanup(func() { _ = queue.Stop(t.Context()) })
	return p
}

// 0.0.0.0 leads to this machine, and is none of the names that the mailer would let go without TLS.
const elsewhere = "smtp://erp:secret-word@0.0.0.0:%d?from=erp@example.com"

func TestMailTravelsEncrypted(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		address  string
		implicit bool
	}{
		"by STARTTLS":             {elsewhere, false},
		"from the first byte on":  {"smtps://erp:secret-word@localhost:%d?from=erp@example.com", true},
		"smtps elsewhere as well": {strings.Replace(elsewhere, "smtp:", "smtps:", 1), true},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := notifytest.StartTLS(t, &tls.Config{Certificates: []tls.Certificate{known()}}, c.implicit)
			p := newPostTo(t, server, c.address)
			require.NoError(t, p.queue("en", "1", "Mila", nil))
			got := server.Wait(1)[0]
			require.True(t, got.Encrypted)
			require.Equal(t, "AUTH PLAIN "+base64.StdEncoding.EncodeToString([]byte("\x00erp\x00secret-word")), got.As)
		})
	}
}

func TestNoMailTravelsInTheClear(t *testing.T) {
	t.Parallel()
	stranger := certificate()
	for name, c := range map[string]struct {
		server  func(t *testing.T) *notifytest.Server
		address string
		says    string
	}{
		"to a server elsewhere without TLS": {notifytest.Start, elsewhere, "starttls"},
		"to a server that nobody vouches for": {func(t *testing.T) *notifytest.Server {
			t.Helper()
			return notifytest.StartTLS(t, &tls.Config{Certificates: []tls.Certificate{stranger}}, false)
		}, elsewhere, "certificate"},
		"to a server of another name": {func(t *testing.T) *notifytest.Server {
			t.Helper()
			return notifytest.StartTLS(t, &tls.Config{Certificates: []tls.Certificate{known()}}, true)
		}, "smtps://erp:secret-word@127.0.0.1:%d?from=erp@example.com", "certificate"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server := c.server(t)
			p := newPostTo(t, server, c.address)
			require.NoError(t, p.queue("en", "1", "Mila", nil))
			require.Eventually(t, func() bool { return p.log()[0].Error != "" }, 20*time.Second, 20*time.Millisecond)
			require.Equal(t, "queued", p.log()[0].State, "it waits until the operator has mended it")
			require.Contains(t, strings.ToLower(p.log()[0].Error), c.says)
			require.NotContains(t, p.log()[0].Error, "secret-word")
			require.Empty(t, server.Mails())
			require.Empty(t, server.SignedIn(), "the password was told to nobody")
		})
	}
}
