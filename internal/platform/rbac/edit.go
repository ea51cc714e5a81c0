package rbac

import (
	"context"
	"fmt"
	"slices"

	"github.com/casbin/casbin/v3"

	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Edit changes a policy within one transaction. What it says no to has changed nothing.
type Edit struct {
	policy   *Policy
	enforcer *casbin.Enforcer
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
	enforcer, err := newEnforcer(&adapter{ctx: ctx, q: tx.Conn()})
	if err != nil {
		return nil, err
	}
	return compileFrom(version, enforcer)
}

// Change edits the policy in the transaction and returns what then holds. Rules, version and NOTIFY commit together;
// this replica decides by the result as soon as the transaction has committed, the others when the NOTIFY arrives. by is
// who did it, kept beside each rule.
func (p *Policy) Change(ctx context.Context, tx *database.Tx, by string, edit func(*Edit) error) (*Snapshot, error) {
	version, err := p.Lock(ctx, tx)
	if err != nil {
		return nil, err
	}
	enforcer, err := newEnforcer(&adapter{ctx: ctx, q: tx.Conn(), by: by})
	if err != nil {
		return nil, err
	}
	if err := edit(&Edit{policy: p, enforcer: enforcer}); err != nil {
		return nil, err
	}
	version++
	snapshot, err := compileFrom(version, enforcer)
	if err != nil {
		return nil, err
	}
	tx.Queue(`UPDATE policy_version SET version = $1, changed_at = $2`, version, p.db.Now())
	tx.Queue(`SELECT pg_notify('`+channel+`', $1::text)`, fmt.Sprint(version))
	tx.AfterCommit(func() { p.offer(snapshot) })
	return snapshot, nil
}

// Preview is what would hold after the edit; nothing is changed.
func (p *Policy) Preview(ctx context.Context, edit func(*Edit) error) (*Snapshot, error) {
	enforcer, err := newEnforcer(&adapter{ctx: ctx, q: p.db.Pool()})
	if err != nil {
		return nil, database.Fault(err)
	}
	enforcer.EnableAutoSave(false)
	if err := edit(&Edit{policy: p, enforcer: enforcer}); err != nil {
		return nil, err
	}
	return compileFrom(p.Snapshot().version, enforcer)
}

// SetRoles makes these the roles of the person, no others.
func (e *Edit) SetRoles(person Person, roles []Role) error {
	subject := subjectOfPerson(person)
	held, err := e.enforcer.GetRolesForUser(subject)
	if err != nil {
		return fmt.Errorf("read roles: %w", err)
	}
	for _, old := range held {
		if !slices.ContainsFunc(roles, func(r Role) bool { return subjectOfRole(r) == old }) {
			if _, err := e.enforcer.RemoveGroupingPolicy(subject, old); err != nil {
				return fmt.Errorf("take role away: %w", err)
			}
		}
	}
	for _, role := range roles {
		if slices.Contains(held, subjectOfRole(role)) {
			continue
		}
		if _, err := e.enforcer.AddGroupingPolicy(subject, subjectOfRole(role)); err != nil {
			return fmt.Errorf("give role: %w", err)
		}
	}
	return nil
}

// Grant sets how far the permission reaches for the role; None takes it away.
func (e *Edit) Grant(role Role, code string, scope Scope) error {
	permission, known := e.policy.Permission(code)
	switch {
	case role == Administrator:
		return fault.New(fault.Conflict, "administrator-fixed", "The administrator role has every permission and cannot be changed.")
	case !known:
		return fault.New(fault.Invalid, "unknown-permission", "There is no permission %s.", code)
	case scope != None && !permission.Permits(scope):
		return fault.New(fault.Invalid, "scope-not-permitted", "%s cannot be limited to %s.", permission.Label, scope)
	}
	return e.grant(role, code, scope)
}

func (e *Edit) grant(role Role, code string, scope Scope) error {
	object, act := split(code)
	if _, err := e.enforcer.RemoveFilteredPolicy(0, subjectOfRole(role), object, act); err != nil {
		return fmt.Errorf("take grant away: %w", err)
	}
	if scope == None {
		return nil
	}
	if _, err := e.enforcer.AddPolicy(subjectOfRole(role), object, act, scope.String(), allow); err != nil {
		return fmt.Errorf("grant: %w", err)
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
