package pdf_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/pdf"
)

func TestDocument(t *testing.T) {
	t.Parallel()

	t.Run("text of many alphabets, brackets and emoji make a document", func(t *testing.T) {
		t.Parallel()
		d := pdf.New(pdf.Options{Title: "Grüße (1) \\ €", Language: "de"})
		d.AddPage()
		d.Text(20, 20, 0, "Žluťoučký kůň — Ελληνικά, Кириллица (\\) € − 😀 \x00\x07", pdf.Style{Bold: true})
		h := d.Paragraph(20, 30, 40, "one two three four five six seven eight nine ten "+strings.Repeat("x", 200), pdf.Style{})
		require.Greater(t, h, 20.0)
		require.NoError(t, d.QR(20, 100, 30, "https://example.org/?a=1"))
		d.OnEveryPage(func(_, _ int) { d.Text(100, 280, 90, "1/1", pdf.Style{Align: pdf.Right}) })
		var out bytes.Buffer
		require.NoError(t, d.Output(&out))
		require.True(t, bytes.HasPrefix(out.Bytes(), []byte("%PDF-")))
		require.Less(t, out.Len(), 200_000, "only the characters used are embedded")
	})

	t.Run("pictures are bounded and sniffed", func(t *testing.T) {
		t.Parallel()
		d := pdf.New(pdf.Options{})
		d.AddPage()
		img := image.NewNRGBA64(image.Rect(0, 0, 40, 20))
		img.Set(1, 1, color.NRGBA{R: 200, A: 100})
		var raw bytes.Buffer
		require.NoError(t, png.Encode(&raw, img))
		size, err := d.Picture(10, 10, 20, 20, raw.Bytes())
		require.NoError(t, err)
		require.InDelta(t, 10.0, size.Height, 1e-9)
		_, err = d.Picture(10, 10, 20, 20, []byte("<svg onload='x'/>"))
		require.Error(t, err)
		require.NoError(t, d.Output(&bytes.Buffer{}))
	})

	t.Run("a line too wide ends in an ellipsis", func(t *testing.T) {
		t.Parallel()
		d := pdf.New(pdf.Options{})
		d.AddPage()
		require.Len(t, d.Wrap(1000, "a\nb", pdf.Style{}), 2)
		require.Less(t, d.Width("abc", pdf.Style{}), d.Width("abc", pdf.Style{Bold: true, Size: 12}))
	})
}
