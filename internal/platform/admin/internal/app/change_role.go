package app

import (
	"context"
	"maps"
	"slices"
	"strings"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// CreateRole is the input of a role of the company's own.
type CreateRole struct {
	Name        string               `json:"name" minLength:"2" maxLength:"100"`
	Description string               `json:"description,omitempty" maxLength:"500"`
	CopyOf      string               `json:"copyOf,omitempty" maxLength:"50" doc:"Code of a role whose grants to begin with"`
	Grants      map[string]rbac.Cell `json:"grants,omitempty" doc:"By permission code, over those of copyOf: how far, or deny"`
	Inherits    []string             `json:"inherits,omitempty" maxItems:"20" doc:"Codes of roles whose permissions it has too, beside those of copyOf"`
}

// CreateRole makes a role.
func (a *App) CreateRole(ctx context.Context, in CreateRole) (Role, error) {
	role, err := domain.NewRole(in.Name, in.Description, a.now())
	if err != nil {
		return Role{}, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Role, error) {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return Role{}, err
		}
		wish := RoleWish{Grants: map[string]rbac.Cell{}, Inherits: in.Inherits}
		if in.CopyOf != "" {
			if _, err := a.roles.Lock(tx, in.CopyOf); err != nil {
				return Role{}, err
			}
			wish.Grants = snapshot.Cells(rbac.Role(in.CopyOf))
			wish.Inherits = append(wish.Inherits, words(snapshot.Inherits(rbac.Role(in.CopyOf)))...)
		}
		maps.Copy(wish.Grants, in.Grants)
		if err := a.roles.Insert(tx, &role); err != nil {
			return Role{}, err
		}
		return a.decide(ctx, tx, snapshot, role, nil, wish)
	})
}

// RoleWish is everything that a role shall say.
type RoleWish struct {
	Grants   map[string]rbac.Cell `json:"grants" doc:"Everything the role says itself, by permission code: how far it reaches, or deny"`
	Inherits []string             `json:"inherits,omitempty" maxItems:"20" doc:"Codes of roles whose permissions it has too; left out, they stay as they are"`
}

// EditRole is the input of a changed role.
type EditRole struct {
	Name        string `json:"name" minLength:"2" maxLength:"100"`
	Description string `json:"description,omitempty" maxLength:"500"`
	RoleWish
}

// EditRole changes what a role is called and what it grants. Built-in roles keep their names, the administrator its
// grants too.
func (a *App) EditRole(ctx context.Context, code string, version int, in EditRole) (Role, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Role, error) {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return Role{}, err
		}
		role, err := a.roles.Lock(tx, code)
		if err != nil {
			return Role{}, err
		}
		if err := stale(version, role.Version, "role"); err != nil {
			return Role{}, err
		}
		if role.BuiltIn && strings.TrimSpace(in.Name) != role.Name {
			return Role{}, fault.New(fault.Conflict, "role-built-in", "A built-in role keeps its name. Copy it to make one of your own.")
		}
		before := roleView(role, snapshot, snapshot.Members())
		role.Name, role.Description = strings.TrimSpace(in.Name), strings.TrimSpace(in.Description)
		if err := a.roles.Update(tx, &role, a.now()); err != nil {
			return Role{}, err
		}
		return a.decide(ctx, tx, snapshot, role, &before, in.RoleWish)
	})
}

// decide makes this what the role says, and records what that changed. before is nil for a new role.
func (a *App) decide(ctx context.Context, tx *database.Tx, was *rbac.Snapshot, role domain.Role, before *Role, wish RoleWish) (Role, error) {
	if err := a.checkWish(tx, wish); err != nil {
		return Role{}, err
	}
	entry := audit.Entry{Action: "role.create", Subject: "role", SubjectID: role.Code, Label: role.Name}
	if before != nil {
		entry.Action, entry.Before = "role.edit", *before
		if err := a.mustCover(ctx, was.RoleRights(rbac.Role(role.Code))); err != nil {
			return Role{}, err
		}
	}
	if err := a.mustCover(ctx, rbac.NewRights(a.touched(wish.Grants))); err != nil {
		return Role{}, err
	}
	snapshot, err := a.policy.Change(ctx, tx, by(ctx), a.deciding(rbac.Role(role.Code), before, wish))
	if err != nil {
		return Role{}, err
	}
	if err := a.mustCover(ctx, snapshot.RoleRights(rbac.Role(role.Code))); err != nil {
		return Role{}, err
	}
	if err := a.mustCoverGains(ctx, was, snapshot); err != nil {
		return Role{}, err
	}
	if err := a.mustKeepAdministrator(tx, snapshot); err != nil {
		return Role{}, err
	}
	after := roleView(role, snapshot, snapshot.Members())
	entry.After = after
	return after, audit.Record(tx, entry)
}

// touched is what somebody must have to say this in a role: as much as it grants, and all of what it denies.
func (a *App) touched(cells map[string]rbac.Cell) map[string]rbac.Scope {
	scopes := rbac.Scopes(cells)
	for code, cell := range cells {
		if permission, known := a.policy.Permission(code); known && cell == rbac.Denied {
			scopes[code] = permission.Widest()
		}
	}
	return scopes
}

// deciding is the edit of the policy, used by the change and by its preview.
func (a *App) deciding(role rbac.Role, before *Role, wish RoleWish) func(*rbac.Edit) error {
	return func(e *rbac.Edit) error {
		had := map[string]rbac.Cell{}
		if before != nil {
			had = before.Grants
		}
		for _, code := range slices.Sorted(maps.Keys(union(had, wish.Grants))) {
			if _, declared := a.policy.Permission(code); !declared || had[code] == wish.Grants[code] {
				continue // what a module that is not hosted here declares stays as it is
			}
			if err := e.Grant(role, code, wish.Grants[code]); err != nil {
				return err
			}
		}
		if wish.Inherits == nil {
			return nil
		}
		parents := make([]rbac.Role, len(wish.Inherits))
		for i, code := range wish.Inherits {
			parents[i] = rbac.Role(code)
		}
		return e.Inherit(role, parents)
	}
}

// checkWish tells every code that is no permission, every cell that a permission cannot have, and every parent that is
// no role, at once.
func (a *App) checkWish(tx *database.Tx, wish RoleWish) error {
	var p fault.Problems
	a.checkGrants(&p, wish.Grants)
	known, err := a.roles.Known(tx, wish.Inherits)
	if err != nil {
		return err
	}
	for _, code := range wish.Inherits {
		if !known[code] {
			p.Add("body.inherits", "there is no role %q", code)
		}
	}
	return p.Err()
}

func (a *App) checkGrants(p *fault.Problems, grants map[string]rbac.Cell) {
	for _, code := range slices.Sorted(maps.Keys(grants)) {
		permission, known := a.policy.Permission(code)
		switch scope := grants[code].Scope(); {
		case !known:
			p.Add("body.grants."+code, "there is no such permission")
		case scope != rbac.None && !permission.Permits(scope):
			p.Add("body.grants."+code, "cannot be limited to %s", scope)
		}
	}
}

// checkScopes is checkGrants for what knows no denials.
func (a *App) checkScopes(grants map[string]rbac.Scope) error {
	cells := make(map[string]rbac.Cell, len(grants))
	for code, scope := range grants {
		cells[code] = rbac.Granted(scope)
	}
	var p fault.Problems
	a.checkGrants(&p, cells)
	return p.Err()
}

func union[V any](a, b map[string]V) map[string]V {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
}

// mustCoverGains refuses a change by which anybody would gain what the caller does not have, by whatever way: a denial
// that is lifted gives as well as a grant.
func (a *App) mustCoverGains(ctx context.Context, was, will *rbac.Snapshot) error {
	rights, beyond := auth.RightsOf(ctx), false
	if a.administers(ctx) {
		return nil
	}
	was.Differences(will, func(change rbac.Gain) {
		beyond = beyond || (change.To > change.From && rights.Scope(change.Permission) < change.To)
	})
	if beyond {
		return beyondOwnRights()
	}
	return nil
}

// DeleteRole removes a role of the company's own and takes it from everybody who holds it.
func (a *App) DeleteRole(ctx context.Context, code string, version int) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return err
		}
		role, err := a.roles.Lock(tx, code)
		if err != nil {
			return err
		}
		if err := stale(version, role.Version, "role"); err != nil {
			return err
		}
		if err := a.mustCover(ctx, snapshot.RoleRights(rbac.Role(code))); err != nil {
			return err
		}
		before := roleView(role, snapshot, snapshot.Members())
		after, err := a.policy.Change(ctx, tx, by(ctx), func(e *rbac.Edit) error { return e.RemoveRole(rbac.Role(code)) })
		if err != nil {
			return err
		}
		if err := a.mustCoverGains(ctx, snapshot, after); err != nil {
			return err
		}
		if err := a.mustKeepAdministrator(tx, after); err != nil {
			return err
		}
		if err := a.roles.Delete(tx, code); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{Action: "role.delete", Subject: "role", SubjectID: code, Label: role.Name, Before: before})
	})
}
