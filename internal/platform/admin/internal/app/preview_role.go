package app

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"erp/internal/platform/admin"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// Preview says who would gain and lose what by other grants of a role.
type Preview struct {
	Changes []RightChange `json:"changes" doc:"At most 500"`
	People  int           `json:"people" doc:"How many people it concerns"`
	More    bool          `json:"more,omitempty" doc:"There are more changes than listed"`
}

// RightChange is one permission of one person before and after.
type RightChange struct {
	UserID     admin.UserID `json:"userId"`
	Name       string       `json:"name"`
	Permission string       `json:"permission"`
	From       rbac.Scope   `json:"from"`
	To         rbac.Scope   `json:"to"`
}

const maxChanges = 500

// PreviewRole tells what EditRole would change for whom, also for those who have the role by inheritance. Nothing is
// changed.
func (a *App) PreviewRole(ctx context.Context, code string, wish RoleWish) (Preview, error) {
	role, err := a.Role(ctx, code)
	if err != nil {
		return Preview{}, err
	}
	var p fault.Problems
	a.checkGrants(&p, wish.Grants)
	if err := p.Err(); err != nil {
		return Preview{}, err
	}
	return a.preview(ctx, a.deciding(rbac.Role(code), &role, wish))
}

func (a *App) preview(ctx context.Context, edit func(*rbac.Edit) error) (Preview, error) {
	before := a.policy.Snapshot()
	after, err := a.policy.Preview(ctx, edit)
	if err != nil {
		return Preview{}, err
	}
	preview := Preview{Changes: []RightChange{}}
	concerned := map[admin.UserID]bool{}
	before.Differences(after, func(change rbac.Gain) {
		user := admin.UserID(change.Person)
		concerned[user] = true
		preview.Changes = append(preview.Changes, RightChange{UserID: user, Permission: change.Permission, From: change.From, To: change.To})
	})
	names, err := a.users.Names(ctx, slices.Collect(maps.Keys(concerned)))
	if err != nil {
		return Preview{}, err
	}
	for i := range preview.Changes {
		preview.Changes[i].Name = names[preview.Changes[i].UserID]
	}
	slices.SortFunc(preview.Changes, func(x, y RightChange) int {
		return cmp.Or(cmp.Compare(x.Name, y.Name), x.UserID.Compare(y.UserID), cmp.Compare(x.Permission, y.Permission))
	})
	preview.People = len(concerned)
	if preview.More = len(preview.Changes) > maxChanges; preview.More {
		preview.Changes = preview.Changes[:maxChanges]
	}
	return preview, nil
}
