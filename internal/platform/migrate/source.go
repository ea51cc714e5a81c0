package migrate

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strings"

	"github.com/golang-migrate/migrate/v4/source"
	"github.com/golang-migrate/migrate/v4/source/iofs"
)

// mechanisms is the folder that every schema gets beside its module's own.
const mechanisms = "mechanisms"

// folder is the files of one module, written for one runtime role.
type folder struct {
	fs   fs.FS
	name string
	rw   string
	to   *uint // the version wanted, the newest when nil
}

// empty says whether the folder has no migrations, or is not there.
func (f folder) empty() (bool, error) {
	files, err := fs.Glob(f.fs, f.name+"/*.up.sql")
	if err != nil {
		return false, fmt.Errorf("list migrations: %w", err)
	}
	return len(files) == 0, nil
}

// files is a source of migrations that names the runtime role in each file and adds the statement that marks the file as
// done. A file and its mark are one transaction, so that after any kill the mark tells the truth.
type files struct {
	source.Driver
	replace *strings.Replacer
	mark    string
}

func (f folder) source(versionTable string) (*files, error) {
	driver, err := iofs.New(f.fs, f.name)
	if err != nil {
		return nil, fmt.Errorf("read migrations: %w", err)
	}
	return &files{
		Driver:  driver,
		replace: strings.NewReplacer("{{rw}}", quote(f.rw)),
		mark:    "\n;\nUPDATE " + versionTable + " SET dirty = false;\n",
	}, nil
}

// ReadUp gives the file that leads to a version.
func (f *files) ReadUp(version uint) (io.ReadCloser, string, error) {
	return f.render(f.Driver.ReadUp(version))
}

// ReadDown gives the file that leads back from a version.
func (f *files) ReadDown(version uint) (io.ReadCloser, string, error) {
	return f.render(f.Driver.ReadDown(version))
}

func (f *files) render(r io.ReadCloser, name string, err error) (io.ReadCloser, string, error) {
	if err != nil {
		return nil, "", err
	}
	raw, err := io.ReadAll(r)
	if err = errors.Join(err, r.Close()); err != nil {
		return nil, "", fmt.Errorf("read migration %s: %w", name, err)
	}
	return io.NopCloser(strings.NewReader(f.replace.Replace(string(raw)) + f.mark)), name, nil
}

// versions lists what the folder leads to, the oldest first.
func (f *files) versions() ([]uint, error) {
	version, err := f.First()
	var all []uint
	for ; err == nil; version, err = f.Next(version) {
		all = append(all, version)
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	return all, nil
}
