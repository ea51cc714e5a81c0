//go:build unix

package embeddedpg

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"
	"syscall"
)

// errLocked tells that another process holds the lock.
var errLocked = errors.New("locked")

// lock is held by one process at a time; the system releases it at that process's end, however that comes about.
type lock struct{ file *os.File }

// acquire takes the lock or tells at once who has it.
func acquire(path string) (*lock, error) {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		raw, _ := os.ReadFile(path) // who it is makes the message better, and is not needed
		return nil, errors.Join(fmt.Errorf("%w by process %s", errLocked, strings.TrimSpace(string(raw))), f.Close())
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if err := f.Truncate(0); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	if _, err := f.WriteString(strconv.Itoa(os.Getpid()) + "\n"); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &lock{file: f}, nil
}

func (l *lock) release() error { return l.file.Close() }
