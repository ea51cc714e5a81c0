package embeddedpg

import (
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
)

// attributes puts the server in a process group of its own, so that Ctrl-C reaches the program only. The system has no
// signal at a parent's death; the next start ends a server left behind.
func attributes(a account, b bond) *syscall.SysProcAttr {
	if b == detached {
		return &syscall.SysProcAttr{Setsid: true, Credential: credential(a)}
	}
	return &syscall.SysProcAttr{Setpgid: true, Credential: credential(a)}
}

// processesOn answers the process that the pid file names, when that is a Postgres.
func processesOn(_ string, named int) ([]int, error) {
	if named == 0 {
		return nil, nil
	}
	out, err := exec.Command("ps", "-o", "comm=", "-p", strconv.Itoa(named)).Output()
	if err != nil {
		return nil, nil //nolint:nilerr // because ps fails for a process that is gone
	}
	if filepath.Base(strings.TrimSpace(string(out))) != "postgres" {
		return nil, nil
	}
	return []int{named}, nil
}

// localeArguments names the one UTF-8 locale that every version of macOS has.
func localeArguments() []string { return []string{"--locale=en_US.UTF-8"} }
