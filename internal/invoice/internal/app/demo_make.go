package app

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"time"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/invoice/internal/peers"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// demo makes up two years of business.
type demo struct {
	n         int
	seed      int64
	seller    peers.Seller
	head      *domain.Letterhead
	today     date.Date
	rates     []invoice.Tax
	people    []employee.ID
	customers []invoice.Customer
	items     []invoice.Item
	patterns  map[invoice.Kind]domain.Pattern
	next      map[string]int // number of the next document, by series
}

// plan is the place of one invoice in time and in its series, decided before the work is
// shared out.
type plan struct {
	i          int
	day        date.Date
	sequence   int
	credit     bool
	creditNote int
	draft      bool
}

const demoDays = 730

func newDemo(n int, seed int64, seller peers.Seller, rates []invoice.Tax, people []employee.ID, now time.Time) *demo {
	return &demo{n: n, seed: seed, seller: seller, head: letterhead(seller), today: seller.Today(now), rates: rates, people: people}
}

// usable are the rates that sample invoices have.
func usable(list []invoice.TaxRate) (rates []invoice.Tax) {
	for _, r := range list {
		if !r.Archived && (r.Category == invoice.Standard || r.Category == invoice.ZeroRated) {
			rates = append(rates, invoice.Tax{RateID: r.ID, Name: r.Name, Category: r.Category, Percent: r.Percent, Reason: r.Reason})
		}
	}
	return rates
}

// makeCatalogue chooses who sells, and makes what is sold to whom.
func (d *demo) makeCatalogue() {
	r := d.random(-1)
	var sellers []employee.ID
	for range min(8, len(d.people)) {
		sellers = append(sellers, d.people[r.IntN(len(d.people))])
	}
	d.people = sellers
	d.makeItems(r)
	d.makeCustomers(r)
}

// random is the chance of invoice i: the same whatever else is made, and in whatever order.
func (d *demo) random(i int) *rand.Rand {
	return rand.New(rand.NewPCG(uint64(d.seed), uint64(i)+7)) //nolint:gosec // because sample data is no secret
}

// demoID is an id of its moment, so that ids of the sample sort by age like all others.
func demoID(r *rand.Rand, at time.Time) (u [16]byte) {
	binary.BigEndian.PutUint64(u[:8], uint64(at.UnixMilli())<<16|r.Uint64()&0xFFF) //nolint:gosec // because times are after 1970
	binary.BigEndian.PutUint64(u[8:], r.Uint64())
	u[6] = u[6]&0x0F | 0x70
	u[8] = u[8]&0x3F | 0x80
	return u
}

// plans puts the invoices on working days, more of them as the business grows, and numbers
// them in that order.
func (d *demo) plans(batch int) [][]plan {
	first := d.today.AddDays(-demoDays)
	drafts := min(max(d.n/100, 3), 12, d.n)
	var out [][]plan
	for i := range d.n {
		x := float64(i) / float64(d.n)
		day := first.AddDays(int(demoDays * (0.35*x*(2-x) + 0.65*x)))
		if w := day.Time().Weekday(); w == time.Saturday {
			day = day.AddDays(-1)
		} else if w == time.Sunday {
			day = day.AddDays(-2)
		}
		p := plan{i: i, day: day, draft: i >= d.n-drafts, credit: i%73 == 40}
		if !p.draft {
			p.sequence = d.take(invoice.KindInvoice, day)
			if p.credit {
				p.creditNote = d.take(invoice.KindCreditNote, day)
			}
		}
		if i%batch == 0 {
			out = append(out, make([]plan, 0, min(batch, d.n-i)))
		}
		out[len(out)-1] = append(out[len(out)-1], p)
	}
	return out
}

// make builds one invoice with what followed from it.
func (d *demo) make(p plan, load *store.Load) error {
	r := d.random(p.i)
	c := d.customers[r.IntN(len(d.customers))]
	act := domain.Act{By: "Sample data", At: p.day.Time().Add(time.Duration(9*3600+p.i%25200) * time.Second)}
	var owner employee.ID
	if len(d.people) > 0 {
		owner = d.people[r.IntN(len(d.people))]
	}
	inv := domain.Draft(invoice.ID(demoID(r, act.At)), owner, d.content(r, c), act)
	if p.draft {
		return load.Add(inv)
	}
	act.At = act.At.Add(5 * time.Minute)
	inv.IssueAs(d.number(inv.Kind, p.sequence, p.day), d.seller.Party, partyOf(c), d.head, act)
	if p.credit {
		return d.takeBack(p, r, inv, act, load)
	}
	if err := d.pay(r, inv, load); err != nil {
		return err
	}
	return load.Add(inv)
}

// take takes the next number of the series that a document of the day belongs to.
func (d *demo) take(kind invoice.Kind, on date.Date) (sequence int) {
	series := d.patterns[kind].Series(on)
	sequence = d.next[series]
	d.next[series]++
	return sequence
}

func (d *demo) number(kind invoice.Kind, sequence int, on date.Date) domain.Numbered {
	pattern := d.patterns[kind]
	return domain.NumberIn(pattern.Width, pattern.Series(on), sequence, on)
}

func (d *demo) takeBack(p plan, r *rand.Rand, inv *domain.Invoice, act domain.Act, load *store.Load) error {
	act.At = act.At.Add(time.Hour)
	note, taken, err := inv.Credit(invoice.ID(demoID(r, act.At)), inv.OwnerID, "Ordered by mistake", nil, act)
	if err != nil {
		return err
	}
	note.IssueAs(d.number(note.Kind, p.creditNote, p.day), inv.Issue.Seller, inv.Issue.Buyer, d.head, act)
	inv.MarkCredited(note, taken, act)
	if err := load.Add(inv); err != nil {
		return err
	}
	return load.Add(note)
}

func (d *demo) content(r *rand.Rand, c invoice.Customer) domain.Content {
	doc := invoice.Document{Currency: c.Currency, PriceMode: invoice.Exclusive, TaxRounding: invoice.PerGroup}
	for range 1 + min(r.IntN(4), r.IntN(4)) {
		item := d.items[r.IntN(len(d.items))]
		line := invoice.Line{
			ItemID: item.ID, Description: item.Name, Unit: item.Unit, UnitPrice: item.UnitPrice,
			Quantity: money.FromInt(int64(1 + r.IntN(12))), Tax: d.rates[0],
		}
		for _, t := range d.rates {
			if t.RateID == item.TaxRateID {
				line.Tax = t
			}
		}
		if r.IntN(12) == 0 {
			line.Adjustments = []invoice.Adjustment{{Percent: money.FromInt(int64(5 * (1 + r.IntN(3))))}}
		}
		doc.Lines = append(doc.Lines, line)
	}
	content := domain.Content{CustomerID: c.ID, Customer: c.Name, PaymentDays: c.PaymentDays, Document: doc}
	if r.IntN(3) == 0 {
		content.Reference = fmt.Sprintf("PO-%05d", r.IntN(100_000))
	}
	return content
}

// pay lets most customers pay around the due date, some late, a few only in part.
func (d *demo) pay(r *rand.Rand, inv *domain.Invoice, load *store.Load) error {
	on := inv.Issue.DueOn.AddDays(r.IntN(25) - 18)
	if on.Before(inv.Issue.IssuedOn) {
		on = inv.Issue.IssuedOn
	}
	mood := r.IntN(1000)
	if mood < 12 || on.After(d.today) || inv.Due().Sign() <= 0 {
		return nil
	}
	amount, received := inv.Due(), inv.Due()
	switch {
	case mood < 45:
		amount = amount.Div(money.FromInt(2), inv.Content.Document.Currency.Digits())
		received = amount
	case mood < 50:
		received = received.Add(money.FromInt(20))
	}
	if amount.Sign() <= 0 {
		return nil
	}
	at := on.Time().Add(time.Duration(13*3600+r.IntN(7200)) * time.Second)
	if at.Before(inv.UpdatedAt) {
		at = inv.UpdatedAt.Add(time.Minute)
	}
	p := invoice.Payment{
		ID: invoice.PaymentID(demoID(r, at)), Version: 1, CustomerID: inv.Content.CustomerID, ReceivedOn: on,
		Currency: inv.Content.Document.Currency, Amount: received, Unallocated: received.Sub(amount), Method: "bank", Reference: inv.Issue.Number, CreatedAt: at,
	}
	if inv.Allocate(p.ID, p.Currency, amount, on, domain.Act{By: "Sample data", At: at}) != nil {
		return nil //nolint:nilerr // because an invoice that takes no payment any more gets none
	}
	p.Allocations = []invoice.Allocation{{PaymentID: p.ID, InvoiceID: inv.ID, Amount: amount, On: on}}
	return load.Pay(p, "Sample data")
}
