// Package backup copies the whole system into one file and brings it back: every module's rows and counters, as of one
// moment. It reads the catalogue of the database and knows no module and no table by name.
package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"time"

	"erp/internal/platform/migrate"
)

// System is what is copied, or what a copy is brought back into.
type System struct {
	migrate.Options
	// Program is the release that runs, for whoever reads the manifest.
	Program string
	Now     func() time.Time
}

// Write copies the system into w as one snapshot, while it is in use. Its size is not bounded by memory.
func Write(ctx context.Context, w io.Writer, s System) (Manifest, error) {
	m, err := write(ctx, w, s)
	if err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	return m, nil
}

// Choice is what the operator has decided about a restore.
type Choice struct {
	// Overwrite allows the loss of what the system holds.
	Overwrite bool
}

// Read brings a copy back. The whole archive is checked before the first write; a damaged one, one of a newer release,
// and a system that is running or holds data are refused. What comes back is all there or not at all, in each schema.
func Read(ctx context.Context, r io.ReaderAt, size int64, s System, choice Choice) (Manifest, error) {
	m, err := read(ctx, r, size, s, choice)
	if err != nil {
		return Manifest{}, fmt.Errorf("restore: %w", err)
	}
	return m, nil
}

// WriteFile makes the copy at path, which appears when it is whole. An existing file is left alone.
func WriteFile(ctx context.Context, path string, s System) (m Manifest, err error) {
	if _, err := os.Stat(path); err == nil {
		return Manifest{}, fmt.Errorf("%s exists already; choose another name", path)
	}
	part, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*.part")
	if err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	defer func() { err = errors.Join(err, discard(part.Name())) }()
	m, err = Write(ctx, part, s)
	if err = errors.Join(err, part.Sync(), part.Close()); err != nil {
		return Manifest{}, err
	}
	if err := publish(part.Name(), path); err != nil {
		return Manifest{}, fmt.Errorf("back up: %w", err)
	}
	return m, nil
}

// publish gives the finished file its name. A link, unlike a rename, leaves a file alone that has come to be meanwhile;
// not every file system has links.
func publish(part, path string) error {
	err := os.Link(part, path)
	if err != nil && !errors.Is(err, os.ErrExist) {
		err = os.Rename(part, path)
	}
	if err != nil {
		return err
	}
	folder, err := os.Open(filepath.Dir(path))
	if err != nil {
		return err
	}
	_ = folder.Sync() // not every file system can
	return folder.Close()
}

func discard(path string) error {
	if err := os.Remove(path); !errors.Is(err, os.ErrNotExist) {
		return err
	}
	return nil
}

// ReadFile brings the copy at path back, as Read does.
func ReadFile(ctx context.Context, path string, s System, choice Choice) (Manifest, error) {
	f, err := os.Open(path)
	if err != nil {
		return Manifest{}, fmt.Errorf("restore: %w", err)
	}
	defer func() { _ = f.Close() }()
	info, err := f.Stat()
	if err != nil {
		return Manifest{}, fmt.Errorf("restore: %w", err)
	}
	return Read(ctx, f, info.Size(), s, choice)
}
