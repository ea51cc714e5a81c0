package config_test

import (
	"encoding/base64"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/config"
)

func TestLoad(t *testing.T) { // not parallel: the environment belongs to the process
	t.Run("an empty environment gives the contract's defaults", func(t *testing.T) {
		t.Setenv("ERP_DATA_DIR", t.TempDir())
		c, err := config.Load()
		require.NoError(t, err)
		require.Equal(t, "127.0.0.1:8080", c.Addr)
		require.Equal(t, config.Modules(), c.Modules)
		require.Empty(t, c.DatabaseURL)
	})
	t.Run("the environment wins over the file", func(t *testing.T) {
		dir := t.TempDir()
		require.NoError(t, os.WriteFile(filepath.Join(dir, "erp.yaml"), []byte("addr: 127.0.0.1:1\nlog_format: json\n"), 0o600))
		t.Setenv("ERP_DATA_DIR", dir)
		t.Setenv("ERP_ADDR", "127.0.0.1:2")
		t.Setenv("ERP_MODULES", "employee,asset")
		t.Setenv("ERP_PEERS_INVOICE", "http://peer:1")
		t.Setenv("ERP_PEERS_PLATFORM", "http://peer:2")
		t.Setenv("ERP_DATABASE_URL_ASSET", "postgres://a@b/c")
		c, err := config.Load()
		require.NoError(t, err)
		require.Equal(t, "127.0.0.1:2", c.Addr)
		require.Equal(t, "json", c.LogFormat)
		require.Equal(t, []string{"employee", "asset"}, c.Modules)
		require.Equal(t, map[string]string{"invoice": "http://peer:1", "platform": "http://peer:2"}, c.Peers)
		require.Equal(t, map[string]string{"asset": "postgres://a@b/c"}, c.DatabaseURLs)
		require.Equal(t, []string{"employee", "asset"}, c.Hosted())
	})
	t.Run("a misspelt key in the file, an unknown module and half an administrator are refused", func(t *testing.T) {
		dir := t.TempDir()
		t.Setenv("ERP_DATA_DIR", dir)
		t.Setenv("ERP_MODULES", "assets")
		t.Setenv("ERP_ADMIN_EMAIL", "a@b.example")
		t.Setenv("ERP_SECRET", "easily guessed")
		_, err := config.Load()
		require.ErrorContains(t, err, "ERP_SECRET has at least 32 characters")
		require.NotContains(t, err.Error(), "easily guessed")
		require.ErrorContains(t, err, "assets")
		require.ErrorContains(t, err, "ERP_ADMIN_PASSWORD")
		require.NoError(t, os.WriteFile(filepath.Join(dir, "erp.yaml"), []byte("adr: x\n"), 0o600))
		_, err = config.Load()
		require.ErrorContains(t, err, "adr")
	})
}

func TestOIDC(t *testing.T) { // not parallel: the environment belongs to the process
	t.Setenv("ERP_DATA_DIR", t.TempDir())
	t.Setenv("ERP_OIDC_CLIENT_ID", "erp")
	t.Setenv("ERP_PUBLIC_URL", "https://erp.example.com")
	for issuer, refused := range map[string]bool{
		"https://login.example.com": false, "http://localhost:8081": false, "http://login.example.com": true, "login": true, "": true, "file:///etc/passwd": true,
	} {
		t.Setenv("ERP_OIDC_ISSUER", issuer)
		c, err := config.Load()
		require.Equal(t, refused, err != nil, issuer)
		if !refused {
			require.Equal(t, issuer, c.OIDC.Issuer)
		}
	}
	t.Setenv("ERP_OIDC_ISSUER", "https://login.example.com")
	t.Setenv("ERP_OIDC_CLIENT_ID", "")
	t.Setenv("ERP_PUBLIC_URL", "")
	_, err := config.Load()
	require.ErrorContains(t, err, "ERP_OIDC_CLIENT_ID")
	require.ErrorContains(t, err, "ERP_PUBLIC_URL")
}

func TestPeers(t *testing.T) { // not parallel: the environment belongs to the process
	t.Setenv("ERP_DATA_DIR", t.TempDir())
	t.Setenv("ERP_MODULES", "employee")
	t.Setenv("ERP_PEERS_ASSET", "erp-asset:8080")
	_, err := config.Load()
	require.ErrorContains(t, err, "ERP_PEERS_ASSET is not a URL such as http://erp-asset:8080")
	require.ErrorContains(t, err, "set ERP_PEERS_PLATFORM to the address of the process that hosts it")
	require.ErrorContains(t, err, "set ERP_PEERS_INVOICE")
}

func TestBroker(t *testing.T) { // not parallel: the environment belongs to the process
	t.Setenv("ERP_DATA_DIR", t.TempDir())
	for address, refused := range map[string]bool{
		"": false, "nats://broker:4222": false, "tls://erp:secret@one:4222, tls://erp:secret@two:4222": false,
		"http://erp:secret@broker": true, "nats://erp:secret@one:4222,erp:secret@two": true, "nats://erp:secret@[": true,
	} {
		t.Setenv("ERP_NATS_URL", address)
		_, err := config.Load()
		require.Equal(t, refused, err != nil, address)
		if refused {
			require.NotContains(t, err.Error(), "secret")
		}
	}
	t.Setenv("ERP_NATS_REPLICAS", "6")
	_, err := config.Load()
	require.ErrorContains(t, err, "ERP_NATS_REPLICAS")
}

func TestSecretsInFiles(t *testing.T) { // not parallel: the environment belongs to the process
	dir := t.TempDir()
	t.Setenv("ERP_DATA_DIR", dir)
	for name, secret := range map[string]string{
		"ERP_SECRET": "0123456789abcdef0123456789abcdef", "ERP_METRICS_TOKEN": "a-token-of-the-watch", "ERP_DATABASE_URL_ASSET": "postgres://db/asset",
		"ERP_SMTP_URL": "smtp://erp:word@mail.example.com",
	} {
		file := filepath.Join(dir, name)
		require.NoError(t, os.WriteFile(file, []byte(secret+"\n"), 0o600))
		t.Setenv(name+"_FILE", file)
		require.Empty(t, config.Unknown([]string{name + "_FILE=" + file}))
	}
	c, err := config.Load()
	require.NoError(t, err)
	require.Equal(t, "0123456789abcdef0123456789abcdef", c.Secret)
	require.Equal(t, "a-token-of-the-watch", c.MetricsToken)
	require.Equal(t, map[string]string{"asset": "postgres://db/asset"}, c.DatabaseURLs)
	require.Equal(t, "smtp://erp:word@mail.example.com", c.SMTPURL)

	t.Setenv("ERP_SMTP_URL", "smtp://elsewhere")
	_, err = config.Load()
	require.ErrorContains(t, err, "ERP_SMTP_URL_FILE")
	require.NotContains(t, err.Error(), "word")
	t.Setenv("ERP_SMTP_URL", "")
	t.Setenv("ERP_SECRET_FILE", filepath.Join(dir, "none"))
	_, err = config.Load()
	require.ErrorContains(t, err, "ERP_SECRET_FILE")
}

func TestUnknown(t *testing.T) {
	t.Parallel()
	require.Equal(t, []string{"ERP_ADRR"}, config.Unknown([]string{"ERP_ADDR=x", "ERP_ADRR=y", "ERP_PEERS_ASSET=z", "HOME=/"}))
}

func TestAudit(t *testing.T) { // not parallel: the environment belongs to the process
	t.Setenv("ERP_DATA_DIR", t.TempDir())
	good := "whsec_" + base64.StdEncoding.EncodeToString(make([]byte, 32))
	for _, c := range []struct{ address, secret, says string }{
		{"https://trail.example.com/erp?token=hunter2", good, ""},
		{"http://127.0.0.1:8088/", good, ""},
		{"http://trail.example.com/hunter2", good, "ERP_AUDIT_URL is not an address"},
		{"https://erp:hunter2@trail.example.com/", good, "ERP_AUDIT_URL is not an address"},
		{"hunter2", good, "ERP_AUDIT_URL is not an address"},
		{"https://trail.example.com/hunter2", "", "together"},
		{"", good, "together"},
		{"https://trail.example.com/", "hunter2", "ERP_AUDIT_SECRET is whsec_"},
		{"https://trail.example.com/", "whsec_aHVudGVyMg==", "ERP_AUDIT_SECRET is whsec_"},
	} {
		t.Setenv("ERP_AUDIT_URL", c.address)
		t.Setenv("ERP_AUDIT_SECRET", c.secret)
		_, err := config.Load()
		if c.says == "" {
			require.NoError(t, err, c.address)
			continue
		}
		require.ErrorContains(t, err, c.says, c.address)
		require.NotContains(t, err.Error(), "hunter2")
	}
}
