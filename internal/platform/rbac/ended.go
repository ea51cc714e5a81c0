package rbac

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/google/uuid"

	"erp/internal/platform/database"
)

// Ended is a role that somebody held until its time was over.
type Ended struct {
	Person Person
	Role   Role
	Until  time.Time
}

// Clear deletes the roles whose time is over, at most a thousand at once, and gives them. They counted for nothing
// already, so that no decision and no version changes.
func (p *Policy) Clear(ctx context.Context, tx *database.Tx) ([]Ended, error) {
	rows, err := tx.Conn().Query(ctx, `
		DELETE FROM casbin_rule WHERE id IN (SELECT id FROM casbin_rule WHERE expires_at <= $1 ORDER BY expires_at LIMIT 1000)
		RETURNING v0, v1, expires_at`, p.now())
	if err != nil {
		return nil, fmt.Errorf("clear ended roles: %w", err)
	}
	defer rows.Close()
	var ended []Ended
	for rows.Next() {
		var person, role string
		one := Ended{}
		if err := rows.Scan(&person, &role, &one.Until); err != nil {
			return nil, fmt.Errorf("clear ended roles: %w", err)
		}
		if one.Person, err = uuid.Parse(strings.TrimPrefix(person, personPrefix)); err != nil {
			return nil, fmt.Errorf("clear ended roles: %w", err)
		}
		one.Role = Role(strings.TrimPrefix(role, rolePrefix))
		ended = append(ended, one)
	}
	return ended, rows.Err()
}
