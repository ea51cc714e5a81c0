package embeddedpg

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// patience is how long a server that outlived its program may take to end before it is told to.
const patience = 2 * time.Second

// clear waits until no process of an earlier server works on the data folder, tells a lingering one to end, and then
// removes what it left. The caller holds the lock of the data folder, so a server found here has lost its program. A
// pid file alone proves nothing, for its number may belong to another process by now.
func (c *cluster) clear(ctx context.Context) error {
	began, told := time.Now(), false
	for {
		left, err := processesOn(c.data, c.namedPid())
		if err != nil {
			return fmt.Errorf("look for an earlier Postgres on %s: %w", c.data, err)
		}
		if len(left) == 0 {
			return c.sweep()
		}
		if !told && time.Since(began) > patience {
			told = true
			c.log.Warn("an earlier Postgres still runs and is told to end", "folder", c.data, "pids", left)
			for _, pid := range left {
				if err := endLeftover(pid, pid == c.namedPid()); err != nil {
					return fmt.Errorf("end the earlier Postgres %d on %s: %w", pid, c.data, err)
				}
			}
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("an earlier Postgres (%v) still works on %s: %w", left, c.data, ctx.Err())
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// namedPid is the process that the cluster's pid file names, 0 when there is none.
func (c *cluster) namedPid() int {
	f, err := os.Open(filepath.Join(c.data, "postmaster.pid"))
	if err != nil {
		return 0
	}
	defer func() { _ = f.Close() }()
	line, err := bufio.NewReader(f).ReadString('\n')
	if err != nil {
		return 0
	}
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	if err != nil || pid <= 1 {
		return 0
	}
	return pid
}

// sweep removes the pid file and the socket's lock, both of which may name a number that another process has by now.
func (c *cluster) sweep() error {
	for _, path := range []string{
		filepath.Join(c.data, "postmaster.pid"),
		filepath.Join(c.socket, ".s.PGSQL.5432"),
		filepath.Join(c.socket, ".s.PGSQL.5432.lock"),
	} {
		if err := os.Remove(path); err != nil && !errors.Is(err, os.ErrNotExist) {
			return fmt.Errorf("remove what the earlier Postgres left: %w", err)
		}
	}
	return nil
}
