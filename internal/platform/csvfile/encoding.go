package csvfile

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// decode turns the bytes into text: UTF-8 with or without a byte order mark, or
// the UTF-16 that spreadsheet programs call "Unicode text". Anything else is
// refused, for guessing an encoding breaks names quietly.
func decode(raw []byte) (string, error) {
	switch {
	case bytes.HasPrefix(raw, []byte{0xEF, 0xBB, 0xBF}):
		raw = raw[3:]
	case bytes.HasPrefix(raw, []byte{0xFF, 0xFE}):
		return fromUTF16(raw[2:], binary.LittleEndian), nil
	case bytes.HasPrefix(raw, []byte{0xFE, 0xFF}):
		return fromUTF16(raw[2:], binary.BigEndian), nil
	}
	if bytes.HasPrefix(raw, []byte("PK\x03\x04")) {
		return "", only(Problem{Message: "this is a spreadsheet workbook; save it as CSV (UTF-8) first"})
	}
	if !utf8.Valid(raw) {
		return "", only(Problem{Row: badRow(raw), Message: "is not UTF-8 text; save the file as CSV (UTF-8)"})
	}
	return lines(string(raw)), nil
}

func fromUTF16(raw []byte, order binary.ByteOrder) string {
	units := make([]uint16, len(raw)/2)
	for i := range units {
		units[i] = order.Uint16(raw[2*i:])
	}
	return lines(string(utf16.Decode(units)))
}

// lines lets a file of an old Mac, with a lone CR at each line's end, be read too.
func lines(text string) string {
	if strings.ContainsRune(text, '\r') && !strings.ContainsRune(text, '\n') {
		return strings.ReplaceAll(text, "\r", "\n")
	}
	return text
}

func badRow(raw []byte) int {
	row := 1
	for line := range bytes.Lines(raw) {
		if !utf8.Valid(line) {
			return row
		}
		row++
	}
	return row
}
