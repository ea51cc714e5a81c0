package csvfile_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/platform/csvfile"
	"erp/internal/platform/fault"
)

var columns = []csvfile.Column{
	{Name: "name", Required: true}, {Name: "serial", Aliases: []string{"Serial number"}}, {Name: "cost"}, {Name: "purchaseDate"},
}

func read(t *testing.T, text string) *csvfile.Sheet {
	t.Helper()
	sheet, err := csvfile.Read(strings.NewReader(text), csvfile.Usual(), columns)
	require.NoError(t, err)
	return sheet
}

func refused(t *testing.T, text string, limits csvfile.Limits) []fault.Field {
	t.Helper()
	_, err := csvfile.Read(strings.NewReader(text), limits, columns)
	require.Equal(t, fault.Invalid, fault.KindOf(err), "%v", err)
	var fault *fault.Error
	require.ErrorAs(t, err, &fault)
	return fault.Fields
}

func TestRead(t *testing.T) {
	t.Parallel()
	t.Run("headers match whatever their case, spaces and underscores", func(t *testing.T) {
		row := read(t, "NAME,Serial Number,purchase_date\nLaptop,SN1,2026-01-02\n").Rows[0]
		require.Equal(t, []string{"Laptop", "SN1", "2026-01-02"}, []string{row.Text("name"), row.Text("serial"), row.Text("purchaseDate")})
		require.False(t, row.Has("cost"))
	})
	for name, text := range map[string]string{
		"comma":               "name,cost\nStuhl,1\n",
		"semicolon":           "name;cost\nStuhl;1\n",
		"tab":                 "name\tcost\nStuhl\t1\n",
		"byte order mark":     "\uFEFFname,cost\r\nStuhl,1\r\n",
		"separator line":      "sep=;\r\nname;cost\r\nStuhl;1\r\n",
		"old line ends":       "name,cost\rStuhl,1\r",
		"UTF-16":              "\xff\xfen\x00a\x00m\x00e\x00\n\x00S\x00t\x00u\x00h\x00l\x00",
		"empty rows and tail": "name,cost,\n,,\n\nStuhl,1,\n,,\n",
	} {
		t.Run("reads a file with "+name, func(t *testing.T) {
			sheet := read(t, text)
			require.Len(t, sheet.Rows, 1)
			require.Equal(t, "Stuhl", sheet.Rows[0].Text("name"))
		})
	}
	t.Run("rows are numbered as a spreadsheet does, line breaks inside cells or not", func(t *testing.T) {
		sheet := read(t, "name,serial\n\"two\nlines\",1\n\nLast,2\n")
		require.Equal(t, 2, sheet.Rows[0].Number)
		require.Equal(t, 4, sheet.Rows[1].Number)
	})
}

func TestReadRefuses(t *testing.T) {
	t.Parallel()
	small := csvfile.Limits{Bytes: 1 << 20, Rows: 2, Cell: 10}
	for name, c := range map[string]struct{ text, location, message string }{
		"an empty file":           {"", "body.rows[1]", "empty"},
		"an unknown column":       {"name,colour\n", "body.rows[1].colour", "known are"},
		"a column twice":          {"name,Name\n", "body.rows[1].name", "twice"},
		"a missing column":        {"serial\n1\n", "body.rows[1].name", "missing"},
		"too many rows":           {"name\n1\n2\n3\n", "body.rows[4]", "more than 2 rows"},
		"a long cell":             {"name\n1\n12345678901\n", "body.rows[3].name", "longer than 10"},
		"a NUL":                   {"name\na\x00b\n", "body.rows[2].name", "control"},
		"cells beyond the header": {"name\na,b\n", "body.rows[2]", "more cells"},
		"a stray quote":           {"name\na\"b\n", "body.rows[2]", "quotation mark"},
		"an open quote":           {"name\n\"ab\n", "body.rows[2]", "quotation mark"},
		"another encoding":        {"name\nJ\xfcrgen\n", "body.rows[2]", "UTF-8"},
		"a workbook":              {"PK\x03\x04....", "body", "workbook"},
	} {
		t.Run(name, func(t *testing.T) {
			fields := refused(t, c.text, small)
			require.Equal(t, c.location, fields[0].Location)
			require.Contains(t, fields[0].Message, c.message)
		})
	}
	t.Run("a large file", func(t *testing.T) {
		_, err := csvfile.Read(strings.NewReader(strings.Repeat("x", 2<<20)), small, columns)
		require.Equal(t, fault.Invalid, fault.KindOf(err))
	})
}

func TestCells(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ file, want string }{
		{"cost\n1234.50\n", "1234.50"},
		{"cost\n\"1,234.50\"\n", "1234.50"},
		{"cost;name\n1234,50;x\n", "1234.50"},
		{"cost;name\n1.234,50;x\n", "1234.50"},
		{"cost;name\n1234.50;x\n", "1234.50"},
		{"cost\n-3\n", "-3"},
		{"cost;name\n1.234;x\n", ""},
		{"cost\n12a\n", ""},
		{"cost\n1e9\n", ""},
		{"cost\n1.23456\n", ""},
		{"cost\n99999999999999999999999\n", ""},
	} {
		sheet, err := csvfile.Read(strings.NewReader(c.file), csvfile.Usual(), []csvfile.Column{{Name: "cost"}, {Name: "name"}})
		require.NoError(t, err)
		var problems csvfile.Problems
		value, ok := sheet.Rows[0].Decimal(&problems, "cost")
		require.Equal(t, c.want != "", ok, c.file)
		require.Equal(t, !ok, problems.Count() == 1)
		if ok {
			require.Equal(t, c.want, value.String())
		}
	}
	var problems csvfile.Problems
	row := read(t, "name,purchaseDate,cost,serial\n,1/2/2026,12,\n").Rows[0]
	require.True(t, row.Date(&problems, "purchaseDate").IsZero())
	row.String(&problems, "name", 10, true)
	n, ok := row.Int(&problems, "cost", 1, 12)
	require.True(t, ok)
	require.Equal(t, 12, n)
	require.Equal(t, 2, problems.Count())
	require.Equal(t, "2026-11-05", read(t, "name,purchaseDate\nx,5.11.2026\n").Rows[0].Date(&problems, "purchaseDate").String())
	require.Equal(t, "body.rows[2].purchaseDate", problems.List()[0].Location())
}

func TestWriteEscapesFormulas(t *testing.T) {
	t.Parallel()
	var out bytes.Buffer
	file := csvfile.NewWriter(&out, "name")
	for _, cell := range []string{"=1+1", "+SUM(A1)", "@x", "-cmd|' /C calc'!A0", "\t=1", "-12.50", "ok", "a,b", `say "hi"`, "a;=1"} {
		file.Row(cell)
	}
	require.NoError(t, file.Flush())
	require.Equal(t, "\uFEFFname\r\n'=1+1\r\n'+SUM(A1)\r\n'@x\r\n'-cmd|' /C calc'!A0\r\n\"'\t=1\"\r\n-12.50\r\nok\r\n\"a,b\"\r\n\"say \"\"hi\"\"\"\r\n\"a;=1\"\r\n", out.String())
}

// What was written reads back the same, whatever stands in the cells.
func TestRoundTrip(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		cell := rapid.StringMatching(`['=+@\-a-z0-9,;" äß.|%]{0,12}`)
		want := strings.TrimSpace(cell.Draw(t, "first"))
		second := strings.TrimSpace(cell.Draw(t, "second"))
		var out bytes.Buffer
		file := csvfile.NewWriter(&out, "name", "serial")
		file.Row(want, second)
		require.NoError(t, file.Flush())
		sheet, err := csvfile.Read(&out, csvfile.Usual(), columns)
		require.NoError(t, err)
		if want == "" && second == "" {
			require.Empty(t, sheet.Rows)
			return
		}
		require.Equal(t, []string{want, second}, []string{sheet.Rows[0].Text("name"), sheet.Rows[0].Text("serial")})
	})
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"name,cost\n\"a\nb\",1\n", "sep=;\nname;cost\nx;1,5\n", "\xff\xfe\x00", "\uFEFFname\n'=1\n", "name\n\"", "name\ra\r"} {
		f.Add([]byte(seed))
	}
	limits := csvfile.Limits{Bytes: 1 << 12, Rows: 20, Cell: 100}
	f.Fuzz(func(t *testing.T, raw []byte) {
		sheet, err := csvfile.Read(bytes.NewReader(raw), limits, columns)
		if err != nil {
			require.Equal(t, fault.Invalid, fault.KindOf(err))
			return
		}
		require.LessOrEqual(t, len(sheet.Rows), limits.Rows)
		var problems csvfile.Problems
		last := 1
		for _, row := range sheet.Rows {
			require.Greater(t, row.Number, last)
			last = row.Number
			row.String(&problems, "name", 50, true)
			row.Date(&problems, "purchaseDate")
			row.Decimal(&problems, "cost")
			row.Int(&problems, "serial", 1, 10)
			require.NotContains(t, row.Text("name"), "\x00")
		}
	})
}

// Every cell of an export stays text for a spreadsheet program that splits at
// commas, semicolons or tabs.
func FuzzWrite(f *testing.F) {
	f.Add("=1")
	f.Add("'\t+1")
	f.Fuzz(func(t *testing.T, cell string) {
		var out bytes.Buffer
		file := csvfile.NewWriter(&out, "name")
		file.Row(cell)
		require.NoError(t, file.Flush())
		written := strings.TrimSuffix(strings.TrimPrefix(out.String(), "\uFEFFname\r\n"), "\r\n")
		written = strings.TrimPrefix(written, `"`)
		if written != "" && strings.ContainsRune("=@\t\r\n", rune(written[0])) {
			t.Fatalf("%q was written as %q", cell, written)
		}
	})
}
