// Package embeddedpg runs the private Postgres that the program owns when no database is configured. It knows Postgres
// binaries, processes and folders, and nothing of modules, schemas or tables.
package embeddedpg

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// Database is the name of the database that Start creates and that Server.URL leads to.
const Database = "erp"

// superuser is the cluster's only role after the first start.
const superuser = "erp"

// Options say where the private Postgres lives.
type Options struct {
	// DataDir is the program's data folder. The cluster is kept in its subfolder "postgres" and the superuser's
	// password, readable by the program only, in "postgres.password".
	DataDir string
	// Log receives what Postgres says. Nil discards it.
	Log *slog.Logger
	// Settings are further settings of the server, such as max_connections.
	Settings map[string]string
}

// Server is a running private Postgres. One that was started lives exactly as long as this program.
type Server struct {
	cluster  *cluster
	lock     *lock // nil when the server is another program's
	url      string
	up       chan struct{} // closed when Start has succeeded
	stop     chan struct{} // closed when Postgres shall end
	finished chan error    // tells that it has
	leave    sync.Once
}

// Start creates the cluster on the first call and starts it. It answers when Postgres accepts connections, and from then
// on starts it again should it die. A data folder in use by another program, one written by another major version, and
// a machine without Postgres are refused with an error that says what to do; nothing is changed then.
func Start(ctx context.Context, o Options) (*Server, error) {
	// A program killed a moment ago holds its lock until the system has taken it apart.
	return startWithin(ctx, o, 2*time.Second)
}

// startWithin waits so long for another program to release the data folder.
func startWithin(ctx context.Context, o Options, wait time.Duration) (*Server, error) {
	c, err := newCluster(o)
	if err != nil {
		return nil, err
	}
	turn, cancel := context.WithTimeout(ctx, wait)
	defer cancel()
	held, err := acquireInTurn(turn, filepath.Join(c.home, "postgres.lock"))
	if errors.Is(err, errLocked) {
		return nil, fmt.Errorf("the data folder %s is in use by another running program; stop that one first, "+
			"or give this one a folder of its own with ERP_DATA_DIR: %w", c.home, err)
	}
	if err != nil {
		return nil, fmt.Errorf("lock data folder: %w", err)
	}
	s := &Server{cluster: c, lock: held, up: make(chan struct{}), stop: make(chan struct{}), finished: make(chan error, 1)}
	if err := s.start(ctx); err != nil {
		return nil, errors.Join(err, held.release())
	}
	return s, nil
}

func (s *Server) start(ctx context.Context) error {
	if err := s.cluster.prepare(ctx); err != nil {
		return err
	}
	began := time.Now()
	first := make(chan error, 1)
	go s.supervise(first)
	if err := s.await(ctx, first); err != nil {
		return errors.Join(err, s.halt())
	}
	if err := s.cluster.createDatabase(ctx); err != nil {
		return errors.Join(err, s.halt())
	}
	s.url = s.cluster.url(Database)
	close(s.up)
	s.cluster.log.Info("private Postgres is ready", "version", s.cluster.binaries.major, "folder", s.cluster.data,
		"took", time.Since(began).Round(time.Millisecond))
	return nil
}

// await waits until Postgres answers, the first process ends, or ctx does.
func (s *Server) await(ctx context.Context, first <-chan error) error {
	ready := make(chan error, 1)
	waiting, cancel := context.WithCancel(ctx)
	defer cancel()
	go func() { ready <- s.cluster.ready(waiting) }()
	select {
	case err := <-ready:
		return err
	case err := <-first:
		return s.cluster.failed("Postgres did not start", err)
	}
}

// URL is the superuser's address of the database erp. It leads through a unix socket, so that nothing is exposed.
func (s *Server) URL() string { return s.url }

// Stop ends Postgres as a fast shutdown does: sessions are cut, everything acknowledged is on disk. A second call does
// nothing.
func (s *Server) Stop(ctx context.Context) error {
	if s.lock == nil { // joined
		return nil
	}
	var err error
	s.leave.Do(func() {
		close(s.stop)
		select {
		case err = <-s.finished:
		case <-ctx.Done():
			err = fmt.Errorf("stop Postgres: %w", ctx.Err())
		}
		_ = os.Remove(s.cluster.socket) // an empty folder that is left over hurts nobody
		err = errors.Join(err, s.lock.release())
	})
	return err
}

// halt ends a server whose start failed.
func (s *Server) halt() error {
	close(s.stop)
	return <-s.finished
}

// newCluster names the folders, and creates the program's data folder only.
func newCluster(o Options) (*cluster, error) {
	home, err := filepath.Abs(o.DataDir)
	if err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	if err := os.MkdirAll(home, 0o711); err != nil {
		return nil, fmt.Errorf("create data folder: %w", err)
	}
	if home, err = filepath.EvalSymlinks(home); err != nil {
		return nil, fmt.Errorf("data folder: %w", err)
	}
	log := o.Log
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	return &cluster{home: home, data: filepath.Join(home, "postgres"), log: log, settings: o.Settings}, nil
}
