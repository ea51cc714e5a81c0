package rbac

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"erp/internal/platform/database"
)

// Trace is why a permission reaches as far as it does for somebody: every rule that says something about it.
type Trace struct {
	Scope   Scope
	Sources []Source // denials first, then the widest grants
}

// Source is one rule of a role that somebody holds, and how they came by it.
type Source struct {
	Role  Role   // whose rule it is
	Via   []Role // from the role that the person was given to Role; one that was given itself stands alone
	Cell  Cell
	Rule  Origin // who decided that the role says so
	Given Origin // who gave the person the first role of Via
	Until time.Time
}

// Origin is who did it, as the id of a user or "system", and when.
type Origin struct {
	By string
	At time.Time
}

// Trace reads from the rules themselves, not from the snapshot, what they say of a permission for a person.
func (p *Policy) Trace(ctx context.Context, person Person, code string) (Trace, error) {
	object, act := split(code)
	rows, err := p.db.Pool().Query(ctx, `
		WITH RECURSIVE held AS (
			SELECT v0, v1, granted_by, granted_at, expires_at FROM casbin_rule
			WHERE ptype = 'g' AND v0 = $1 AND (expires_at IS NULL OR expires_at > $4)
			UNION
			SELECT r.v0, r.v1, r.granted_by, r.granted_at, r.expires_at FROM casbin_rule r JOIN held ON r.v0 = held.v1 WHERE r.ptype = 'g')
		SELECT 'g', v0, v1, '', '', granted_by, granted_at, expires_at FROM held
		UNION ALL
		SELECT 'p', v0, '', v3, v4, granted_by, granted_at, NULL FROM casbin_rule
		WHERE ptype = 'p' AND v1 = $2 AND v2 = $3 AND v0 IN (SELECT v1 FROM held)
		ORDER BY 1, 2, 3`, subjectOfPerson(person), object, act, p.now())
	if err != nil {
		return Trace{}, database.Fault(fmt.Errorf("trace: %w", err))
	}
	defer rows.Close()
	t := tracer{edges: map[string][]edge{}, rules: map[string][]ruled{}}
	for rows.Next() {
		var kind, subject, parent, scope, effect string
		var origin Origin
		var until *time.Time
		if err := rows.Scan(&kind, &subject, &parent, &scope, &effect, &origin.By, &origin.At, &until); err != nil {
			return Trace{}, fmt.Errorf("trace: %w", err)
		}
		if err := t.add(kind, subject, parent, scope, effect, origin, until); err != nil {
			return Trace{}, err
		}
	}
	if err := rows.Err(); err != nil {
		return Trace{}, database.Fault(fmt.Errorf("trace: %w", err))
	}
	for _, e := range t.edges[subjectOfPerson(person)] {
		t.follow(e, e, nil)
	}
	return t.trace(), nil
}

type edge struct {
	parent string
	origin Origin
	until  time.Time
}

type ruled struct {
	reach  reach
	origin Origin
}

// tracer follows the roles of one person to the rules about one permission.
type tracer struct {
	edges   map[string][]edge
	rules   map[string][]ruled
	total   reach
	sources []Source
}

func (t *tracer) add(kind, subject, parent, scope, effect string, origin Origin, until *time.Time) error {
	if kind == "g" {
		e := edge{parent: parent, origin: origin}
		if until != nil {
			e.until = *until
		}
		t.edges[subject] = append(t.edges[subject], e)
		return nil
	}
	far, err := ParseScope(scope)
	if err != nil {
		return fmt.Errorf("trace: %w", err)
	}
	r := reach{allowed: far}
	if effect == deny {
		r = reach{denied: far}
	}
	t.rules[subject] = append(t.rules[subject], ruled{r, origin})
	return nil
}

// follow walks up from a role; the first is the one that the person was given.
func (t *tracer) follow(first, at edge, via []Role) {
	role := Role(strings.TrimPrefix(at.parent, rolePrefix))
	via = append(slices.Clone(via), role)
	for _, rule := range t.rules[at.parent] {
		t.total = t.total.and(rule.reach)
		t.sources = append(t.sources, Source{Role: role, Via: via, Cell: rule.reach.cell(), Rule: rule.origin, Given: first.origin, Until: first.until})
	}
	for _, next := range t.edges[at.parent] {
		t.follow(first, next, via)
	}
}

func (t *tracer) trace() Trace {
	slices.SortStableFunc(t.sources, func(x, y Source) int {
		if x.Cell == Denied || y.Cell == Denied {
			return cmp.Compare(x.Cell, y.Cell)
		}
		return cmp.Or(cmp.Compare(y.Cell, x.Cell), cmp.Compare(len(x.Via), len(y.Via)))
	})
	return Trace{Scope: t.total.scope(), Sources: t.sources}
}
