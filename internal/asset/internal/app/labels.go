package app

import (
	"context"
	"io"
	"strings"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/fault"
	"erp/internal/platform/pdf"
)

// mostLabels is how many one file holds.
const mostLabels = 1000

// PrintLabels makes a PDF of labels, in the order asked for. Assets that the caller may not see are a 404.
func (a *App) PrintLabels(ctx context.Context, in Labels) (func(w io.Writer) error, error) {
	reach, err := a.reach(ctx, CanRead)
	if err != nil {
		return nil, err
	}
	selection := Selection{IDs: in.IDs, Filter: in.Filter}
	if err := selection.check(); err != nil {
		return nil, err
	}
	if in.Filter != nil {
		found, err := a.found(ctx, *in.Filter, reach, mostLabels)
		if err == nil && len(found) == 0 {
			err = fault.New(fault.Conflict, "nothing-selected", "Nothing matches the filter any more, so that there is no label to print; look at the list again.")
		}
		if err != nil {
			return nil, err
		}
		for _, one := range found {
			in.IDs = append(in.IDs, one.ID)
		}
	}
	records, err := store.Assets(ctx, a.DB.Pool(), in.IDs, reach)
	if err != nil {
		return nil, err
	}
	found := map[asset.ID]*store.Record{}
	for i := range records {
		found[records[i].ID] = &records[i]
	}
	var list []*store.Record
	for _, id := range in.IDs {
		r, ok := found[id]
		if !ok {
			return nil, fault.New(fault.NotFound, "asset-not-found", "One of the assets does not exist, or you may not see it.")
		}
		list = append(list, r)
	}
	return func(w io.Writer) error { return labelSheet(list, in).Output(w) }, nil
}

// LabelCode is the QR code of an asset's label as a PNG, as PrintLabels would draw it.
func (a *App) LabelCode(ctx context.Context, which asset.ID, link string) (func(w io.Writer) error, error) {
	r, err := a.record(ctx, which)
	if err != nil {
		return nil, err
	}
	picture, err := pdf.QRPicture(labelContent(r, link))
	if err != nil {
		return nil, err
	}
	return func(w io.Writer) error {
		_, err := w.Write(picture)
		return err
	}, nil
}

// labelContent is what the code says: the tag alone, or where the asset is found.
func labelContent(r *store.Record, link string) string {
	if link == "" {
		return r.Tag
	}
	return strings.TrimRight(link, "/") + "/assets/" + r.ID.String()
}

// label is the place of one label: all lengths in millimetres.
type label struct{ x, y, width, height float64 }

func labelSheet(list []*store.Record, in Labels) *pdf.Document {
	if in.Layout == "roll" {
		doc := pdf.New(pdf.Options{Title: "Labels", Size: pdf.Size{Width: 62, Height: 29}})
		for _, r := range list {
			doc.AddPage()
			drawLabel(doc, label{width: 62, height: 29}, r, in.Link)
		}
		return doc
	}
	const columns, rows, width, height = 3, 8, 70.0, 37.0
	doc := pdf.New(pdf.Options{Title: "Labels"})
	for i, r := range list {
		at := i + in.Skip%(columns*rows)
		if i == 0 || at%(columns*rows) == 0 {
			doc.AddPage()
		}
		at %= columns * rows
		drawLabel(doc, label{x: float64(at%columns) * width, y: 0.5 + float64(at/columns)*height, width: width, height: height}, r, in.Link)
	}
	return doc
}

func drawLabel(doc *pdf.Document, l label, r *store.Record, link string) {
	const margin = 3.0
	side := l.height - 2*margin
	if err := doc.QR(l.x+margin, l.y+margin, side, labelContent(r, link)); err != nil { // a tag or a link always fits
		doc.Text(l.x+margin, l.y+margin, side, "?", pdf.Style{})
	}
	x, width := l.x+2*margin+side-1, l.width-3*margin-side+1
	tag, name := pdf.Style{Size: 12, Bold: true}, pdf.Style{Size: 8}
	for tag.Size > 7 && doc.Width(r.Tag, tag) > width {
		tag.Size -= 0.5
	}
	y := l.y + margin + 3
	doc.Text(x, y, width, r.Tag, tag)
	y += 6.5
	for i, line := range doc.Wrap(width, r.Name, name) {
		if i == 2 {
			break
		}
		doc.Text(x, y, width, line, name)
		y += name.LineHeight()
	}
	if r.Serial != "" {
		doc.Text(x, y+0.8, width, "S/N "+r.Serial, pdf.Style{Size: 6.5, Color: pdf.Color{R: 90, G: 90, B: 90}})
	}
}
