package embeddedpg

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgproto3"
)

// Throwaway answers the superuser's address of a server for tests, which all test processes of this user share: the first
// one starts it and the others join. It keeps nothing beyond its own end, which comes idle after the last connection
// has gone. Its data is not safe from a power failure, for nobody misses it.
func Throwaway(ctx context.Context, o Options, idle time.Duration) (string, error) {
	c, err := newCluster(o)
	if err != nil {
		return "", err
	}
	c.fast = true
	held, err := acquireInTurn(ctx, filepath.Join(c.home, "throwaway.lock"))
	if err != nil {
		return "", err
	}
	url, err := c.joinOrStart(ctx, idle)
	return url, errors.Join(err, held.release())
}

func (c *cluster) joinOrStart(ctx context.Context, idle time.Duration) (string, error) {
	address := filepath.Join(c.home, "address")
	if known, err := os.ReadFile(address); err == nil {
		if conn, err := pgx.Connect(ctx, string(known)); err == nil {
			return string(known), conn.Close(ctx)
		}
	}
	if err := c.prepare(ctx); err != nil {
		return "", err
	}
	pid, err := c.launchDetached()
	if err != nil {
		return "", err
	}
	if err := c.ready(ctx); err != nil {
		return "", err
	}
	if err := c.createDatabase(ctx); err != nil {
		return "", err
	}
	if err := c.endWhenIdle(ctx, pid, idle); err != nil {
		return "", err
	}
	url := c.url(Database)
	return url, os.WriteFile(address, []byte(url), 0o600)
}

// launchDetached starts a server that outlives this process, and therefore writes to a file instead of a pipe.
func (c *cluster) launchDetached() (pid int, err error) {
	log, err := os.OpenFile(filepath.Join(c.home, "postgres.log"), os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return 0, err
	}
	defer func() { _ = log.Close() }()
	cmd, release, err := c.server(log)
	if err != nil {
		return 0, err
	}
	defer release()
	cmd.SysProcAttr = attributes(c.account, detached)
	if err := cmd.Start(); err != nil {
		return 0, fmt.Errorf("start %s: %w", cmd.Path, err)
	}
	go func() { _ = cmd.Wait() }() // so that it leaves no zombie when this process lives longer
	return cmd.Process.Pid, nil
}

// endWhenIdle leaves a session in the server which looks every second whether others are there. A session outlives its
// client for as long as its statement runs, so that no further process is needed.
func (c *cluster) endWhenIdle(ctx context.Context, pid int, idle time.Duration) error {
	const watch = `DO $$
DECLARE quiet int := 0;
BEGIN
	WHILE quiet < %d LOOP
		PERFORM pg_sleep(1);
		PERFORM pg_stat_clear_snapshot();
		IF EXISTS (SELECT FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()) THEN
			quiet := 0;
		ELSE
			quiet := quiet + 1;
		END IF;
		COMMIT;
	END LOOP;
	COPY (SELECT 1) TO PROGRAM %s;
END $$`
	conn, err := pgx.Connect(ctx, c.url("postgres"))
	if err != nil {
		return fmt.Errorf("connect to the server for tests: %w", err)
	}
	stop := "'kill -INT " + strconv.Itoa(pid) + "'"
	front := conn.PgConn().Frontend()
	front.SendQuery(&pgproto3.Query{String: fmt.Sprintf(watch, max(1, int(idle.Seconds())), stop)})
	if err := front.Flush(); err != nil {
		return fmt.Errorf("watch the server for tests: %w", err)
	}
	left, err := conn.PgConn().Hijack()
	if err != nil {
		return fmt.Errorf("leave the watching session: %w", err)
	}
	return left.Conn.Close()
}
