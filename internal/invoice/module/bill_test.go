package module_test

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

// billInput is a bill of three laptops and a repair.
func (h *house) billInput(number string) object {
	return object{
		"supplier": "Initech GmbH", "number": number, "billedOn": "2026-11-20", "dueOn": "2026-12-20",
		"lines": []object{
			{"description": "Laptop", "quantity": "3", "unitPrice": "333.335", "taxRateId": h.rate("19")},
			{"description": "Repair", "quantity": "1.5", "unitPrice": "80", "taxRateId": h.rate("19")},
		},
	}
}

func (h *house) bill(number string) invoice.Bill {
	h.t.Helper()
	return into[invoice.Bill](h.t, 201, h.call("POST", "/bills", h.billInput(number)))
}

func (h *house) recorded(number string) invoice.Bill {
	h.t.Helper()
	return into[invoice.Bill](h.t, 200, h.call("POST", "/bills/"+h.bill(number).ID.String()+"/record", nil))
}

func (h *house) readBill(b invoice.Bill) invoice.Bill {
	h.t.Helper()
	return into[invoice.Bill](h.t, 200, h.call("GET", "/bills/"+b.ID.String(), nil))
}

func TestBills(t *testing.T) {
	t.Parallel()
	h := start(t)
	t.Run("a draft is calculated, revised in the version that was seen, and deleted", func(t *testing.T) {
		b := h.bill("R-1")
		require.Equal(t, []string{"1120.01", "212.80", "1332.81"}, []string{b.Totals.Net.String(), b.Totals.Tax.String(), b.Totals.Gross.String()})
		require.Equal(t, invoice.BillDraft, b.Status)
		path, in := "/bills/"+b.ID.String(), h.billInput("R-1b")
		require.Equal(t, 428, h.call("PUT", path, in).Status)
		revised := into[invoice.Bill](t, 200, h.call("PUT", path, in, "If-Match", b.ETag()))
		require.Equal(t, 412, h.call("PUT", path, in, "If-Match", b.ETag()).Status)
		require.Equal(t, 204, h.call("DELETE", path, nil, "If-Match", revised.ETag()).Status)
		require.Equal(t, 404, h.call("GET", path, nil).Status)
	})
	t.Run("a vendor's number is entered once, however it is written, until it is cancelled", func(t *testing.T) {
		b := h.recorded("R-2")
		again := h.billInput("r-2")
		again["supplier"] = "initech GmbH"
		refused := h.call("POST", "/bills", again)
		require.Equal(t, 409, refused.Status, "%s", refused.Body)
		require.Contains(t, string(refused.Body), "body.number")
		again["supplier"] = "Globex"
		require.Equal(t, 201, h.call("POST", "/bills", again).Status, "of another vendor")
		require.Equal(t, 200, h.call("POST", "/bills/"+b.ID.String()+"/cancel", object{"reason": "never came"}).Status)
		require.Equal(t, 201, h.call("POST", "/bills", h.billInput("R-2")).Status)
	})
	t.Run("every wrong field is named", func(t *testing.T) {
		for at, change := range map[string]object{
			"body.supplier": {"supplier": " "}, "body.number": {"number": "a\x00b"}, "body.dueOn": {"dueOn": "2026-11-01"},
			"body.lines[0].quantity": {"lines": []object{{"description": "x", "quantity": "0", "unitPrice": "1"}}}, "body.currency": {"currency": "XXQ"},
		} {
			in := h.billInput("R-3")
			for name, value := range change {
				in[name] = value
			}
			refused := h.call("POST", "/bills", in)
			require.Equal(t, 422, refused.Status, "%s: %s", at, refused.Body)
			require.Contains(t, string(refused.Body), at)
		}
	})
	t.Run("it is paid in parts, never more than is due, and a payment that never went out is voided", func(t *testing.T) {
		b := h.recorded("R-4")
		path := "/bills/" + b.ID.String()
		require.Equal(t, 422, h.call("POST", path+"/payments", object{"amount": "1332.82"}).Status)
		require.Equal(t, 422, h.call("POST", path+"/payments", object{"amount": "0"}).Status)
		require.Equal(t, 422, h.call("POST", path+"/payments", object{"amount": "1", "paidOn": "2027-01-01"}).Status)
		part := into[invoice.Bill](t, 200, h.call("POST", path+"/payments", object{"amount": "332.81"}, "If-Match", b.ETag()))
		require.Equal(t, []any{invoice.BillPartlyPaid, "1000.00"}, []any{part.Status, part.Due.String()})
		require.Equal(t, 412, h.call("POST", path+"/payments", object{"amount": "1"}, "If-Match", b.ETag()).Status)
		require.Equal(t, 409, h.call("POST", path+"/cancel", object{"reason": "x"}).Status, "something was paid")
		require.Equal(t, invoice.BillPaid, into[invoice.Bill](t, 200, h.call("POST", path+"/payments", object{"amount": "1000"})).Status)
		open := into[invoice.Bill](t, 200, h.call("POST", path+"/payments/2/void", object{"reason": "came back"}))
		require.Equal(t, "1000.00", open.Due.String())
		require.Equal(t, 409, h.call("POST", path+"/payments/2/void", object{"reason": "again"}).Status)
		require.Equal(t, 404, h.call("POST", path+"/payments/3/void", object{"reason": "none"}).Status)
		require.Equal(t, 409, h.call("PUT", path, h.billInput("R-4"), "If-Match", open.ETag()).Status, "what is recorded stays")
		history := into[pageOf[invoice.BillHistoryEntry]](t, 200, h.call("GET", path+"/history", nil)).Items
		require.Equal(t, []string{"drafted", "recorded", "paid", "paid", "payment-voided"}, kinds(history))
	})
	t.Run("twenty payments at once never pay more than is due", func(t *testing.T) {
		b := h.recorded("R-5")
		var all sync.WaitGroup
		for range 20 {
			all.Go(func() { _, _ = h.send("POST", "/bills/"+b.ID.String()+"/payments", object{"amount": "100"}) })
		}
		all.Wait()
		require.Equal(t, "1300.00", h.readBill(b).Paid.String())
	})
	t.Run("lists are narrowed, sorted and cut, and go to a file", func(t *testing.T) {
		list := func(query string) pageOf[invoice.BillRow] {
			return into[pageOf[invoice.BillRow]](t, 200, h.call("GET", "/bills?"+query, nil))
		}
		require.Len(t, list("status=cancelled").Items, 1)
		require.Len(t, list("q=globex").Items, 1)
		first := list("limit=2&sort=gross")
		require.Len(t, first.Items, 2)
		require.Len(t, list("limit=2&sort=gross&cursor="+first.Next).Items, 2)
		h.now = h.now.AddDate(0, 2, 0)
		defer func() { h.now = h.now.AddDate(0, -2, 0) }()
		for _, row := range list("status=overdue").Items {
			require.Equal(t, invoice.BillOverdue, row.Status)
		}
		require.Equal(t, 422, h.call("GET", "/bills?sort=secret", nil).Status)
		file := h.call("GET", "/bills/export", nil)
		require.Equal(t, 200, file.Status)
		require.Contains(t, string(file.Body), "Globex")
	})
	t.Run("who may", func(t *testing.T) {
		b := h.bill("R-6")
		for role, want := range map[rbac.Role][3]int{
			rbac.Accountant: {200, 200, 200}, rbac.AssetManager: {200, 403, 403}, rbac.Manager: {403, 403, 403}, rbac.HRManager: {403, 403, 403}, rbac.Employee: {403, 403, 403},
		} {
			x := h.bill("R-6-" + string(role))
			got := [3]int{
				h.call("GET", "/bills/"+b.ID.String(), nil, "X-Role", string(role)).Status,
				h.call("POST", "/bills/"+x.ID.String()+"/record", nil, "X-Role", string(role)).Status, 0,
			}
			h.call("POST", "/bills/"+x.ID.String()+"/record", nil)
			got[2] = h.call("POST", "/bills/"+x.ID.String()+"/payments", object{"amount": "1"}, "X-Role", string(role)).Status
			require.Equal(t, want, got, role)
		}
	})
	t.Run("the ledger is verified, and tells what was changed behind it", func(t *testing.T) {
		require.NoError(t, h.module.VerifyLedger(context.Background(), nil))
		b := h.recorded("R-7")
		h.asOwner(`UPDATE bill SET paid = 1 WHERE id = '` + b.ID.String() + `'`)
		require.ErrorContains(t, h.module.VerifyLedger(context.Background(), nil), "R-7")
		_, err := h.db.Pool().Exec(context.Background(), `UPDATE bill_event SET payload = '{}'`)
		require.Error(t, err, "facts are append-only")
	})
}

func kinds(history []invoice.BillHistoryEntry) []string {
	var out []string
	for _, h := range history {
		out = append(out, h.Kind)
	}
	return out
}

func (h *house) buy(b invoice.Bill, body object, header ...string) answer {
	h.t.Helper()
	whole := object{"line": 1, "categoryId": id.New[asset.Category]()}
	for name, value := range body {
		whole[name] = value
	}
	return h.call("POST", "/bills/"+b.ID.String()+"/assets", whole, header...)
}

type purchaseOf struct {
	ID, State, Failure, Cost string
	Assets                   []asset.ID
}

func TestBuyAssets(t *testing.T) {
	t.Parallel()
	h := start(t)
	t.Run("a draft is recorded, its line becomes assets at their share, and somebody gets them", func(t *testing.T) {
		b := h.bill("B-1")
		person := id.New[employee.Employee]()
		got := into[purchaseOf](t, 201, h.buy(b, object{"holderId": person}))
		require.Equal(t, "done", got.State)
		require.Equal(t, "1000.01", got.Cost)
		require.Len(t, got.Assets, 3)
		for _, one := range got.Assets {
			a := h.asset(one)
			require.Equal(t, []any{asset.BillID(b.ID), "B-1", "Initech GmbH", person, "Laptop"}, []any{a.BillID, a.BillNumber, a.Supplier, a.HolderID, a.Name})
		}
		is := h.readBill(b)
		require.Equal(t, invoice.BillRecorded, is.Status)
		require.Equal(t, 3, is.Bought[0].Assets)
		require.Equal(t, 409, h.buy(b, object{}).Status, "a line is bought once")
		require.Equal(t, 409, h.call("POST", "/bills/"+b.ID.String()+"/cancel", object{"reason": "x"}).Status, "it was delivered")
	})
	t.Run("a repeated click buys once", func(t *testing.T) {
		b := h.bill("B-2")
		category := id.New[asset.Category]()
		answers := make([]answer, 4)
		var all sync.WaitGroup
		for i := range answers {
			all.Go(func() {
				answers[i], _ = h.send("POST", "/bills/"+b.ID.String()+"/assets", object{"line": 1, "categoryId": category}, "Idempotency-Key", "once")
			})
		}
		all.Wait()
		require.Equal(t, 3, h.readBill(b).Bought[0].Assets)
		late := into[purchaseOf](t, 201, h.call("POST", "/bills/"+b.ID.String()+"/assets", object{"line": 1, "categoryId": category}, "Idempotency-Key", "once"))
		require.Len(t, late.Assets, 3)
	})
	t.Run("what cannot be is refused, and nothing is kept", func(t *testing.T) {
		b := h.bill("B-3")
		for at, body := range map[string]object{
			"body.line": {"line": 3}, "body.quantity": {"line": 2}, "body.categoryId": {"categoryId": asset.CategoryID{}},
		} {
			refused := h.buy(b, body)
			require.Equal(t, 422, refused.Status, "%s: %s", at, refused.Body)
			require.Contains(t, string(refused.Body), at)
		}
		require.Equal(t, 404, h.buy(invoice.Bill{ID: id.New[invoice.Bill]()}, object{}).Status)
		require.Equal(t, 403, h.buy(b, object{}, "X-Role", string(rbac.Manager)).Status)
		require.Equal(t, 403, h.buy(b, object{}, "X-Role", string(rbac.AssetManager)).Status, "it is a draft, which takes the right to record it")
		require.Equal(t, invoice.BillDraft, h.readBill(b).Status)
		into[invoice.Bill](t, 200, h.call("POST", "/bills/"+b.ID.String()+"/record", nil))
		require.Equal(t, 201, h.buy(b, object{"line": 2, "quantity": 2}, "X-Role", string(rbac.AssetManager)).Status)
	})
	t.Run("a register that says no before the bill is recorded leaves everything as it was", func(t *testing.T) {
		b := h.bill("B-4")
		h.buys.Fail(asset.PurchasePrepared, fault.New(fault.Conflict, "no", "No."))
		require.Equal(t, 409, h.buy(b, object{}).Status)
		h.buys.Fail(asset.PurchasePrepared, nil)
		require.Equal(t, invoice.BillDraft, h.readBill(b).Status)
		require.Empty(t, h.readBill(b).Bought)
	})
	t.Run("a register that is away afterwards is asked until it answers", func(t *testing.T) {
		b := h.bill("B-5")
		h.buys.Fail(asset.PurchaseRegistered, errors.New("away"))
		require.Equal(t, "running", into[purchaseOf](t, 201, h.buy(b, object{})).State)
		require.Equal(t, 409, h.call("POST", "/bills/"+b.ID.String()+"/cancel", object{"reason": "x"}).Status)
		h.buys.Fail(asset.PurchaseRegistered, nil)
		h.resume()
		require.Equal(t, 3, h.assetsOf(b))
	})
	require.NoError(t, h.module.VerifyLedger(context.Background(), nil))
}

// assetsOf counts what the register has of a bill.
func (h *house) assetsOf(b invoice.Bill) int {
	h.t.Helper()
	n := 0
	page, err := h.assets.List(context.Background(), asset.Query{})
	require.NoError(h.t, err)
	for _, a := range page.Items {
		if a.BillID == asset.BillID(b.ID) && a.Status != asset.StatusRetired {
			n++
		}
	}
	return n
}

// Wherever the program dies, the line is in the register whole and the bill says so, or neither.
func TestAPurchaseKilledAnywhere(t *testing.T) {
	t.Parallel()
	for _, refused := range []string{"nobody", "the register", "the bill"} {
		for position := range 5 {
			for _, back := range []bool{false, true} {
				t.Run(fmt.Sprintf("at step %d, back: %v, %s refuses", position, back, refused), func(t *testing.T) {
					t.Parallel()
					h := start(t)
					b, super := h.bill("K-1"), pgtest.Superuser(t, h.db)
					run := func(sql string) {
						_, err := super.Exec(t.Context(), sql)
						require.NoError(t, err)
					}
					run(`CREATE FUNCTION invoice.die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$`)
					switch refused {
					case "the register":
						h.buys.Fail(asset.PurchasePrepared, fault.New(fault.Conflict, "no", "It cannot be registered."))
					case "the bill":
						run(`CREATE TRIGGER die BEFORE UPDATE ON invoice.bill FOR EACH ROW EXECUTE FUNCTION invoice.die()`)
					}
					run(fmt.Sprintf(`CREATE TRIGGER die BEFORE UPDATE ON invoice.process FOR EACH ROW WHEN (OLD.position = %d AND OLD.back = %v) EXECUTE FUNCTION invoice.die()`, position, back))
					h.buy(b, object{"holderId": id.New[employee.Employee]()})
					run(`DROP TRIGGER die ON invoice.process`)
					h.resume()
					is, bought, state := h.readBill(b), 0, "undone"
					if refused == "nobody" {
						bought, state = 3, "done"
						require.Equal(t, 3, is.Bought[0].Assets)
					} else {
						require.Equal(t, invoice.BillDraft, is.Status)
						require.Empty(t, is.Bought)
					}
					require.Equal(t, bought, h.assetsOf(b))
					require.Equal(t, 1, h.count(`SELECT count(*) FROM process WHERE state = '`+state+`'`))
					require.NoError(t, h.module.VerifyLedger(context.Background(), nil))
				})
			}
		}
	}
}
