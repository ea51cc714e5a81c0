package app

import "erp/internal/platform/rbac"

const group = "Invoices"

var anyScope = []rbac.Scope{rbac.Own, rbac.Team, rbac.Department, rbac.All}

// What people may be allowed to do with invoices. Own is what a person made; payments, customers
// and the set-up belong to nobody and are all or nothing.
var (
	CanRead = rbac.Permission{
		Code: "invoice:read", Label: "See invoices and their history", Group: group, Risk: rbac.Medium, Scopes: anyScope,
		Default: rbac.Grants{rbac.Accountant: rbac.All, rbac.Manager: rbac.Team},
	}
	CanWrite = rbac.Permission{
		Code: "invoice:write", Label: "Draft, change and delete invoices", Group: group, Risk: rbac.Medium, Scopes: anyScope,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanIssue = rbac.Permission{
		Code: "invoice:issue", Label: "Issue invoices", Group: group, Risk: rbac.High, Scopes: anyScope,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanCredit = rbac.Permission{
		Code: "invoice:credit", Label: "Make credit notes and write off", Group: group, Risk: rbac.High, Scopes: anyScope,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanSend = rbac.Permission{
		Code: "invoice:send", Label: "Send issued invoices to customers by mail", Group: group, Risk: rbac.Medium, Scopes: anyScope,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanRemind = rbac.Permission{
		Code: "customer:remind", Label: "Remind customers of what is overdue", Group: group, Risk: rbac.Medium,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanExport = rbac.Permission{
		Code: "invoice:export", Label: "Export invoices, customers, items and payments to files", Group: group, Risk: rbac.Medium, Scopes: anyScope,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanSeePayments = rbac.Permission{
		Code: "payment:read", Label: "See payments", Group: group, Risk: rbac.Medium,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanRecordPayments = rbac.Permission{
		Code: "payment:record", Label: "Record payments and set them against invoices", Group: group, Risk: rbac.High,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanCorrectPayments = rbac.Permission{
		Code: "payment:correct", Label: "Void payments and give credit back to customers", Group: group, Risk: rbac.High,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanSeeCustomers = rbac.Permission{
		Code: "customer:read", Label: "See customers", Group: group, Risk: rbac.Low,
		Default: rbac.Grants{rbac.Accountant: rbac.All, rbac.Manager: rbac.All},
	}
	CanEditCustomers = rbac.Permission{
		Code: "customer:write", Label: "Add and change customers", Group: group, Risk: rbac.Medium,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanSellAssets = rbac.Permission{
		Code: "invoice:sell-asset", Label: "Sell assets on invoices, and see such sales", Group: group, Risk: rbac.High,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanSeeBills = rbac.Permission{
		Code: "bill:read", Label: "See vendors' bills", Group: group, Risk: rbac.Medium,
		Default: rbac.Grants{rbac.Accountant: rbac.All, rbac.AssetManager: rbac.All},
	}
	CanEditBills = rbac.Permission{
		Code: "bill:write", Label: "Enter, record and cancel vendors' bills", Group: group, Risk: rbac.Medium,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanPayBills = rbac.Permission{
		Code: "bill:pay", Label: "Record payments of vendors' bills, and void them", Group: group, Risk: rbac.High,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
	CanBuyAssets = rbac.Permission{
		Code: "bill:buy-asset", Label: "Turn lines of vendors' bills into assets, and hand them over", Group: group, Risk: rbac.High,
		Default: rbac.Grants{rbac.Accountant: rbac.All, rbac.AssetManager: rbac.All},
	}
	CanSeeItems = rbac.Permission{
		Code: "item:read", Label: "See items and tax rates", Group: group, Risk: rbac.Low,
		Default: rbac.Grants{rbac.Accountant: rbac.All, rbac.Manager: rbac.All},
	}
	CanSetUp = rbac.Permission{
		Code: "invoice:setup", Label: "Set up items, tax rates and numbers", Group: group, Risk: rbac.Medium,
		Default: rbac.Grants{rbac.Accountant: rbac.All},
	}
)

// Permissions lists every permission of the module.
func Permissions() []rbac.Permission {
	return []rbac.Permission{
		CanRead, CanWrite, CanIssue, CanSend, CanRemind, CanCredit, CanExport, CanSeePayments, CanRecordPayments, CanCorrectPayments, CanSeeCustomers,
		CanEditCustomers, CanSellAssets, CanSeeBills, CanEditBills, CanPayBills, CanBuyAssets, CanSeeItems, CanSetUp,
	}
}
