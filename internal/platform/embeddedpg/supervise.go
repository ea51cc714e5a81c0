package embeddedpg

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"runtime"
	"time"
)

// onOwnThread runs f on a thread of its own. The kernel ties the signal that a child gets at its parent's death to the
// thread that started the child, and the scheduler may end any other thread at will.
func onOwnThread(f func()) {
	runtime.LockOSThread()
	f()
	runtime.UnlockOSThread()
}

// supervise runs Postgres until Stop, and starts it again when it ends by itself. What ends it before the start has
// succeeded goes to first.
func (s *Server) supervise(first chan<- error) {
	onOwnThread(func() {
		pause := 100 * time.Millisecond
		for {
			began := time.Now()
			stopped, err := s.runOnce()
			if stopped {
				s.finished <- err
				return
			}
			if !s.started() {
				first <- err
				s.finished <- nil
				return
			}
			s.cluster.log.Error("Postgres ended unexpectedly and is started again", "error", err)
			if time.Since(began) > time.Minute {
				pause = 100 * time.Millisecond
			}
			if s.rest(pause) {
				s.finished <- nil
				return
			}
			pause = min(2*pause, 5*time.Second)
		}
	})
}

// runOnce runs one server process to its end, and says whether it ended because it was told to.
func (s *Server) runOnce() (stopped bool, err error) {
	if s.started() {
		if err := s.clearOrStop(); err != nil {
			return false, err
		}
	}
	cmd, release, err := s.cluster.server(&lines{tell: s.cluster.tell})
	if err != nil {
		return false, err
	}
	cmd.SysProcAttr = attributes(s.cluster.account, boundToThread)
	err = cmd.Start()
	release()
	if err != nil {
		return false, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	exited := make(chan error, 1)
	go func() { exited <- cmd.Wait() }()
	select {
	case err := <-exited:
		return false, ended(err)
	case <-s.stop:
		if err := s.cluster.interrupt(cmd.Process); err != nil {
			return true, errors.Join(fmt.Errorf("stop Postgres: %w", err), <-exited)
		}
		return true, ended(<-exited)
	}
}

// clearOrStop waits for what the last server left running, unless Stop is called meanwhile.
func (s *Server) clearOrStop() error {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		select {
		case <-s.stop:
			cancel()
		case <-ctx.Done():
		}
	}()
	return s.cluster.clear(ctx)
}

func (s *Server) started() bool {
	select {
	case <-s.up:
		return true
	default:
		return false
	}
}

// rest waits between two attempts, and says whether Stop was called meanwhile.
func (s *Server) rest(pause time.Duration) bool {
	select {
	case <-s.stop:
		return true
	case <-time.After(pause):
		return false
	}
}

// ended is nil for a process that ended well, also when its output was still held open by another.
func ended(err error) error {
	if errors.Is(err, exec.ErrWaitDelay) {
		return nil
	}
	return err
}
