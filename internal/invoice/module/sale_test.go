package module_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/money"
	"erp/internal/platform/pgtest"
)

// saleOf is what the API answers of a sale.
type saleOf struct {
	ID, State, Failure, Number   string
	InvoiceID                    invoice.ID
	Net, Tax, Gross, Value, Gain string
	Tag, Customer, SoldOn        string
}

// laptop is an asset worth 1,200.00 EUR in somebody's hands.
func (h *house) laptop() asset.Asset {
	return h.assets.Put(asset.Asset{
		Tag: "LT-" + id.New[asset.Asset]().String()[24:], Name: "ThinkPad", Cost: money.MustParse("1200.00"), Currency: "EUR", Status: asset.StatusAssigned,
		HolderID: id.New[employee.Employee](), HolderName: "Ben Okafor",
	})
}

func (h *house) asset(which asset.ID) asset.Asset {
	h.t.Helper()
	found, err := h.assets.Assets(context.Background(), []asset.ID{which})
	require.NoError(h.t, err)
	return found[which]
}

func (h *house) sell(a asset.Asset, customer, price string, header ...string) answer {
	h.t.Helper()
	return h.call("POST", "/asset-sales", object{"assetId": a.ID, "customerId": customer, "price": price, "taxRateId": h.rate("19")}, header...)
}

func (h *house) salesOf(a asset.Asset) []saleOf {
	h.t.Helper()
	return into[pageOf[saleOf]](h.t, 200, h.call("GET", "/asset-sales?assetId="+a.ID.String(), nil)).Items
}

func (h *house) resume() {
	h.t.Helper()
	h.now = h.now.Add(time.Minute)
	require.NoError(h.t, h.module.Processes().Resume(context.Background()))
}

// wire lets the module hear its own events.
func (h *house) wire() {
	h.t.Helper()
	scheduler, err := jobs.New(h.db, slog.New(slog.DiscardHandler))
	require.NoError(h.t, err)
	bus := events.NewBus()
	h.module.Subscribe(bus)
	bus.Connect(h.db, scheduler)
	h.module.Schedule(scheduler)
	require.NoError(h.t, scheduler.Start(context.Background()))
	h.t.Cleanup(func() { _ = scheduler.Stop(context.Background()) })
}

func (h *house) count(sql string) int {
	h.t.Helper()
	n := 0
	require.NoError(h.t, h.db.Pool().QueryRow(context.Background(), sql).Scan(&n))
	return n
}

func TestSellAnAsset(t *testing.T) {
	t.Parallel()
	h := start(t)
	globex := h.customer("Globex")

	t.Run("the invoice is issued, gain or loss is booked, and nobody has the asset any more", func(t *testing.T) {
		a := h.laptop()
		preview := into[saleOf](t, 200, h.call("POST", "/asset-sales/preview", object{"assetId": a.ID, "customerId": globex, "price": "1000", "taxRateId": h.rate("19")}))
		require.Equal(t, "-200.00", preview.Gain)
		require.Empty(t, h.salesOf(a), "nothing is kept")
		sale := into[saleOf](t, 201, h.sell(a, globex, "1000"))
		require.Equal(t, "done", sale.State)
		require.Equal(t, []string{"1000.00", "190.00", "1190.00", "1200.00", "-200.00"}, []string{sale.Net, sale.Tax, sale.Gross, sale.Value, sale.Gain})
		inv := into[invoice.Invoice](t, 200, h.call("GET", "/invoices/"+sale.InvoiceID.String(), nil))
		require.Equal(t, sale.Number, inv.Number)
		require.Equal(t, a.ID, inv.Lines[0].AssetID)
		require.Equal(t, a.Label(), inv.Lines[0].Description)
		is := h.asset(a.ID)
		require.Equal(t, asset.StatusRetired, is.Status)
		require.Equal(t, inv.IssuedOn, is.DisposedOn)
		require.Equal(t, 409, h.sell(a, globex, "1000").Status, "it is sold once")
		require.Equal(t, sale, h.salesOf(a)[0])
	})
	t.Run("a price with tax is sold for what is left without it", func(t *testing.T) {
		a := h.laptop()
		sale := into[saleOf](t, 201, h.call("POST", "/asset-sales", object{
			"assetId": a.ID, "customerId": globex, "price": "1500.00", "priceMode": "inclusive", "taxRateId": h.rate("19"),
		}))
		require.Equal(t, "1260.50", sale.Net)
		require.Equal(t, "60.50", sale.Gain)
	})
	t.Run("every wrong field is named", func(t *testing.T) {
		a := h.laptop()
		for at, body := range map[string]object{
			"body.assetId":    {"assetId": id.New[asset.Asset](), "customerId": globex, "price": "1"},
			"body.customerId": {"assetId": a.ID, "customerId": id.New[invoice.Customer](), "price": "1"},
			"body.price":      {"assetId": a.ID, "customerId": globex, "price": "-1"},
			"body.taxRateId":  {"assetId": a.ID, "customerId": globex, "price": "1", "taxRateId": id.New[invoice.TaxRate]()},
		} {
			answer := h.call("POST", "/asset-sales", body)
			require.Equal(t, 422, answer.Status, "%s", answer.Body)
			require.Contains(t, string(answer.Body), `"`+at+`"`)
		}
		require.Empty(t, h.salesOf(a))
	})
	t.Run("a double click sells once, and gets one answer", func(t *testing.T) {
		a := h.laptop()
		var all sync.WaitGroup
		answers := make([]answer, 4)
		for i := range answers {
			all.Go(func() {
				answers[i], _ = h.send("POST", "/asset-sales", object{"assetId": a.ID, "customerId": globex, "price": "1000"}, "Idempotency-Key", "sell-"+a.Tag)
			})
		}
		all.Wait()
		for _, one := range answers {
			require.Equal(t, 201, one.Status, "%s", one.Body)
			require.JSONEq(t, string(answers[0].Body), string(one.Body))
		}
		require.Len(t, h.salesOf(a), 1)
	})
	t.Run("only who may sell does", func(t *testing.T) {
		a := h.laptop()
		require.Equal(t, 403, h.sell(a, globex, "1", "X-Role", "asset-manager").Status)
		require.Equal(t, 403, h.call("GET", "/asset-sales", nil, "X-Role", "manager").Status)
	})
}

func TestASaleThatFailsIsUndone(t *testing.T) {
	t.Parallel()
	h := start(t)
	globex := h.customer("Globex")
	a := h.laptop()
	h.sales.Fail(asset.SaleReserved, errors.New("no answer"))
	require.Equal(t, 500, h.sell(a, globex, "1000").Status)
	h.sales.Fail(asset.SaleReserved, nil)
	require.Equal(t, "undone", h.salesOf(a)[0].State)
	require.Zero(t, h.count(`SELECT count(*) FROM invoice`))

	h.sales.Fail(asset.SaleDisposed, fault.New(fault.Unavailable, "away", "The register is away."))
	sale := into[saleOf](t, 201, h.sell(a, globex, "1000"))
	require.Equal(t, "running", sale.State, "the invoice has its number: now it goes forward only")
	require.NotEmpty(t, sale.Number)
	h.sales.Fail(asset.SaleDisposed, nil)
	h.resume()
	require.Equal(t, "done", h.salesOf(a)[0].State)
	require.Equal(t, asset.StatusRetired, h.asset(a.ID).Status)
}

func TestASaleIsUndoneWhenItsInvoiceIsCredited(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.wire()
	globex := h.customer("Globex")
	a := h.laptop()
	sale := into[saleOf](t, 201, h.sell(a, globex, "1000"))
	into[invoice.Invoice](t, 201, h.call("POST", "/invoices/"+sale.InvoiceID.String()+"/credit-notes", object{"reason": "returned"}))
	require.Eventually(t, func() bool { return h.salesOf(a)[0].State == "undone" }, 20*time.Second, 20*time.Millisecond)
	require.Equal(t, a, h.asset(a.ID), "everything is as it was")
	require.Contains(t, h.salesOf(a)[0].Failure, sale.Number+" was credited by CN-")
	require.Equal(t, 1, h.count(`SELECT count(*) FROM invoice WHERE kind = 'credit-note'`))
	require.Equal(t, "done", into[saleOf](t, 201, h.sell(a, globex, "900")).State, "and it can be sold again")
}

func TestASaleStandsWhileOnlyAPartOfItIsCredited(t *testing.T) {
	t.Parallel()
	h := start(t)
	h.wire()
	a := h.laptop()
	sale := into[saleOf](t, 201, h.sell(a, h.customer("Globex"), "1000"))
	path := "/invoices/" + sale.InvoiceID.String() + "/credit-notes"
	into[invoice.Invoice](t, 201, h.call("POST", path, object{"reason": "scratched", "lines": []object{{"line": 1, "quantity": "0.25"}}}))
	require.Never(t, func() bool { return h.salesOf(a)[0].State != "done" }, 2*time.Second, 50*time.Millisecond)
	into[invoice.Invoice](t, 201, h.call("POST", path, nil))
	require.Eventually(t, func() bool { return h.salesOf(a)[0].State == "undone" }, 20*time.Second, 20*time.Millisecond)
	require.Equal(t, 2, h.count(`SELECT count(*) FROM invoice WHERE kind = 'credit-note'`), "the undoing makes no third credit note")
}

// Wherever the program dies, the asset is sold with an invoice, or neither. The database refuses to record the step from
// then on, as if the program had died in the middle of it: what was done elsewhere by then stays.
func TestASaleKilledAnywhere(t *testing.T) {
	t.Parallel()
	for _, refused := range []bool{false, true} {
		for position := range 6 {
			for _, back := range []bool{false, true} {
				t.Run(fmt.Sprintf("at step %d, back: %v, the register refuses: %v", position, back, refused), func(t *testing.T) {
					t.Parallel()
					h := start(t)
					globex := h.customer("Globex")
					a := h.laptop()
					if refused {
						h.sales.Fail(asset.SaleReserved, fault.New(fault.Conflict, "no", "It cannot be sold."))
					}
					super := pgtest.Superuser(t, h.db)
					_, err := super.Exec(t.Context(), fmt.Sprintf(`CREATE FUNCTION invoice.die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$;
						CREATE TRIGGER die BEFORE UPDATE ON invoice.process FOR EACH ROW WHEN (OLD.position = %d AND OLD.back = %v) EXECUTE FUNCTION invoice.die()`, position, back))
					require.NoError(t, err)
					h.sell(a, globex, "1000")
					_, err = super.Exec(t.Context(), `DROP TRIGGER die ON invoice.process`)
					require.NoError(t, err)

					h.resume()
					sales := h.salesOf(a)
					require.Len(t, sales, 1)
					issued := h.count(`SELECT count(*) FROM invoice WHERE number IS NOT NULL`)
					if refused {
						require.Equal(t, "undone", sales[0].State)
						require.Equal(t, a, h.asset(a.ID))
						require.Zero(t, issued)
						return
					}
					require.Equal(t, "done", sales[0].State, "%+v", sales[0])
					require.Equal(t, asset.StatusRetired, h.asset(a.ID).Status)
					require.Equal(t, 1, issued)
					require.Equal(t, 1, h.count(`SELECT count(*) FROM invoice`))
				})
			}
		}
	}
}
