package app

import (
	"context"
	"slices"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
)

// TellNotice tells what another module has noticed to those whom it concerns.
func (a *App) TellNotice(ctx context.Context, tx *database.Tx, e admin.Notice) error {
	kind := domain.NoticeKind(e.Kind)
	_, known := a.policy.Permission(e.Permission)
	if !kind.Known() || !known && (e.Permission != "" || e.Employee.IsZero()) {
		return nil // of a newer version: what it means is not known here
	}
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	var to []admin.UserID
	if known {
		to = a.whoMay(e.Permission)
	}
	if !e.Employee.IsZero() {
		one, err := a.accountsOf(tx, e.Employee)
		if err != nil || len(one) == 0 || slices.Contains(to, one[0]) {
			return err
		}
		to = one
	}
	return a.tell(tx, company, to, domain.Notification{Kind: kind, About: e.About, Href: e.Href, Facts: e.Facts})
}
