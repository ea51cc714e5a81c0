package app

import (
	"context"
	"slices"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/admin/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
)

// ListUsers narrows the list of users.
type ListUsers struct {
	Q, Status, Role, Sort string
	Page                  page.Request
}

// ListUsers pages through everybody who can sign in.
func (a *App) ListUsers(ctx context.Context, in ListUsers) (page.Of[admin.User], error) {
	q := store.UserQuery{Q: in.Q, Status: in.Status, Sort: in.Sort, Page: in.Page}
	snapshot := a.policy.Snapshot()
	if in.Role != "" {
		q.Among = []admin.UserID{}
		for _, holder := range snapshot.Holders(rbac.Role(in.Role)) {
			q.Among = append(q.Among, admin.UserID(holder))
		}
	}
	rows, err := a.users.List(ctx, q)
	if err != nil {
		return page.Of[admin.User]{}, err
	}
	out := page.Of[admin.User]{Items: make([]admin.User, len(rows.Items)), Next: rows.Next, Total: rows.Total, TotalCapped: rows.TotalCapped}
	for i, user := range rows.Items {
		out.Items[i] = userView(user, snapshot)
	}
	return out, nil
}

// User shows one of them.
func (a *App) User(ctx context.Context, user admin.UserID) (admin.User, error) {
	found, err := a.users.ByID(ctx, user)
	if err != nil {
		return admin.User{}, err
	}
	return a.view(found), nil
}

// CreateUser is the input of a new account.
type CreateUser struct {
	Name       string      `json:"name" minLength:"1" maxLength:"200"`
	Email      string      `json:"email" minLength:"3" maxLength:"254"`
	EmployeeID employee.ID `json:"employeeId,omitzero" doc:"The employee behind the account"`
	Password   string      `json:"password" minLength:"1" maxLength:"1000" doc:"To be changed at the first sign-in"`
	Roles      []string    `json:"roles" maxItems:"50" doc:"Codes of roles"`
}

// CreateUser opens an account. Its password is the administrator's choice and must be changed at the first sign-in.
func (a *App) CreateUser(ctx context.Context, in CreateUser) (admin.User, error) {
	user := domain.NewUser(in.Name, in.Email, a.now())
	user.EmployeeID, user.MustChange = in.EmployeeID, true
	var p fault.Problems
	domain.CheckPerson(&p, "body", in.Name, in.Email)
	if err := a.checkPassword(ctx, &p, "body.password", in.Password, user); err != nil {
		return admin.User{}, err
	}
	hash, err := a.passwords.Hash(ctx, in.Password)
	if err != nil {
		return admin.User{}, err
	}
	user.PasswordHash = hash
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (admin.User, error) {
		return a.open(ctx, tx, user, in.Roles)
	})
}

func (a *App) open(ctx context.Context, tx *database.Tx, user domain.User, codes []string) (admin.User, error) {
	roles, err := a.checkRoles(tx, codes)
	if err != nil {
		return admin.User{}, err
	}
	if err := a.users.Insert(tx, &user); err != nil {
		return admin.User{}, err
	}
	if len(roles) > 0 {
		if err := a.mustCoverRoles(ctx, a.policy.Snapshot(), roles); err != nil {
			return admin.User{}, err
		}
		_, err := a.policy.Change(ctx, tx, by(ctx), func(e *rbac.Edit) error { return e.SetRoles(person(user.ID), forever(roles)) })
		if err != nil {
			return admin.User{}, err
		}
	}
	slices.Sort(roles)
	view := user.View(words(roles))
	return view, record(tx, "user.create", &user, nil, view)
}

// EditUser is the input of a changed account.
type EditUser struct {
	Name       string       `json:"name" minLength:"1" maxLength:"200"`
	Email      string       `json:"email" minLength:"3" maxLength:"254"`
	EmployeeID employee.ID  `json:"employeeId,omitzero"`
	Status     admin.Status `json:"status" enum:"active,disabled" doc:"A disabled account cannot sign in; its sessions end at once"`
}

// EditUser changes an account as an administrator. Closing it ends its sessions; the last administrator's stays open.
func (a *App) EditUser(ctx context.Context, user admin.UserID, version int, in EditUser) (admin.User, error) {
	var p fault.Problems
	domain.CheckPerson(&p, "body", in.Name, in.Email)
	if err := p.Err(); err != nil {
		return admin.User{}, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (admin.User, error) {
		snapshot, err := a.policy.Locked(ctx, tx)
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
		if err := a.mustCover(ctx, snapshot.Rights(person(user))); err != nil {
			return admin.User{}, err
		}
		if err := a.mustNotBecome(ctx, user, found.EmployeeID, in.EmployeeID); err != nil {
			return admin.User{}, err
		}
		before := userView(found, snapshot)
		found.Edit(in.Name, in.Email, in.EmployeeID)
		if found.Email != before.Email {
			a.links.EndOpen(tx, user, a.now()) // a link that went to the old address
		}
		found.SetStatus(in.Status)
		if err := a.saveUser(ctx, tx, &found, snapshot); err != nil {
			return admin.User{}, err
		}
		after := userView(found, snapshot)
		return after, record(tx, "user.edit", &found, before, after)
	})
}

// mustNotBecome refuses whoever would put another person behind their own account: what is that person's own, pay and papers
// included, would be theirs. An administrator sees all of it anyway.
func (a *App) mustNotBecome(ctx context.Context, user admin.UserID, was, will employee.ID) error {
	if was == will || user != admin.UserID(auth.From(ctx).UserID) || a.administers(ctx) {
		return nil
	}
	return fault.New(fault.Forbidden, "own-account", "Who stands behind your own account is for an administrator to say.").
		At("body.employeeId", "cannot be changed by yourself")
}

// saveUser writes the account; a closed one loses its sessions, and must not have been the last administrator's.
func (a *App) saveUser(ctx context.Context, tx *database.Tx, user *domain.User, snapshot *rbac.Snapshot) error {
	if err := a.users.Update(tx, user, a.now()); err != nil {
		return err
	}
	if user.CanSignIn() {
		return nil
	}
	if _, err := a.sessions.EndAll(ctx, tx, auth.UserID(user.ID), auth.SessionID{}); err != nil {
		return err
	}
	a.links.EndOpen(tx, user.ID, a.now())
	return a.mustKeepAdministrator(tx, snapshot)
}

// ResetPassword gives somebody a password to be changed at the next sign-in, and ends all their sessions.
func (a *App) ResetPassword(ctx context.Context, user admin.UserID, password string) (admin.User, error) {
	found, err := a.users.ByID(ctx, user)
	if err != nil {
		return admin.User{}, err
	}
	var p fault.Problems
	if err := a.checkPassword(ctx, &p, "body.password", password, found); err != nil {
		return admin.User{}, err
	}
	hash, err := a.passwords.Hash(ctx, password)
	if err != nil {
		return admin.User{}, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (admin.User, error) {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return admin.User{}, err
		}
		if err := a.mustCover(ctx, snapshot.Rights(person(user))); err != nil {
			return admin.User{}, err
		}
		locked, err := a.users.Lock(tx, user)
		if err != nil {
			return admin.User{}, err
		}
		if err := a.setPassword(ctx, tx, &locked, hash, user != admin.UserID(auth.From(ctx).UserID), "user.reset-password"); err != nil {
			return admin.User{}, err
		}
		return a.view(locked), a.mustKeepAdministrator(tx, snapshot) // two who reset each other's, and never came back
	})
}
