package app

import (
	"fmt"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/peers"
)

// invoiceMailing is what the mail says that brings a document to its customer, unless somebody writes something else.
func invoiceMailing(v invoice.Invoice, seller peers.Seller, language string) invoice.Mailing {
	w := wordsFor(language)
	m := invoice.Mailing{Language: w.Language}
	company, amount := legalName(seller.Party), w.money(v.Totals.Payable, v.Currency)
	note := v.Kind == invoice.KindCreditNote
	switch {
	case w.Language == "de" && note:
		m.Subject = fmt.Sprintf("Gutschrift %s von %s", v.Number, company)
		m.Message = fmt.Sprintf("Guten Tag,\n\nanbei erhalten Sie unsere Gutschrift %s über %s.\n\nMit freundlichen Grüßen\n%s", v.Number, amount, company)
	case w.Language == "de":
		m.Subject = fmt.Sprintf("Rechnung %s von %s", v.Number, company)
		m.Message = fmt.Sprintf("Guten Tag,\n\nanbei erhalten Sie unsere Rechnung %s über %s, zahlbar bis zum %s.\n\nMit freundlichen Grüßen\n%s", v.Number, amount, w.day(v.DueOn), company)
	case note:
		m.Subject = fmt.Sprintf("Credit note %s from %s", v.Number, company)
		m.Message = fmt.Sprintf("Hello,\n\nattached you find our credit note %s over %s.\n\nKind regards\n%s", v.Number, amount, company)
	default:
		m.Subject = fmt.Sprintf("Invoice %s from %s", v.Number, company)
		m.Message = fmt.Sprintf("Hello,\n\nattached you find our invoice %s over %s, payable by %s.\n\nKind regards\n%s", v.Number, amount, w.day(v.DueOn), company)
	}
	return m
}
