package app

import (
	"cmp"
	"context"
	"maps"
	"slices"

	"erp/internal/platform/admin"
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

// PreviewRole tells what EditRole with these grants would change for whom. Nothing is changed.
func (a *App) PreviewRole(ctx context.Context, code string, grants map[string]rbac.Scope) (Preview, error) {
	role, err := a.Role(ctx, code)
	if err != nil {
		return Preview{}, err
	}
	if err := a.checkGrants(grants); err != nil {
		return Preview{}, err
	}
	before := a.policy.Snapshot()
	after, err := a.policy.Preview(ctx, a.regranting(rbac.Role(code), &role, grants))
	if err != nil {
		return Preview{}, err
	}
	preview := Preview{Changes: []RightChange{}}
	var concerned []admin.UserID
	for _, who := range before.Holders(rbac.Role(code)) {
		changes := difference(admin.UserID(who), before.Rights(who).Scopes(), after.Rights(who).Scopes())
		if len(changes) > 0 {
			concerned = append(concerned, admin.UserID(who))
			preview.Changes = append(preview.Changes, changes...)
		}
	}
	names, err := a.users.Names(ctx, concerned)
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

func difference(user admin.UserID, before, after map[string]rbac.Scope) []RightChange {
	var changes []RightChange
	for code := range maps.Keys(union(before, after)) {
		if before[code] != after[code] {
			changes = append(changes, RightChange{UserID: user, Permission: code, From: before[code], To: after[code]})
		}
	}
	return changes
}
