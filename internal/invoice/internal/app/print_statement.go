package app

import (
	"fmt"
	"strings"
	"time"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/peers"
	"erp/internal/platform/date"
	"erp/internal/platform/pdf"
)

// statement is what a customer owes, printed: on its own, or with a reminder.
type statement struct {
	title, text, language string
	on                    date.Date
	customer              invoice.Customer
	lines                 []invoice.ReminderInvoice
	totals                []invoice.ReminderTotal
	credit                []invoice.Balance // left of the customer's payments
}

func (st statement) print(seller peers.Seller, created time.Time) *pdf.Document {
	words := wordsFor(st.language)
	party, buyer := seller.Party, partyOf(st.customer)
	s := &sheet{
		v:     invoice.Invoice{Seller: &party, Buyer: &buyer, IssuedOn: st.on},
		words: words, title: st.title, seller: seller,
		Document: pdf.New(pdf.Options{Title: st.title, Author: legalName(party), Subject: buyer.Name, Language: words.Language, Created: created}),
	}
	s.newPage()
	s.head()
	if st.text != "" {
		for _, line := range s.Wrap(right-left, st.text, body()) {
			s.need(body().LineHeight())
			s.Text(left, s.y, right-left, line, body())
			s.y += body().LineHeight()
		}
		s.y += 5
	}
	for _, t := range st.totals {
		s.owed(st, t)
	}
	s.howToPay()
	s.OnEveryPage(s.foot)
	return s.Document
}

func (s *sheet) owedColumns() []column {
	w := s.words
	return []column{
		{left, 42, pdf.Left, w.Invoice}, {64, 26, pdf.Left, w.Date}, {92, 26, pdf.Left, w.Due}, {120, 18, pdf.Right, w.DaysOverdue}, {140, 22, pdf.Right, w.Interest}, {163, right - 163, pdf.Right, w.StillOpen},
	}
}

// owed is the table of one currency with its sums.
func (s *sheet) owed(st statement, t invoice.ReminderTotal) {
	w, columns := s.words, s.owedColumns()
	head := func() {
		for _, c := range columns {
			s.Text(c.x, s.y, c.w, c.title, aligned(bold(small()), c.align))
		}
		s.y += 5.2
		s.Rule(left, s.y, right, s.y, 0.3, ink)
		s.y += 1.8
	}
	s.need(24)
	head()
	for _, l := range st.lines {
		if l.Currency != t.Currency {
			continue
		}
		if s.need(7) {
			head()
		}
		late, interest := "", ""
		if l.Days > 0 {
			late = fmt.Sprint(l.Days)
		}
		if !l.Interest.IsZero() {
			interest = w.number(l.Interest)
		}
		for i, text := range []string{l.Number, w.day(l.IssuedOn), w.day(l.DueOn), late, interest, w.number(l.Due)} {
			s.Text(columns[i].x, s.y, columns[i].w, text, aligned(body(), columns[i].align))
		}
		s.y += 6
	}
	s.need(30)
	s.Rule(118, s.y+0.6, right, s.y+0.6, 0.3, ink)
	s.y += 2
	s.sum(w.StillOpen, t.Due, body())
	if !t.Interest.IsZero() {
		s.sum(w.Interest, t.Interest, body())
	}
	if !t.Fee.IsZero() {
		s.sum(w.Fee, t.Fee, body())
	}
	for _, b := range st.credit {
		if b.Currency == t.Currency && b.Credit.Sign() > 0 {
			s.sum(w.YourCredit, b.Credit.Neg(), body())
		}
	}
	s.sum(w.Total+" "+string(t.Currency), t.Total, pdf.Style{Size: 12, Bold: true, Color: ink})
	s.y += 7
}

// howToPay is where the money is to go.
func (s *sheet) howToPay() {
	p := s.v.Seller
	how := labelled([2]string{s.words.IBAN, spaced(p.IBAN)}, [2]string{s.words.BIC, p.BIC}, [2]string{"", s.seller.Bank})
	if p.IBAN == "" {
		return
	}
	s.need(8)
	s.Text(left, s.y, right-left, strings.Join(how, " · "), body())
	s.y += 8
}
