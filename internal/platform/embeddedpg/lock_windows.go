package embeddedpg

import (
	"errors"
	"os"
	"syscall"
)

// errLocked tells that another process holds the lock.
var errLocked = errors.New("locked by another process")

// lock is a file opened without sharing; the system releases it at the process's end.
type lock struct{ handle syscall.Handle }

// acquire takes the lock or tells at once that another has it.
func acquire(path string) (*lock, error) {
	const sharingViolation = syscall.Errno(32)
	name, err := syscall.UTF16PtrFromString(path)
	if err != nil {
		return nil, err
	}
	handle, err := syscall.CreateFile(name, syscall.GENERIC_READ|syscall.GENERIC_WRITE, 0, nil, syscall.OPEN_ALWAYS,
		syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if errors.Is(err, sharingViolation) {
		return nil, errLocked
	}
	if err != nil {
		return nil, &os.PathError{Op: "lock", Path: path, Err: err}
	}
	return &lock{handle: handle}, nil
}

func (l *lock) release() error { return syscall.CloseHandle(l.handle) }
