package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/notify"
)

// Templates of the mails that carry a link.
const (
	invitationMail = "invitation"
	resetMail      = "password-reset"
)

// Links that may be made within an hour.
const (
	linksForUser = 5
	linksByMaker = 200
)

// issue replaces the user's link. The mail that carries the new one is queued; without a mail server the secret is drawn
// at once and given back, to be shown once. The caller has locked the user.
func (a *App) issue(ctx context.Context, tx *database.Tx, user domain.User, company admin.CompanyProfile) (link domain.PasswordLink, token string, err error) {
	now, maker := a.now(), ""
	if who := auth.From(ctx); !who.UserID.IsZero() {
		maker = who.UserID.String()
		forUser, byMaker, err := a.links.Recent(tx, user.ID, maker, now.Add(-time.Hour))
		if err != nil {
			return link, "", err
		}
		if forUser >= linksForUser || byMaker >= linksByMaker {
			return link, "", fault.New(fault.TooMany, "too-many-links", "Too many links were made within an hour. Try again later.").After(time.Hour)
		}
	}
	if err := a.links.Replace(tx, user.ID, now); err != nil {
		return link, "", err
	}
	link = domain.NewPasswordLink(user, maker, now)
	if !a.mailer.Configured() {
		if token, link.TokenHash, err = newToken(); err != nil {
			return link, "", err
		}
	}
	if err := a.links.Insert(tx, &link); err != nil || token != "" {
		return link, token, err
	}
	return link, "", a.mailLink(ctx, tx, user, link, company)
}

func (a *App) mailLink(ctx context.Context, tx *database.Tx, user domain.User, link domain.PasswordLink, company admin.CompanyProfile) error {
	msg := notify.Message{
		To: user.Email, Name: user.Name, Language: languageOf(user, company.Language), Template: resetMail, About: link.ID.String(),
		Facts: map[string]string{"company": company.Name, "until": moment(link.ExpiresAt, company.TimeZone)},
	}
	if link.Purpose == domain.Invitation {
		msg.Template, msg.Facts["inviter"] = invitationMail, auth.From(ctx).Name
		if link.MadeBy == "" {
			msg.Facts["inviter"] = company.Name
		}
	}
	_, err := a.mailer.Queue(tx, msg)
	return err
}

// drawForMail gives the link in a mail its secret when the mail is sent, so that it stands nowhere before and after. A
// mail that is sent again carries another secret, and the one before is void.
func (a *App) drawForMail(ctx context.Context, about string) (map[string]string, error) {
	linkID, err := id.Parse[domain.PasswordLink](about)
	if err != nil {
		return nil, fmt.Errorf("link of mail: %w", err)
	}
	link, err := a.links.ByID(ctx, linkID)
	if err != nil {
		return nil, err
	}
	user, err := a.users.ByID(ctx, link.UserID)
	if err != nil {
		return nil, err
	}
	if err := link.Check(user, a.now()); err != nil {
		return nil, err
	}
	token, hash, err := newToken()
	if err != nil {
		return nil, err
	}
	if err := a.links.Draw(ctx, link.ID, hash, a.now()); err != nil {
		return nil, err
	}
	return map[string]string{"link": a.address(token)}, nil
}

// address is where the browser takes the secret: behind the #, which browsers send to no server and write into no log.
func (a *App) address(token string) string { return a.publicURL + "/password#" + token }

func newToken() (token string, hash []byte, err error) {
	secret := make([]byte, 32)
	if _, err := rand.Read(secret); err != nil {
		return "", nil, fmt.Errorf("draw link secret: %w", err)
	}
	token = base64.RawURLEncoding.EncodeToString(secret)
	return token, hashOf(token), nil
}

func hashOf(token string) []byte {
	sum := sha256.Sum256([]byte(token))
	return sum[:]
}

func languageOf(user domain.User, company string) string {
	if user.Preferences.Language != "" {
		return user.Preferences.Language
	}
	return company
}

// moment is a time as people of the company read it, in a form that no language misreads.
func moment(at time.Time, zone string) string {
	place, err := time.LoadLocation(zone)
	if err != nil {
		place = time.UTC
	}
	return at.In(place).Format("2006-01-02 15:04 MST")
}

func (a *App) purgeLinks(ctx context.Context) error {
	if err := a.links.Purge(ctx, a.now().AddDate(0, 0, -30)); err != nil {
		return err
	}
	if err := a.notices.Purge(ctx, a.now().AddDate(0, 0, -90)); err != nil {
		return err
	}
	return a.requests.Purge(ctx, a.now().AddDate(0, 0, -7))
}
