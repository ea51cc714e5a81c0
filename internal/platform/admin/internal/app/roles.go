package app

import (
	"context"
	"maps"
	"slices"
	"strconv"
	"strings"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// Role is a role with what it grants.
type Role struct {
	Code        string                `json:"code"`
	Name        string                `json:"name"`
	Description string                `json:"description,omitempty"`
	BuiltIn     bool                  `json:"builtIn"`
	Fixed       bool                  `json:"fixed" doc:"The administrator role has everything and cannot be changed"`
	Members     int                   `json:"members" doc:"How many people hold it"`
	Grants      map[string]rbac.Scope `json:"grants" doc:"Scope by permission code; what is absent is not granted"`
	Version     int                   `json:"version"`
}

// ETag is the version as HTTP names it.
func (r Role) ETag() string { return strconv.Quote(strconv.Itoa(r.Version)) }

// Roles is the list of roles.
type Roles struct {
	Items []Role `json:"items"`
}

// PermissionList is the list of permissions.
type PermissionList struct {
	Items []rbac.Permission `json:"items"`
}

// Permissions lists everything that a role can grant, in the order of the modules.
func (a *App) Permissions(context.Context) (PermissionList, error) {
	return PermissionList{Items: withScopes(a.policy.Permissions())}, nil
}

// withScopes spells out that a permission without scopes can be granted for everything only.
func withScopes(permissions []rbac.Permission) []rbac.Permission {
	out := slices.Clone(permissions)
	for i := range out {
		if len(out[i].Scopes) == 0 {
			out[i].Scopes = []rbac.Scope{rbac.All}
		}
	}
	return out
}

// Roles lists every role with its grants.
func (a *App) Roles(ctx context.Context) (Roles, error) {
	rows, err := a.roles.List(ctx)
	if err != nil {
		return Roles{}, err
	}
	snapshot := a.policy.Snapshot()
	out := Roles{Items: make([]Role, len(rows))}
	for i, row := range rows {
		out.Items[i] = roleView(row, snapshot)
	}
	return out, nil
}

// Role shows one role.
func (a *App) Role(ctx context.Context, code string) (Role, error) {
	row, err := a.roles.ByCode(ctx, code)
	if err != nil {
		return Role{}, err
	}
	return roleView(row, a.policy.Snapshot()), nil
}

func roleView(row domain.Role, snapshot *rbac.Snapshot) Role {
	code := rbac.Role(row.Code)
	return Role{
		Code: row.Code, Name: row.Name, Description: row.Description, BuiltIn: row.BuiltIn, Fixed: code == rbac.Administrator,
		Members: len(snapshot.Holders(code)), Grants: snapshot.RoleRights(code).Scopes(), Version: row.Version,
	}
}

// CreateRole is the input of a role of the company's own.
type CreateRole struct {
	Name        string                `json:"name" minLength:"2" maxLength:"100"`
	Description string                `json:"description,omitempty" maxLength:"500"`
	CopyOf      string                `json:"copyOf,omitempty" maxLength:"50" doc:"Code of a role whose grants to begin with"`
	Grants      map[string]rbac.Scope `json:"grants,omitempty" doc:"Scope by permission code, over those of copyOf"`
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
		grants := map[string]rbac.Scope{}
		if in.CopyOf != "" {
			if _, err := a.roles.Lock(tx, in.CopyOf); err != nil {
				return Role{}, err
			}
			maps.Copy(grants, snapshot.RoleRights(rbac.Role(in.CopyOf)).Scopes())
		}
		maps.Copy(grants, in.Grants)
		if err := a.roles.Insert(tx, &role); err != nil {
			return Role{}, err
		}
		return a.regrant(ctx, tx, role, nil, grants, "role.create")
	})
}

// EditRole is the input of a changed role.
type EditRole struct {
	Name        string                `json:"name" minLength:"2" maxLength:"100"`
	Description string                `json:"description,omitempty" maxLength:"500"`
	Grants      map[string]rbac.Scope `json:"grants" doc:"Everything the role grants: scope by permission code"`
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
		before := roleView(role, snapshot)
		role.Name, role.Description = strings.TrimSpace(in.Name), strings.TrimSpace(in.Description)
		if err := a.roles.Update(tx, &role, a.now()); err != nil {
			return Role{}, err
		}
		return a.regrant(ctx, tx, role, &before, in.Grants, "role.edit")
	})
}

// regrant makes these the grants of the role, and records what that changed.
func (a *App) regrant(ctx context.Context, tx *database.Tx, role domain.Role, before *Role, grants map[string]rbac.Scope, action string) (Role, error) {
	if err := a.checkGrants(grants); err != nil {
		return Role{}, err
	}
	if err := mustCover(ctx, rbac.NewRights(grants)); err != nil {
		return Role{}, err
	}
	if before != nil {
		if err := mustCover(ctx, rbac.NewRights(before.Grants)); err != nil {
			return Role{}, err
		}
	}
	snapshot, err := a.policy.Change(ctx, tx, by(ctx), a.regranting(rbac.Role(role.Code), before, grants))
	if err != nil {
		return Role{}, err
	}
	if err := a.mustKeepAdministrator(tx, snapshot); err != nil {
		return Role{}, err
	}
	after := roleView(role, snapshot)
	entry := audit.Entry{Action: action, Subject: "role", SubjectID: role.Code, Label: role.Name, After: after}
	if before != nil {
		entry.Before = *before
	}
	return after, audit.Record(tx, entry)
}

// regranting is the edit of the policy, used by the change and by its preview.
func (a *App) regranting(role rbac.Role, before *Role, grants map[string]rbac.Scope) func(*rbac.Edit) error {
	return func(e *rbac.Edit) error {
		had := map[string]rbac.Scope{}
		if before != nil {
			had = before.Grants
		}
		for _, code := range slices.Sorted(maps.Keys(union(had, grants))) {
			if _, declared := a.policy.Permission(code); !declared || had[code] == grants[code] {
				continue // what a module that is not hosted here declares stays as it is
			}
			if err := e.Grant(role, code, grants[code]); err != nil {
				return err
			}
		}
		return nil
	}
}

// checkGrants tells every code that is no permission and every scope that a permission cannot have, at once.
func (a *App) checkGrants(grants map[string]rbac.Scope) error {
	var p fault.Problems
	for _, code := range slices.Sorted(maps.Keys(grants)) {
		permission, known := a.policy.Permission(code)
		switch scope := grants[code]; {
		case !known:
			p.Add("body.grants."+code, "there is no such permission")
		case scope != rbac.None && !permission.Permits(scope):
			p.Add("body.grants."+code, "cannot be limited to %s", scope)
		}
	}
	return p.Err()
}

func union(a, b map[string]rbac.Scope) map[string]rbac.Scope {
	out := maps.Clone(a)
	maps.Copy(out, b)
	return out
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
		before := roleView(role, snapshot)
		after, err := a.policy.Change(ctx, tx, by(ctx), func(e *rbac.Edit) error { return e.RemoveRole(rbac.Role(code)) })
		if err != nil {
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
