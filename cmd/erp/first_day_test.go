package main_test

import (
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// setUp makes the company as the first visitor does.
func (i *installation) setUp(sample bool) *person {
	i.t.Helper()
	visitor := i.visitor()
	require.Equal(i.t, true, visitor.get("/api/v1/setup")["needed"])
	visitor.post("/api/v1/setup", object{
		"company":       object{"name": "Acme GmbH", "country": "DE", "currency": "EUR", "taxId": "DE123456789"},
		"administrator": object{"name": "Ana Novak", "email": adminEmail, "password": adminPassword},
		"sample":        sample,
	}, http.StatusCreated)
	return i.signIn(adminEmail, adminPassword)
}

func people(n int) []byte {
	var b strings.Builder
	b.WriteString("number,givenName,familyName,email,department,position,manager,hiredOn\n")
	for i := 1; i <= n; i++ {
		manager := ""
		if i > 1 {
			manager = fmt.Sprintf("P-%03d", (i+4)/5)
		}
		fmt.Fprintf(&b, "P-%03d,Given%d,Family%d,p%d@acme.example,Dept %d,Clerk,%s,2024-01-%02d\n", i, i, i, i, i%4, manager, i%28+1)
	}
	return []byte(b.String())
}

func laptops(n int) []byte {
	var b strings.Builder
	b.WriteString("tag,name,category,serial,cost,purchasedOn\n")
	for i := 1; i <= n; i++ {
		fmt.Fprintf(&b, "LAP-%04d,ThinkPad %d,Laptops,SN%06d,1299.00,2025-03-01\n", i, i, i)
	}
	return []byte(b.String())
}

// TestFirstDay is what a small company does on the day it begins.
func TestFirstDay(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(false)

	ana.post("/api/v1/employees/import", people(100), http.StatusOK)
	ana.post("/api/v1/assets/import?createMissing=true", laptops(200), http.StatusOK)
	require.EqualValues(t, 100, ana.get("/api/v1/employees?count=true&limit=1")["total"])
	require.EqualValues(t, 200, ana.get("/api/v1/assets?count=true&limit=1")["total"])

	holder := items(ana.get("/api/v1/employees?q=P-042"))[0]
	laptop := items(ana.get("/api/v1/assets?q=LAP-0007"))[0]
	path := "/api/v1/assets/" + laptop["id"].(string) //nolint:forcetypeassert // because the API says so
	ana.post(path+"/assignments", object{"employeeId": holder["id"]}, http.StatusCreated)
	ana.post(path+"/assignments", object{"employeeId": holder["id"]}, http.StatusConflict)
	row := items(ana.get("/api/ui/assets?status=assigned"))[0]
	require.Equal(t, "Given42 Family42", row["holderName"])
	require.Equal(t, "Dept 2", row["holderDepartment"])

	t.Run("three items are sold, part is paid, and the books say so", func(t *testing.T) { sell(t, ana.on(t)) })

	t.Run("the holder leaves and the laptop returns to stock", func(t *testing.T) {
		ana := ana.on(t)
		ana.post("/api/v1/employees/"+holder["id"].(string)+"/offboarding", object{"reason": "New job"}, http.StatusOK) //nolint:forcetypeassert // because the API says so
		require.Eventually(t, func() bool { return ana.get(path)["status"] == "available" }, 20*time.Second, 50*time.Millisecond)
		history := fmt.Sprint(ana.get(path + "/history"))
		require.Contains(t, history, "Family42")
	})

	t.Run("home adds up", func(t *testing.T) {
		ana := ana.on(t)
		home := ana.get("/api/ui/home")
		require.Empty(t, home["degraded"])
		require.EqualValues(t, 99, home["people"].(object)["headcount"])  //nolint:forcetypeassert // because the API says so
		require.EqualValues(t, 200, home["assets"].(object)["assets"])    //nolint:forcetypeassert // because the API says so
		require.NotEmpty(t, home["sales"].(object)["currencies"].([]any)) //nolint:forcetypeassert // because the API says so
	})

	require.NoError(t, i.stop(), "SIGTERM ends the program with exit code 0")
	out, err := i.run("audit", "verify")
	require.NoError(t, err, out)
	out, err = i.run("ledger", "verify")
	require.NoError(t, err, out)
}

// sell invoices three items, issues, looks at the PDF and takes a part payment.
func sell(t *testing.T, ana *person) {
	t.Helper()
	customer := ana.post("/api/v1/customers", object{"name": "Globex AG", "country": "DE", "city": "Berlin"}, http.StatusCreated)
	rates := items(ana.get("/api/v1/tax-rates"))
	require.NotEmpty(t, rates)
	line := func(what, quantity, price string) object {
		return object{"description": what, "quantity": quantity, "unitPrice": price, "taxRateId": rates[0]["id"]}
	}
	draft := ana.post("/api/v1/invoices", object{"customerId": customer["id"], "lines": []object{
		line("Consulting", "1", "80.00"), line("Laptop rental", "2", "83.50"), line("Support plan", "3", "87.00"),
	}}, http.StatusCreated)
	require.Nil(t, draft["number"], "a draft has no number")
	path := "/api/v1/invoices/" + draft["id"].(string) //nolint:forcetypeassert // because the API says so

	key := map[string]string{"Idempotency-Key": path}
	issued := ana.must(http.MethodPost, path+"/issue", object{}, http.StatusOK, key)
	again := ana.must(http.MethodPost, path+"/issue", object{}, http.StatusOK, key)
	require.Equal(t, issued["number"], again["number"], "a double click issues once")
	status, headers, pdf := ana.do(http.MethodGet, path+"/pdf", nil, nil)
	require.Equal(t, http.StatusOK, status, "%s", pdf)
	require.Equal(t, "application/pdf", headers.Get("Content-Type"))
	require.True(t, strings.HasPrefix(string(pdf), "%PDF-"))

	ana.post("/api/v1/payments", object{"customerId": customer["id"], "amount": "100.00",
		"allocations": []object{{"invoiceId": draft["id"], "amount": "100.00"}}}, http.StatusCreated)
	paid := ana.get(path)
	require.Equal(t, "partly-paid", paid["status"])
	require.Equal(t, "100.00", paid["paid"])
	ana.must(http.MethodPut, path, object{"lines": []object{line("Changed", "1", "1.00")}}, http.StatusConflict,
		map[string]string{"If-Match": fmt.Sprintf("%q", fmt.Sprint(paid["version"]))})
}
