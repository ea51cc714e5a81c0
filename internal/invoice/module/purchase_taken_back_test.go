package module_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/saga"
)

func TestAPurchaseIsSettledByHand(t *testing.T) {
	t.Parallel()
	h := start(t)
	t.Run("a register that says no for good waits for a person, who takes the purchase back: all is as it was", func(t *testing.T) {
		for number, stage := range map[string]asset.PurchaseStage{"B-6": asset.PurchaseRegistered, "B-7": asset.PurchaseHandedOver} {
			b := h.bill(number)
			h.buys.Fail(stage, fault.New(fault.Conflict, "no", "The tags are used up."))
			got := into[purchaseOf](t, 201, h.buy(b, object{"holderId": id.New[employee.Employee]()}))
			require.Equal(t, []string{"stuck", "The tags are used up."}, []string{got.State, got.Failure})
			h.turnBack(got.ID)
			require.Equal(t, invoice.BillDraft, h.readBill(b).Status)
			require.Empty(t, h.readBill(b).Bought)
			require.Zero(t, h.assetsOf(b), stage)
			h.buys.Fail(stage, nil)
			require.Equal(t, "done", into[purchaseOf](t, 201, h.buy(b, object{})).State, "and it can be bought anew")
			require.Equal(t, 3, h.assetsOf(b))
		}
	})
	t.Run("one that was retried goes on", func(t *testing.T) {
		b := h.bill("B-8")
		h.buys.Fail(asset.PurchaseRegistered, fault.New(fault.Conflict, "no", "The tags are used up."))
		got := into[purchaseOf](t, 201, h.buy(b, object{}))
		h.buys.Fail(asset.PurchaseRegistered, nil)
		which, err := id.Parse[saga.Entry](got.ID)
		require.NoError(t, err)
		_, err = h.module.Processes().Retry(auth.WithSystem(t.Context(), "test"), which)
		require.NoError(t, err)
		h.resume()
		require.Equal(t, 3, h.assetsOf(b))
	})
	require.NoError(t, h.module.VerifyLedger(context.Background(), nil))
}

// turnBack is what a person decides about a process that waits for them.
func (h *house) turnBack(process string) {
	h.t.Helper()
	which, err := id.Parse[saga.Entry](process)
	require.NoError(h.t, err)
	_, err = h.module.Processes().TurnBack(auth.WithSystem(h.t.Context(), "test"), which)
	require.NoError(h.t, err)
	h.resume()
}

// Wherever the program dies while a purchase is taken back by hand, what was in the register of it is out again, and the
// bill is a draft.
func TestAPurchaseTakenBackIsKilledAnywhere(t *testing.T) {
	t.Parallel()
	for position := range 4 {
		t.Run(fmt.Sprintf("at step %d", position), func(t *testing.T) {
			t.Parallel()
			h := start(t)
			b, super := h.bill("K-1"), pgtest.Superuser(t, h.db)
			run := func(sql string) {
				_, err := super.Exec(t.Context(), sql)
				require.NoError(t, err)
			}
			h.buys.Fail(asset.PurchaseHandedOver, fault.New(fault.Conflict, "no", "No."))
			got := into[purchaseOf](t, 201, h.buy(b, object{"holderId": id.New[employee.Employee]()}))
			require.Equal(t, "stuck", got.State)
			require.Equal(t, 3, h.assetsOf(b))
			run(`CREATE FUNCTION invoice.die() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'killed'; END $$`)
			run(fmt.Sprintf(`CREATE TRIGGER die BEFORE UPDATE ON invoice.process FOR EACH ROW WHEN (OLD.position = %d AND OLD.back) EXECUTE FUNCTION invoice.die()`, position))
			which, err := id.Parse[saga.Entry](got.ID)
			require.NoError(t, err)
			_, err = h.module.Processes().TurnBack(auth.WithSystem(t.Context(), "test"), which)
			require.NoError(t, err)
			h.now = h.now.Add(time.Minute)
			_ = h.module.Processes().Resume(context.Background())
			run(`DROP TRIGGER die ON invoice.process`)
			for range 3 {
				h.resume()
			}
			require.Equal(t, 1, h.count(`SELECT count(*) FROM process WHERE state = 'undone'`))
			require.Equal(t, invoice.BillDraft, h.readBill(b).Status)
			require.Zero(t, h.assetsOf(b))
			require.NoError(t, h.module.VerifyLedger(context.Background(), nil))
		})
	}
}
