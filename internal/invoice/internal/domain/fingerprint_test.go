package domain_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// TestFingerprintKeepsItsShape: documents of years ago are compared with what was sealed
// then. A change that breaks this needs a new prefix and the old shape beside it.
func TestFingerprintKeepsItsShape(t *testing.T) {
	t.Parallel()
	at := domain.Act{By: "Ann", At: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)}
	l := line("3", "33.33", "19")
	l.Unit, l.BaseQuantity = "pcs", money.FromInt(2)
	l.Adjustments = []invoice.Adjustment{{Percent: money.FromInt(10), Reason: "Loyal"}}
	d := document("EUR", invoice.Inclusive, l, line("1", "10", "7"))
	d.Adjustments = []invoice.Adjustment{{Charge: true, Amount: money.MustParse("5.00")}}
	v := issuedAs(d)
	inv := domain.Draft(id.Of[invoice.Invoice]{1}, employee.ID{2}, domain.Content{
		CustomerID: invoice.CustomerID{3}, Customer: "Globex", Reference: "PO-1", Note: "Thanks", PaymentDays: 14,
		DeliveredOn: date.Of(2026, time.November, 20), Document: d,
	}, at)
	inv.IssueAs(domain.Number("INV-2026", 1, date.Of(2026, time.November, 25)), *v.Seller, *v.Buyer,
		&domain.Letterhead{Language: "de", Bank: "Bank", Website: "www", Logo: "abc"}, at)
	is, err := domain.Fingerprint(inv)
	require.NoError(t, err)
	require.Equal(t, "v1:ee7e26b262395f2b5ad5de251b6ebe920d648694e79eaec48e5ff15b161d6608", is)

	changed := *inv
	changed.Content.Note = "Thanks!"
	other, err := domain.Fingerprint(&changed)
	require.NoError(t, err)
	require.NotEqual(t, is, other)
	again, err := domain.Replay(throughJSON(t, inv.Pending))
	require.NoError(t, err)
	kept, err := domain.Fingerprint(again)
	require.NoError(t, err)
	require.Equal(t, is, kept, "as it comes back from the ledger")
	require.NoError(t, inv.WriteOff("lost", at))
	after, err := domain.Fingerprint(inv)
	require.NoError(t, err)
	require.Equal(t, is, after, "what happens later is not part of it")
}
