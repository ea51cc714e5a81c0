package pdf

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	_ "image/jpeg" // a logo may be one
	"image/png"

	"codeberg.org/go-pdf/fpdf"
	"rsc.io/qr"
)

// Bounds of a picture: enough for print at 300 dpi, too little to exhaust memory.
const (
	maxPictureBytes  = 5 << 20
	maxPicturePixels = 12_000_000
)

// Rule draws a line.
func (d *Document) Rule(x1, y1, x2, y2, width float64, c Color) {
	d.f.SetDrawColor(int(c.R), int(c.G), int(c.B))
	d.f.SetLineWidth(width)
	d.f.Line(x1, y1, x2, y2)
}

// Rect fills a rectangle.
func (d *Document) Rect(x, y, w, h float64, c Color) {
	d.f.SetFillColor(int(c.R), int(c.G), int(c.B))
	d.f.Rect(x, y, w, h, "F")
}

// Frame draws the outline of a rectangle.
func (d *Document) Frame(x, y, w, h, width float64, c Color) {
	d.f.SetDrawColor(int(c.R), int(c.G), int(c.B))
	d.f.SetLineWidth(width)
	d.f.Rect(x, y, w, h, "D")
}

// Picture draws a PNG or JPEG as large as fits into w x h, at the top left, and returns
// the size drawn. What is no picture, or too large a one, is an error and draws nothing.
func (d *Document) Picture(x, y, w, h float64, data []byte) (Size, error) {
	if len(data) > maxPictureBytes {
		return Size{}, fmt.Errorf("picture of %d bytes is too large", len(data))
	}
	cfg, kind, err := image.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		return Size{}, fmt.Errorf("read picture: %w", err)
	}
	if (kind != "png" && kind != "jpeg") || cfg.Width < 1 || cfg.Height < 1 || cfg.Width*cfg.Height > maxPicturePixels {
		return Size{}, fmt.Errorf("picture of %d x %d pixels (%s) is not acceptable", cfg.Width, cfg.Height, kind)
	}
	plain, err := flatten(data)
	if err != nil {
		return Size{}, err
	}
	scale := min(w/float64(cfg.Width), h/float64(cfg.Height))
	drawn := Size{float64(cfg.Width) * scale, float64(cfg.Height) * scale}
	sum := sha256.Sum256(data)
	name := hex.EncodeToString(sum[:8])
	d.f.RegisterImageOptionsReader(name, fpdf.ImageOptions{ImageType: "PNG"}, bytes.NewReader(plain))
	d.f.ImageOptions(name, x, y, drawn.Width, drawn.Height, false, fpdf.ImageOptions{ImageType: "PNG"}, 0, "")
	return drawn, nil
}

// flatten makes an eight-bit PNG on white of any picture: the one form that every reader
// shows alike.
func flatten(data []byte) ([]byte, error) {
	src, _, err := image.Decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("read picture: %w", err)
	}
	dst := image.NewRGBA(image.Rect(0, 0, src.Bounds().Dx(), src.Bounds().Dy()))
	draw.Draw(dst, dst.Bounds(), image.NewUniform(color.White), image.Point{}, draw.Src)
	draw.Draw(dst, dst.Bounds(), src, src.Bounds().Min, draw.Over)
	var out bytes.Buffer
	if err := png.Encode(&out, dst); err != nil {
		return nil, fmt.Errorf("write picture: %w", err)
	}
	return out.Bytes(), nil
}

// quiet is the margin around a code in modules; with less, scanners miss one in ten.
const quiet = 4

// QRPicture is text as a QR code in a PNG, its quiet zone of four modules included, for
// a screen that shows what will be printed.
func QRPicture(text string) ([]byte, error) {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return nil, fmt.Errorf("encode QR: %w", err)
	}
	return code.PNG(), nil
}

// QR draws text as a QR code of the given size, its quiet zone of four modules included.
func (d *Document) QR(x, y, size float64, text string) error {
	code, err := qr.Encode(text, qr.M)
	if err != nil {
		return fmt.Errorf("encode QR: %w", err)
	}
	module := size / float64(code.Size+2*quiet)
	for row := range code.Size {
		for col := 0; col < code.Size; col++ {
			run := 0
			for code.Black(col+run, row) {
				run++
			}
			if run > 0 {
				left, top := x+float64(col+quiet)*module, y+float64(row+quiet)*module
				d.Rect(left, top, float64(run)*module, module*1.01, Color{}) // no hairline between rows
				col += run
			}
		}
	}
	return nil
}
