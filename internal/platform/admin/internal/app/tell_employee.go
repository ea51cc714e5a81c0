package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// Codes of permissions of the employee module, by which people are found who are to be told.
const (
	approveLeave = "leave:approve"
	seeIdentity  = "employee.identity:read"
)

// TellOfLeaveRequest tells who is to decide: the manager, or, without one who has an account, all who decide for everybody.
func (a *App) TellOfLeaveRequest(ctx context.Context, tx *database.Tx, e employee.LeaveRequested) error {
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	to, err := a.accountsOf(tx, e.ManagerID)
	if err != nil {
		return err
	}
	if len(to) == 0 {
		to = a.whoMay(approveLeave)
	}
	return a.tell(tx, company, to, domain.Notification{
		Kind: domain.LeaveWaiting, About: e.RequestID.String(), Href: "/employees/leave",
		Facts: map[string]string{"who": e.DisplayName, "first": e.First.String(), "last": e.Last.String()},
	})
}

// TellOfLeaveDecision tells who asked. What they cancelled themselves is no news.
func (a *App) TellOfLeaveDecision(ctx context.Context, tx *database.Tx, e employee.LeaveDecided) error {
	if e.State != "approved" && e.State != "declined" {
		return nil
	}
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	to, err := a.accountsOf(tx, e.EmployeeID)
	if err != nil {
		return err
	}
	return a.tell(tx, company, to, domain.Notification{
		Kind: domain.LeaveAnswered, About: e.RequestID.String(), Href: "/employees/leave",
		Facts: map[string]string{"state": e.State, "first": e.First.String(), "last": e.Last.String()},
	})
}

// TellOfDocument tells whose document it is, and who may see those of everybody.
func (a *App) TellOfDocument(ctx context.Context, tx *database.Tx, e employee.DocumentExpiring) error {
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	to, err := a.accountsOf(tx, e.EmployeeID)
	if err != nil {
		return err
	}
	return a.tell(tx, company, append(to, a.whoMay(seeIdentity)...), domain.Notification{
		Kind: domain.DocumentEnding, About: e.EmployeeID.String() + " " + e.ExpiresOn.String(), Href: "/employees/" + e.EmployeeID.String(),
		Facts: map[string]string{"who": e.DisplayName, "on": e.ExpiresOn.String()},
	})
}

// accountsOf is the account of a person; none for nobody and for who has none.
func (a *App) accountsOf(tx *database.Tx, who employee.ID) ([]admin.UserID, error) {
	if who.IsZero() {
		return nil, nil
	}
	user, err := a.users.LockByEmployee(tx, who)
	if fault.Is(err, fault.NotFound) {
		return nil, nil
	}
	return []admin.UserID{user.ID}, err
}

func (a *App) whoMay(code string) []admin.UserID {
	permission, known := a.policy.Permission(code)
	if !known {
		return nil
	}
	var to []admin.UserID
	for _, who := range a.policy.Snapshot().WhoMay(permission) {
		to = append(to, admin.UserID(who))
	}
	return to
}
