// Package pdf writes PDF documents in process: text in an embedded Unicode font, lines,
// pictures and QR codes, placed in millimetres from the top left. It knows no module and
// no layout of theirs. Only this package knows the PDF library.
package pdf

import (
	_ "embed"
	"fmt"
	"io"
	"time"

	"codeberg.org/go-pdf/fpdf"
)

//go:embed fonts/Inter-Regular.ttf
var regular []byte

//go:embed fonts/Inter-SemiBold.ttf
var semibold []byte

const family = "Inter"

// Size is a page's width and height in millimetres.
type Size struct{ Width, Height float64 }

// A4 is 210 x 297 mm, upright.
func A4() Size { return Size{210, 297} }

// Options describe a document.
type Options struct {
	Title    string
	Author   string
	Subject  string
	Language string // "en", "de"
	Size     Size   // A4 when zero
	Created  time.Time
}

// Document is a PDF being written. Errors are kept and come back from Output.
type Document struct {
	f    *fpdf.Fpdf
	size Size
}

// New begins a document without pages.
func New(o Options) *Document {
	if o.Size == (Size{}) {
		o.Size = A4()
	}
	f := fpdf.NewCustom(&fpdf.InitType{
		UnitStr: "mm", OrientationStr: "P", Size: fpdf.SizeType{Wd: o.Size.Width, Ht: o.Size.Height},
	})
	f.AddUTF8FontFromBytes(family, "", regular)
	f.AddUTF8FontFromBytes(family, "B", semibold)
	f.SetAutoPageBreak(false, 0)
	f.SetMargins(0, 0, 0)
	f.SetCellMargin(0)
	f.SetCompression(true)
	f.SetCatalogSort(true)
	f.SetTitle(clean(o.Title), true)
	f.SetAuthor(clean(o.Author), true)
	f.SetSubject(clean(o.Subject), true)
	f.SetProducer("ERP", true)
	if o.Language != "" {
		f.SetLang(o.Language)
	}
	if !o.Created.IsZero() {
		f.SetCreationDate(o.Created.UTC())
		f.SetModificationDate(o.Created.UTC())
	}
	return &Document{f: f, size: o.Size}
}

// Size is the size of a page.
func (d *Document) Size() Size { return d.size }

// AddPage begins a new page; everything that follows is drawn on it.
func (d *Document) AddPage() { d.f.AddPage() }

// Pages is the number of pages so far.
func (d *Document) Pages() int { return d.f.PageCount() }

// OnEveryPage draws on each page once all pages are known: headings, page numbers.
func (d *Document) OnEveryPage(draw func(page, pages int)) {
	for page := 1; page <= d.Pages(); page++ {
		d.f.SetPage(page)
		draw(page, d.Pages())
	}
}

// Output writes the document, or returns the first error of making it.
func (d *Document) Output(w io.Writer) error {
	if err := d.f.Output(w); err != nil {
		return fmt.Errorf("write PDF: %w", err)
	}
	return nil
}
