package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/rbac"
)

const group = "Employees"

var anyScope = []rbac.Scope{rbac.Own, rbac.Team, rbac.Department, rbac.All}

// What people may be allowed to do with people. Each group of guarded facts is an object of its own, apart from the
// manager line: whoever leads a team does not see what it earns.
var (
	CanRead = rbac.Permission{
		Code: "employee:read", Label: "See people in the directory and the organisation chart", Group: group, Risk: rbac.Low, Scopes: anyScope,
		Default: rbac.Grants{rbac.HRManager: rbac.All, rbac.Manager: rbac.All, rbac.AssetManager: rbac.All, rbac.Accountant: rbac.All, rbac.Employee: rbac.All},
	}
	CanHire = rbac.Permission{
		Code: "employee:hire", Label: "Hire people, and hire them again", Group: group, Risk: rbac.Medium,
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanEdit = rbac.Permission{
		Code: "employee:edit", Label: "Change names, numbers and work addresses", Group: group, Risk: rbac.Medium, Scopes: anyScope,
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanTransfer = rbac.Permission{
		Code: "employee:transfer", Label: "Change department, position, site and manager", Group: group, Risk: rbac.Medium, Scopes: anyScope[1:],
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanOffboard = rbac.Permission{
		Code: "employee:offboard", Label: "End employments", Group: group, Risk: rbac.High,
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanImport = rbac.Permission{
		Code: "employee:import", Label: "Import people from a file", Group: group, Risk: rbac.High,
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanExport = rbac.Permission{
		Code: "employee:export", Label: "Export people to a file", Group: group, Risk: rbac.High, Scopes: anyScope[1:],
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanSetUp = rbac.Permission{
		Code: "employee:setup", Label: "Set up departments, positions and sites", Group: group, Risk: rbac.Medium,
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanReadContact = rbac.Permission{
		Code: "employee.contact:read", Label: "See private contact and emergency contact", Group: group, Risk: rbac.Medium, Scopes: anyScope,
		Default: rbac.Grants{rbac.HRManager: rbac.All, rbac.Manager: rbac.Team, rbac.AssetManager: rbac.Own, rbac.Accountant: rbac.Own, rbac.Employee: rbac.Own},
	}
	CanEditContact = rbac.Permission{
		Code: "employee.contact:edit", Label: "Change private contact and emergency contact", Group: group, Risk: rbac.Medium, Scopes: anyScope,
		Default: rbac.Grants{rbac.HRManager: rbac.All, rbac.Manager: rbac.Own, rbac.AssetManager: rbac.Own, rbac.Accountant: rbac.Own, rbac.Employee: rbac.Own},
	}
	CanReadPay = rbac.Permission{
		Code: "employee.compensation:read", Label: "See what people earn", Group: group, Risk: rbac.High, Scopes: anyScope,
		Default: rbac.Grants{rbac.HRManager: rbac.All, rbac.Manager: rbac.Own, rbac.AssetManager: rbac.Own, rbac.Accountant: rbac.Own, rbac.Employee: rbac.Own},
	}
	CanEditPay = rbac.Permission{
		Code: "employee.compensation:edit", Label: "Change what people earn", Group: group, Risk: rbac.High, Scopes: anyScope[1:],
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanReadIdentity = rbac.Permission{
		Code: "employee.identity:read", Label: "See date of birth, national and tax numbers and documents", Group: group, Risk: rbac.High, Scopes: anyScope,
		Default: rbac.Grants{rbac.HRManager: rbac.All, rbac.Manager: rbac.Own, rbac.AssetManager: rbac.Own, rbac.Accountant: rbac.Own, rbac.Employee: rbac.Own},
	}
	CanEditIdentity = rbac.Permission{
		Code: "employee.identity:edit", Label: "Change date of birth, national and tax numbers and documents", Group: group, Risk: rbac.High, Scopes: anyScope[1:],
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanReadBank = rbac.Permission{
		Code: "employee.bank:read", Label: "See the accounts that pay goes to", Group: group, Risk: rbac.High, Scopes: anyScope,
		Default: rbac.Grants{rbac.HRManager: rbac.All, rbac.Manager: rbac.Own, rbac.AssetManager: rbac.Own, rbac.Accountant: rbac.Own, rbac.Employee: rbac.Own},
	}
	CanEditBank = rbac.Permission{
		Code: "employee.bank:edit", Label: "Change the accounts that pay goes to", Group: group, Risk: rbac.High, Scopes: anyScope[1:],
		Default: rbac.Grants{rbac.HRManager: rbac.All},
	}
	CanReadLeave = rbac.Permission{
		Code: "leave:read", Label: "See leave: requests, balances and who is away", Group: group, Risk: rbac.Medium, Scopes: anyScope,
		Default: rbac.Grants{rbac.HRManager: rbac.All, rbac.Manager: rbac.Team, rbac.AssetManager: rbac.Own, rbac.Accountant: rbac.Own, rbac.Employee: rbac.Own},
	}
	CanRequestLeave = rbac.Permission{
		Code: "leave:request", Label: "Ask for leave, and cancel it", Group: group, Risk: rbac.Low, Scopes: anyScope,
		Default: rbac.Grants{rbac.HRManager: rbac.All, rbac.Manager: rbac.Own, rbac.AssetManager: rbac.Own, rbac.Accountant: rbac.Own, rbac.Employee: rbac.Own},
	}
	CanApproveLeave = rbac.Permission{
		Code: "leave:approve", Label: "Approve and decline leave of others", Group: group, Risk: rbac.Medium, Scopes: anyScope[1:],
		Default: rbac.Grants{rbac.HRManager: rbac.All, rbac.Manager: rbac.Team},
	}
)

// Permissions lists every permission of the module.
func Permissions() []rbac.Permission {
	return []rbac.Permission{
		CanRead, CanHire, CanEdit, CanTransfer, CanOffboard, CanImport, CanExport, CanSetUp,
		CanReadContact, CanEditContact, CanReadPay, CanEditPay, CanReadIdentity, CanEditIdentity, CanReadBank, CanEditBank,
		CanReadLeave, CanRequestLeave, CanApproveLeave,
	}
}

// reach is how far the caller's grant of a permission goes, in the words of the domain.
func reach(ctx context.Context, permission rbac.Permission) domain.Reach {
	breadth := map[rbac.Scope]domain.Breadth{
		rbac.Own: domain.Self, rbac.Team: domain.Team, rbac.Department: domain.SameDepartment, rbac.All: domain.Everybody,
	}[auth.ScopeOf(ctx, permission)]
	return domain.Reach{Breadth: breadth, Caller: employee.ID(auth.From(ctx).EmployeeID)}
}

func sight(ctx context.Context) domain.Sight {
	return domain.Sight{
		Profile: reach(ctx, CanRead), Contact: reach(ctx, CanReadContact), Pay: reach(ctx, CanReadPay),
		Identity: reach(ctx, CanReadIdentity), Bank: reach(ctx, CanReadBank),
	}
}
