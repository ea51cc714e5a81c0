package app

import "erp/internal/platform/rbac"

// The permissions of the module. Own is what I hold myself, team and department what my people hold; what lies in stock
// belongs to nobody's scope but all.
var (
	CanRead = rbac.Permission{
		Code: "asset:read", Label: "See assets", Group: "Assets", Risk: rbac.Low,
		Scopes: []rbac.Scope{rbac.Own, rbac.Team, rbac.Department, rbac.All},
		Default: rbac.Grants{
			rbac.AssetManager: rbac.All, rbac.Accountant: rbac.All, rbac.HRManager: rbac.All, rbac.Manager: rbac.Team, rbac.Employee: rbac.Own,
		},
	}
	CanRegister = rbac.Permission{
		Code: "asset:register", Label: "Register, edit and move assets", Group: "Assets", Risk: rbac.Medium,
		Scopes: []rbac.Scope{rbac.All}, Default: rbac.Grants{rbac.AssetManager: rbac.All},
	}
	CanAssign = rbac.Permission{
		Code: "asset:assign", Label: "Hand assets out and take them back", Group: "Assets", Risk: rbac.Medium,
		Scopes: []rbac.Scope{rbac.All}, Default: rbac.Grants{rbac.AssetManager: rbac.All},
	}
	CanRetire = rbac.Permission{
		Code: "asset:retire", Label: "Retire assets", Group: "Assets", Risk: rbac.High,
		Scopes: []rbac.Scope{rbac.All}, Default: rbac.Grants{rbac.AssetManager: rbac.All},
	}
	CanImport = rbac.Permission{
		Code: "asset:import", Label: "Import assets from a file", Group: "Assets", Risk: rbac.High,
		Scopes: []rbac.Scope{rbac.All}, Default: rbac.Grants{rbac.AssetManager: rbac.All},
	}
	CanExport = rbac.Permission{
		Code: "asset:export", Label: "Export assets to a file", Group: "Assets", Risk: rbac.Medium,
		Scopes: []rbac.Scope{rbac.Own, rbac.Team, rbac.Department, rbac.All},
		Default: rbac.Grants{
			rbac.AssetManager: rbac.All, rbac.Accountant: rbac.All, rbac.Manager: rbac.Team,
		},
	}
	CanConfigure = rbac.Permission{
		Code: "asset:configure", Label: "Set up categories and locations", Group: "Assets", Risk: rbac.Medium,
		Scopes: []rbac.Scope{rbac.All}, Default: rbac.Grants{rbac.AssetManager: rbac.All},
	}
)

// Permissions lists what roles can grant.
func Permissions() []rbac.Permission {
	return []rbac.Permission{CanRead, CanRegister, CanAssign, CanRetire, CanImport, CanExport, CanConfigure}
}
