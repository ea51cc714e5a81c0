package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"time"

	adminmodule "erp/internal/platform/admin/module"
	"erp/internal/platform/backup"
	"erp/internal/platform/config"
	"erp/internal/platform/embeddedpg"
	"erp/internal/platform/fault"
)

// archive keeps the copies that the browser asks for: files in the data folder of this machine.
type archive struct {
	folder  string
	dataDir string
	system  backup.System
}

// archived is what the administration is given of it: nothing to make copies with when the modules hosted here have several
// databases, for a copy is of one.
func archived(cfg config.Config, secret string, log *slog.Logger) adminmodule.Archive {
	machine, err := os.Hostname()
	if err != nil {
		machine = "unknown"
	}
	out := adminmodule.Archive{Machine: machine, OwnServer: !cfg.PrivateDatabase}
	for _, module := range config.Modules() {
		if !cfg.Hosts(module) {
			out.Elsewhere = append(out.Elsewhere, module)
		}
	}
	servers := (&program{cfg: cfg}).migrations(secret, log)
	if len(servers) != 1 {
		return out
	}
	a := archive{folder: filepath.Join(cfg.DataDir, "backups"), dataDir: cfg.DataDir,
		system: backup.System{Options: servers[0], Program: version, Now: time.Now}}
	out.Make, out.Open, out.Remove, out.Try = a.make, a.open, a.remove, a.try
	return out
}

func (a archive) make(ctx context.Context, name string) (size, rows int64, err error) {
	if err := os.MkdirAll(a.folder, 0o700); err != nil {
		return 0, 0, fmt.Errorf("make the folder of the copies: %w", err)
	}
	if err := sweep(filepath.Join(a.folder, ".*.part")); err != nil { // of a program that was killed
		return 0, 0, err
	}
	path := filepath.Join(a.folder, name)
	m, err := backup.WriteFile(ctx, path, a.system)
	if err != nil {
		return 0, 0, err
	}
	info, err := os.Stat(path)
	if err != nil {
		return 0, 0, fmt.Errorf("look at the copy: %w", err)
	}
	return info.Size(), m.Rows(), nil
}

func (a archive) open(name string) (io.ReadCloser, error) {
	file, err := os.Open(filepath.Join(a.folder, filepath.Base(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.New(fault.NotFound, "no-such-file", "The file %s is not on this machine any more.", name)
	}
	return file, err
}

func (a archive) remove(name string) error {
	err := os.Remove(filepath.Join(a.folder, filepath.Base(name)))
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return err
}

// try brings the copy back into a Postgres of its own, which it starts for that and throws away: nothing of it can touch
// what is in use.
func (a archive) try(ctx context.Context, name string) (rows int64, err error) {
	if err := sweep(filepath.Join(a.dataDir, "restore-test-*")); err != nil {
		return 0, err
	}
	folder, err := os.MkdirTemp(a.dataDir, "restore-test-*")
	if err != nil {
		return 0, fmt.Errorf("make a folder to restore into: %w", err)
	}
	defer func() { err = errors.Join(err, os.RemoveAll(folder)) }()
	if err := os.Chmod(folder, 0o711); err != nil { //nolint:gosec // because the database's user must reach its own folder below
		return 0, fmt.Errorf("open the folder to restore into: %w", err)
	}
	server, err := embeddedpg.Start(ctx, embeddedpg.Options{DataDir: folder, Log: a.system.Log})
	if err != nil {
		return 0, err
	}
	defer func() {
		limited, cancel := context.WithTimeout(context.WithoutCancel(ctx), 30*time.Second)
		defer cancel()
		err = errors.Join(err, server.Stop(limited))
	}()
	scratch := a.system
	scratch.AdminURL = server.URL()
	m, err := backup.TryFile(ctx, filepath.Join(a.folder, filepath.Base(name)), scratch)
	return m.Rows(), err
}

func sweep(pattern string) error {
	left, err := filepath.Glob(pattern)
	if err != nil {
		return err
	}
	for _, path := range left {
		if err := os.RemoveAll(path); err != nil {
			return fmt.Errorf("remove what a killed program left: %w", err)
		}
	}
	return nil
}
