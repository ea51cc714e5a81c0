package csvfile

import (
	"bufio"
	"io"
	"regexp"
	"strings"
)

// Writer writes a table that spreadsheet programs open as text: UTF-8 with a
// byte order mark, comma, CRLF. No cell of it can be a formula.
type Writer struct {
	out *bufio.Writer
}

// NewWriter begins a file with its header.
func NewWriter(w io.Writer, header ...string) *Writer {
	file := &Writer{out: bufio.NewWriterSize(w, 64<<10)}
	_, _ = file.out.WriteString("\uFEFF") // an error stays in the buffer and comes back from Flush
	file.Row(header...)
	return file
}

// Row adds one record.
func (f *Writer) Row(cells ...string) {
	for i, cell := range cells {
		if i > 0 {
			_ = f.out.WriteByte(',')
		}
		f.cell(escape(cell))
	}
	_, _ = f.out.WriteString("\r\n")
}

// Flush ends the file and returns the first error of writing it.
func (f *Writer) Flush() error { return f.out.Flush() }

func (f *Writer) cell(cell string) {
	if !strings.ContainsAny(cell, ",;\t\"\r\n") && cell == strings.TrimSpace(cell) {
		_, _ = f.out.WriteString(cell)
		return
	}
	_ = f.out.WriteByte('"')
	_, _ = f.out.WriteString(strings.ReplaceAll(cell, `"`, `""`))
	_ = f.out.WriteByte('"')
}

var (
	// formula is what a spreadsheet program would compute, and what escape has
	// made of it. Full-width signs count: some programs fold them. Spaces before
	// the sign do too, for some programs trim.
	formula = regexp.MustCompile(`^'*[\s\x{FEFF}\x00]*[=+\-@\x{FF1D}\x{FF0B}\x{FF0D}\x{FF20}|%]`)
	risky   = regexp.MustCompile(`^'*[\t\r\n]`)
	number  = regexp.MustCompile(`^[+-]?\d+([.,]\d+)*$`)
)

// escape puts an apostrophe before what a spreadsheet program would take for a
// formula; a plain negative number stays one. Reading takes it off again, so
// that an exported file can be imported unchanged.
func escape(cell string) string {
	if dangerous(cell) {
		return "'" + cell
	}
	return cell
}

func unescape(cell string) string {
	if strings.HasPrefix(cell, "'") && dangerous(cell) {
		return cell[1:]
	}
	return cell
}

func dangerous(cell string) bool {
	if number.MatchString(cell) {
		return false
	}
	return formula.MatchString(cell) || risky.MatchString(cell)
}
