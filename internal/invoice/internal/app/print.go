package app

import (
	"bytes"
	"context"
	"io"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/peers"
	"erp/internal/platform/fault"
	"erp/internal/platform/notify"
	"erp/internal/platform/pdf"
)

// Print gives a document as PDF, with the name to save it under. An issued one is always
// printed as it was issued; a draft as it would be issued today, and marked as one on every page.
func (a *App) Print(ctx context.Context, id invoice.ID, language string) (string, func(io.Writer) error, error) {
	inv, err := a.load(ctx, id)
	if err != nil {
		return "", nil, err
	}
	return a.printed(ctx, inv, language)
}

func (a *App) printed(ctx context.Context, inv *domain.Invoice, language string) (string, func(io.Writer) error, error) {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return "", nil, err
	}
	v := view(inv, seller.Today(a.now()))
	name := "draft.pdf"
	if inv.Issue != nil {
		name = inv.Issue.Number + ".pdf"
		if err := a.asPrinted(ctx, inv, &v, &seller); err != nil {
			return "", nil, err
		}
	} else if err := a.asIfIssued(ctx, &v, seller); err != nil {
		return "", nil, err
	}
	if language == "" {
		language = seller.Language
	}
	doc, err := a.layOut(v, seller, language)
	if err != nil {
		return "", nil, err
	}
	return name, doc.Output, nil
}

// asIfIssued fills in the parties and days that a draft does not have yet.
func (a *App) asIfIssued(ctx context.Context, v *invoice.Invoice, seller peers.Seller) error {
	buyer := invoice.Party{Name: v.Customer}
	if !v.CustomerID.IsZero() {
		c, err := a.customers.ByID(ctx, v.CustomerID)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		buyer = partyOf(c)
	}
	party := seller.Party
	v.Seller, v.Buyer = &party, &buyer
	v.IssuedOn = seller.Today(a.now())
	v.DueOn = v.IssuedOn.AddDays(v.PaymentDays)
	v.Due = v.Totals.Payable
	return nil
}

func (a *App) layOut(v invoice.Invoice, seller peers.Seller, language string) (*pdf.Document, error) {
	words := wordsFor(language)
	title := words.Invoice
	if v.Kind == invoice.KindCreditNote {
		title = words.CreditNote
	}
	s := &sheet{
		v: v, words: words, title: title, seller: seller, draft: v.Status == invoice.Draft,
		Document: pdf.New(pdf.Options{
			Title: joinWords(title, v.Number), Author: legalName(*v.Seller), Subject: v.Buyer.Name, Language: words.Language, Created: v.UpdatedAt,
		}),
	}
	s.newPage()
	s.head()
	s.table()
	s.totals()
	if err := s.payment(); err != nil {
		return nil, err
	}
	s.notes()
	s.OnEveryPage(s.foot)
	return s.Document, nil
}

// withPDF adds what was printed to the files of a mail.
func withPDF(files []notify.File, name string, write func(io.Writer) error) ([]notify.File, error) {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return nil, err
	}
	return append(files, notify.File{Name: name, ContentType: "application/pdf", Content: b.Bytes()}), nil
}

func legalName(p invoice.Party) string {
	if p.LegalName != "" {
		return p.LegalName
	}
	return p.Name
}

// paymentCode is the text of the code that banking apps read (EPC069-12); none unless there
// are euros to pay to an IBAN.
func paymentCode(v invoice.Invoice) string {
	s := v.Seller
	if v.Kind != invoice.KindInvoice || v.Number == "" || s.IBAN == "" || v.Currency != "EUR" || v.Due.Sign() <= 0 || len(v.Due.String()) > len("999999999.99") {
		return ""
	}
	return domain.PaymentCode(legalName(*s), s.IBAN, s.BIC, v.Due, v.Number)
}
