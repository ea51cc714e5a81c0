package app

import (
	"context"
	"fmt"
	"maps"
	"time"

	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/id"
	"erp/internal/platform/notify"
	"erp/internal/platform/rbac"
)

// tell tells each of these people once, in the ways that they have chosen. Closed accounts are told nothing.
func (a *App) tell(tx *database.Tx, company admin.CompanyProfile, to []admin.UserID, n domain.Notification) error {
	users, err := a.users.Open(tx, to)
	if err != nil {
		return err
	}
	choices, err := a.notices.Choices(tx, to, n.Kind)
	if err != nil {
		return err
	}
	for _, user := range users {
		choice, chosen := choices[user.ID]
		if !chosen {
			choice = domain.DefaultChoice(user.ID, n.Kind)
		}
		one := n
		one.ID, one.UserID, one.InApp, one.CreatedAt = id.New[domain.Notification](), user.ID, choice.InApp, a.now()
		fresh, err := a.notices.Insert(tx, &one)
		if err != nil {
			return err
		}
		if !fresh || !choice.ByMail || !a.mailer.Configured() {
			continue
		}
		if err := a.mailNotice(tx, company, user, one); err != nil {
			return err
		}
	}
	return nil
}

func (a *App) mailNotice(tx *database.Tx, company admin.CompanyProfile, user domain.User, n domain.Notification) error {
	facts := map[string]string{"company": company.Name, "at": moment(n.CreatedAt, company.TimeZone)}
	maps.Copy(facts, n.Facts)
	if a.publicURL != "" && n.Href != "" {
		facts["link"] = a.publicURL + n.Href
	}
	_, err := a.mailer.Queue(tx, notify.Message{
		To: user.Email, Name: user.Name, Language: languageOf(user, company.Language), Template: "notice-" + string(n.Kind), Facts: facts,
	})
	return err
}

// TellOfSignIn tells somebody that a browser not seen before has signed in as them. The first one ever is no news.
func (a *App) TellOfSignIn(ctx context.Context, tx *database.Tx, e admin.SignedIn) error {
	agent, ip, before, same, err := a.notices.SeenBrowser(tx, e.UserID, e.SessionID.String())
	if err != nil || before == 0 || same > 0 {
		return err
	}
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	return a.tell(tx, company, []admin.UserID{e.UserID}, domain.Notification{
		Kind: domain.NewSignIn, About: e.SessionID.String(), Href: "/me?tab=security", Facts: map[string]string{"agent": agent, "ip": ip},
	})
}

// tellOwner tells somebody of what was done to their own ways in: whoever did it in their place cannot do it unseen.
func (a *App) tellOwner(ctx context.Context, tx *database.Tx, owner admin.UserID, kind domain.NoticeKind, about, name string) error {
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	return a.tell(tx, company, []admin.UserID{owner}, domain.Notification{
		Kind: kind, About: about, Href: "/me?tab=security", Facts: map[string]string{"what": name, "ip": auth.Address(ctx)},
	})
}

// TellOfInvitation tells who invited somebody that they have come.
func (a *App) TellOfInvitation(ctx context.Context, tx *database.Tx, e admin.InvitationAccepted) error {
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	return a.tell(tx, company, []admin.UserID{e.InvitedBy}, domain.Notification{
		Kind: domain.InvitationTaken, About: e.UserID.String(), Href: "/admin/users/" + e.UserID.String(), Facts: map[string]string{"who": e.Name},
	})
}

// TellOfLeaver tells the HR managers that somebody has left.
func (a *App) TellOfLeaver(ctx context.Context, tx *database.Tx, e employee.Left) error {
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	return a.tell(tx, company, a.holders(rbac.HRManager), domain.Notification{
		Kind: domain.EmployeeLeft, About: e.EmployeeID.String() + " " + e.LeftOn.String(), Href: "/employees/" + e.EmployeeID.String(),
		Facts: map[string]string{"who": e.DisplayName, "on": e.LeftOn.String()},
	})
}

// TellOfDeadLetters tells who watches over background work what failed for good within the last day.
func (a *App) TellOfDeadLetters(ctx context.Context) error {
	dead, err := a.DeadLetters(ctx)
	if err != nil || len(dead.Items) == 0 {
		return err
	}
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	var watchers []admin.UserID
	for _, who := range a.policy.Snapshot().WhoMay(CanReadEvents) {
		watchers = append(watchers, admin.UserID(who))
	}
	for _, letter := range dead.Items {
		if a.now().Sub(letter.At) > 24*time.Hour {
			continue
		}
		err := a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
			return a.tell(tx, company, watchers, domain.Notification{
				Kind: domain.DeadLetterAppeared, About: fmt.Sprintf("%s/%d", letter.Module, letter.ID), Href: "/admin/events",
				Facts: map[string]string{"module": letter.Module, "task": letter.Task},
			})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *App) holders(role rbac.Role) []admin.UserID {
	var out []admin.UserID
	for _, who := range a.policy.Snapshot().Holders(role) {
		out = append(out, admin.UserID(who))
	}
	return out
}
