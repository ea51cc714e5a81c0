// Package csvfile reads spreadsheets that people made and writes ones that
// spreadsheet programs may open safely. It tells every problem by row and
// column. It knows no module and keeps nothing.
package csvfile

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Limits bound a file before anything is done with it.
type Limits struct {
	Bytes int64 // of the whole file
	Rows  int   // below the header
	Cell  int   // characters of one cell
}

// Usual limits for an import that a browser sends.
func Usual() Limits { return Limits{Bytes: 20 << 20, Rows: 50_000, Cell: 4_000} }

// Column is one column that an import understands. A header matches its name or
// one of its aliases, whatever the case, spaces, hyphens and underscores.
type Column struct {
	Name     string
	Aliases  []string
	Required bool
}

// Sheet is a file that could be read: its rows, with cells under the names of
// the columns asked for.
type Sheet struct {
	Rows []Row
	// DecimalComma is true when the separator is a semicolon, as spreadsheet
	// programs of most of Europe write it; "1.234,50" is a number then.
	DecimalComma bool
}

// Row is one record. Number counts as a spreadsheet does: the header is row 1.
type Row struct {
	Number int
	cells  []string
	where  map[string]int
	comma  bool
}

// Has tells whether the file has the column at all.
func (r Row) Has(column string) bool {
	_, there := r.where[column]
	return there
}

// Text is the cell with outer spaces removed; empty when the file lacks the column.
func (r Row) Text(column string) string {
	at, there := r.where[column]
	if !there || at >= len(r.cells) {
		return ""
	}
	return r.cells[at]
}

// Read takes the whole file in. What makes the file unreadable as a table (its
// size, encoding, quotes, header) is fault.Invalid with every problem found;
// what single cells say is the caller's business.
func Read(r io.Reader, limits Limits, columns []Column) (*Sheet, error) {
	raw, err := io.ReadAll(io.LimitReader(r, limits.Bytes+1))
	if err != nil {
		return nil, fmt.Errorf("read file: %w", err)
	}
	if int64(len(raw)) > limits.Bytes {
		return nil, only(Problem{Message: fmt.Sprintf("the file is larger than %d MiB", limits.Bytes>>20)})
	}
	text, err := decode(raw)
	if err != nil {
		return nil, err
	}
	separator, text := findSeparator(text)
	records, err := split(text, separator, limits)
	if err != nil {
		return nil, err
	}
	if len(records) == 0 {
		return nil, only(Problem{Row: 1, Message: "the file is empty: the first row must name the columns"})
	}
	where, err := header(records[0], columns)
	if err != nil {
		return nil, err
	}
	return rows(records[1:], where, separator == ';', limits)
}

type record struct {
	number int
	cells  []string
}

// split cuts the text into records and numbers them as a spreadsheet does: a
// line break inside quotes does not begin a new row.
func split(text string, separator rune, limits Limits) ([]record, error) {
	reader := csv.NewReader(strings.NewReader(text))
	reader.Comma = separator
	reader.FieldsPerRecord = -1
	var records []record
	inner := 0
	for {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return records, nil
		}
		if err != nil {
			return nil, only(quoteProblem(err, inner))
		}
		line, _ := reader.FieldPos(0)
		records = append(records, record{number: line - inner, cells: cells})
		for _, cell := range cells {
			inner += strings.Count(cell, "\n")
		}
		if len(records) > limits.Rows+1 {
			return nil, only(Problem{Row: line - inner, Message: fmt.Sprintf("the file has more than %d rows; split it", limits.Rows)})
		}
	}
}

func quoteProblem(err error, inner int) Problem {
	var parse *csv.ParseError
	if !errors.As(err, &parse) {
		return Problem{Message: "the file is not a table of separated values"}
	}
	return Problem{Row: parse.StartLine - inner, Message: `a quotation mark is out of place: enclose the cell in quotes and double those inside (" becomes "")`}
}

// rows checks the cells against what no column may hold and drops rows that are
// empty from end to end, which spreadsheet programs like to leave behind.
func rows(records []record, where map[string]int, comma bool, limits Limits) (*Sheet, error) {
	var problems Problems
	sheet := &Sheet{DecimalComma: comma, Rows: make([]Row, 0, len(records))}
	width := 0
	for _, at := range where {
		width = max(width, at+1)
	}
	for _, rec := range records {
		empty := true
		for i, cell := range rec.cells {
			cell = unescape(strings.TrimSpace(cell))
			rec.cells[i] = cell
			empty = empty && cell == ""
			if len(cell) > limits.Cell && len([]rune(cell)) > limits.Cell {
				problems.Add(rec.number, nameAt(where, i), "is longer than %d characters", limits.Cell)
			}
			if strings.IndexFunc(cell, control) >= 0 {
				problems.Add(rec.number, nameAt(where, i), "contains a control character")
			}
			if i >= width && cell != "" {
				problems.Add(rec.number, "", "has more cells than the header has columns")
			}
		}
		if !empty {
			sheet.Rows = append(sheet.Rows, Row{Number: rec.number, cells: rec.cells, where: where, comma: comma})
		}
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return sheet, nil
}

func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\r' && r != '\t' || r == 0x7f
}

func nameAt(where map[string]int, at int) string {
	for name, i := range where {
		if i == at {
			return name
		}
	}
	return ""
}

func only(p Problem) error {
	var problems Problems
	problems.list = append(problems.list, p)
	return problems.Err()
}
