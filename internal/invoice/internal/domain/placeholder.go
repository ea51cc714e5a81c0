package domain

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Placeholders are the words in braces that a recurring invoice replaces in its texts.
func Placeholders() []string {
	return []string{"{month}", "{quarter}", "{year}", "{period}", "{last-period}"}
}

var braced = regexp.MustCompile(`\{[^{}\n]{0,60}\}`) //nolint:gochecknoglobals // because it is a constant

// CheckPlaceholders notes words in braces that nothing stands for.
func CheckPlaceholders(p *fault.Problems, at string, c Content) {
	check := func(at, text string) {
		for _, word := range braced.FindAllString(text, -1) {
			if !slices.Contains(Placeholders(), word) {
				p.Add(at, "knows no %s; what is replaced is %s", word, strings.Join(Placeholders(), ", "))
				return
			}
		}
	}
	check(at+".reference", c.Reference)
	check(at+".note", c.Note)
	for i, l := range c.Document.Lines {
		here := fmt.Sprintf("%s.lines[%d]", at, i)
		check(here+".description", l.Description)
		for j, x := range l.Adjustments {
			check(fmt.Sprintf("%s.adjustments[%d].reason", here, j), x.Reason)
		}
	}
	for i, x := range c.Document.Adjustments {
		check(fmt.Sprintf("%s.adjustments[%d].reason", at, i), x.Reason)
	}
}

// FillPeriod writes the period of the nth date into the texts, in a language; what it is given stays as it is.
func FillPeriod(c Content, r invoice.Rhythm, n int, language string) Content {
	on := Nth(r, n)
	from, to := PeriodAt(r, n)
	before, _ := PeriodAt(r, n-1)
	fill := strings.NewReplacer(
		"{month}", monthName(on, language), "{quarter}", strconv.Itoa((int(on.Month())+2)/3), "{year}", strconv.Itoa(on.Year()),
		"{period}", span(from, to, language), "{last-period}", span(before, from.AddDays(-1), language),
	)
	c.Reference, c.Note = fill.Replace(c.Reference), fill.Replace(c.Note)
	c.Document.Lines = slices.Clone(c.Document.Lines)
	c.Document.Adjustments = filled(c.Document.Adjustments, fill)
	for i := range c.Document.Lines {
		l := &c.Document.Lines[i]
		l.Description, l.Adjustments = fill.Replace(l.Description), filled(l.Adjustments, fill)
	}
	return c
}

func filled(list []invoice.Adjustment, fill *strings.Replacer) []invoice.Adjustment {
	list = slices.Clone(list)
	for i := range list {
		list[i].Reason = fill.Replace(list[i].Reason)
	}
	return list
}

func monthName(on date.Date, language string) string {
	if language == "de" {
		return []string{
			"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember",
		}[on.Month()-1]
	}
	return on.Month().String()
}

func span(from, to date.Date, language string) string {
	layout := "2 Jan 2006"
	if language == "de" {
		layout = "02.01.2006"
	}
	return from.Time().Format(layout) + " – " + to.Time().Format(layout)
}
