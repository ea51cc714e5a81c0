//go:build unix

package embeddedpg

import (
	"errors"
	"os"
	"syscall"
)

// bond says what the server does when the program ends.
type bond int

const (
	boundToThread bond = iota // it ends too, where the system can see to that
	detached                  // it goes on, for others
)

// interrupt asks for a fast shutdown. SIGTERM would wait for every session to leave by itself.
func (c *cluster) interrupt(p *os.Process) error {
	if err := p.Signal(syscall.SIGINT); !errors.Is(err, os.ErrProcessDone) {
		return err
	}
	return nil
}

// endLeftover ends a process of a server that has lost its program: the postmaster by a fast shutdown, a backend that
// has lost its postmaster by SIGTERM.
func endLeftover(pid int, postmaster bool) error {
	signal := syscall.SIGTERM
	if postmaster {
		signal = syscall.SIGINT
	}
	if err := syscall.Kill(pid, signal); err != nil && !errors.Is(err, syscall.ESRCH) {
		return err
	}
	return nil
}

func credential(a account) *syscall.Credential {
	if !a.switched {
		return nil
	}
	return &syscall.Credential{Uid: uint32(a.uid), Gid: uint32(a.gid)}
}
