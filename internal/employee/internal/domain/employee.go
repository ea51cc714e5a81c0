// Package domain holds the rules about people: who can be hired, moved, paid and let go, and what each of these changes.
// It knows no database, no HTTP and no clock.
package domain

import (
	"net/mail"
	"strings"
	"unicode/utf8"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// Employee is a person on record, with the facts that have no history of their own. Place, manager and pay are dated and
// stand in timelines beside it.
type Employee struct {
	ID         employee.ID
	Number     string
	GivenName  string
	FamilyName string
	Email      string
	Phone      string
	HiredOn    date.Date // first day of the current employment, or of the last one
	LeftOn     date.Date // last day, once it is known
	Reason     string    // why it ends
	Ended      bool      // the end has taken effect
	Version    int
}

// DisplayName is the name as people say it.
func (e Employee) DisplayName() string { return strings.TrimSpace(e.GivenName + " " + e.FamilyName) }

// SortName is the name as a directory sorts it.
func (e Employee) SortName() string {
	if e.FamilyName == "" || e.GivenName == "" {
		return e.FamilyName + e.GivenName
	}
	return e.FamilyName + ", " + e.GivenName
}

// Label names the person in a message: "Ada Lovelace (E-0042)".
func (e Employee) Label() string { return e.DisplayName() + " (" + e.Number + ")" }

// Status tells where the employment stands on a day.
func (e Employee) Status(today date.Date) employee.Status {
	switch {
	case e.Ended:
		return employee.StatusLeft
	case e.HiredOn.After(today):
		return employee.StatusUpcoming
	case !e.LeftOn.IsZero():
		return employee.StatusLeaving
	default:
		return employee.StatusActive
	}
}

// Shown is the day whose place is shown of somebody: today, or the first day when that is still to come.
func (e Employee) Shown(today date.Date) date.Date {
	if e.HiredOn.After(today) {
		return e.HiredOn
	}
	return today
}

// SearchText is what a search looks through: lower case and without accents.
func (e Employee) SearchText() string {
	return Fold(e.DisplayName() + " " + e.FamilyName + " " + e.Number + " " + e.Email)
}

// Tidy removes outer spaces and writes the e-mail address in lower case.
func (e *Employee) Tidy() {
	for _, text := range []*string{&e.Number, &e.GivenName, &e.FamilyName, &e.Email, &e.Phone} {
		*text = strings.TrimSpace(*text)
	}
	e.Email = strings.ToLower(e.Email)
}

// Check notes every fact that no record may have. The fields are named as in a request body, below at ("body").
func (e Employee) Check(p *fault.Problems, at string, today date.Date) {
	if e.GivenName == "" && e.FamilyName == "" {
		p.Add(at+".familyName", "a given name or a family name is needed")
	}
	atMost(p, at+".givenName", e.GivenName, 100)
	atMost(p, at+".familyName", e.FamilyName, 100)
	atMost(p, at+".number", e.Number, 30)
	atMost(p, at+".phone", e.Phone, 50)
	CheckEmail(p, at+".email", e.Email)
	checkDay(p, at+".hiredOn", e.HiredOn, today)
}

// CheckEmail notes what is no e-mail address. None at all is fine.
func CheckEmail(p *fault.Problems, at, email string) {
	if email == "" {
		return
	}
	parsed, err := mail.ParseAddress(email)
	if err != nil || parsed.Address != email || len(email) > 254 || !strings.Contains(email[strings.IndexByte(email, '@')+1:], ".") {
		p.Add(at, "%q is not an e-mail address", shorten(email))
	}
}

// Planning further ahead than this is taken for a typing error.
const yearsAhead = 5

func checkDay(p *fault.Problems, at string, day, today date.Date) {
	switch {
	case day.IsZero():
		p.Add(at, "a day is needed")
	case day.Year() < 1900:
		p.Add(at, "%s is too long ago", day)
	case day.After(today.AddMonths(12 * yearsAhead)):
		p.Add(at, "%s is more than %d years ahead", day, yearsAhead)
	}
}

func atMost(p *fault.Problems, at, text string, most int) {
	if utf8.RuneCountInString(text) > most {
		p.Add(at, "is longer than %d characters", most)
	}
}

func shorten(text string) string {
	const most = 60
	if letters := []rune(text); len(letters) > most {
		return string(letters[:most]) + "..."
	}
	return text
}
