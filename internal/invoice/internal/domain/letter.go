package domain

import (
	"strings"

	"erp/internal/invoice"
	"erp/internal/platform/fault"
)

// Lengths that a letter may have.
const (
	longestSubject = 200
	longestMessage = 5000
)

// TidyMailing cleans what somebody has typed.
func TidyMailing(m *invoice.Mailing) {
	m.To, m.Subject = strings.TrimSpace(m.To), strings.Join(strings.Fields(m.Subject), " ")
	m.Message = strings.TrimSpace(strings.ReplaceAll(m.Message, "\r\n", "\n"))
	if m.Language != "de" {
		m.Language = "en"
	}
}

// CheckMailing notes what is wrong with a mail to a customer.
func CheckMailing(p *fault.Problems, at string, m invoice.Mailing) {
	if m.To == "" {
		p.Add(at+".to", "is needed: the customer has no e-mail address; give one here or add it to the customer")
	} else {
		checkEmail(p, at+".to", m.To)
	}
	checkText(p, at+".subject", m.Subject, longestSubject, true)
	checkText(p, at+".message", m.Message, longestMessage, true)
}

// CheckReason notes what is wrong with the reason for something.
func CheckReason(p *fault.Problems, at, reason string) { checkText(p, at, reason, 500, true) }
