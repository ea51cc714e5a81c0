package app

import (
	"fmt"
	"time"

	"erp/internal/asset"
	"erp/internal/platform/date"
)

// handoverWords are what stands on a printed document beside the company's own text.
type handoverWords struct {
	Language, dayLayout                          string
	Out, Back, Person, Date, OutBy, BackBy       string
	Pos, Tag, Thing, Condition, Accessories      string
	SignPerson, SignCompany, Confirmed, Refused  string
	OnPaper, Closed, Fingerprint, Version, Pages string
	Address                                      string
	Number, Serial                               string
	reasons                                      map[asset.Reason]string
}

func handoverWordsIn(language string) handoverWords {
	if language == "de" {
		return handoverWords{
			Language: "de", dayLayout: "02.01.2006", Number: "Nr. %d", Address: ", Netzadresse %s", Serial: "Seriennr. ",
			Out: "Übergabeprotokoll", Back: "Rückgabeprotokoll", Person: "Person", Date: "Datum", OutBy: "Übergeben von", BackBy: "Angenommen von",
			Pos: "Pos.", Tag: "Inventarnr.", Thing: "Gegenstand", Condition: "Zustand", Accessories: "Zubehör",
			SignPerson: "Ort, Datum, Unterschrift %s", SignCompany: "Ort, Datum, Unterschrift für das Unternehmen",
			Confirmed: "Im Browser bestätigt am %s von „%s“%s.", Refused: "Abgelehnt am %s: %s", OnPaper: "Auf Papier unterschrieben am %s.",
			Closed: "Geschlossen am %s: %s.", Fingerprint: "Fingerabdruck", Version: "Textfassung %d", Pages: "Seite %d von %d",
			reasons: map[asset.Reason]string{
				asset.ReasonReturned: "%s wurde zurückgegeben", asset.ReasonTransferred: "%s wurde weitergegeben", asset.ReasonLost: "%s ist verloren",
				asset.ReasonEmployeeLeft: "die Person hat das Unternehmen verlassen", asset.ReasonSold: "%s wurde verkauft", asset.ReasonWithdrawn: "zurückgezogen",
			},
		}
	}
	return handoverWords{
		Language: "en", dayLayout: "2 January 2006", Number: "No. %d", Address: ", network address %s", Serial: "S/N ",
		Out: "Hand-over document", Back: "Return document", Person: "Person", Date: "Date", OutBy: "Handed over by", BackBy: "Taken back by",
		Pos: "No.", Tag: "Tag", Thing: "Item", Condition: "Condition", Accessories: "Accessories",
		SignPerson: "Place, date, signature of %s", SignCompany: "Place, date, signature for the company",
		Confirmed: "Confirmed in the browser on %s by “%s”%s.", Refused: "Refused on %s: %s", OnPaper: "Signed on paper on %s.",
		Closed: "Closed on %s: %s.", Fingerprint: "Fingerprint", Version: "Text version %d", Pages: "Page %d of %d",
		reasons: map[asset.Reason]string{
			asset.ReasonReturned: "%s was returned", asset.ReasonTransferred: "%s was handed on", asset.ReasonLost: "%s is lost",
			asset.ReasonEmployeeLeft: "the person left the company", asset.ReasonSold: "%s was sold", asset.ReasonWithdrawn: "withdrawn",
		},
	}
}

func (w handoverWords) day(d date.Date) string { return d.Time().Format(w.dayLayout) }

func (w handoverWords) moment(at time.Time) string { return at.Format(w.dayLayout + ", 15:04 MST") }

func (w handoverWords) title(kind asset.HandoverKind) string {
	if kind == asset.HandoverBack {
		return w.Back
	}
	return w.Out
}

// outcome says what became of the document; nothing while it waits.
func (w handoverWords) outcome(h asset.Handover, zone *time.Location) string {
	at := w.moment(h.DecidedAt.In(zone))
	switch {
	case h.State == asset.HandoverConfirmed && h.OnPaper:
		return fmt.Sprintf(w.OnPaper, w.day(h.SignedOn))
	case h.State == asset.HandoverConfirmed:
		from := ""
		if h.Address != "" {
			from = fmt.Sprintf(w.Address, h.Address)
		}
		return fmt.Sprintf(w.Confirmed, at, h.SignedName, from)
	case h.State == asset.HandoverRefused:
		return fmt.Sprintf(w.Refused, at, h.Note)
	case h.State == asset.HandoverClosed:
		why := w.reasons[h.Reason]
		switch {
		case h.Reason == asset.ReasonWithdrawn && h.Note != "":
			why += " (" + h.Note + ")"
		case h.Reason != asset.ReasonWithdrawn && h.Reason != asset.ReasonEmployeeLeft:
			why = fmt.Sprintf(why, h.Note)
		}
		return fmt.Sprintf(w.Closed, at, why)
	default:
		return ""
	}
}
