package app

import (
	"context"
	"slices"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// AssignRoles is the input of who holds which roles.
type AssignRoles struct {
	Roles []string             `json:"roles" maxItems:"50" doc:"Codes of all roles they hold from now on"`
	Until map[string]time.Time `json:"until,omitempty" doc:"When a role ends by itself, by its code; a role that is not named does not end. Left out, roles held already end when they did before"`
}

// SetUserRoles makes these the roles of the user. The last administrator stays one.
func (a *App) SetUserRoles(ctx context.Context, user admin.UserID, version int, in AssignRoles) (admin.User, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (admin.User, error) {
		was, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return admin.User{}, err
		}
		found, err := a.users.Lock(tx, user)
		if err != nil {
			return admin.User{}, err
		}
		if err := stale(version, found.Version, "user"); err != nil {
			return admin.User{}, err
		}
		roles, err := a.checkRoles(tx, in.Roles)
		if err != nil {
			return admin.User{}, err
		}
		holdings, err := a.holdings(was.Holdings(person(user)), roles, in.Until)
		if err != nil {
			return admin.User{}, err
		}
		if err := a.mustCover(ctx, was.Rights(person(user))); err != nil {
			return admin.User{}, err
		}
		if err := a.mustCoverRoles(ctx, was, roles); err != nil {
			return admin.User{}, err
		}
		snapshot, err := a.policy.Change(ctx, tx, by(ctx), func(e *rbac.Edit) error { return e.SetRoles(person(user), holdings) })
		if err != nil {
			return admin.User{}, err
		}
		if err := a.mustCoverGains(ctx, was, snapshot); err != nil {
			return admin.User{}, err
		}
		if err := a.users.Update(tx, &found, a.now()); err != nil {
			return admin.User{}, err
		}
		if err := a.mustKeepAdministrator(tx, snapshot); err != nil {
			return admin.User{}, err
		}
		view := userView(found, snapshot)
		return view, record(tx, "user.assign-roles", &found, rolesChange{rolesOf(was, user), endsOf(was, user)}, rolesChange{view.Roles, view.RolesUntil})
	})
}

type rolesChange struct {
	Roles []string             `json:"roles"`
	Until map[string]time.Time `json:"until,omitempty"`
}

// holdings are the roles with their ends. Without ends they keep those they had.
func (a *App) holdings(had []rbac.Holding, roles []rbac.Role, until map[string]time.Time) ([]rbac.Holding, error) {
	var p fault.Problems
	out := forever(roles)
	for i, one := range out {
		if until == nil {
			if at := slices.IndexFunc(had, func(h rbac.Holding) bool { return h.Role == one.Role }); at >= 0 {
				out[i].Until = had[at].Until
			}
			continue
		}
		out[i].Until = a.endOf(&p, "body.until."+string(one.Role), until[string(one.Role)])
	}
	for code := range until {
		if !slices.Contains(roles, rbac.Role(code)) {
			p.Add("body.until."+code, "is not among the roles")
		}
	}
	return out, p.Err()
}

// endOf is an end as the database keeps it; one that is over is refused.
func (a *App) endOf(p *fault.Problems, at string, until time.Time) time.Time {
	until = until.UTC().Truncate(time.Microsecond)
	if !until.IsZero() && !until.After(a.now()) {
		p.Add(at, "must be in the future")
	}
	return until
}

// forever are roles that do not end by themselves.
func forever(roles []rbac.Role) []rbac.Holding {
	out := make([]rbac.Holding, len(roles))
	for i, role := range roles {
		out[i] = rbac.Holding{Role: role}
	}
	return out
}

// endsOf tells when roles of the user end by themselves, by code; nil when none does.
func endsOf(snapshot *rbac.Snapshot, user admin.UserID) map[string]time.Time {
	var ends map[string]time.Time
	for _, one := range snapshot.Holdings(person(user)) {
		if one.Until.IsZero() {
			continue
		}
		if ends == nil {
			ends = map[string]time.Time{}
		}
		ends[string(one.Role)] = one.Until
	}
	return ends
}
