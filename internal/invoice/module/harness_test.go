package module_test

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/asset/assettest"
	"erp/internal/employee"
	"erp/internal/employee/employeetest"
	"erp/internal/invoice"
	"erp/internal/invoice/module"
	"erp/internal/platform/admin"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/id"
	"erp/internal/platform/notify"
	"erp/internal/platform/pgtest"
	"erp/internal/platform/rbac"
)

// company is an admin.Company in memory.
type company struct{ profile admin.CompanyProfile }

func (c *company) Profile(context.Context) (admin.CompanyProfile, error) { return c.profile, nil }

// house is the invoice module on a database of its own, reached over HTTP.
type house struct {
	t      testing.TB
	db     *database.DB
	module *module.Module
	seller *company
	server *httptest.Server
	people *employeetest.Directory
	assets *assettest.Register
	sales  *assettest.Sales
	buys   *assettest.Purchases
	role   rbac.Role
	rights *rbac.Rights // instead of the role's
	me     employee.ID
	now    time.Time
	// stopPost ends the queue that sends mails; nil without one.
	stopPost func()
}

func start(t testing.TB) *house {
	t.Helper()
	return startOn(t, pgtest.New(t, "invoice"))
}

func startOn(t testing.TB, db *database.DB) *house {
	t.Helper()
	return startWith(t, db, notify.Silent(db, time.Now))
}

func startWith(t testing.TB, db *database.DB, mail *notify.Mailer) *house {
	t.Helper()
	h := &house{
		t: t, db: db, people: employeetest.New(), role: rbac.Accountant, me: id.New[employee.Employee](),
		now: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC),
	}
	h.people.Put(employee.Employee{ID: h.me, GivenName: "Ann", FamilyName: "Noor"})
	h.assets = assettest.New()
	h.sales, h.buys = assettest.NewSales(h.assets), assettest.NewPurchases(h.assets)
	h.seller = &company{admin.CompanyProfile{
		Name: "Acme", LegalName: "Acme GmbH", Line1: "Hauptstraße 1", PostalCode: "10115", City: "Berlin", Country: "DE", Currency: "EUR",
		VATID: "DE123456789", IBAN: "DE89370400440532013000", BIC: "COBADEFFXXX", TimeZone: "Europe/Berlin", Language: "en",
	}}
	h.module = module.New(module.Deps{
		DB: h.db, Now: func() time.Time { return h.now }, Employees: h.people, Sales: h.sales, Purchases: h.buys, Company: h.seller, Mail: mail, Standing: h.standing,
	})
	api := httpapi.New(httpapi.Options{Authenticate: h.authenticate, Logger: slog.New(slog.DiscardHandler)})
	h.module.Routes(api)
	h.server = httptest.NewServer(api)
	t.Cleanup(h.server.Close)
	return h
}

// authenticate lets the caller be whoever the test says, with the rights of the built-in role.
func (h *house) authenticate(r *http.Request) (context.Context, error) {
	role, person := h.role, h.me
	if name := r.Header.Get("X-Role"); name != "" {
		role, person = rbac.Role(name), employee.ID{}
	}
	rights := rightsOf(role)
	if h.rights != nil {
		rights = h.rights
	}
	return auth.With(r.Context(), auth.Principal{
		UserID: auth.UserID(person), EmployeeID: auth.PersonID(person), Name: "Ann Noor", Kind: auth.KindUser,
	}, rights), nil
}

// standing is what whoever began something may do by now: what the role of the test allows.
func (h *house) standing(_ context.Context, who auth.Principal) (auth.Principal, *rbac.Rights, error) {
	return who, rightsOf(h.role), nil
}

func rightsOf(role rbac.Role) *rbac.Rights {
	scopes := map[string]rbac.Scope{}
	for _, p := range module.Permissions() {
		if s := p.Default[role]; s != rbac.None {
			scopes[p.Code] = s
		}
		if role == rbac.Administrator {
			scopes[p.Code] = p.Widest()
		}
	}
	return rbac.NewRights(scopes)
}

type answer struct {
	Status int
	Header http.Header
	Body   []byte
}

// call sends a request; header is pairs of names and values.
func (h *house) call(method, path string, body any, header ...string) answer {
	h.t.Helper()
	a, err := h.send(method, path, body, header...)
	require.NoError(h.t, err)
	return a
}

func (h *house) send(method, path string, body any, header ...string) (answer, error) {
	var reader io.Reader
	if body != nil {
		raw, ok := body.(string)
		if !ok {
			b, err := json.Marshal(body)
			if err != nil {
				return answer{}, err
			}
			raw = string(b)
		}
		reader = bytes.NewBufferString(raw)
	}
	req, err := http.NewRequestWithContext(context.Background(), method, h.server.URL+"/api/v1"+path, reader)
	if err != nil {
		return answer{}, err
	}
	if body != nil {
		req.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(header); i += 2 {
		req.Header.Set(header[i], header[i+1])
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return answer{}, err
	}
	defer resp.Body.Close()
	raw, err := io.ReadAll(resp.Body)
	return answer{resp.StatusCode, resp.Header, raw}, err
}

// into reads the answer's body after checking its status.
func into[T any](t testing.TB, status int, a answer) T {
	t.Helper()
	require.Equal(t, status, a.Status, "%s", a.Body)
	var v T
	if len(a.Body) > 0 {
		require.NoError(t, json.Unmarshal(a.Body, &v), "%s", a.Body)
	}
	return v
}

type object map[string]any

// customer adds a customer and gives its id.
func (h *house) customer(name string) string {
	h.t.Helper()
	c := into[invoice.Customer](h.t, 201, h.call("POST", "/customers", object{
		"name": name, "street": "Seestraße 2", "postalCode": "80331", "city": "München", "country": "DE", "paymentDays": 14, "vatId": "DE999999999",
	}))
	return c.ID.String()
}

// rate gives the id of the company's tax rate with this percent.
func (h *house) rate(percent string) string {
	h.t.Helper()
	for _, r := range into[pageOf[invoice.TaxRate]](h.t, 200, h.call("GET", "/tax-rates", nil)).Items {
		if r.Percent.Trim().String() == percent && r.Category == invoice.Standard {
			return r.ID.String()
		}
	}
	h.t.Fatalf("no rate of %s %%", percent)
	return ""
}

type pageOf[T any] struct {
	Items []T    `json:"items"`
	Next  string `json:"next"`
	Total *int   `json:"total"`
}

// draft drafts an invoice of one line at 19 %.
func (h *house) draft(customer, price string) invoice.Invoice {
	h.t.Helper()
	return into[invoice.Invoice](h.t, 201, h.call("POST", "/invoices", object{
		"customerId": customer,
		"lines":      []object{{"description": "Consulting", "quantity": "1", "unitPrice": price, "taxRateId": h.rate("19")}},
	}))
}

func (h *house) issue(inv invoice.Invoice) invoice.Invoice {
	h.t.Helper()
	return into[invoice.Invoice](h.t, 200, h.call("POST", "/invoices/"+inv.ID.String()+"/issue", nil, "If-Match", inv.ETag()))
}

func (h *house) get(inv invoice.Invoice) invoice.Invoice {
	h.t.Helper()
	return into[invoice.Invoice](h.t, 200, h.call("GET", "/invoices/"+inv.ID.String(), nil))
}
