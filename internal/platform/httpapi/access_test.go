package httpapi_test

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/rbac"
)

func TestAccess(t *testing.T) {
	t.Parallel()
	api := newThings()
	nobody := httpapitest.NewClient(t, api, httpapitest.Nobody())
	employee := httpapitest.NewClient(t, api, httpapitest.As(rbac.Employee, canRead, canWrite))

	t.Run("nobody is answered 401 before the input is looked at", func(t *testing.T) {
		t.Parallel()
		answer := nobody.Do("POST", "/things?nonsense=1", "{broken")
		requireProblem(t, answer, http.StatusUnauthorized)
		require.NotEmpty(t, answer.Header.Get("WWW-Authenticate"))
		require.Empty(t, answer.Problems())
	})
	t.Run("a caller without the permission is answered 403 before the input is looked at", func(t *testing.T) {
		t.Parallel()
		answer := employee.Do("PATCH", "/things/not-an-id", "{broken")
		requireProblem(t, answer, http.StatusForbidden)
		require.Contains(t, answer.Text("detail"), "Change things")
		require.Empty(t, answer.Problems())
	})
	t.Run("a narrow scope opens the operation", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, http.StatusOK, employee.Do("GET", "/things/"+someID, nil).Status)
	})
	t.Run("anyone may call what is for anyone, and only that", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, http.StatusOK, nobody.Do("GET", "/greeting", nil).Status)
		requireProblem(t, nobody.Do("GET", "/whoami", nil), http.StatusUnauthorized)
		require.Equal(t, http.StatusNoContent, employee.Do("GET", "/whoami", nil).Status)
	})
	t.Run("sessions that cannot be read are 503, except for what anyone may ask", func(t *testing.T) {
		t.Parallel()
		api := httpapi.New(httpapi.Options{Logger: slog.New(slog.DiscardHandler), Authenticate: func(*http.Request) (context.Context, error) {
			return nil, fault.New(fault.Unavailable, "database-unavailable", "Later.").Wrap(errors.New("10.0.0.7"))
		}})
		registerThings(api)
		client := httpapitest.NewClient(t, api, httpapitest.Nobody())
		answer := client.Do("GET", "/things", nil)
		requireProblem(t, answer, http.StatusServiceUnavailable)
		require.NotContains(t, answer.String(), "10.0.0.7")
		require.Equal(t, http.StatusOK, client.Do("GET", "/greeting", nil).Status)
	})
}

type hidden struct {
	Q string `query:"q"`
}

type hiddenInput struct{ hidden }

func TestRegister(t *testing.T) {
	t.Parallel()
	complete := httpapi.Operation{ID: "x", Method: "GET", Path: "/x", Summary: "X", Permission: canRead}
	register := func(op httpapi.Operation) func() {
		return func() {
			httpapi.Register(httpapitest.NewAPI(), op, func(context.Context, *struct{}) (*httpapi.Answer[string], error) {
				return httpapi.Reply(""), nil
			})
		}
	}
	require.NotPanics(t, register(complete))
	for name, spoil := range map[string]func(*httpapi.Operation){
		"a permission": func(op *httpapi.Operation) { op.Permission = rbac.Permission{} },
		"an ID":        func(op *httpapi.Operation) { op.ID = "" },
		"a summary":    func(op *httpapi.Operation) { op.Summary = "" },
		"a method":     func(op *httpapi.Operation) { op.Method = "" },
		"a path":       func(op *httpapi.Operation) { op.Path = "" },
	} {
		t.Run("an operation without "+name+" panics", func(t *testing.T) {
			t.Parallel()
			op := complete
			spoil(&op)
			require.PanicsWithValue(t, `httpapi: operation "`+op.ID+`" (`+op.Method+" "+op.Path+") has not "+name, register(op))
		})
	}
	t.Run("an embedded type that would stay empty panics", func(t *testing.T) {
		t.Parallel()
		require.PanicsWithValue(t, "httpapi: httpapi_test.hiddenInput embeds httpapi_test.hidden; only exported types are filled from a request, so name it with a capital", func() {
			httpapi.Register(httpapitest.NewAPI(), complete, func(context.Context, *hiddenInput) (*httpapi.Answer[string], error) {
				return httpapi.Reply(""), nil
			})
		})
	})
	t.Run("a parameter that no request could fill panics", func(t *testing.T) {
		t.Parallel()
		require.Panics(t, func() {
			httpapi.Register(httpapitest.NewAPI(), complete, func(context.Context, *struct {
				IDs []struct{} `query:"ids"`
			}) (*httpapi.Answer[string], error) {
				return httpapi.Reply(""), nil
			})
		})
	})
}
