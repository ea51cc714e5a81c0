package app

import (
	"context"
	"time"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// InviteUser is the input of an invitation.
type InviteUser struct {
	Name       string      `json:"name" minLength:"1" maxLength:"200"`
	Email      string      `json:"email" minLength:"3" maxLength:"254"`
	EmployeeID employee.ID `json:"employeeId,omitzero" doc:"The employee behind the account"`
	Roles      []string    `json:"roles" maxItems:"50" doc:"Codes of roles"`
}

// LinkMade is a link on its way to its owner.
type LinkMade struct {
	User      admin.User `json:"user"`
	Mailed    bool       `json:"mailed" doc:"Whether the link goes to the owner by mail"`
	Link      string     `json:"link,omitempty" doc:"Without a mail server, to be handed over: shown once, absent when the request is replayed. Begins with / unless ERP_PUBLIC_URL is set"`
	ExpiresAt time.Time  `json:"expiresAt"`
}

// InviteUser opens an account without a password; its owner chooses one by a link that works once.
func (a *App) InviteUser(ctx context.Context, in InviteUser) (LinkMade, error) {
	user := domain.NewUser(in.Name, in.Email, a.now())
	user.EmployeeID = in.EmployeeID
	var p fault.Problems
	domain.CheckPerson(&p, "body", in.Name, in.Email)
	if err := p.Err(); err != nil {
		return LinkMade{}, err
	}
	return a.handOver(ctx, func(ctx context.Context, tx *database.Tx, company admin.CompanyProfile) (LinkMade, string, error) {
		view, err := a.open(ctx, tx, user, in.Roles)
		if err != nil {
			return LinkMade{}, "", err
		}
		return a.made(ctx, tx, user, view, company)
	})
}

// SendPasswordLink gives the owner of an account a link to choose a password: the invitation again, or a reset.
func (a *App) SendPasswordLink(ctx context.Context, user admin.UserID) (LinkMade, error) {
	return a.handOver(ctx, func(ctx context.Context, tx *database.Tx, company admin.CompanyProfile) (LinkMade, string, error) {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return LinkMade{}, "", err
		}
		locked, err := a.users.Lock(tx, user)
		if err != nil {
			return LinkMade{}, "", err
		}
		if err := a.mustCover(ctx, snapshot.Rights(person(user))); err != nil {
			return LinkMade{}, "", err
		}
		if !locked.CanSignIn() {
			return LinkMade{}, "", fault.New(fault.Conflict, "account-closed", "The account of %s is closed. Open it first.", locked.Name)
		}
		return a.made(ctx, tx, locked, locked.View(rolesOf(snapshot, user)), company)
	})
}

func (a *App) made(ctx context.Context, tx *database.Tx, user domain.User, view admin.User, company admin.CompanyProfile) (LinkMade, string, error) {
	link, token, err := a.issue(ctx, tx, user, company)
	if err != nil {
		return LinkMade{}, "", err
	}
	action := "user.send-password-link"
	if link.Purpose == domain.Invitation {
		action = "user.invite"
	}
	made := LinkMade{User: view, Mailed: a.mailer.Configured(), ExpiresAt: link.ExpiresAt}
	return made, token, record(tx, action, &user, nil, map[string]any{"mailed": made.Mailed, "expiresAt": made.ExpiresAt})
}

// handOver adds the secret to the answer after the transaction: what is stored for a repeated request has it not.
func (a *App) handOver(ctx context.Context, run func(ctx context.Context, tx *database.Tx, company admin.CompanyProfile) (LinkMade, string, error)) (LinkMade, error) {
	company, err := a.Profile(ctx)
	if err != nil {
		return LinkMade{}, err
	}
	token := ""
	made, err := database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (LinkMade, error) {
		made, secret, err := run(ctx, tx, company)
		token = secret
		return made, err
	})
	if err == nil && token != "" {
		made.Link = a.address(token)
	}
	return made, err
}
