package app

import (
	"context"
	"crypto/rand"
	"slices"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// CreateAdministrator opens an administrator's account from the command line.
func (a *App) CreateAdministrator(ctx context.Context, name, email, password string) (admin.User, error) {
	user := domain.NewUser(name, email, a.now())
	var p fault.Problems
	domain.CheckPerson(&p, "body", name, email)
	if err := a.checkPassword(ctx, &p, "body.password", password, user); err != nil {
		return admin.User{}, err
	}
	hash, err := a.passwords.Hash(ctx, password)
	if err != nil {
		return admin.User{}, err
	}
	user.PasswordHash = hash
	return database.Write(auth.WithSystem(ctx, "erp admin create"), a.db, func(ctx context.Context, tx *database.Tx) (admin.User, error) {
		return a.open(ctx, tx, user, []string{string(rbac.Administrator)})
	})
}

// Recover is the way back for whoever can start programs on the server: the account with this address is opened, made
// administrator, and gets a password that is told once and must be changed at the next sign-in.
func (a *App) Recover(ctx context.Context, email string) (password string, err error) {
	password = rand.Text()
	hash, err := a.passwords.Hash(ctx, password)
	if err != nil {
		return "", err
	}
	err = a.db.Tx(auth.WithSystem(ctx, "erp admin recover"), func(ctx context.Context, tx *database.Tx) error {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return err
		}
		user, err := a.users.LockByEmail(tx, email)
		if err != nil {
			return err
		}
		roles := slices.DeleteFunc(snapshot.Holdings(person(user.ID)), func(one rbac.Holding) bool { return one.Role == rbac.Administrator })
		if !slices.Contains(snapshot.WhoMayForGood(CanManageUsers, CanManageRoles), person(user.ID)) {
			roles = append(roles, rbac.Holding{Role: rbac.Administrator})
			able, err := a.policy.Change(ctx, tx, "system", func(e *rbac.Edit) error { return e.SetRoles(person(user.ID), roles) })
			if err != nil {
				return err
			}
			if !slices.Contains(able.WhoMayForGood(CanManageUsers, CanManageRoles), person(user.ID)) { // another role denies it
				only := []rbac.Holding{{Role: rbac.Administrator}}
				_, err = a.policy.Change(ctx, tx, "system", func(e *rbac.Edit) error { return e.SetRoles(person(user.ID), only) })
			}
			if err != nil {
				return err
			}
		}
		user.SetStatus(admin.StatusActive)
		a.attempts.Forgive(tx, user.Email)
		if err := a.dropFactor(ctx, tx, user); err != nil {
			return err
		}
		return a.setPassword(ctx, tx, &user, hash, true, "user.recover")
	})
	return password, err
}
