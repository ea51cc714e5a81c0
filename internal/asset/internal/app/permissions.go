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
	CanReadHandovers = rbac.Permission{
		Code: "handover:read", Label: "See hand-over documents", Group: "Assets", Risk: rbac.Low,
		Scopes: []rbac.Scope{rbac.Own, rbac.Team, rbac.Department, rbac.All},
		Default: rbac.Grants{
			rbac.AssetManager: rbac.All, rbac.HRManager: rbac.All, rbac.Accountant: rbac.Own, rbac.Manager: rbac.Team, rbac.Employee: rbac.Own,
		},
	}
	CanConfirmHandovers = rbac.Permission{
		Code: "handover:confirm", Label: "Confirm or refuse one's own hand-over documents", Group: "Assets", Risk: rbac.Low, PersonOnly: true,
		Scopes: []rbac.Scope{rbac.Own},
		Default: rbac.Grants{
			rbac.AssetManager: rbac.Own, rbac.HRManager: rbac.Own, rbac.Accountant: rbac.Own, rbac.Manager: rbac.Own, rbac.Employee: rbac.Own,
		},
	}
	CanDrawUp = rbac.Permission{
		Code: "handover:write", Label: "Draw up hand-over documents, and note signatures on paper", Group: "Assets", Risk: rbac.Medium,
		Scopes: []rbac.Scope{rbac.All}, Default: rbac.Grants{rbac.AssetManager: rbac.All},
	}
	CanConfigure = rbac.Permission{
		Code: "asset:configure", Label: "Set up categories, locations and the text of hand-over documents", Group: "Assets", Risk: rbac.Medium,
		Scopes: []rbac.Scope{rbac.All}, Default: rbac.Grants{rbac.AssetManager: rbac.All},
	}
)

// Permissions lists what roles can grant.
func Permissions() []rbac.Permission {
	return []rbac.Permission{CanRead, CanRegister, CanAssign, CanRetire, CanImport, CanExport, CanReadHandovers, CanConfirmHandovers, CanDrawUp, CanConfigure}
}
