package app

import (
	"cmp"
	"context"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/peers"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/notify"
)

// letterTemplate is the mail that says what somebody has written.
const letterTemplate = "letter"

// SendInput is what is different from what is suggested.
type SendInput struct {
	To       string `json:"to,omitempty" maxLength:"254" doc:"The customer's address when absent"`
	Language string `json:"language,omitempty" enum:"en,de" doc:"Of the suggested words; the customer's, else the document's, when absent"`
	Subject  string `json:"subject,omitempty" maxLength:"200"`
	Message  string `json:"message,omitempty" maxLength:"5000"`
}

// Correspondence gives what was written about a document, and what would be written now.
func (a *App) Correspondence(ctx context.Context, which invoice.ID, language string) (invoice.Correspondence, error) {
	inv, err := a.load(ctx, which)
	if err != nil {
		return invoice.Correspondence{}, err
	}
	out := invoice.Correspondence{Configured: a.mailer.Configured(), Items: []invoice.Letter{}}
	if inv.Issue == nil {
		return out, nil
	}
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return out, err
	}
	customer, err := a.customers.Brief(ctx, inv.Content.CustomerID)
	if err != nil {
		return out, err
	}
	suggested := suggestMailing(inv, seller, customer, language)
	out.Suggested = &suggested
	out.Items, err = a.letters.About(ctx, which)
	return out, err
}

func suggestMailing(inv *domain.Invoice, seller peers.Seller, customer invoice.Customer, language string) invoice.Mailing {
	language = cmp.Or(language, customer.Language)
	if language == "" && inv.Issue.Letterhead != nil {
		language = inv.Issue.Letterhead.Language
	}
	m := invoiceMailing(view(inv, seller.Today(inv.IssuedAt)), seller, cmp.Or(language, seller.Language))
	m.To = cmp.Or(customer.Email, inv.Issue.Buyer.Email)
	return m
}

// Send mails an issued document to its customer, as PDF and, where it can be written as one, as e-invoice. It may be sent
// again; each time is a letter of its own.
func (a *App) Send(ctx context.Context, which invoice.ID, in SendInput) (invoice.Letter, error) {
	r, err := a.reach(ctx, CanSend)
	if err != nil {
		return invoice.Letter{}, err
	}
	inv, err := a.ledger.Load(ctx, which)
	if err != nil {
		return invoice.Letter{}, err
	}
	if err := r.check(inv); err != nil {
		return invoice.Letter{}, err
	}
	if inv.Issue == nil {
		return invoice.Letter{}, draftNotSent()
	}
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return invoice.Letter{}, err
	}
	customer, err := a.customers.Brief(ctx, inv.Content.CustomerID)
	if err != nil {
		return invoice.Letter{}, err
	}
	m := suggestMailing(inv, seller, customer, in.Language)
	m.To, m.Subject, m.Message = cmp.Or(in.To, m.To), cmp.Or(in.Subject, m.Subject), cmp.Or(in.Message, m.Message)
	domain.TidyMailing(&m)
	var p fault.Problems
	domain.CheckMailing(&p, "body", m)
	if err := p.Err(); err != nil {
		return invoice.Letter{}, err
	}
	act := a.act(ctx)
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (invoice.Letter, error) {
		return a.sendIn(tx, inv, customer, seller, m, act)
	})
}

// sendIn hands the letter with the document to the post, and tells of it.
func (a *App) sendIn(tx *database.Tx, inv *domain.Invoice, customer invoice.Customer, seller peers.Seller, m invoice.Mailing, act domain.Act) (invoice.Letter, error) {
	l := letterOf("invoice", customer, m, act)
	mail, err := a.queue(tx, l, customer.Name, seller)
	if err != nil {
		return l, err
	}
	a.letters.Insert(tx, l, mail, inv.ID)
	err = events.Publish(tx, inv.ID.String(), invoice.Sent{InvoiceID: inv.ID, Number: inv.Issue.Number, CustomerID: customer.ID, LetterID: l.ID})
	if err != nil {
		return l, err
	}
	return l, audit.Record(tx, audit.Entry{Action: "invoice.send", Subject: "invoice", SubjectID: inv.ID.String(), Label: inv.Label(), After: map[string]string{"to": l.To, "subject": l.Subject}})
}

func draftNotSent() error {
	return fault.New(fault.Conflict, "invoice-is-draft", "A draft cannot be sent; issue it first.")
}

func letterOf(kind string, customer invoice.Customer, m invoice.Mailing, act domain.Act) invoice.Letter {
	return invoice.Letter{
		ID: id.New[invoice.Letter](), Kind: kind, CustomerID: customer.ID, To: m.To, Language: m.Language, Subject: m.Subject, Message: m.Message,
		State: "queued", At: act.At, By: act.By,
	}
}

// queue hands a letter to the post, and gives the mail's name there.
func (a *App) queue(tx *database.Tx, l invoice.Letter, name string, seller peers.Seller) (string, error) {
	foot := append([]string{legalName(seller.Party)}, seller.Party.Address...)
	foot = append(foot, labelled([2]string{"", seller.Party.Email}, [2]string{"", seller.Party.Phone}, [2]string{"", seller.Website})...)
	mail, err := a.mailer.Queue(tx, notify.Message{
		To: l.To, Name: name, Language: l.Language, Template: letterTemplate, About: l.ID.String(),
		Facts: map[string]string{"subject": l.Subject, "body": l.Message, "foot": strings.Join(foot, "\n")},
	})
	return mail.String(), err
}

// enclose makes what goes along with a letter when it is sent.
func (a *App) enclose(ctx context.Context, about string) (notify.Enclosure, error) {
	letter, err := store.LetterOf(about)
	if err != nil {
		return notify.Enclosure{}, err
	}
	kind, document, err := a.letters.Subject(ctx, letter)
	if err != nil {
		return notify.Enclosure{}, err
	}
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return notify.Enclosure{}, err
	}
	out := notify.Enclosure{Sender: legalName(seller.Party), ReplyTo: seller.Party.Email}
	if kind == "reminder" {
		out.Files, err = a.reminderFiles(ctx, letter)
		return out, err
	}
	out.Files, err = a.documentFiles(ctx, document)
	return out, err
}

// documentFiles are a document as PDF and, if nothing is missing for it, as e-invoice.
func (a *App) documentFiles(ctx context.Context, which invoice.ID) ([]notify.File, error) {
	inv, err := a.ledger.Load(ctx, which)
	if err != nil {
		return nil, err
	}
	name, write, err := a.printed(ctx, inv, "")
	if err != nil {
		return nil, err
	}
	files, err := withPDF(nil, name, write)
	if err != nil {
		return nil, err
	}
	name, xml, err := a.eInvoice(ctx, inv)
	if fault.Is(err, fault.Invalid) {
		return files, nil
	}
	return append(files, notify.File{Name: name, ContentType: "application/xml", Content: xml}), err
}
