package csvfile

import (
	"strings"
)

// header finds which cell belongs to which column. A header that is unknown,
// twice there or missing is a problem: a silently dropped column is lost data.
func header(head record, columns []Column) (map[string]int, error) {
	names := map[string]string{}
	var known []string
	for _, column := range columns {
		known = append(known, column.Name)
		names[fold(column.Name)] = column.Name
		for _, alias := range column.Aliases {
			names[fold(alias)] = column.Name
		}
	}
	var problems Problems
	where := map[string]int{}
	for i, cell := range head.cells {
		cell = strings.TrimSpace(cell)
		name, ok := names[fold(cell)]
		switch {
		case cell == "" && i == len(head.cells)-1: // a separator at the end of the line
		case cell == "":
			problems.Add(head.number, "", "column %d has no name", i+1)
		case !ok:
			problems.Add(head.number, shorten(cell), "is no column of this import; known are: %s", strings.Join(known, ", "))
		default:
			if _, twice := where[name]; twice {
				problems.Add(head.number, name, "stands twice in the header")
			}
			where[name] = i
		}
	}
	for _, column := range columns {
		if _, there := where[column.Name]; column.Required && !there {
			problems.Add(head.number, column.Name, "is missing in the header")
		}
	}
	return where, problems.Err()
}

// fold makes "Purchase date", "purchase_date" and "purchaseDate" one.
func fold(name string) string {
	return strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "", ".", "").Replace(strings.TrimSpace(name)))
}

func shorten(cell string) string {
	const most = 40
	cell = strings.Map(func(r rune) rune {
		if control(r) || r == '\n' || r == '\r' || r == '\t' {
			return -1
		}
		return r
	}, cell)
	if letters := []rune(cell); len(letters) > most {
		return string(letters[:most]) + "..."
	}
	return cell
}

// findSeparator believes a "sep=;" line, else takes the one that occurs most
// often in the first line outside quotes. Without any it is the comma.
func findSeparator(text string) (rune, string) {
	first, rest, _ := strings.Cut(text, "\n")
	if mark := strings.TrimRight(first, "\r"); len(mark) == 5 && strings.EqualFold(mark[:4], "sep=") {
		if s := rune(mark[4]); s == ',' || s == ';' || s == '\t' {
			return s, rest
		}
	}
	count := map[rune]int{}
	quoted := false
	for _, r := range first {
		if r == '"' {
			quoted = !quoted
		}
		if !quoted {
			count[r]++
		}
	}
	best := ','
	for _, s := range []rune{';', '\t'} {
		if count[s] > count[best] {
			best = s
		}
	}
	return best, text
}
