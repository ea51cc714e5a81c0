package app

import (
	"context"
	"slices"
	"strings"
	"sync"

	"erp/internal/platform/fault"
	"erp/internal/platform/notify"
	"erp/internal/platform/page"
)

// Mail is a row of the mail log.
type Mail = notify.Mail

// MailSource gives the mails of one module, the newest first.
type MailSource struct {
	Module string
	List   func(ctx context.Context, q notify.Query) ([]notify.Mail, error)
}

// ListMail narrows the mail log.
type ListMail struct {
	Q, State, Module string
	Page             page.Request
}

// MailLog is a page of the log over all modules, and whether mails are sent at all.
type MailLog struct {
	page.Of[Mail]
	Missing    []string `json:"missing,omitempty" doc:"Modules that could not answer; their mails are not in the list"`
	Configured bool     `json:"configured" doc:"False without ERP_SMTP_URL: nothing is sent"`
}

const mailSort = "-createdAt"

// ListMail pages through what was sent to colleagues and to customers, the newest first. Every module that sends mails keeps
// its own log; ids grow with time in each, so that the logs merge by id.
func (a *App) ListMail(ctx context.Context, in ListMail) (MailLog, error) {
	after, err := page.Decode(in.Page.Cursor, mailSort, 1)
	if err != nil {
		return MailLog{}, err
	}
	q := notify.Query{Q: in.Q, State: in.State, Limit: in.Page.Size() + 1}
	if after != nil {
		q.BeforeID = after[0]
	}
	mails, missing, err := a.gatherMails(ctx, in.Module, q)
	if err != nil {
		return MailLog{}, err
	}
	cut := page.Cut(mails, in.Page.Size(), func(m Mail) string { return page.Encode(mailSort, m.ID.String()) })
	return MailLog{Of: cut, Missing: missing, Configured: a.mailer.Configured()}, nil
}

// gatherMails asks the modules at once and merges what they say.
func (a *App) gatherMails(ctx context.Context, module string, q notify.Query) (mails []Mail, missing []string, err error) {
	answers, problems := make([][]Mail, len(a.mails)), make([]error, len(a.mails))
	var asked sync.WaitGroup
	for i, source := range a.mails {
		if module == "" || module == source.Module {
			asked.Go(func() { answers[i], problems[i] = source.List(ctx, q) })
		}
	}
	asked.Wait()
	for i, problem := range problems {
		switch {
		case problem == nil:
		case fault.Is(problem, fault.Unavailable):
			missing = append(missing, a.mails[i].Module)
		default:
			return nil, nil, problem
		}
	}
	mails = slices.Concat(answers...)
	slices.SortFunc(mails, func(x, y Mail) int { return strings.Compare(y.ID.String(), x.ID.String()) })
	return mails[:min(len(mails), q.Limit)], missing, nil
}

// Mailer sends the module's mails.
func (a *App) Mailer() *notify.Mailer { return a.mailer }
