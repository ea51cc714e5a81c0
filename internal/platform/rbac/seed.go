package rbac

import (
	"context"
	"fmt"

	"erp/internal/platform/database"
)

// seed gives the built-in roles what the modules declare. A company's own settings win: a grant that differs from the
// default it was seeded with is left alone, one that nobody touched follows a later version's default, and a new
// permission arrives with its default.
func (p *Policy) seed(ctx context.Context, tx *database.Tx) error {
	if _, err := p.Lock(ctx, tx); err != nil {
		return err
	}
	seeded, err := seededDefaults(ctx, tx)
	if err != nil {
		return err
	}
	changes := p.outdated(seeded)
	if len(changes) == 0 {
		return nil
	}
	var kept [3][]string
	_, err = p.Change(ctx, tx, "system", func(e *Edit) error {
		for _, change := range changes {
			kept[0] = append(kept[0], string(change.role))
			kept[1] = append(kept[1], change.code)
			kept[2] = append(kept[2], change.scope.String())
		}
		return e.seed(changes, seeded)
	})
	if err != nil {
		return err
	}
	_, err = tx.Conn().Exec(ctx, `
		INSERT INTO role_default (role, permission, scope) SELECT * FROM unnest($1::text[], $2::text[], $3::text[])
		ON CONFLICT (role, permission) DO UPDATE SET scope = excluded.scope`, kept[0], kept[1], kept[2])
	if err != nil {
		return fmt.Errorf("keep defaults: %w", err)
	}
	return nil
}

// cell is one place in the matrix of roles and permissions.
type cell struct {
	role Role
	code string
}

type seedChange struct {
	cell
	scope Scope
}

func seededDefaults(ctx context.Context, tx *database.Tx) (map[cell]Scope, error) {
	rows, err := tx.Conn().Query(ctx, `SELECT role, permission, scope FROM role_default`)
	if err != nil {
		return nil, fmt.Errorf("read defaults: %w", err)
	}
	defer rows.Close()
	seeded := map[cell]Scope{}
	for rows.Next() {
		var role, code, scope string
		if err := rows.Scan(&role, &code, &scope); err != nil {
			return nil, fmt.Errorf("read defaults: %w", err)
		}
		if seeded[cell{Role(role), code}], err = ParseScope(scope); err != nil {
			return nil, fmt.Errorf("read defaults: %w", err)
		}
	}
	return seeded, rows.Err()
}

// outdated lists the cells whose default is new or has changed since it was seeded.
func (p *Policy) outdated(seeded map[cell]Scope) []seedChange {
	var changes []seedChange
	for _, permission := range p.declared {
		for _, role := range BuiltIn() {
			want := permission.Default[role]
			if role == Administrator {
				want = permission.Widest()
			}
			at := cell{role, permission.Code}
			if old, known := seeded[at]; !known || old != want {
				changes = append(changes, seedChange{at, want})
			}
		}
	}
	return changes
}

func (e *Edit) seed(changes []seedChange, seeded map[cell]Scope) error {
	now, err := e.grants()
	if err != nil {
		return err
	}
	var fresh [][]string
	for _, change := range changes {
		old, known := seeded[change.cell]
		if known && now[change.cell] != Granted(old) {
			continue // the company decided otherwise
		}
		object, act := split(change.code)
		if known && old != None {
			if err := e.grant(change.role, change.code, Granted(None)); err != nil {
				return err
			}
		}
		if change.scope != None && (known || now[change.cell] == Granted(None)) {
			fresh = append(fresh, []string{subjectOfRole(change.role), object, act, change.scope.String(), allow})
		}
	}
	if len(fresh) == 0 {
		return nil
	}
	if _, err := e.enforcer.AddPolicies(fresh); err != nil {
		return fmt.Errorf("seed grants: %w", err)
	}
	return nil
}

// grants is the matrix as the rules say it.
func (e *Edit) grants() (map[cell]Cell, error) {
	snapshot, err := compileFrom(0, e.enforcer, e.rules)
	if err != nil {
		return nil, err
	}
	matrix := map[cell]Cell{}
	for role, rules := range snapshot.roles {
		for code, what := range rules.cells {
			matrix[cell{role, code}] = what
		}
	}
	return matrix, nil
}
