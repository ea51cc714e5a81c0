package httpapi_test

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/rbac"
)

func TestAnswers(t *testing.T) {
	t.Parallel()
	client := administrator(t, newThings())

	t.Run("a view is JSON with its version as the ETag; nil lists are empty, marks are not escaped", func(t *testing.T) {
		t.Parallel()
		answer := client.Do("GET", "/things/"+someID, nil)
		require.Equal(t, http.StatusOK, answer.Status)
		require.Equal(t, `"7"`, answer.ETag())
		require.Equal(t, "application/json", answer.Header.Get("Content-Type"))
		want := `{"id":"` + someID + `","name":"<Lamp> & co","price":"1.50","currency":"EUR","tags":[],"parts":[{"names":[]}],"version":7}`
		require.Equal(t, want, strings.TrimSpace(string(answer.Body)))
	})
	t.Run("a list without rows is an empty list", func(t *testing.T) {
		t.Parallel()
		require.Contains(t, string(client.Do("GET", "/things", nil).Body), `"items":[]`)
	})
	t.Run("an answer that is none is 204", func(t *testing.T) {
		t.Parallel()
		answer := client.Do("DELETE", "/things/"+someID, nil)
		require.Equal(t, http.StatusNoContent, answer.Status)
		require.Empty(t, answer.Body)
	})
	t.Run("an answer may set cookies", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, "seen=1", client.Do("GET", "/greeting", nil).Header.Get("Set-Cookie"))
	})
}

func TestFiles(t *testing.T) {
	t.Parallel()
	api := newThings()
	client := administrator(t, api)

	t.Run("a PDF may be shown, under its own name", func(t *testing.T) {
		t.Parallel()
		answer := client.Do("GET", "/files", nil)
		require.Equal(t, "%PDF", string(answer.Body))
		require.Equal(t, "application/pdf", answer.Header.Get("Content-Type"))
		require.Equal(t, "inline; filename*=utf-8''Rechnung%20%C3%9C.pdf", answer.Header.Get("Content-Disposition"))
		require.Equal(t, "SAMEORIGIN", answer.Header.Get("X-Frame-Options"))
	})
	t.Run("what could run scripts is only saved, and under a tame name", func(t *testing.T) {
		t.Parallel()
		answer := client.Do("GET", "/files?kind=html", nil)
		require.Equal(t, "application/octet-stream", answer.Header.Get("Content-Type"))
		require.Equal(t, "attachment; filename=-a-b-.html", answer.Header.Get("Content-Disposition"))
		require.Contains(t, answer.Header.Get("Content-Security-Policy"), "default-src 'none'")
	})
	t.Run("a file that fails before its first byte is a problem", func(t *testing.T) {
		t.Parallel()
		answer := client.Do("GET", "/files?kind=early", nil)
		requireProblem(t, answer, http.StatusConflict)
		require.Empty(t, answer.Header.Get("Content-Disposition"))
	})
	t.Run("a file that fails later is cut, not ended", func(t *testing.T) {
		t.Parallel()
		who := httpapitest.As(rbac.Administrator, canRead)
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			api.ServeHTTP(w, r.WithContext(who.Context(r.Context())))
		}))
		defer server.Close()
		response, err := server.Client().Get(server.URL + "/api/v1/files?kind=late")
		if err == nil {
			_, err = io.Copy(io.Discard, response.Body)
			require.NoError(t, response.Body.Close())
		}
		require.Error(t, err, "half a file must not look whole")
	})
	t.Run("bytes pass unchanged", func(t *testing.T) {
		t.Parallel()
		body := bytes.Repeat([]byte{0, 0xff, '\n'}, 1000)
		require.Equal(t, "3000\n", string(client.Do("POST", "/import", body, "Content-Type", "text/csv; charset=iso-8859-1").Body))
	})
}
