package app

import (
	"context"
	"slices"
	"strconv"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/rbac"
)

// Role is a role with what it grants.
type Role struct {
	Code        string `json:"code"`
	Name        string `json:"name"`
	Description string `json:"description,omitempty"`
	BuiltIn     bool   `json:"builtIn"`
	Fixed       bool   `json:"fixed" doc:"The administrator role has everything and cannot be changed"`
	Members     int    `json:"members" doc:"How many people hold it"`
	// SecondFactor is decided apart from what the role grants.
	SecondFactor bool                  `json:"secondFactor" doc:"Whoever holds it, or a role that inherits it, must have a second factor"`
	Grants       map[string]rbac.Cell  `json:"grants" doc:"What the role says itself, by permission code: how far it reaches, or deny"`
	Inherits     []string              `json:"inherits" doc:"Codes of roles whose permissions it has too"`
	Effective    map[string]rbac.Scope `json:"effective" doc:"What holding just this role allows, with what it inherits"`
	Version      int                   `json:"version"`
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
	members := snapshot.Members()
	out := Roles{Items: make([]Role, len(rows))}
	for i, row := range rows {
		out.Items[i] = roleView(row, snapshot, members)
	}
	return out, nil
}

// Role shows one role.
func (a *App) Role(ctx context.Context, code string) (Role, error) {
	row, err := a.roles.ByCode(ctx, code)
	if err != nil {
		return Role{}, err
	}
	snapshot := a.policy.Snapshot()
	return roleView(row, snapshot, snapshot.Members()), nil
}

func roleView(row domain.Role, snapshot *rbac.Snapshot, members map[rbac.Role]int) Role {
	code := rbac.Role(row.Code)
	return Role{
		Code: row.Code, Name: row.Name, Description: row.Description, BuiltIn: row.BuiltIn, Fixed: code == rbac.Administrator,
		Members: members[code], Grants: snapshot.Cells(code), Inherits: words(snapshot.Inherits(code)),
		Effective: snapshot.RoleRights(code).Scopes(), SecondFactor: row.SecondFactor, Version: row.Version,
	}
}
