package app

import (
	"context"
	"fmt"
	"io"
	"strings"
	"time"

	"erp/internal/asset"
	"erp/internal/platform/pdf"
)

// PrintHandover is the document as a PDF, with lines to sign on while it waits, and the name to save it under. The
// language is that of the labels; what the company wrote stays as it is.
func (a *App) PrintHandover(ctx context.Context, which asset.HandoverID, language string) (name string, write func(io.Writer) error, err error) {
	h, err := a.GetHandover(ctx, which)
	if err != nil {
		return "", nil, err
	}
	sender, err := a.Company.Sender(ctx)
	if err != nil {
		return "", nil, err
	}
	if language == "" {
		language = h.Language
	}
	return fmt.Sprintf("%s-%d.pdf", h.Kind, h.Number), layOutHandover(h, handoverWordsIn(language), sender.Zone).Output, nil
}

// Where things stand on the page, in millimetres.
const (
	sheetLeft, sheetRight, sheetTop = 20.0, 190.0, 18.0
	sheetBottom                     = 268.0 // below it stands the foot
	signatureHeight                 = 34.0
)

var (
	sheetInk    = pdf.Color{R: 26, G: 29, B: 35}    //nolint:gochecknoglobals // because it is a constant
	sheetDimmed = pdf.Color{R: 92, G: 99, B: 112}   //nolint:gochecknoglobals // because it is a constant
	sheetRule   = pdf.Color{R: 214, G: 218, B: 225} //nolint:gochecknoglobals // because it is a constant
)

// handoverSheet is a document being printed; y is where the next thing goes.
type handoverSheet struct {
	*pdf.Document
	h asset.Handover
	w handoverWords
	y float64
}

func layOutHandover(h asset.Handover, w handoverWords, zone *time.Location) *pdf.Document {
	title := w.title(h.Kind) + " " + fmt.Sprintf(w.Number, h.Number)
	company, _, _ := strings.Cut(h.Company, "\n")
	created := h.CreatedAt
	if !h.DecidedAt.IsZero() {
		created = h.DecidedAt
	}
	s := &handoverSheet{h: h, w: w, Document: pdf.New(pdf.Options{Title: title, Author: company, Subject: h.PersonName, Language: w.Language, Created: created})}
	s.newPage()
	s.head()
	s.words(h.Text)
	s.table()
	if outcome := w.outcome(h, zone); outcome != "" {
		s.words(outcome)
	} else {
		s.signatures()
	}
	s.OnEveryPage(s.foot)
	return s.Document
}

func sheetBody() pdf.Style  { return pdf.Style{Size: 9.5, Color: sheetInk} }
func sheetSmall() pdf.Style { return pdf.Style{Size: 8, Color: sheetDimmed} }

func (s *handoverSheet) newPage() {
	s.AddPage()
	s.y = sheetTop
}

// need begins a new page when less than height is left on this one.
func (s *handoverSheet) need(height float64) bool {
	if s.y+height <= sheetBottom {
		return false
	}
	s.newPage()
	return true
}

// head is the company, what it is, and for whom.
func (s *handoverSheet) head() {
	name, address, _ := strings.Cut(s.h.Company, "\n")
	s.Text(sheetLeft, sheetTop, 110, name, pdf.Style{Size: 11, Bold: true, Color: sheetInk})
	s.Text(sheetLeft, sheetTop+6, 170, strings.ReplaceAll(address, "\n", " · "), sheetSmall())
	s.y = sheetTop + 20
	s.Text(sheetLeft, s.y, 130, s.w.title(s.h.Kind), pdf.Style{Size: 20, Bold: true, Color: sheetInk})
	s.Text(sheetLeft, s.y+2, sheetRight-sheetLeft, fmt.Sprintf(s.w.Number, s.h.Number), pdf.Style{Size: 12, Color: sheetDimmed, Align: pdf.Right})
	s.y += 14
	by := s.w.OutBy
	if s.h.Kind == asset.HandoverBack {
		by = s.w.BackBy
	}
	for _, fact := range [][2]string{{s.w.Person, s.h.PersonName}, {s.w.Date, s.w.day(s.h.On)}, {by, s.h.HandedBy}} {
		s.Text(sheetLeft, s.y, 38, fact[0], pdf.Style{Size: 9.5, Color: sheetDimmed})
		s.Text(sheetLeft+40, s.y, 130, fact[1], sheetBody())
		s.y += 6
	}
	s.y += 5
}

// words are a text of any length, over as many pages as it needs.
func (s *handoverSheet) words(text string) {
	for _, line := range s.Wrap(sheetRight-sheetLeft, text, sheetBody()) {
		s.need(sheetBody().LineHeight())
		s.Text(sheetLeft, s.y, sheetRight-sheetLeft, line, sheetBody())
		s.y += sheetBody().LineHeight()
	}
	s.y += 6
}

// handoverColumns are where the columns of the table begin and how wide they are.
var handoverColumns = [...]struct{ x, w float64 }{{20, 9}, {30, 26}, {58, 52}, {112, 38}, {152, 38}} //nolint:gochecknoglobals // because it is a constant

func (s *handoverSheet) tableHead() {
	head := sheetSmall()
	head.Bold = true
	for i, title := range []string{s.w.Pos, s.w.Tag, s.w.Thing, s.w.Condition, s.w.Accessories} {
		s.Text(handoverColumns[i].x, s.y, handoverColumns[i].w, title, head)
	}
	s.y += 5.2
	s.Rule(sheetLeft, s.y, sheetRight, s.y, 0.3, sheetInk)
	s.y += 1.8
}

func (s *handoverSheet) table() {
	s.need(20)
	s.tableHead()
	style := pdf.Style{Size: 9, Color: sheetInk}
	for i, item := range s.h.Items {
		thing := item.Name
		if item.Serial != "" {
			thing += "\n" + s.w.Serial + item.Serial
		}
		cells, lines := make([][]string, len(handoverColumns)), 1
		for k, text := range []string{fmt.Sprint(i + 1), item.Tag, thing, item.Condition, item.Accessories} {
			cells[k] = s.Wrap(handoverColumns[k].w, text, style)
			lines = max(lines, len(cells[k]))
		}
		height := float64(lines)*style.LineHeight() + 2.4
		if s.need(height) {
			s.tableHead()
		}
		for k, cell := range cells {
			s.Lines(handoverColumns[k].x, s.y, handoverColumns[k].w, cell, style)
		}
		s.y += height
		s.Rule(sheetLeft, s.y-1.2, sheetRight, s.y-1.2, 0.1, sheetRule)
	}
	s.y += 8
}

// signatures are two lines to sign on, never apart from each other.
func (s *handoverSheet) signatures() {
	s.need(signatureHeight)
	s.y += 20
	const width = 78.0
	for _, one := range []struct {
		x    float64
		text string
	}{{sheetLeft, fmt.Sprintf(s.w.SignPerson, s.h.PersonName)}, {sheetRight - width, s.w.SignCompany}} {
		s.Rule(one.x, s.y, one.x+width, s.y, 0.25, sheetInk)
		s.Text(one.x, s.y+1.5, width, one.text, sheetSmall())
	}
	s.y += signatureHeight - 20
}

// foot is on every page: by what a copy is told from the document, and which page this is.
func (s *handoverSheet) foot(page, pages int) {
	style := pdf.Style{Size: 6.8, Color: sheetDimmed}
	s.Rule(sheetLeft, 276, sheetRight, 276, 0.15, sheetRule)
	s.Text(sheetLeft, 278, 150, s.w.Fingerprint+" "+s.h.Fingerprint+" · "+fmt.Sprintf(s.w.Version, s.h.TextVersion), style)
	style.Align = pdf.Right
	s.Text(sheetLeft, 278, sheetRight-sheetLeft, fmt.Sprintf(s.w.Pages, page, pages), style)
	if page > 1 {
		s.Text(sheetLeft, 10, sheetRight-sheetLeft, s.w.title(s.h.Kind)+" "+fmt.Sprintf(s.w.Number, s.h.Number)+" · "+s.h.PersonName, style)
	}
}
