package domain_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

var (
	act     = domain.Act{By: "Ann", At: time.Date(2026, 11, 25, 9, 0, 0, 0, time.UTC)} //nolint:gochecknoglobals // because it is a constant
	day     = date.Of(2026, 11, 25)                                                    //nolint:gochecknoglobals // because it is a constant
	seller  = invoice.Party{Name: "Acme GmbH"}                                         //nolint:gochecknoglobals // because it is a constant
	buyer   = invoice.Party{Name: "Globex"}                                            //nolint:gochecknoglobals // because it is a constant
	payment = id.New[invoice.Payment]()                                                //nolint:gochecknoglobals // because it is a constant
)

func drafted(t require.TestingT, prices ...string) *domain.Invoice {
	var lines []invoice.Line
	for _, p := range prices {
		lines = append(lines, line("1", p, "0"))
	}
	c := domain.Content{Customer: "Globex", PaymentDays: 14, Document: document("EUR", invoice.Exclusive, lines...)}
	inv := domain.Draft(id.New[invoice.Invoice](), employee.ID{}, c, act)
	require.Equal(t, invoice.Draft, inv.Status())
	return inv
}

func issued(t require.TestingT, prices ...string) *domain.Invoice {
	inv := drafted(t, prices...)
	require.NoError(t, inv.CheckIssue(seller, buyer))
	inv.IssueAs(domain.Number("INV-2026", 42, day), seller, buyer, nil, act)
	return inv
}

func pay(inv *domain.Invoice, amount string) error {
	return inv.Allocate(payment, "EUR", money.MustParse(amount), day, act)
}

func TestInvoice(t *testing.T) {
	t.Parallel()

	t.Run("from draft to paid", func(t *testing.T) {
		t.Parallel()
		inv := issued(t, "100")
		require.Equal(t, "INV-2026-00042", inv.Label())
		require.Equal(t, date.Of(2026, 12, 9), inv.Issue.DueOn)
		require.Equal(t, invoice.Overdue, domain.OnDay(inv.Status(), inv.Issue.DueOn, date.Of(2026, 12, 10)))
		require.Equal(t, invoice.Open, domain.OnDay(inv.Status(), inv.Issue.DueOn, date.Of(2026, 12, 9)))
		require.NoError(t, pay(inv, "30"))
		require.Equal(t, invoice.PartlyPaid, inv.Status())
		require.True(t, fault.Is(pay(inv, "70.01"), fault.Conflict))
		require.NoError(t, pay(inv, "70"))
		require.Equal(t, invoice.Paid, inv.Status())
		require.Equal(t, "0.00", inv.Due().String())
	})

	t.Run("an issued invoice never changes", func(t *testing.T) {
		t.Parallel()
		inv := issued(t, "100")
		for _, err := range []error{inv.Revise(inv.Content, act), inv.Discard(act), inv.CheckIssue(seller, buyer), inv.Reassign(employee.ID{}, "x", act)} {
			require.True(t, fault.Is(err, fault.Conflict))
		}
	})

	t.Run("a credit note takes back exactly what was charged, and payments become credit", func(t *testing.T) {
		t.Parallel()
		inv := issued(t, "100", "0.01")
		require.NoError(t, pay(inv, "40"))
		cn, taken, err := inv.Credit(id.New[invoice.Invoice](), employee.ID{}, "wrong address", nil, act)
		require.NoError(t, err)
		cn.IssueAs(domain.Number("CN-2026", 1, day), seller, buyer, nil, act)
		freed := inv.MarkCredited(cn, taken, act)
		require.Len(t, freed, 1)
		require.Equal(t, "40", freed[0].Amount.String())
		require.Equal(t, invoice.Credited, inv.Status())
		require.True(t, inv.Due().IsZero())
		require.True(t, inv.Paid.IsZero())
		require.Equal(t, "-100.01", cn.Content.Document.Totals.Gross.String())
		_, _, err = inv.Credit(id.New[invoice.Invoice](), employee.ID{}, "", nil, act)
		require.True(t, fault.Is(err, fault.Conflict))
		require.True(t, fault.Is(pay(inv, "1"), fault.Conflict))
	})

	t.Run("writing off gives up the rest", func(t *testing.T) {
		t.Parallel()
		inv := issued(t, "100")
		require.NoError(t, pay(inv, "99.50"))
		require.NoError(t, inv.WriteOff("small difference", act))
		require.Equal(t, invoice.WrittenOff, inv.Status())
		require.True(t, fault.Is(inv.WriteOff("again", act), fault.Conflict))
	})

	t.Run("what would make an invalid invoice is refused before a number is taken", func(t *testing.T) {
		t.Parallel()
		inv := drafted(t)
		require.True(t, fault.Is(inv.CheckIssue(seller, buyer), fault.Invalid))
		l := line("1", "5", "0")
		l.Tax.Category = invoice.ReverseCharge
		require.NoError(t, inv.Revise(domain.Content{Document: document("EUR", invoice.Exclusive, l)}, act))
		err := inv.CheckIssue(seller, buyer)
		require.ErrorContains(t, err, "reason")
		require.ErrorContains(t, err, "buyer.vatId")
	})
}

func TestCheckDocument(t *testing.T) {
	t.Parallel()
	wrong := func(change func(*invoice.Document)) string {
		d := document("EUR", invoice.Exclusive, line("1", "10", "19"), line("2", "5", "7"))
		change(&d)
		var p fault.Problems
		domain.CheckDocument(&p, "body", d)
		if p.Empty() {
			return ""
		}
		return p.Fields()[0].Location
	}
	dec := money.MustParse
	for at, change := range map[string]func(*invoice.Document){
		"":                            func(*invoice.Document) {},
		"body.currency":               func(d *invoice.Document) { d.Currency = "EURO" },
		"body.lines[1].quantity":      func(d *invoice.Document) { d.Lines[1].Quantity = money.Zero },
		"body.lines[0].unitPrice":     func(d *invoice.Document) { d.Lines[0].UnitPrice = dec("-1") },
		"body.lines[1].unitPrice":     func(d *invoice.Document) { d.Lines[1].UnitPrice = dec("0.0000001") },
		"body.lines[0].description":   func(d *invoice.Document) { d.Lines[0].Description = " " },
		"body.lines[0].tax.percent":   func(d *invoice.Document) { d.Lines[0].Tax.Percent = money.Zero },
		"body.lines[0].tax.category":  func(d *invoice.Document) { d.Lines[0].Tax.Category = "X" },
		"body.lines":                  func(d *invoice.Document) { d.Lines[0].Quantity = dec("-5") },
		"body.cashRounding":           func(d *invoice.Document) { d.CashRounding = dec("0.003") },
		"body.adjustments[0].percent": func(d *invoice.Document) { d.Adjustments = []invoice.Adjustment{{Percent: dec("101")}} },
		"body.adjustments[0].amount":  func(d *invoice.Document) { d.Adjustments = []invoice.Adjustment{{Amount: dec("0.001")}} },
		"body.lines[0].adjustments":   func(d *invoice.Document) { d.Lines[0].Adjustments = []invoice.Adjustment{{Amount: dec("11")}} },
		"body.lines[0].adjustments[0].amount": func(d *invoice.Document) {
			d.Lines[0].Adjustments = []invoice.Adjustment{{Amount: dec("-1")}}
		},
	} {
		require.Equal(t, at, wrong(change))
	}
}

// Whatever is tried in whatever order, money stays whole and the events tell the same story.
func TestInvoiceProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		inv := drafted(t, money.FromMinor(rapid.Int64Range(0, 100_000).Draw(t, "price"), 2).String())
		payments := []invoice.PaymentID{id.New[invoice.Payment](), id.New[invoice.Payment]()}
		for range rapid.IntRange(0, 20).Draw(t, "steps") {
			p := rapid.SampledFrom(payments).Draw(t, "payment")
			switch rapid.IntRange(0, 6).Draw(t, "step") {
			case 0:
				_ = inv.Revise(inv.Content, act)
			case 1:
				if inv.CheckIssue(seller, buyer) == nil {
					inv.IssueAs(domain.Number("INV-2026", 1, day), seller, buyer, nil, act)
				}
			case 2, 3:
				_ = inv.Allocate(p, "EUR", money.FromMinor(rapid.Int64Range(-5, 60_000).Draw(t, "amount"), 2), day, act)
			case 4:
				_, _ = inv.Unallocate(p, "", act)
			case 5:
				_ = inv.WriteOff("bad debt", act)
			case 6:
				var lines []domain.CreditedLine
				if rapid.Bool().Draw(t, "part") {
					lines = []domain.CreditedLine{{Line: 1, Quantity: money.FromMinor(rapid.Int64Range(1, 1500).Draw(t, "quantity"), 3)}}
				}
				if note, taken, err := inv.Credit(id.New[invoice.Invoice](), employee.ID{}, "", lines, act); err == nil {
					note.IssueAs(domain.Number("CN-2026", 1, day), seller, buyer, nil, act)
					inv.MarkCredited(note, taken, act)
				}
			}
			require.GreaterOrEqual(t, inv.Due().Sign(), 0)
			require.GreaterOrEqual(t, inv.Paid.Sign(), 0)
			allocated := money.Zero
			for _, a := range inv.Allocations {
				allocated = allocated.Add(a.Amount)
			}
			equal(t, allocated, inv.Paid, "paid is the sum of allocations")
		}
		again, err := domain.Replay(throughJSON(t, inv.Pending))
		require.NoError(t, err)
		again.Pending = inv.Pending
		require.Equal(t, text(t, inv), text(t, again), "the fold of the stored events is the invoice")
	})
}

func throughJSON(t require.TestingT, events []domain.Event) []domain.Event {
	out := make([]domain.Event, len(events))
	for i, e := range events {
		payload, err := json.Marshal(e.Fact)
		require.NoError(t, err)
		e.Fact, err = domain.ParseFact(e.Fact.Kind(), payload)
		require.NoError(t, err)
		out[i] = e
	}
	return out
}
