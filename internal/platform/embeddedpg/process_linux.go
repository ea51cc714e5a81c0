package embeddedpg

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// attributes puts the server in a process group of its own, so that Ctrl-C reaches the program only, and has the kernel
// ask it for a fast shutdown when the program dies.
func attributes(a account, b bond) *syscall.SysProcAttr {
	if b == detached {
		return &syscall.SysProcAttr{Setsid: true, Credential: credential(a)}
	}
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGINT, Credential: credential(a)}
}

// processesOn lists the Postgres processes that work in a data folder: its postmaster, and backends that may have
// outlived theirs. The kernel knows each one's program and folder, whatever a pid file says.
func processesOn(data string, _ int) ([]int, error) {
	entries, err := os.ReadDir("/proc")
	if err != nil {
		return nil, err
	}
	var pids []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		folder, err := os.Readlink(filepath.Join("/proc", entry.Name(), "cwd"))
		if err != nil {
			if errors.Is(err, fs.ErrNotExist) || errors.Is(err, fs.ErrPermission) || errors.Is(err, syscall.ESRCH) {
				continue // gone, a zombie, or somebody else's
			}
			return nil, err
		}
		if folder != data {
			continue
		}
		program, err := os.Readlink(filepath.Join("/proc", entry.Name(), "exe"))
		if err == nil && strings.HasPrefix(filepath.Base(program), "postgres") {
			pids = append(pids, pid)
		}
	}
	return pids, nil
}

func localeArguments() []string { return []string{"--locale=C.UTF-8"} }
