package gateway_test

import (
	"context"
	"errors"
	"net/http"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/asset/assettest"
	"erp/internal/employee"
	"erp/internal/employee/employeetest"
	"erp/internal/invoice"
	"erp/internal/platform/auth"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
	"erp/web/gateway"
)

// directory counts the calls of the fake, and hangs when told to.
type directory struct {
	*employeetest.Directory
	calls atomic.Int32
	hang  atomic.Bool
}

func (d *directory) Employees(ctx context.Context, ids []employee.ID) (map[employee.ID]employee.Employee, error) {
	d.calls.Add(1)
	if d.hang.Load() {
		<-ctx.Done()
		return nil, ctx.Err()
	}
	return d.Directory.Employees(ctx, ids)
}

// ledger is an invoice module with one document, or one that is down.
type ledger struct{ down error }

func (l ledger) Invoices(context.Context, []invoice.ID) (map[invoice.ID]invoice.Row, error) {
	return nil, l.down
}

func (l ledger) OwnedBy(context.Context, []employee.ID, int) (map[employee.ID][]invoice.Row, error) {
	return nil, l.down
}

func (l ledger) Search(context.Context, string, int) ([]invoice.Row, error) {
	return []invoice.Row{{ID: id.New[invoice.Invoice](), Number: "INV-1"}}, l.down
}

func (l ledger) SearchCustomers(context.Context, string, int) ([]invoice.Customer, error) {
	return nil, l.down
}

func (l ledger) Summary(context.Context) (invoice.Summary, error) {
	return invoice.Summary{Drafts: 3}, l.down
}

type house struct {
	people *directory
	assets *assettest.Register
	ana    employee.ID
}

func newHouse(t *testing.T, books invoice.Ledger, who httpapitest.Caller) (*house, *httpapitest.Client) {
	t.Helper()
	ana := employee.Employee{ID: id.New[employee.Employee](), Number: "E-1", GivenName: "Ana", FamilyName: "Novak", DisplayName: "Ana Novak", Department: "Sales", Status: employee.StatusActive}
	h := &house{people: &directory{Directory: employeetest.New(ana)}, assets: assettest.New(), ana: ana.ID}
	for _, tag := range []string{"LT-1", "LT-2", "LT-3"} {
		h.assets.Put(asset.Asset{Tag: tag, Name: "ThinkPad", Status: asset.StatusAssigned, HolderID: ana.ID})
	}
	api := httpapitest.NewAPI()
	gateway.New(gateway.Deps{Employees: h.people, Assets: h.assets, Invoices: books}).Routes(api)
	return h, httpapitest.NewClient(t, api, who)
}

func everything() httpapitest.Caller {
	c := httpapitest.As(rbac.Administrator)
	c.Rights = rbac.Everything()
	return c
}

func TestAssets(t *testing.T) {
	t.Parallel()

	t.Run("holders come in one call, however many rows", func(t *testing.T) {
		t.Parallel()
		h, client := newHouse(t, ledger{}, everything())
		answer := client.Do(http.MethodGet, "/api/ui/assets", nil)
		require.Equal(t, http.StatusOK, answer.Status, answer)
		var page gateway.AssetPage
		answer.Into(t, &page)
		require.Len(t, page.Items, 3)
		for _, row := range page.Items {
			require.Equal(t, "Ana Novak", row.HolderName)
			require.Equal(t, "Sales", row.HolderDepartment)
		}
		require.Empty(t, page.Degraded)
		require.EqualValues(t, 1, h.people.calls.Load())
	})

	t.Run("without the employee module the list stands, and says so", func(t *testing.T) {
		t.Parallel()
		h, client := newHouse(t, ledger{}, everything())
		h.people.Fail(errors.New("down"))
		for range 20 { // the breaker opens on the way
			answer := client.Do(http.MethodGet, "/api/ui/assets", nil)
			require.Equal(t, http.StatusOK, answer.Status, answer)
			var page gateway.AssetPage
			answer.Into(t, &page)
			require.Len(t, page.Items, 3)
			require.Equal(t, []string{"employee"}, page.Degraded)
		}
		require.Less(t, h.people.calls.Load(), int32(20), "an open breaker asks nobody")
	})

	t.Run("a module that hangs does not make the page hang", func(t *testing.T) {
		t.Parallel()
		h, client := newHouse(t, ledger{}, everything())
		h.people.hang.Store(true)
		began := time.Now()
		answer := client.Do(http.MethodGet, "/api/ui/assets", nil)
		require.Equal(t, http.StatusOK, answer.Status, answer)
		require.Less(t, time.Since(began), 5*time.Second) // far above the patience, for slow machines
		require.Contains(t, string(answer.Body), `"degraded":["employee"]`)
	})
}

func TestHome(t *testing.T) {
	t.Parallel()

	t.Run("a module that is down leaves its part empty", func(t *testing.T) {
		t.Parallel()
		_, client := newHouse(t, ledger{down: errors.New("down")}, everything())
		var home gateway.Home
		answer := client.Do(http.MethodGet, "/api/ui/home", nil)
		require.Equal(t, http.StatusOK, answer.Status, answer)
		answer.Into(t, &home)
		require.Equal(t, []string{"invoice"}, home.Degraded)
		require.Nil(t, home.Sales)
		require.NotNil(t, home.People)
	})

	t.Run("a person without rights sees what they hold and no numbers", func(t *testing.T) {
		t.Parallel()
		me := httpapitest.As(rbac.Employee)
		h, client := newHouse(t, ledger{}, me)
		h.assets.Put(asset.Asset{Tag: "MINE-1", Name: "Phone", Status: asset.StatusAssigned, HolderID: employee.ID(me.Principal.EmployeeID)})
		var home gateway.Home
		client.Do(http.MethodGet, "/api/ui/home", nil).Into(t, &home)
		require.Nil(t, home.People)
		require.Nil(t, home.Assets)
		require.Nil(t, home.Sales)
		require.Len(t, home.MyAssets, 1)
		require.Equal(t, "MINE-1", home.MyAssets[0].Tag)
	})

	t.Run("nobody sees nothing", func(t *testing.T) {
		t.Parallel()
		_, client := newHouse(t, ledger{}, httpapitest.Nobody())
		for _, path := range []string{"/api/ui/home", "/api/ui/assets", "/api/ui/search?q=a"} {
			require.Equal(t, http.StatusUnauthorized, client.Do(http.MethodGet, path, nil).Status, path)
		}
		require.True(t, auth.From(t.Context()).IsZero())
	})
}

func TestSearch(t *testing.T) {
	t.Parallel()
	h, client := newHouse(t, ledger{}, everything())

	var found gateway.Search
	client.Do(http.MethodGet, "/api/ui/search?q=LT-1", nil).Into(t, &found)
	require.Len(t, found.Assets, 1)
	require.Len(t, found.Invoices, 1)
	require.Empty(t, found.Degraded)

	h.assets.Fail(errors.New("down"))
	client.Do(http.MethodGet, "/api/ui/search?q=Ana", nil).Into(t, &found)
	require.Equal(t, []string{"asset"}, found.Degraded)
	require.Len(t, found.Employees, 1)

	for _, wrong := range []string{"/api/ui/search", "/api/ui/search?q=", "/api/ui/search?q=a&x=1"} {
		require.Equal(t, http.StatusUnprocessableEntity, client.Do(http.MethodGet, wrong, nil).Status, wrong)
	}
}
