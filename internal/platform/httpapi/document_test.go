package httpapi_test

import (
	"context"
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/httpapi"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
)

// part and Field exist in other packages too; the document must tell them apart.
type Field struct {
	Other int `json:"other"`
}

func TestDocument(t *testing.T) {
	t.Parallel()
	api := newThings()
	httpapi.Register(api, httpapi.Operation{ID: "clash", Method: "GET", Path: "/api/ui/clash", Summary: "Clash", Permission: rbac.SignedIn},
		func(context.Context, *struct{}) (*httpapi.Answer[page.Of[Field]], error) { return nil, nil }) //nolint:nilnil // because nobody calls it
	answer := httpapitest.NewClient(t, api, httpapitest.Nobody()).Do("GET", "/api/openapi.json", nil)
	require.Equal(t, http.StatusOK, answer.Status)
	require.Equal(t, "3.1.0", answer.Text("openapi"))

	at := func(path ...string) any {
		var v any = answer.JSON
		for _, p := range path {
			v = v.(map[string]any)[p]
		}
		return v
	}
	t.Run("every operation names its permission, and how to sign in unless anyone may", func(t *testing.T) {
		t.Parallel()
		for _, op := range api.Operations() {
			spec := at("paths", op.Path, strings.ToLower(op.Method)).(map[string]any)
			require.Equal(t, op.Permission.Code, spec["x-permission"], op.ID)
			require.Equal(t, op.Permission.Code != rbac.Anyone.Code, spec["security"] != nil, op.ID)
		}
	})
	t.Run("the kernel's types have their forms", func(t *testing.T) {
		t.Parallel()
		for property, format := range map[string]string{"id": "uuid", "price": "decimal", "bought": "date"} {
			require.Equal(t, format, at("components", "schemas", "Thing", "properties", property, "format"))
			require.Equal(t, "string", at("components", "schemas", "Thing", "properties", property, "type"))
		}
		require.Equal(t, "^[A-Z]{3}$", at("components", "schemas", "Thing", "properties", "currency", "pattern"))
	})
	t.Run("two packages may use one name, and pages are named after what they list", func(t *testing.T) {
		t.Parallel()
		schemas := at("components", "schemas").(map[string]any)
		require.Contains(t, schemas, "Field")
		require.Contains(t, schemas, "HttpapiTestField")
		require.Contains(t, schemas, "FieldPage")
		require.Contains(t, schemas, "ThingPage")
		require.Contains(t, at("components", "schemas", "Problem", "properties"), "requestId")
	})
	t.Run("nothing adds $schema, and the document is the same every time", func(t *testing.T) {
		t.Parallel()
		require.NotContains(t, string(answer.Body), "$schema")
		again, err := api.Document()
		require.NoError(t, err)
		require.Equal(t, string(again), string(answer.Body))
	})
	t.Run("If-Match is required where it is used", func(t *testing.T) {
		t.Parallel()
		raw, err := json.Marshal(at("paths", "/api/v1/things/{id}", "patch", "parameters"))
		require.NoError(t, err)
		require.Contains(t, string(raw), `"name":"If-Match","required":true`)
	})
}

func TestCompactingChangesNoWordOfTheDocument(t *testing.T) {
	t.Parallel()
	api := httpapitest.NewAPI()
	registerThings(api)
	before, err := api.Document()
	require.NoError(t, err)
	api.Compact()
	after, err := api.Document()
	require.NoError(t, err)
	require.Equal(t, string(before), string(after))
}

func TestDocsPage(t *testing.T) {
	t.Parallel()
	client := httpapitest.NewClient(t, newThings(), httpapitest.Nobody())
	page := client.Do("GET", "/api/docs", nil)
	require.Equal(t, http.StatusOK, page.Status)
	policy := page.Header.Get("Content-Security-Policy")
	require.Contains(t, policy, "default-src 'none'")
	require.NotContains(t, policy, "unsafe")
	for _, file := range []string{"/api/docs/docs.js", "/api/docs/docs.css"} {
		require.Contains(t, string(page.Body), file)
		answer := client.Do("GET", file, nil)
		require.Equal(t, http.StatusOK, answer.Status)
		require.NotContains(t, string(answer.Body), "http://", "the page needs no other server")
		require.NotContains(t, strings.ReplaceAll(string(answer.Body), "https://example.com", ""), "https://")
	}
	require.NotContains(t, string(page.Body), "<script>", "no inline script")
}

func TestIDs(t *testing.T) {
	t.Parallel()
	one := id.New[thing]()
	require.Equal(t, []id.Of[thing]{one}, httpapi.IDs[thing]{Texts: []string{one.String()}}.All())
	require.Empty(t, httpapi.IDs[thing]{}.All())
}
