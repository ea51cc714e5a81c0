package main_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// TestWhoLooksAsARoleChangesNothing asks for every operation that may change something, GraphQL included, while looking at the
// application as another role sees it.
func TestWhoLooksAsARoleChangesNothing(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	ana := i.setUp(false)
	ana.must(http.MethodPut, "/api/v1/me/view", object{"role": "administrator"}, http.StatusOK, nil)

	_, _, raw := ana.do(http.MethodGet, "/api/openapi.json", nil, nil)
	var document struct {
		Paths map[string]map[string]struct {
			Permission string `json:"x-permission"`
		} `json:"paths"`
	}
	require.NoError(t, json.Unmarshal(raw, &document))
	id := regexp.MustCompile(`\{[^}]*\}`)
	asked := 0
	var open []string
	for path, methods := range document.Paths {
		for method, operation := range methods {
			method = strings.ToUpper(method)
			if method == http.MethodGet || operation.Permission == "anyone" || path == "/api/v1/me/view" { // the way back
				continue
			}
			asked++
			status, _, body := ana.do(method, id.ReplaceAllString(path, "01890a5d-ac96-774b-bcce-b302099a8057"), object{}, map[string]string{"If-Match": `"1"`})
			if decode(body)["code"] != "viewing-as" {
				open = append(open, method+" "+path)
				continue
			}
			require.Equal(t, http.StatusForbidden, status, path)
		}
	}
	slices.Sort(open)
	require.Empty(t, open)
	require.Greater(t, asked, 100)
}
