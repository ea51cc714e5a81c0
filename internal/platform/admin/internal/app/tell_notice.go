package app

import (
	"context"
	"slices"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// TellNotice tells what another module has noticed to those whom it concerns.
func (a *App) TellNotice(ctx context.Context, tx *database.Tx, e admin.Notice) error {
	kind := domain.NoticeKind(e.Kind)
	permission, known := a.policy.Permission(e.Permission)
	if !kind.Known() || !known {
		return nil // of a newer version: what it means is not known here
	}
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	var to []admin.UserID
	for _, who := range a.policy.Snapshot().WhoMay(permission) {
		to = append(to, admin.UserID(who))
	}
	if !e.Employee.IsZero() {
		user, err := a.users.LockByEmployee(tx, e.Employee)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		if slices.Contains(to, user.ID) {
			return nil
		}
		to = []admin.UserID{user.ID}
	}
	return a.tell(tx, company, to, domain.Notification{Kind: kind, About: e.About, Href: e.Href, Facts: e.Facts})
}
