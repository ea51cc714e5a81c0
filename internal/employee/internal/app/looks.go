package app

import (
	"context"
	"slices"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/rbac"
)

// asked is a guarded group of facts, and whether it plays a part in a question.
type asked struct {
	plays      bool
	permission rbac.Permission
}

// needEach refuses a question in which a group plays a part of which the caller may see nothing.
func needEach(ctx context.Context, groups []asked) error {
	for _, group := range groups {
		if group.plays {
			if err := auth.Need(ctx, group.permission); err != nil {
				return err
			}
		}
	}
	return nil
}

// recordLooks keeps in the audit trail who looked at other people's pay, papers or accounts; how ("list") says whether at
// one person, a list or a file.
func (a *App) recordLooks(ctx context.Context, q store.Query, how string, who employee.Employee) error {
	var seen []string
	for _, group := range []struct {
		shown bool
		reach domain.Reach
		name  string
	}{{q.Pay, q.Sight.Pay, "pay"}, {q.Identity, q.Sight.Identity, "identity"}, {q.Bank, q.Sight.Bank, "bank"}} {
		if group.shown && !slices.Contains([]domain.Breadth{domain.Nobody, domain.Self}, group.reach.Breadth) {
			seen = append(seen, group.name)
		}
	}
	if len(seen) == 0 {
		return nil
	}
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		for _, name := range seen {
			err := audit.Record(tx, audit.Entry{
				Action: "employee." + how + "-" + name, Subject: "employee", SubjectID: who.ID.String(), Label: who.DisplayName,
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
