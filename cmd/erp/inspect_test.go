package main_test

import (
	"bytes"
	"encoding/json"
	"image"
	"image/png"
	"net/http"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/scanner/scannertest"
)

// TestFilesAreLookedAt sends files through a program whose operator has a malware scanner.
func TestFilesAreLookedAt(t *testing.T) {
	t.Parallel()
	clamd := scannertest.Start(t, "tcp", "127.0.0.1:0", 8<<20, "")
	i := install(t, "ERP_SCANNER="+clamd.Address())
	i.start()
	ana := i.setUp(false)

	ana.post("/api/v1/employees/import", people(3), http.StatusOK)
	require.Equal(t, 1, clamd.Scans())

	t.Run("what holds malware is refused, names the field, changes nothing and is written down", func(t *testing.T) {
		ana := ana.on(t)
		bad := append(people(9), []byte(scannertest.Malware+"\n")...)
		answer := ana.post("/api/v1/employees/import", bad, http.StatusUnprocessableEntity)
		require.Equal(t, "malware-found", answer["code"])
		require.Equal(t, []any{object{"location": "body", "message": "holds malware (Test.Malware-1)"}}, answer["errors"])
		require.Len(t, items(ana.get("/api/v1/employees?limit=50")), 3)

		var picture bytes.Buffer
		require.NoError(t, png.Encode(&picture, image.NewGray(image.Rect(0, 0, 8, 8))))
		picture.WriteString(scannertest.Malware) // behind the picture's end
		status, _, _ := ana.do(http.MethodPut, "/api/v1/company/logo", picture.Bytes(), map[string]string{"Content-Type": "image/png", "If-Match": `"1"`})
		require.Equal(t, http.StatusUnprocessableEntity, status)

		var modules []any
		for _, row := range items(ana.get("/api/v1/audit?action=upload.refuse")) {
			modules = append(modules, row["module"])
			require.Equal(t, "Test.Malware-1", row["label"])
			require.Len(t, row["after"].(object)["sha256"], 64)
		}
		require.Equal(t, []any{"platform", "employee"}, modules)
	})

	t.Run("while the scanner is away no operation takes a file, and everything else works", func(t *testing.T) {
		ana := ana.on(t)
		clamd.Stop()
		uploads := 0
		for path, methods := range uploadsOf(t, ana) {
			for _, method := range methods {
				uploads++
				contentType := "text/csv"
				if strings.HasSuffix(path, "/logo") {
					contentType = "image/png"
				}
				status, header, answer := ana.do(method, strings.ReplaceAll(path, "{id}", "01890a5d-ac96-774b-bcce-b302099a8057"), []byte("number,name\n1,Ada\n"),
					map[string]string{"Content-Type": contentType, "If-Match": `"1"`})
				require.Equal(t, http.StatusServiceUnavailable, status, "%s %s: %s", method, path, answer)
				require.NotEmpty(t, header.Get("Retry-After"))
			}
		}
		require.GreaterOrEqual(t, uploads, 3)
		ana.post("/api/v1/locations", object{"name": "Vienna"}, http.StatusCreated)
	})
}

// uploadsOf are the operations that take a file, by what the program says of itself.
func uploadsOf(t *testing.T, ana *person) map[string][]string {
	t.Helper()
	_, _, raw := ana.do(http.MethodGet, "/api/openapi.json", nil, nil)
	var document struct {
		Paths map[string]map[string]struct {
			RequestBody struct {
				Content map[string]any `json:"content"`
			} `json:"requestBody"`
		} `json:"paths"`
	}
	require.NoError(t, json.Unmarshal(raw, &document))
	found := map[string][]string{}
	for path, methods := range document.Paths {
		for method, operation := range methods {
			if _, isJSON := operation.RequestBody.Content["application/json"]; len(operation.RequestBody.Content) > 0 && !isJSON {
				found[path] = append(found[path], strings.ToUpper(method))
			}
		}
	}
	return found
}
