package app

import (
	"fmt"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/peers"
	"erp/internal/platform/pdf"
)

// Where things stand on the page, in millimetres.
const (
	left, right, top = 20.0, 190.0, 18.0
	bottom           = 262.0 // below it stands the foot
	logoWidth        = 60.0
	logoHeight       = 20.0
)

var (
	ink    = pdf.Color{R: 26, G: 29, B: 35}    //nolint:gochecknoglobals // because it is a constant
	dimmed = pdf.Color{R: 92, G: 99, B: 112}   //nolint:gochecknoglobals // because it is a constant
	accent = pdf.Color{R: 52, G: 81, B: 178}   //nolint:gochecknoglobals // because it is a constant
	rule   = pdf.Color{R: 214, G: 218, B: 225} //nolint:gochecknoglobals // because it is a constant
	shade  = pdf.Color{R: 245, G: 246, B: 249} //nolint:gochecknoglobals // because it is a constant
	faint  = pdf.Color{R: 236, G: 238, B: 243} //nolint:gochecknoglobals // because it is a constant
)

// sheet is a document being printed; y is where the next thing goes.
type sheet struct {
	*pdf.Document
	v      invoice.Invoice
	words  words
	title  string
	seller peers.Seller
	draft  bool
	y      float64
}

func body() pdf.Style  { return pdf.Style{Size: 9, Color: ink} }
func small() pdf.Style { return pdf.Style{Size: 7.5, Color: dimmed} }

func bold(s pdf.Style) pdf.Style {
	s.Bold = true
	return s
}

func aligned(s pdf.Style, a pdf.Align) pdf.Style {
	s.Align = a
	return s
}

func (s *sheet) newPage() {
	s.AddPage()
	s.y = top
	if s.draft {
		s.Text(0, 135, s.Size().Width, s.words.Draft, pdf.Style{Size: 110, Bold: true, Color: faint, Align: pdf.Center})
	}
}

// need begins a new page when less than height is left on this one.
func (s *sheet) need(height float64) bool {
	if s.y+height <= bottom {
		return false
	}
	s.Text(left, bottom+2, right-left, s.words.Carried, aligned(small(), pdf.Right))
	s.newPage()
	return true
}

// head is the sender, the title, the address and the facts beside it.
func (s *sheet) head() {
	s.letterhead()
	s.Text(left, top, right-left, s.title, pdf.Style{Size: 22, Bold: true, Color: ink, Align: pdf.Right})
	if s.draft {
		s.Text(left, top+11, right-left, s.words.DraftHint, aligned(pdf.Style{Size: 9, Color: accent, Bold: true}, pdf.Right))
	} else {
		s.Text(left, top+11, right-left, s.v.Number, pdf.Style{Size: 11, Color: dimmed, Align: pdf.Right})
	}
	address := append([]string{legalName(*s.v.Seller)}, s.v.Seller.Address...)
	s.Text(left, 48, 85, strings.Join(address, " · "), pdf.Style{Size: 6.5, Color: dimmed})
	s.Rule(left, 52, left+85, 52, 0.15, rule)
	s.y = 54
	for i, line := range s.buyerLines() {
		style := body()
		style.Size = 10
		style.Bold = i == 0
		s.y += s.Paragraph(left, s.y, 85, line, style)
	}
	addressEnd := s.y
	s.facts(48)
	s.y = max(addressEnd, s.y, 82) + 8
}

// letterhead is the logo, or the company's name where there is none or none that can be shown.
func (s *sheet) letterhead() {
	if len(s.seller.Logo) > 0 {
		if _, err := s.Picture(left, top, logoWidth, logoHeight, s.seller.Logo); err == nil {
			return
		}
	}
	s.Paragraph(left, top, 95, s.v.Seller.Name, pdf.Style{Size: 15, Bold: true, Color: accent})
}

func (s *sheet) buyerLines() []string {
	b := s.v.Buyer
	lines := append([]string{b.Name}, b.Address...)
	if b.Country != "" && b.Country != s.v.Seller.Country {
		lines = append(lines, domain.CountryName(b.Country, s.words.Language))
	}
	return lines
}

// facts are pairs of words on the right: number, days, references.
func (s *sheet) facts(y float64) {
	v, w := s.v, s.words
	pairs := [][2]string{{w.Number, v.Number}, {w.Date, w.day(v.IssuedOn)}, {w.Due, w.day(v.DueOn)}, {w.Delivered, w.day(v.DeliveredOn)}, {w.Reference, v.Reference}}
	if v.CreditOf != nil {
		pairs = append(pairs, [2]string{w.CreditOf, v.CreditOf.Number})
	}
	pairs = append(pairs, [2]string{w.VATID, v.Buyer.VATID})
	for _, p := range pairs {
		if p[1] == "" {
			continue
		}
		s.Text(122, y, 28, p[0], pdf.Style{Size: 9, Color: dimmed})
		lines := s.Wrap(40, p[1], body())
		s.Lines(150, y, 40, lines, aligned(body(), pdf.Right))
		y += float64(len(lines))*body().LineHeight() + 0.6
	}
	s.y = y
}

// foot is on every page: who we are, and where in the document this page is.
func (s *sheet) foot(page, pages int) {
	p := s.v.Seller
	s.Rule(left, 270, right, 270, 0.15, rule)
	columns := [][]string{
		append([]string{legalName(*p)}, append(append([]string{}, p.Address...), domain.CountryName(p.Country, s.words.Language))...),
		labelled([2]string{s.words.VATID, p.VATID}, [2]string{s.words.TaxID, p.TaxID}, [2]string{"", p.Email}, [2]string{"", p.Phone}, [2]string{"", s.seller.Website}),
		labelled([2]string{"", s.seller.Bank}, [2]string{s.words.IBAN, spaced(p.IBAN)}, [2]string{s.words.BIC, p.BIC}),
	}
	for i, lines := range columns {
		for k, line := range lines {
			s.Text(left+float64(i)*57, 272+float64(k)*3.6, 55, line, pdf.Style{Size: 6.8, Color: dimmed})
		}
	}
	s.Text(left, 288, right-left, s.words.page(page, pages), aligned(pdf.Style{Size: 6.8, Color: dimmed}, pdf.Right))
	if page > 1 {
		s.Text(left, 10, right-left, joinWords(s.title, s.v.Number), aligned(small(), pdf.Right))
	}
}

func labelled(pairs ...[2]string) []string {
	var out []string
	for _, p := range pairs {
		if p[1] != "" {
			out = append(out, joinWords(p[0], p[1]))
		}
	}
	return out
}

// spaced writes an IBAN in groups of four.
func spaced(iban string) string {
	var b strings.Builder
	for i, r := range []rune(strings.ReplaceAll(iban, " ", "")) {
		if i > 0 && i%4 == 0 {
			b.WriteByte(' ')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// payment says how and until when to pay, with a code for banking apps where there is one.
func (s *sheet) payment() error {
	v, w := s.v, s.words
	text := ""
	switch {
	case v.Kind == invoice.KindCreditNote && v.CreditOf != nil:
		text = fmt.Sprintf(w.Credited, v.CreditOf.Number)
	case v.Due.Sign() > 0 && !v.DueOn.IsZero():
		text = fmt.Sprintf(w.PayBy, w.money(v.Due, v.Currency), w.day(v.DueOn))
	}
	if text == "" {
		return nil
	}
	var how []string
	if v.Due.Sign() > 0 && v.Seller.IBAN != "" {
		how = labelled([2]string{w.IBAN, spaced(v.Seller.IBAN)}, [2]string{w.BIC, v.Seller.BIC}, [2]string{"", s.seller.Bank})
		if v.Number != "" {
			how = append(how, w.Transfer+": "+v.Number)
		}
	}
	code := paymentCode(v)
	height := 16 + float64(len(how))*body().LineHeight()
	if code != "" {
		height = max(height, 40)
	}
	s.need(height)
	s.Rect(left, s.y, right-left, height-4, shade)
	width := right - left - 10
	if code != "" {
		if err := s.QR(right-36, s.y+0.5, 32, code); err != nil {
			return err
		}
		s.Text(right-38, s.y+31.5, 36, w.Scan, aligned(pdf.Style{Size: 6, Color: dimmed}, pdf.Center))
		width -= 40
	}
	y := s.y + 4
	y += s.Paragraph(left+5, y, width, text, bold(body())) + 1
	for _, line := range how {
		s.Text(left+5, y, width, line, body())
		y += body().LineHeight()
	}
	s.y += height
	return nil
}

// notes are the reasons why no tax is charged, and what the seller wrote.
func (s *sheet) notes() {
	var texts []string
	if s.v.PriceMode == invoice.Inclusive {
		texts = append(texts, s.words.Inclusive)
	}
	for _, g := range s.v.Taxes {
		if g.Reason != "" {
			texts = append(texts, g.Reason)
		}
	}
	if s.v.Note != "" {
		texts = append(texts, s.v.Note)
	}
	for _, text := range texts {
		for _, line := range s.Wrap(right-left, text, body()) {
			s.need(body().LineHeight())
			s.Text(left, s.y, right-left, line, body())
			s.y += body().LineHeight()
		}
		s.y += 1.5
	}
}
