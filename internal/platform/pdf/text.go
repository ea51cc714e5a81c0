package pdf

import (
	"strings"
	"unicode"
)

// Color is red, green and blue.
type Color struct{ R, G, B uint8 }

// Align says where text stands in its width.
type Align string

// The alignments.
const (
	Left   Align = "L"
	Center Align = "C"
	Right  Align = "R"
)

// Style is how text looks. The zero Style is 9 pt black, left.
type Style struct {
	Size  float64 // points; 9 when zero
	Bold  bool
	Color Color
	Align Align
}

const (
	pointsToMM  = 25.4 / 72
	lineSpacing = 1.45
	ascent      = 1.1 // where the baseline stands in a line, in font sizes
)

func (s Style) size() float64 {
	if s.Size == 0 {
		return 9
	}
	return s.Size
}

// LineHeight is the height of a line of this style in millimetres.
func (s Style) LineHeight() float64 { return s.size() * pointsToMM * lineSpacing }

// Text draws one line with its top left at x, y, shortened with an ellipsis when it is
// wider than w. A zero width shortens nothing.
func (d *Document) Text(x, y, w float64, text string, s Style) {
	d.style(s)
	text = oneLine(text)
	if w > 0 {
		text = d.shorten(text, w)
	}
	d.put(x, y, w, text, s)
}

// Paragraph draws text with its line breaks, wrapped to w, and returns the height used.
func (d *Document) Paragraph(x, y, w float64, text string, s Style) float64 {
	lines := d.Wrap(w, text, s)
	d.Lines(x, y, w, lines, s)
	return float64(len(lines)) * s.LineHeight()
}

// Lines draws lines that were wrapped before.
func (d *Document) Lines(x, y, w float64, lines []string, s Style) {
	d.style(s)
	for i, line := range lines {
		d.put(x, y+float64(i)*s.LineHeight(), w, line, s)
	}
}

// Width is the width of one line of text.
func (d *Document) Width(text string, s Style) float64 {
	d.style(s)
	return d.f.GetStringWidth(oneLine(text))
}

// Wrap breaks text into lines of at most w; a word that is too wide is broken too.
func (d *Document) Wrap(w float64, text string, s Style) []string {
	d.style(s)
	var out []string
	for _, line := range strings.Split(strings.ReplaceAll(text, "\r", ""), "\n") {
		out = append(out, d.wrapLine(w, oneLine(line))...)
	}
	return out
}

func (d *Document) wrapLine(w float64, line string) []string {
	var out []string
	current := ""
	for _, word := range strings.Fields(line) {
		joined := word
		if current != "" {
			joined = current + " " + word
		}
		if d.f.GetStringWidth(joined) <= w {
			current = joined
			continue
		}
		if current != "" {
			out = append(out, current)
		}
		for d.f.GetStringWidth(word) > w {
			head := d.head(word, w)
			out = append(out, head)
			word = word[len(head):]
		}
		current = word
	}
	return append(out, current)
}

// head is the longest beginning of word that fits into w, at least one character.
func (d *Document) head(word string, w float64) string {
	end := 0
	for i, r := range word {
		next := i + len(string(r))
		if end > 0 && d.f.GetStringWidth(word[:next]) > w {
			break
		}
		end = next
	}
	return word[:end]
}

func (d *Document) shorten(text string, w float64) string {
	if d.f.GetStringWidth(text) <= w {
		return text
	}
	runes := []rune(text)
	for len(runes) > 0 && d.f.GetStringWidth(string(runes)+"…") > w {
		runes = runes[:len(runes)-1]
	}
	return string(runes) + "…"
}

func (d *Document) style(s Style) {
	weight := ""
	if s.Bold {
		weight = "B"
	}
	d.f.SetFont(family, weight, s.size())
	d.f.SetTextColor(int(s.Color.R), int(s.Color.G), int(s.Color.B))
}

func (d *Document) put(x, y, w float64, text string, s Style) {
	switch s.Align {
	case Right:
		x += w - d.f.GetStringWidth(text)
	case Center:
		x += (w - d.f.GetStringWidth(text)) / 2
	}
	d.f.Text(x, y+s.size()*pointsToMM*ascent, text)
}

// oneLine is text as a single line of characters that the font format can hold: beyond
// the basic plane there is only a replacement, and control characters have no shape.
func oneLine(text string) string { return clean(strings.ReplaceAll(text, "\n", " ")) }

func clean(text string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\t' || r == '\u00a0' || r == '\u202f':
			return ' '
		case unicode.IsControl(r), unicode.Is(unicode.Cf, r):
			return -1
		case r > 0xFFFF:
			return '\uFFFD'
		}
		return r
	}, strings.ToValidUTF8(text, "\uFFFD"))
}
