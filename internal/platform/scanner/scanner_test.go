package scanner_test

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/fault"
	"erp/internal/platform/scanner"
	"erp/internal/platform/scanner/scannertest"
)

func TestScan(t *testing.T) {
	t.Parallel()
	folder, err := os.MkdirTemp("", "clamd")
	require.NoError(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	socket := filepath.Join(folder, "clamd.ctl")
	overTCP := scannertest.Start(t, "tcp", "127.0.0.1:0", 8<<20, "")
	scannertest.Start(t, "unix", socket, 8<<20, "")
	for _, address := range []string{overTCP.Address(), socket, "unix:" + socket} {
		s, err := scanner.New(address)
		require.NoError(t, err)
		scan := func(content []byte) (string, error) { return s.Scan(t.Context(), content) }

		found, err := scan([]byte("a,b\n1,2\n"))
		require.NoError(t, err)
		require.Empty(t, found)
		found, err = scan(append(bytes.Repeat([]byte("x"), 5<<20), scannertest.Malware...))
		require.NoError(t, err)
		require.Equal(t, "Test.Malware-1", found)
		_, err = scan(bytes.Repeat([]byte("x"), 20<<20))
		require.Equal(t, fault.Invalid, fault.KindOf(err), "%v", err)
		require.Equal(t, "closed", s.Peer().State())
	}
}

func TestWhatWasNotLookedAtIsNotLetIn(t *testing.T) {
	t.Parallel()
	for _, says := range []string{"stream: ERROR", "OK", "stream: FOUND", "stream: OK then", "not a clamd", "INSTREAM: Command timed out ERROR"} {
		s, err := scanner.New(scannertest.Start(t, "tcp", "127.0.0.1:0", 8<<20, says).Address())
		require.NoError(t, err)
		found, err := s.Scan(t.Context(), []byte("hello"))
		require.Equal(t, fault.Unavailable, fault.KindOf(err), "%s: %v", says, err)
		require.Empty(t, found)
	}
	gone := scannertest.Start(t, "tcp", "127.0.0.1:0", 8<<20, "")
	gone.Stop()
	s, err := scanner.New(gone.Address())
	require.NoError(t, err)
	for range 10 { // the breaker opens on the way
		_, err = s.Scan(t.Context(), []byte("hello"))
		require.Equal(t, fault.Unavailable, fault.KindOf(err), "%v", err)
	}
	require.Equal(t, "open", s.Peer().State())
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for address, good := range map[string]bool{
		"127.0.0.1:3310": true, "clamd:3310": true, "[::1]:3310": true, "/run/clamav/clamd.ctl": true, "unix:/run/clamav/clamd.ctl": true,
		"clamd": false, ":3310": false, "run/clamd.ctl": false, "tcp://clamd:3310": false,
	} {
		_, err := scanner.New(address)
		require.Equal(t, good, err == nil, address)
	}
}
