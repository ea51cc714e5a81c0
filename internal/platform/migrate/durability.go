package migrate

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// checkDurability refuses a server on which an acknowledged write can be lost. A role may have settings of its own, so
// that each module's is asked too.
func (r *roles) checkDurability(ctx context.Context, admin *pgx.Conn, modules []string) error {
	if err := durable(ctx, admin); err != nil {
		return err
	}
	for _, module := range modules {
		conn, err := pgx.Connect(ctx, r.url(runtimeRole, module))
		if err != nil {
			return fmt.Errorf("sign in to schema %s: %w", module, err)
		}
		err = durable(ctx, conn)
		_ = conn.Close(ctx)
		if err != nil {
			return fmt.Errorf("schema %s: %w", module, err)
		}
	}
	return nil
}

func durable(ctx context.Context, conn *pgx.Conn) error {
	for _, setting := range []string{"fsync", "full_page_writes", "synchronous_commit"} {
		var value string
		if err := conn.QueryRow(ctx, "SELECT current_setting($1)", setting).Scan(&value); err != nil {
			return fmt.Errorf("read setting %s: %w", setting, err)
		}
		if value == "off" {
			return fmt.Errorf("the database server runs with %s = off, and would lose what it has acknowledged when the power "+
				"fails; turn it on in postgresql.conf", setting)
		}
	}
	return nil
}
