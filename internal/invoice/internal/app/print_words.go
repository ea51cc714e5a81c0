package app

import (
	"fmt"
	"strings"

	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// words are what a printed document says, in one language.
type words struct {
	Language, Invoice, CreditNote, Draft, DraftHint, Number, Date, Due, Delivered, Reference, CreditOf, Terms, VATID, TaxID string
	Pos, Description, Quantity, Price, Tax, Amount, Discount, Surcharge, Sum, Net, Total, Rounding, Payable                 string
	On, Inclusive, PayBy, PayNow, Transfer, IBAN, BIC, Scan, Carried, Page, Credited                                        string
	Statement, DaysOverdue, Interest, Fee, StillOpen, YourCredit, NothingOpen, DueOn                                        string
	PayableWithin, PayableAtOnce, UnitOf                                                                                    string
	thousands, decimals, dayLayout                                                                                          string
}

func wordsFor(language string) words {
	if strings.HasPrefix(language, "de") {
		return words{
			Language: "de", Invoice: "Rechnung", CreditNote: "Gutschrift", Draft: "ENTWURF", DraftHint: "Entwurf – keine gültige Rechnung",
			Number: "Nummer", Date: "Datum", Due: "Fällig am", Delivered: "Leistungsdatum", Reference: "Ihre Referenz", CreditOf: "Zu Rechnung", Terms: "Zahlungsziel",
			VATID: "USt-IdNr.", TaxID: "Steuernummer",
			Pos: "Pos.", Description: "Beschreibung", Quantity: "Menge", Price: "Einzelpreis", Tax: "USt", Amount: "Betrag",
			Discount: "Rabatt", Surcharge: "Zuschlag", Sum: "Zwischensumme", Net: "Nettobetrag", Total: "Gesamtbetrag", Rounding: "Rundung",
			Payable: "Zahlbetrag", On: "auf", Inclusive: "Alle Preise enthalten die Steuer.",
			PayBy: "Bitte zahlen Sie %s bis zum %s.", PayNow: "Bitte zahlen Sie %s.", Transfer: "Verwendungszweck", IBAN: "IBAN", BIC: "BIC", Scan: "Mit der Banking-App scannen",
			Carried: "Fortsetzung auf der nächsten Seite", Page: "Seite %d von %d",
			Credited:      "Der Betrag wird mit der Rechnung %s verrechnet.",
			PayableWithin: "Zahlbar innerhalb von %d Tagen", PayableAtOnce: "Zahlbar sofort", UnitOf: "Einheit: %s",
			Statement: "Kontoauszug", DaysOverdue: "Tage fällig", Interest: "Zinsen", Fee: "Mahngebühr", StillOpen: "Offen", YourCredit: "Ihr Guthaben",
			NothingOpen: "Es ist nichts offen.", DueOn: "fällig am %s",
			thousands: ".", decimals: ",", dayLayout: "02.01.2006",
		}
	}
	return words{
		Language: "en", Invoice: "Invoice", CreditNote: "Credit note", Draft: "DRAFT", DraftHint: "Draft – not a valid invoice",
		Number: "Number", Date: "Date", Due: "Due", Delivered: "Delivered", Reference: "Your reference", CreditOf: "For invoice", Terms: "Payment terms",
		VATID: "VAT ID", TaxID: "Tax ID",
		Pos: "No.", Description: "Description", Quantity: "Quantity", Price: "Unit price", Tax: "Tax", Amount: "Amount",
		Discount: "Discount", Surcharge: "Surcharge", Sum: "Subtotal", Net: "Net amount", Total: "Total", Rounding: "Rounding",
		Payable: "Payable", On: "on", Inclusive: "All prices include tax.",
		PayBy: "Please pay %s by %s.", PayNow: "Please pay %s.", Transfer: "Reference", IBAN: "IBAN", BIC: "BIC", Scan: "Scan with your banking app",
		Carried: "Continued on the next page", Page: "Page %d of %d",
		Credited:      "The amount is set against invoice %s.",
		PayableWithin: "Payable within %d days", PayableAtOnce: "Payable at once", UnitOf: "Unit: %s",
		Statement: "Statement of account", DaysOverdue: "Days late", Interest: "Interest", Fee: "Reminder fee", StillOpen: "Open", YourCredit: "Your credit",
		NothingOpen: "Nothing is open.", DueOn: "due on %s",
		thousands: ",", decimals: ".", dayLayout: "2 Jan 2006",
	}
}

// number writes a decimal as the language does: 1,234.50 or 1.234,50.
func (w words) number(d money.Decimal) string {
	s := d.Abs().String()
	whole, fraction, has := strings.Cut(s, ".")
	var b strings.Builder
	if d.Sign() < 0 {
		b.WriteString("−")
	}
	for i, c := range whole {
		if i > 0 && (len(whole)-i)%3 == 0 {
			b.WriteString(w.thousands)
		}
		b.WriteRune(c)
	}
	if has {
		b.WriteString(w.decimals + fraction)
	}
	return b.String()
}

func (w words) money(d money.Decimal, c money.Currency) string {
	return w.number(d.In(c)) + " " + string(c)
}

// price keeps more decimals than the currency has only where they say something.
func (w words) price(d money.Decimal, c money.Currency) string {
	if t := d.Trim(); t.Scale() > c.Digits() {
		return w.number(t)
	}
	return w.number(d.In(c))
}

func (w words) percent(d money.Decimal) string { return w.number(d.Trim()) + " %" }

func (w words) day(d date.Date) string {
	if d.IsZero() {
		return ""
	}
	return d.Time().Format(w.dayLayout)
}

func (w words) page(page, pages int) string { return fmt.Sprintf(w.Page, page, pages) }
