package domain

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// MostOnHandover is how many things one document is about at most.
const MostOnHandover = 100

// DocumentReturnsFor is how long after a return a document can still be drawn up about it.
const DocumentReturnsFor = 90 * 24 * time.Hour

// Handover is a document that somebody signs for what they were handed, or gave back. What it says is frozen; it is
// decided once.
type Handover struct{ asset.Handover }

// DrawUp freezes what the document says: to whom, over what, in which words.
func DrawUp(says asset.Handover, now time.Time) (Handover, error) {
	h := Handover{says}
	if len(h.Items) == 0 || len(h.Items) > MostOnHandover {
		return h, fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At("body.items", fmt.Sprintf("must be from 1 to %d things", MostOnHandover))
	}
	for i := range h.Items {
		h.Items[i].Condition, h.Items[i].Accessories = oneLine(h.Items[i].Condition), oneLine(h.Items[i].Accessories)
	}
	h.ID, h.State, h.CreatedAt = id.New[asset.Handover](), asset.HandoverOpen, now
	h.Assets, h.First = len(h.Items), h.Items[0].Tag+" "+h.Items[0].Name
	var err error
	h.Fingerprint, err = h.fingerprint()
	return h, err
}

// oneLine is a text as a cell of a table holds it.
func oneLine(text string) string { return strings.Join(strings.Fields(oneWay(text)), " ") }

// oneWay leaves out the characters that turn the direction of writing: what somebody types cannot twist the sentence that
// it is shown in.
func oneWay(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Bidi_Control, r) {
			return -1
		}
		return r
	}, text)
}

// fingerprint is a hash over everything that the document says, so that a copy can be compared with it.
func (h *Handover) fingerprint() (string, error) {
	says, err := json.Marshal(map[string]any{
		"id": h.ID, "kind": h.Kind, "personId": h.PersonID, "personName": h.PersonName, "on": h.On, "handedBy": h.HandedBy,
		"company": h.Company, "language": h.Language, "text": h.Text, "textVersion": h.TextVersion, "items": h.Items,
	})
	if err != nil {
		return "", fmt.Errorf("write hand-over document: %w", err)
	}
	sum := sha256.Sum256(says)
	return hex.EncodeToString(sum[:]), nil
}

// Signature is how somebody confirms in the browser.
type Signature struct {
	By      employee.ID
	Name    string // as they type it
	Account string // by which they are signed in
	Address string
}

// Confirm is the person's own word that it is as the document says; again changes nothing.
func (h *Handover) Confirm(s Signature, now time.Time) (changed bool, err error) {
	s.Name = oneLine(s.Name)
	switch {
	case s.By != h.PersonID:
		return false, handoverUnknown()
	case h.State == asset.HandoverConfirmed:
		return false, nil
	case utf8.RuneCountInString(s.Name) < 2:
		return false, fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At("body.name", "must be your name, in full")
	}
	if err := h.decide(asset.HandoverConfirmed, s.Account, now); err != nil {
		return false, err
	}
	h.SignedName, h.Address = s.Name, s.Address
	return true, nil
}

// Refuse is the person's word that it is not as the document says; again changes nothing.
func (h *Handover) Refuse(s Signature, why string, now time.Time) (changed bool, err error) {
	why = strings.TrimSpace(oneWay(why))
	switch {
	case s.By != h.PersonID:
		return false, handoverUnknown()
	case h.State == asset.HandoverRefused:
		return false, nil
	case why == "":
		return false, fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At("body.reason", "must say what is wrong")
	}
	if err := h.decide(asset.HandoverRefused, s.Account, now); err != nil {
		return false, err
	}
	h.Note, h.Address = why, s.Address
	return true, nil
}

// SignOnPaper notes that the person signed the printed document; again changes nothing.
func (h *Handover) SignOnPaper(on, today date.Date, by string, now time.Time) (changed bool, err error) {
	if on.IsZero() {
		on = today
	}
	switch {
	case h.State == asset.HandoverConfirmed && h.OnPaper:
		return false, nil
	case on.After(today):
		return false, fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At("body.on", "must not lie in the future")
	case on.Before(h.On):
		return false, fault.New(fault.Invalid, "invalid-input", "Some fields need your attention.").At("body.on", "must not lie before the document, which is of "+h.On.String())
	}
	if err := h.decide(asset.HandoverConfirmed, by, now); err != nil {
		return false, err
	}
	h.OnPaper, h.SignedOn, h.SignedName = true, on, h.PersonName
	return true, nil
}

// Withdraw closes a document that was drawn up by mistake; again changes nothing.
func (h *Handover) Withdraw(why, by string, now time.Time) (changed bool, err error) {
	if h.State == asset.HandoverClosed && h.Reason == asset.ReasonWithdrawn {
		return false, nil
	}
	return true, h.close(asset.ReasonWithdrawn, strings.TrimSpace(oneWay(why)), by, now)
}

// Overtake closes an open document because custody of one of its assets ended before the person confirmed it.
func (h *Handover) Overtake(of Asset, why asset.Reason, by string, now time.Time) error {
	return h.close(why, of.Tag, by, now)
}

func (h *Handover) close(why asset.Reason, note, by string, now time.Time) error {
	if err := h.decide(asset.HandoverClosed, by, now); err != nil {
		return err
	}
	h.Reason, h.Note = why, note
	return nil
}

func (h *Handover) decide(state asset.HandoverState, by string, now time.Time) error {
	was := map[asset.HandoverState]string{
		asset.HandoverConfirmed: "was confirmed already; it can no longer be changed",
		asset.HandoverRefused:   "was refused already; draw up a new one",
		asset.HandoverClosed:    "is closed; draw up a new one if it is needed",
	}
	if no, decided := was[h.State]; decided {
		return fault.New(fault.Conflict, "handover-"+string(h.State), "Hand-over document %d %s.", h.Number, no)
	}
	h.State, h.DecidedBy, h.DecidedAt = state, by, now
	return nil
}

// WhyNoHandover says why no document can be drawn up about the asset for this person, who has no custody of it that is
// without one.
func (a *Asset) WhyNoHandover(kind asset.HandoverKind, who employee.ID) string {
	switch {
	case kind == asset.HandoverBack && a.Custodian().ID == who:
		return "Asset " + a.Tag + " is still held by " + a.HolderName + "; take it back first, or a document over this return is there already."
	case kind == asset.HandoverBack:
		return "Asset " + a.Tag + " was not given back by this person lately, or a document over it is there already."
	case a.Custodian().ID == who:
		return "A document over asset " + a.Tag + " is there already."
	default:
		return "Asset " + a.Tag + " " + a.standing() + "; this person does not hold it."
	}
}

func handoverUnknown() error {
	return fault.New(fault.NotFound, "handover-not-found", "There is no such hand-over document, or you may not see it.")
}

// Label is how people name the document in one line.
func (h *Handover) Label() string { return fmt.Sprintf("%d %s", h.Number, h.PersonName) }

// FirstHandoverText is what a document says while the company has written no words of its own.
func FirstHandoverText(kind asset.HandoverKind, language string) string {
	switch {
	case kind == asset.HandoverBack && language == "de":
		return "Ich habe die unten aufgeführten Gegenstände an das Unternehmen zurückgegeben. Zustand und Zubehör sind so vermerkt, wie sie bei der Rückgabe waren."
	case kind == asset.HandoverBack:
		return "I have given the items listed below back to the company. Condition and accessories are noted as they were on return."
	case language == "de":
		return "Ich habe die unten aufgeführten Gegenstände im vermerkten Zustand erhalten. Sie bleiben Eigentum des Unternehmens. " +
			"Ich behandle sie sorgfältig, melde Verlust und Schäden unverzüglich und gebe sie auf Verlangen, spätestens am letzten Arbeitstag, zurück."
	default:
		return "I have received the items listed below in the condition noted. They remain property of the company. " +
			"I will treat them with care, report loss and damage without delay, and return them on request, at the latest on my last day of work."
	}
}
