package app

import "erp/internal/platform/rbac"

const group = "Administration"

// What the administration lets people do. Only administrators may by default, but for keys.
var (
	CanReadUsers       = rbac.Permission{Code: "user:read", Label: "See who can sign in, and their sessions", Group: group, Risk: rbac.Medium}
	CanManageUsers     = rbac.Permission{Code: "user:manage", Label: "Add, change and close accounts, and give roles", Group: group, Risk: rbac.High, PersonOnly: true}
	CanReadRoles       = rbac.Permission{Code: "role:read", Label: "See roles and what they allow", Group: group, Risk: rbac.Low}
	CanManageRoles     = rbac.Permission{Code: "role:manage", Label: "Make roles and decide what they allow", Group: group, Risk: rbac.High, PersonOnly: true}
	CanEditCompany     = rbac.Permission{Code: "company:update", Label: "Change the company's settings", Group: group, Risk: rbac.Medium}
	CanReadAudit       = rbac.Permission{Code: "audit:read", Label: "Read and export who changed what", Group: group, Risk: rbac.High}
	CanReadEvents      = rbac.Permission{Code: "event:read", Label: "See background work and what failed in it", Group: group, Risk: rbac.Medium}
	CanReadMail        = rbac.Permission{Code: "mail:read", Label: "See which mails were sent, to whom", Group: group, Risk: rbac.Medium}
	CanSettleEvents    = rbac.Permission{Code: "event:manage", Label: "Retry or drop failed background work", Group: group, Risk: rbac.High}
	CanManageHooks     = rbac.Permission{Code: "webhook:manage", Label: "Have addresses elsewhere told of events", Group: group, Risk: rbac.High, PersonOnly: true}
	CanReadProcesses   = rbac.Permission{Code: "process:read", Label: "See processes of several steps and how far they are", Group: group, Risk: rbac.Medium}
	CanSettleProcesses = rbac.Permission{Code: "process:manage", Label: "Retry, undo or settle processes by hand", Group: group, Risk: rbac.High}
	CanManageBackups   = rbac.Permission{Code: "backup:manage", Label: "Make, test and remove copies of the whole system", Group: group, Risk: rbac.High, PersonOnly: true}
	CanDownloadBackups = rbac.Permission{Code: "backup:download", Label: "Download copies of the whole system, pay included", Group: group, Risk: rbac.High, PersonOnly: true}
	CanManageKeys      = rbac.Permission{
		Code: "api-key:manage", Label: "Make and revoke API keys for programs", Group: group, Risk: rbac.High, PersonOnly: true,
		Scopes:  []rbac.Scope{rbac.Own, rbac.All},
		Default: rbac.Grants{rbac.Accountant: rbac.Own, rbac.AssetManager: rbac.Own, rbac.HRManager: rbac.Own},
	}
)

// Permissions lists them for the policy.
func Permissions() []rbac.Permission {
	return []rbac.Permission{
		CanReadUsers, CanManageUsers, CanReadRoles, CanManageRoles, CanEditCompany, CanReadAudit, CanReadEvents, CanSettleEvents, CanManageKeys, CanReadMail, CanManageHooks,
		CanReadProcesses, CanSettleProcesses, CanManageBackups, CanDownloadBackups,
	}
}
