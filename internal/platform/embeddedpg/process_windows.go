package embeddedpg

import (
	"os"
	"os/exec"
	"syscall"
)

// bond says what the server does when the program ends.
type bond int

const (
	boundToThread bond = iota // it ends at the next start at the latest
	detached                  // it goes on, for others
)

func attributes(account, bond) *syscall.SysProcAttr {
	return &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// interrupt asks for a fast shutdown through pg_ctl, for Windows has no signals.
func (c *cluster) interrupt(*os.Process) error {
	return exec.Command(c.binaries.path("pg_ctl"), "stop", "-D", c.data, "-m", "fast").Run()
}

func endLeftover(pid int, _ bool) error {
	p, err := os.FindProcess(pid)
	if err != nil {
		return nil //nolint:nilerr // because it is gone
	}
	return p.Kill()
}

// processesOn trusts Postgres itself, which holds its data folder open.
func processesOn(string, int) ([]int, error) { return nil, nil }

func localeArguments() []string { return []string{"--locale=C", "--lc-ctype=en_US.UTF-8"} }
