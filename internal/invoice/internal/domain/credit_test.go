package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// take credits lines of an invoice and issues the credit note.
func take(t require.TestingT, inv *domain.Invoice, lines ...domain.CreditedLine) *domain.Invoice {
	note, taken, err := inv.Credit(id.New[invoice.Invoice](), employee.ID{}, "", lines, act)
	require.NoError(t, err)
	note.IssueAs(domain.Number("CN-2026", len(inv.CreditNotes)+1, day), seller, buyer, nil, act)
	inv.MarkCredited(note, taken, act)
	return note
}

func quantity(line int, q string) domain.CreditedLine {
	return domain.CreditedLine{Line: line, Quantity: money.MustParse(q)}
}

func TestCreditPart(t *testing.T) {
	t.Parallel()
	three := func(t *testing.T) *domain.Invoice {
		t.Helper()
		inv := domain.Draft(id.New[invoice.Invoice](), employee.ID{}, domain.Content{
			Document: document("EUR", invoice.Exclusive, line("3", "33.33", "19"), line("1", "10", "7")),
		}, act)
		inv.IssueAs(domain.Number("INV-2026", 1, day), seller, buyer, nil, act)
		return inv // 99.99 + 19.00 and 10.00 + 0.70
	}

	t.Run("one of three pieces, then the rest", func(t *testing.T) {
		t.Parallel()
		inv := three(t)
		note := take(t, inv, quantity(1, "1"))
		require.Equal(t, "-39.66", note.Content.Document.Totals.Payable.String()) // 33.33 + 6.33
		require.Len(t, note.Content.Document.Lines, 1)
		require.Equal(t, invoice.Open, inv.Status())
		require.Equal(t, "90.03", inv.Due().String())
		rest := take(t, inv)
		require.Equal(t, "-90.03", rest.Content.Document.Totals.Payable.String())
		require.Equal(t, invoice.Credited, inv.Status())
		_, _, err := inv.Credit(id.New[invoice.Invoice](), employee.ID{}, "", nil, act)
		require.True(t, fault.Is(err, fault.Conflict))
	})

	t.Run("a paid invoice gives back only what was paid too much, the latest payment first", func(t *testing.T) {
		t.Parallel()
		inv := three(t)
		require.NoError(t, pay(inv, "50"))
		require.NoError(t, pay(inv, "79.69"))
		take(t, inv, quantity(2, "1")) // 10.70
		require.Equal(t, invoice.Paid, inv.Status())
		require.Equal(t, "118.99", inv.Paid.String())
		require.True(t, inv.Due().IsZero())
		take(t, inv, quantity(1, "2"))
		require.Equal(t, "39.66", inv.Paid.String())
		require.Equal(t, "39.66", inv.Allocations[0].Amount.String(), "the later payment is off, of the earlier one a part")
	})

	t.Run("what is not there cannot be taken back", func(t *testing.T) {
		t.Parallel()
		inv := three(t)
		take(t, inv, quantity(1, "2"))
		for _, wrong := range [][]domain.CreditedLine{
			{quantity(1, "1.01")}, {quantity(1, "-1")}, {quantity(1, "0")}, {quantity(3, "1")}, {quantity(0, "1")},
			{quantity(2, "1"), quantity(2, "1")}, {quantity(2, "0.0000001")},
		} {
			_, _, err := inv.Credit(id.New[invoice.Invoice](), employee.ID{}, "", wrong, act)
			require.True(t, fault.Is(err, fault.Invalid), "%v", wrong)
		}
		_, _, err := inv.Credit(id.New[invoice.Invoice](), employee.ID{}, "", []domain.CreditedLine{quantity(2, "0.0001")}, act)
		require.True(t, fault.Is(err, fault.Conflict), "a credit note over nothing")
	})
}

// TestCreditProperties takes invoices of every shape back in random parts.
func TestCreditProperties(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		whole := domain.Calculate(anyIssuable(t))
		inv := domain.Draft(id.New[invoice.Invoice](), employee.ID{}, domain.Content{Document: whole}, act)
		inv.IssueAs(domain.Number("INV-2026", 1, day), seller, buyer, nil, act)
		if whole.Totals.Payable.Sign() < 0 {
			return
		}
		sum := invoice.Totals{}
		check := func(note *domain.Invoice) {
			d := domain.Negate(note.Content.Document)
			addsUp(t, d)
			sum.Net, sum.Tax, sum.Payable = sum.Net.Add(d.Totals.Net), sum.Tax.Add(d.Totals.Tax), sum.Payable.Add(d.Totals.Payable)
			require.LessOrEqual(t, sum.Payable.Cmp(whole.Totals.Payable), 0, "never more than the invoice")
			require.True(t, inv.Credited.Equal(sum.Payable))
			require.GreaterOrEqual(t, inv.Due().Sign(), 0)
			v := issuedAs(whole)
			v.Kind, v.CreditOf, v.Document = invoice.KindCreditNote, &invoice.Reference{Number: "INV-2026-00001"}, note.Content.Document
			var p fault.Problems
			if domain.CheckEInvoice(&p, v); p.Empty() {
				checkRules(t, writeUBL(t, v))
			}
		}
		for range rapid.IntRange(0, 4).Draw(t, "credits") {
			var lines []domain.CreditedLine
			for i, l := range whole.Lines {
				rest := l.Quantity.Sub(inv.Returned[i])
				if part := rest.Mul(money.FromMinor(rapid.Int64Range(0, 100).Draw(t, "part"), 2)).Round(3); !part.IsZero() && part.Abs().Cmp(rest.Abs()) <= 0 {
					lines = append(lines, domain.CreditedLine{Line: i + 1, Quantity: part})
				}
			}
			if len(lines) == 0 {
				continue
			}
			note, taken, err := inv.Credit(id.New[invoice.Invoice](), employee.ID{}, "", lines, act)
			if err != nil {
				require.True(t, fault.Is(err, fault.Conflict), "%v", err)
				continue
			}
			note.IssueAs(domain.Number("CN-2026", 1, day), seller, buyer, nil, act)
			inv.MarkCredited(note, taken, act)
			check(note)
		}
		note, taken, err := inv.Credit(id.New[invoice.Invoice](), employee.ID{}, "", nil, act)
		if err != nil { // everything is taken back already
			require.Equal(t, invoice.Credited, inv.Status())
		} else {
			note.IssueAs(domain.Number("CN-2026", 2, day), seller, buyer, nil, act)
			inv.MarkCredited(note, taken, act)
			check(note)
		}
		equal(t, whole.Totals.Net, sum.Net, "net")
		equal(t, whole.Totals.Tax, sum.Tax, "tax")
		equal(t, whole.Totals.Payable, sum.Payable, "all credit notes together are the invoice")
		require.True(t, inv.Due().IsZero())
		again, err := domain.Replay(inv.Pending)
		require.NoError(t, err)
		require.Equal(t, inv.Status(), again.Status())
		require.Equal(t, text(t, inv.Returned), text(t, again.Returned))
	})
}

// addsUp is what holds of every calculated document.
func addsUp(t require.TestingT, d invoice.Document) {
	lines, taxable, tax := money.Zero, money.Zero, money.Zero
	for _, l := range d.Lines {
		lines = lines.Add(l.Net)
	}
	for k, g := range d.Taxes {
		taxable, tax = taxable.Add(g.Taxable), tax.Add(g.Tax)
		shares := money.Zero
		for _, a := range d.Adjustments {
			if a.Charge {
				shares = shares.Add(a.Shares[k])
			} else {
				shares = shares.Sub(a.Shares[k])
			}
		}
		equal(t, g.Lines.Add(shares), g.Taxable, "taxable of a group")
	}
	equal(t, lines, d.Totals.Lines, "lines")
	equal(t, taxable, d.Totals.Net, "net")
	equal(t, tax, d.Totals.Tax, "tax")
	equal(t, d.Totals.Net.Add(d.Totals.Tax), d.Totals.Gross, "gross")
	equal(t, d.Totals.Gross.Add(d.Totals.Rounding), d.Totals.Payable, "payable")
	for _, a := range []money.Decimal{d.Totals.Net, d.Totals.Tax, d.Totals.Payable} {
		require.Equal(t, d.Currency.Digits(), a.Scale(), "amounts carry the currency's digits")
	}
}
