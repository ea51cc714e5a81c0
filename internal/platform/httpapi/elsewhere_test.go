package httpapi_test

import (
	"context"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/rbac"
)

// What another process answers is passed on only when this one has found nothing wrong: who may not, learns it here.
func TestOperationsElsewhere(t *testing.T) {
	t.Parallel()
	api := httpapitest.NewAPI()
	passed, body := 0, ""
	var refusal error
	registerThings(api.Elsewhere(func(w http.ResponseWriter, r *http.Request) error {
		passed++
		raw, err := io.ReadAll(r.Body)
		assert.NoError(t, err)
		body = string(raw)
		if r.GetBody != nil { // as another address gets it
			again, err := r.GetBody()
			assert.NoError(t, err)
			raw, err = io.ReadAll(again)
			assert.NoError(t, err)
			assert.Equal(t, body, string(raw))
			assert.EqualValues(t, len(body), r.ContentLength)
		}
		if refusal != nil {
			return refusal
		}
		w.WriteHeader(http.StatusTeapot)
		return nil
	}))
	all := administrator(t, api)

	t.Run("nothing that is refused here is passed on", func(t *testing.T) {
		passed = 0
		for _, try := range []struct {
			who                *httpapitest.Client
			method, path, body string
			status             int
		}{
			{httpapitest.NewClient(t, api, httpapitest.Nobody()), "GET", "/things", "", 401},
			{httpapitest.NewClient(t, api, httpapitest.As(rbac.Employee, canRead, canWrite)), "POST", "/things", `{"name":"x"}`, 403},
			{all, "GET", "/things?unknown=1", "", 422},
			{all, "GET", "/things?long=" + strings.Repeat("x", 301), "", 422},
			{all, "POST", "/things", `{"name":"x","name":"y"}`, 422},
			{all, "POST", "/things", `{"name":"a\u0000b"}`, 422},
			{all, "POST", "/things", `{"name":"` + strings.Repeat("x", 2<<20) + `"}`, 413},
			{all, "PUT", "/things", `{}`, 405},
		} {
			answer := try.who.Do(try.method, try.path, []byte(try.body))
			require.Equal(t, try.status, answer.Status, "%s %.80s: %s", try.method, try.path+try.body, answer)
			requireProblem(t, answer, try.status)
		}
		require.Zero(t, passed)
	})
	t.Run("what is well is passed on whole, and the answer is the other's", func(t *testing.T) {
		passed = 0
		require.Equal(t, http.StatusTeapot, all.Do("POST", "/things", []byte(`{"name": "as it was written" }`)).Status)
		require.JSONEq(t, `{"name":"as it was written"}`, body)
		require.Equal(t, http.StatusTeapot, all.Do("GET", "/things?limit=3", nil).Status)
		require.Empty(t, body)
		require.Equal(t, 2, passed)
	})
	t.Run("a process that does not answer is a problem that says when to come back", func(t *testing.T) {
		refusal = fault.New(fault.Unavailable, "module-unavailable", "The asset module does not answer right now; try again in a moment.").
			After(2 * time.Second).Wrap(context.DeadlineExceeded)
		answer := all.Do("GET", "/things", nil)
		requireProblem(t, answer, http.StatusServiceUnavailable)
		require.Equal(t, "2", answer.Header.Get("Retry-After"))
		require.Equal(t, "no-store", answer.Header.Get("Cache-Control"))
		require.NotContains(t, string(answer.Body), "deadline")
	})
}
