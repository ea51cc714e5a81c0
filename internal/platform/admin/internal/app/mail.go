package app

import (
	"context"

	"erp/internal/platform/notify"
	"erp/internal/platform/page"
)

// Mail is a row of the mail log.
type Mail = notify.Mail

// ListMail narrows the mail log.
type ListMail struct {
	Q, State string
	Page     page.Request
}

// MailLog is a page of the log, and whether mails are sent at all.
type MailLog struct {
	page.Of[Mail]
	Configured bool `json:"configured" doc:"False without ERP_SMTP_URL: nothing is sent"`
}

// ListMail pages through what was sent, the newest first.
func (a *App) ListMail(ctx context.Context, in ListMail) (MailLog, error) {
	rows, err := a.mailer.List(ctx, notify.Query{Q: in.Q, State: in.State, Page: in.Page})
	return MailLog{Of: rows, Configured: a.mailer.Configured()}, err
}

// Mailer sends the module's mails.
func (a *App) Mailer() *notify.Mailer { return a.mailer }
