package app

import (
	"context"
	"fmt"
	"slices"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// ChangeMembers is the input of giving a role to many people at once and taking it from others.
type ChangeMembers struct {
	Give  []admin.UserID `json:"give,omitempty" maxItems:"500"`
	Take  []admin.UserID `json:"take,omitempty" maxItems:"500"`
	Until time.Time      `json:"until,omitzero" doc:"When the role ends by itself for those it is given to; left out, it does not"`
}

// MembersChanged is how many people a change concerned.
type MembersChanged struct {
	Given int `json:"given"`
	Taken int `json:"taken"`
}

// ChangeMembers gives the role to all of these people and takes it from all of those, or does nothing. Accounts count
// as changed, so that a page that shows their roles notices.
func (a *App) ChangeMembers(ctx context.Context, code string, in ChangeMembers) (MembersChanged, error) {
	if err := a.checkMembers(&in); err != nil {
		return MembersChanged{}, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (MembersChanged, error) {
		was, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return MembersChanged{}, err
		}
		if _, err := a.roles.Lock(tx, code); err != nil {
			return MembersChanged{}, err
		}
		if err := a.mustCover(ctx, was.RoleRights(rbac.Role(code))); err != nil {
			return MembersChanged{}, err
		}
		for _, who := range slices.Concat(in.Give, in.Take) {
			if err := a.mustCover(ctx, was.Rights(person(who))); err != nil {
				return MembersChanged{}, err
			}
		}
		will, err := a.policy.Change(ctx, tx, by(ctx), changingMembers(rbac.Role(code), in))
		if err != nil {
			return MembersChanged{}, err
		}
		if err := a.mustCoverGains(ctx, was, will); err != nil {
			return MembersChanged{}, err
		}
		if err := a.noteMembers(tx, in, was, will); err != nil {
			return MembersChanged{}, err
		}
		return MembersChanged{Given: len(in.Give), Taken: len(in.Take)}, a.mustKeepAdministrator(tx, will)
	})
}

// noteMembers writes every account and its audit row.
func (a *App) noteMembers(tx *database.Tx, in ChangeMembers, was, will *rbac.Snapshot) error {
	var p fault.Problems
	note := func(at string, who admin.UserID) error {
		user, err := a.users.Lock(tx, who)
		if fault.Is(err, fault.NotFound) {
			p.Add(at, "there is no such user")
			return nil
		}
		if err != nil {
			return err
		}
		if err := a.users.Update(tx, &user, a.now()); err != nil {
			return err
		}
		return record(tx, "user.assign-roles", &user, rolesChange{rolesOf(was, who), endsOf(was, who)}, rolesChange{rolesOf(will, who), endsOf(will, who)})
	}
	for i, who := range in.Give {
		if err := note(fmt.Sprintf("body.give[%d]", i), who); err != nil {
			return err
		}
	}
	for i, who := range in.Take {
		if err := note(fmt.Sprintf("body.take[%d]", i), who); err != nil {
			return err
		}
	}
	return p.Err()
}

// checkMembers tells an end that is over and people named twice.
func (a *App) checkMembers(in *ChangeMembers) error {
	var p fault.Problems
	in.Until = a.endOf(&p, "body.until", in.Until)
	if len(in.Give)+len(in.Take) == 0 {
		p.Add("body.give", "name somebody to give the role to, or to take it from")
	}
	seen := map[admin.UserID]bool{}
	for _, group := range []struct {
		at    string
		users []admin.UserID
	}{{"body.give", in.Give}, {"body.take", in.Take}} {
		for i, who := range group.users {
			if seen[who] {
				p.Add(fmt.Sprintf("%s[%d]", group.at, i), "is named twice")
			}
			seen[who] = true
		}
	}
	return p.Err()
}

func changingMembers(role rbac.Role, in ChangeMembers) func(*rbac.Edit) error {
	return func(e *rbac.Edit) error {
		for _, who := range in.Give {
			if err := e.Give(person(who), rbac.Holding{Role: role, Until: in.Until}); err != nil {
				return err
			}
		}
		for _, who := range in.Take {
			if err := e.Take(person(who), role); err != nil {
				return err
			}
		}
		return nil
	}
}

// PreviewMembers tells what ChangeMembers would change for whom. Nothing is changed.
func (a *App) PreviewMembers(ctx context.Context, code string, in ChangeMembers) (Preview, error) {
	if _, err := a.roles.ByCode(ctx, code); err != nil {
		return Preview{}, err
	}
	if err := a.checkMembers(&in); err != nil {
		return Preview{}, err
	}
	return a.preview(ctx, changingMembers(rbac.Role(code), in))
}

// ClearEndedRoles writes down that roles have ended by themselves, and forgets them.
func (a *App) ClearEndedRoles(ctx context.Context) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		ended, err := a.policy.Clear(ctx, tx)
		if err != nil || len(ended) == 0 {
			return err
		}
		var users []admin.UserID
		for _, one := range ended {
			users = append(users, admin.UserID(one.Person))
		}
		names, err := a.users.Names(ctx, users)
		if err != nil {
			return err
		}
		for _, one := range ended {
			user := admin.UserID(one.Person)
			err := audit.Record(tx, audit.Entry{Action: "user.role-ended", Subject: "user", SubjectID: user.String(), Label: names[user],
				Before: map[string]any{"role": one.Role, "until": one.Until}})
			if err != nil {
				return err
			}
		}
		return nil
	})
}
