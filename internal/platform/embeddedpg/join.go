package embeddedpg

import (
	"context"
	"errors"
	"path/filepath"
)

// Join answers the server that another program runs on the data folder, for a command that works beside it, and starts
// one when none runs. Stopping a server that was joined leaves it running.
func Join(ctx context.Context, o Options) (*Server, error) {
	s, err := startWithin(ctx, o, 0)
	if !errors.Is(err, errLocked) {
		return s, err
	}
	c, err := newCluster(o)
	if err != nil {
		return nil, err
	}
	if err := c.meet(ctx); err != nil {
		return nil, err
	}
	return &Server{cluster: c, url: c.url(Database)}, nil
}

// meet finds the running server's address and waits until it answers.
func (c *cluster) meet(ctx context.Context) (err error) {
	if c.account, err = serverAccount(); err != nil {
		return err
	}
	if c.handed, err = c.account.cannotReach(c.home); err != nil {
		return err
	}
	if c.socket, err = c.socketFolder(); err != nil {
		return err
	}
	if c.password, err = loadPassword(filepath.Join(c.home, "postgres.password"), true); err != nil {
		return err
	}
	return c.ready(ctx)
}
