package pgtest

import (
	"context"
	"encoding/binary"
	"io"
	"net"
	"net/url"
	"path/filepath"
	"sync/atomic"
	"testing"

	"erp/internal/platform/database"
)

// Wiretap stands between a module and Postgres and counts what is asked: statements run,
// and times an answer was waited for.
type Wiretap struct {
	statements, waits atomic.Int64
}

// Tap gives a module's door to a database of this test's own, on one connection, seen
// through a wiretap.
func Tap(t testing.TB, module string) (*database.DB, *Wiretap) {
	t.Helper()
	w := &Wiretap{}
	address, err := url.Parse(URLs(t, module)[module])
	if err != nil {
		t.Fatalf("address of the test's database: %v", err)
	}
	query := address.Query()
	socket := filepath.Join(query.Get("host"), ".s.PGSQL.5432")
	folder := t.TempDir()
	listener, err := (&net.ListenConfig{}).Listen(t.Context(), "unix", filepath.Join(folder, ".s.PGSQL.5432"))
	if err != nil {
		t.Fatalf("listen for the wiretap: %v", err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	go w.accept(listener, socket)
	query.Set("host", folder)
	address.RawQuery = query.Encode()
	db, err := database.Open(t.Context(), database.Options{URL: address.String(), Schema: module, MaxConns: 1})
	if err != nil {
		t.Fatalf("open the tapped database: %v", err)
	}
	t.Cleanup(db.Close)
	return db, w
}

// Reset begins to count anew.
func (w *Wiretap) Reset() {
	w.statements.Store(0)
	w.waits.Store(0)
}

// Counted gives the statements run and the waits for the server since Reset.
func (w *Wiretap) Counted() (statements, waits int64) { return w.statements.Load(), w.waits.Load() }

func (w *Wiretap) accept(listener net.Listener, socket string) {
	for {
		client, err := listener.Accept()
		if err != nil {
			return
		}
		server, err := (&net.Dialer{}).DialContext(context.Background(), "unix", socket)
		if err != nil {
			_ = client.Close()
			return
		}
		go func() { _, _ = io.Copy(client, server); _ = client.Close() }()
		go func() { w.listen(server, client); _ = server.Close() }()
	}
}

// listen passes messages on: each has a letter and a length, but for the first.
func (w *Wiretap) listen(to io.Writer, from io.Reader) {
	head := make([]byte, 5)
	for first := true; ; first = false {
		letters := head[:5]
		if first {
			letters = head[:4]
		}
		if _, err := io.ReadFull(from, letters); err != nil {
			return
		}
		body := make([]byte, binary.BigEndian.Uint32(letters[len(letters)-4:])-4)
		if _, err := io.ReadFull(from, body); err != nil {
			return
		}
		if !first {
			w.count(letters[0])
		}
		if _, err := to.Write(append(letters, body...)); err != nil {
			return
		}
	}
}

func (w *Wiretap) count(letter byte) {
	switch letter {
	case 'E': // run a prepared statement
		w.statements.Add(1)
	case 'Q': // run text, and wait
		w.statements.Add(1)
		w.waits.Add(1)
	case 'S': // wait
		w.waits.Add(1)
	}
}
