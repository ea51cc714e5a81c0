package app

import (
	"context"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// LinkToken is the secret of a link.
type LinkToken struct {
	Token string `json:"token" minLength:"1" maxLength:"200" doc:"What stands behind the # of the link"`
}

// LinkState is what the page shows before a password is chosen.
type LinkState struct {
	Purpose   domain.Purpose `json:"purpose" enum:"invitation,reset"`
	Name      string         `json:"name"`
	Email     string         `json:"email"`
	Company   string         `json:"company"`
	ExpiresAt time.Time      `json:"expiresAt"`
}

// PasswordLink tells who holds the secret whom it is for; NotFound when it does not work any more.
func (a *App) PasswordLink(ctx context.Context, in LinkToken) (LinkState, error) {
	link, user, err := a.openLink(ctx, in.Token)
	if err != nil {
		return LinkState{}, err
	}
	company, err := a.companies.Load(ctx)
	if err != nil {
		return LinkState{}, err
	}
	return LinkState{Purpose: link.Purpose, Name: user.Name, Email: user.Email, Company: company.Name, ExpiresAt: link.ExpiresAt}, nil
}

func (a *App) openLink(ctx context.Context, token string) (domain.PasswordLink, domain.User, error) {
	link, err := a.links.ByHash(ctx, hashOf(token))
	if err != nil {
		return domain.PasswordLink{}, domain.User{}, err
	}
	user, err := a.users.ByID(ctx, link.UserID)
	if err != nil {
		return domain.PasswordLink{}, domain.User{}, err
	}
	return link, user, link.Check(user, a.now())
}

// UsePasswordLink is the input of a password chosen by link.
type UsePasswordLink struct {
	LinkToken
	Password string `json:"password" minLength:"1" maxLength:"1000" doc:"At least 12 characters, none of the common ones"`
}

// UsePasswordLink sets the password, ends every session of the person and starts none: signing in comes after. Of two
// uses at once one wins.
func (a *App) UsePasswordLink(ctx context.Context, in UsePasswordLink) error {
	link, user, err := a.openLink(ctx, in.Token)
	if err != nil {
		return err
	}
	var p fault.Problems
	if err := a.checkPassword(ctx, &p, "body.password", in.Password, user); err != nil {
		return err
	}
	hash, err := a.passwords.Hash(ctx, in.Password)
	if err != nil {
		return err
	}
	ctx = auth.With(ctx, principal(user), nil)
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		locked, err := a.users.Lock(tx, user.ID)
		if err != nil {
			return err
		}
		if err := link.Check(locked, a.now()); err != nil {
			return err
		}
		if err := a.links.Use(tx, link.ID, hashOf(in.Token), a.now()); err != nil {
			return err
		}
		if link.Mailed {
			at := a.now()
			locked.EmailVerifiedAt = &at
		}
		a.attempts.Forgive(tx, locked.Email)
		action := "user.reset-own-password"
		if link.Purpose == domain.Invitation {
			action = "user.accept-invitation"
		}
		if err := a.setPassword(ctx, tx, &locked, hash, false, action); err != nil || link.Purpose != domain.Invitation {
			return err
		}
		inviter, err := id.Parse[admin.User](link.MadeBy)
		if err != nil {
			return nil //nolint:nilerr // because the program itself may have invited, and wants no news
		}
		return events.Publish(tx, locked.ID.String(), admin.InvitationAccepted{UserID: locked.ID, Name: locked.Name, InvitedBy: inviter})
	})
}
