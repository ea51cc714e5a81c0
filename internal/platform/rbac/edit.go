package rbac

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/casbin/casbin/v3"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Edit changes a policy within one transaction. What it says no to has changed nothing.
type Edit struct {
	policy   *Policy
	enforcer *casbin.Enforcer
	rules    *adapter
}

// Lock makes this transaction the only one that changes who may do what, until it ends. A use case takes it before it
// reads what it will decide by.
func (p *Policy) Lock(ctx context.Context, tx *database.Tx) (version int64, err error) {
	err = tx.Conn().QueryRow(ctx, `SELECT version FROM policy_version FOR UPDATE`).Scan(&version)
	if err != nil {
		return 0, fmt.Errorf("lock policy: %w", err)
	}
	return version, nil
}

// Locked locks the policy and gives it as it stands, for decisions that no concurrent change may overtake.
func (p *Policy) Locked(ctx context.Context, tx *database.Tx) (*Snapshot, error) {
	version, err := p.Lock(ctx, tx)
	if err != nil {
		return nil, err
	}
	if current := p.Snapshot(); current.version == version {
		return current, nil
	}
	rules := &adapter{ctx: ctx, q: tx.Conn(), now: p.now()}
	enforcer, err := newEnforcer(rules)
	if err != nil {
		return nil, err
	}
	return compileFrom(version, enforcer, rules)
}

// Change edits the policy in the transaction and returns what then holds. Rules, version and NOTIFY commit together;
// this replica decides by the result as soon as the transaction has committed, the others when the NOTIFY arrives. by is
// who did it, kept beside each rule.
func (p *Policy) Change(ctx context.Context, tx *database.Tx, by string, edit func(*Edit) error) (*Snapshot, error) {
	version, err := p.Lock(ctx, tx)
	if err != nil {
		return nil, err
	}
	rules := &adapter{ctx: ctx, q: tx.Conn(), by: by, now: p.now()}
	enforcer, err := newEnforcer(rules)
	if err != nil {
		return nil, err
	}
	if err := edit(&Edit{policy: p, enforcer: enforcer, rules: rules}); err != nil {
		return nil, err
	}
	version++
	snapshot, err := compileFrom(version, enforcer, rules)
	if err != nil {
		return nil, err
	}
	tx.Queue(`UPDATE policy_version SET version = $1, changed_at = $2`, version, rules.now)
	tx.Queue(`SELECT pg_notify('`+channel+`', $1::text)`, fmt.Sprint(version))
	tx.AfterCommit(func() { p.offer(snapshot) })
	return snapshot, nil
}

// Preview is what would hold after the edit; nothing is changed.
func (p *Policy) Preview(ctx context.Context, edit func(*Edit) error) (*Snapshot, error) {
	rules := &adapter{ctx: ctx, q: p.db.Pool(), now: p.now()}
	enforcer, err := newEnforcer(rules)
	if err != nil {
		return nil, database.Fault(err)
	}
	enforcer.EnableAutoSave(false)
	if err := edit(&Edit{policy: p, enforcer: enforcer, rules: rules}); err != nil {
		return nil, err
	}
	return compileFrom(p.Snapshot().version, enforcer, rules)
}

// SetRoles makes these the roles of the person, no others. A role that is held already, until the same moment, stays as
// it was given.
func (e *Edit) SetRoles(person Person, roles []Holding) error {
	subject := subjectOfPerson(person)
	held, err := e.enforcer.GetRolesForUser(subject)
	if err != nil {
		return fmt.Errorf("read roles: %w", err)
	}
	for _, old := range held {
		stays := slices.ContainsFunc(roles, func(h Holding) bool {
			return subjectOfRole(h.Role) == old && h.Until.Equal(e.rules.ends[[2]string{subject, old}])
		})
		if stays {
			continue
		}
		if err := e.Take(person, Role(strings.TrimPrefix(old, rolePrefix))); err != nil {
			return err
		}
		held = slices.DeleteFunc(slices.Clone(held), func(one string) bool { return one == old })
	}
	for _, one := range roles {
		if slices.Contains(held, subjectOfRole(one.Role)) {
			continue
		}
		if err := e.give(subject, one); err != nil {
			return err
		}
	}
	return nil
}

// Give gives the person one more role, or another end to one that is held.
func (e *Edit) Give(person Person, one Holding) error {
	if err := e.Take(person, one.Role); err != nil {
		return err
	}
	return e.give(subjectOfPerson(person), one)
}

// Take takes one role from the person; one that is not held is no fault.
func (e *Edit) Take(person Person, role Role) error {
	subject, parent := subjectOfPerson(person), subjectOfRole(role)
	if _, err := e.enforcer.RemoveGroupingPolicy(subject, parent); err != nil {
		return fmt.Errorf("take role away: %w", err)
	}
	delete(e.rules.ends, [2]string{subject, parent})
	return nil
}

func (e *Edit) give(subject string, one Holding) error {
	e.rules.until = one.Until
	defer func() { e.rules.until = time.Time{} }()
	if _, err := e.enforcer.AddGroupingPolicy(subject, subjectOfRole(one.Role)); err != nil {
		return fmt.Errorf("give role: %w", err)
	}
	if !one.Until.IsZero() {
		e.rules.ends[[2]string{subject, subjectOfRole(one.Role)}] = one.Until
	}
	return nil
}

// Grant sets what the role says of the permission; an empty cell takes the grant or the denial away.
func (e *Edit) Grant(role Role, code string, what Cell) error {
	permission, known := e.policy.Permission(code)
	switch {
	case role == Administrator:
		return fault.New(fault.Conflict, "administrator-fixed", "The administrator role has every permission and cannot be changed.")
	case !known:
		return fault.New(fault.Invalid, "unknown-permission", "There is no permission %s.", code)
	case what.Scope() != None && !permission.Permits(what.Scope()):
		return fault.New(fault.Invalid, "scope-not-permitted", "%s cannot be limited to %s.", permission.Label, what)
	}
	return e.grant(role, code, what)
}

func (e *Edit) grant(role Role, code string, what Cell) error {
	object, act := split(code)
	if _, err := e.enforcer.RemoveFilteredPolicy(0, subjectOfRole(role), object, act); err != nil {
		return fmt.Errorf("take grant away: %w", err)
	}
	rule := []string{subjectOfRole(role), object, act, what.String(), allow}
	switch what {
	case Granted(None):
		return nil
	case Denied: // from the narrowest scope on, which is all of it
		rule[3], rule[4] = Own.String(), deny
	}
	if _, err := e.enforcer.AddPolicy(rule); err != nil {
		return fmt.Errorf("grant: %w", err)
	}
	return nil
}

// Inherit makes these the roles whose permissions the role has too, no others.
func (e *Edit) Inherit(role Role, parents []Role) error {
	subject := subjectOfRole(role)
	has, err := e.enforcer.GetRolesForUser(subject)
	if err != nil {
		return fmt.Errorf("read inheritance: %w", err)
	}
	if role == Administrator && len(parents) > 0 {
		return fault.New(fault.Conflict, "administrator-fixed", "The administrator role has every permission and inherits from no other.")
	}
	for _, old := range has {
		if !slices.ContainsFunc(parents, func(r Role) bool { return subjectOfRole(r) == old }) {
			if _, err := e.enforcer.RemoveGroupingPolicy(subject, old); err != nil {
				return fmt.Errorf("end inheritance: %w", err)
			}
		}
	}
	for _, parent := range parents {
		above, err := e.enforcer.GetImplicitRolesForUser(subjectOfRole(parent))
		if err != nil {
			return fmt.Errorf("read inheritance: %w", err)
		}
		if parent == role || slices.Contains(above, subject) {
			return fault.New(fault.Conflict, "role-circle", "The role %s inherits from this one already; two roles cannot inherit from each other.", parent).
				At("body.inherits", "would make a circle")
		}
		if slices.Contains(has, subjectOfRole(parent)) {
			continue
		}
		if _, err := e.enforcer.AddGroupingPolicy(subject, subjectOfRole(parent)); err != nil {
			return fmt.Errorf("inherit: %w", err)
		}
	}
	return nil
}

// RemoveRole takes the role from everybody and forgets what it grants.
func (e *Edit) RemoveRole(role Role) error {
	if slices.Contains(BuiltIn(), role) {
		return fault.New(fault.Conflict, "role-built-in", "A built-in role cannot be removed.")
	}
	if _, err := e.enforcer.DeleteRole(subjectOfRole(role)); err != nil {
		return fmt.Errorf("remove role: %w", err)
	}
	return nil
}
