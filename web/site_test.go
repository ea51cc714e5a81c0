package web

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/stretchr/testify/require"
)

const testIndex = `<!doctype html><head><script>theme()</script><!--preload--></head><body>app</body>`

func testSite(t *testing.T) http.Handler {
	t.Helper()
	s, err := newSite(fstest.MapFS{
		"index.html":          {Data: []byte(testIndex)},
		"routes.json":         {Data: []byte(`{"/things":["assets/list.js","assets/list.css"],"/things/$id":["assets/one.js"]}`)},
		"assets/app-1.js":     {Data: []byte("console.log(1)")},
		"assets/app-1.js.br":  {Data: []byte("brotli")},
		"assets/app-1.js.gz":  {Data: []byte("gzip")},
		"favicon.svg":         {Data: []byte("<svg/>")},
		".vite/manifest.json": {Data: []byte("{}")},
	})
	require.NoError(t, err)
	return s
}

func get(t *testing.T, h http.Handler, path string, headers ...string) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept", "text/html")
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	h.ServeHTTP(w, r)
	return w
}

func TestSite(t *testing.T) {
	t.Parallel()
	h := testSite(t)

	t.Run("a hashed file is sent as brotli and may be kept for ever", func(t *testing.T) {
		t.Parallel()
		w := get(t, h, "/assets/app-1.js", "Accept", "*/*", "Accept-Encoding", "gzip, deflate, br")
		require.Equal(t, 200, w.Code)
		require.Equal(t, "br", w.Header().Get("Content-Encoding"))
		require.Equal(t, "brotli", w.Body.String())
		require.Contains(t, w.Header().Get("Cache-Control"), "immutable")
		require.Equal(t, "text/javascript; charset=utf-8", w.Header().Get("Content-Type"))
	})
	t.Run("an encoding that the browser refuses is not used", func(t *testing.T) {
		t.Parallel()
		w := get(t, h, "/assets/app-1.js", "Accept-Encoding", "br;q=0, gzip")
		require.Equal(t, "gzip", w.Header().Get("Content-Encoding"))
		require.Equal(t, "console.log(1)", get(t, h, "/assets/app-1.js").Body.String())
	})
	t.Run("an address of the application is answered with the page", func(t *testing.T) {
		t.Parallel()
		w := get(t, h, "/anything/deep")
		require.Equal(t, 200, w.Code)
		require.Contains(t, w.Body.String(), "app")
		require.Equal(t, "no-cache", w.Header().Get("Cache-Control"))
	})
	t.Run("a missing script is a 404 and never the page", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, 404, get(t, h, "/assets/gone-2.js", "Accept", "*/*").Code)
		require.Equal(t, 404, get(t, h, "/logo.png", "Accept", "image/*").Code)
		require.Equal(t, 404, get(t, h, "/data", "Accept", "application/json").Code)
	})
	t.Run("the build's own lists are not served", func(t *testing.T) {
		t.Parallel()
		require.Equal(t, 404, get(t, h, "/.vite/manifest.json", "Accept", "*/*").Code)
		require.Equal(t, 404, get(t, h, "/routes.json", "Accept", "*/*").Code)
	})
	t.Run("a second visit costs a 304", func(t *testing.T) {
		t.Parallel()
		first := get(t, h, "/favicon.svg")
		again := get(t, h, "/favicon.svg", "If-None-Match", first.Header().Get("ETag"))
		require.Equal(t, 304, again.Code)
		require.Empty(t, again.Body.String())
	})
	t.Run("a write is refused", func(t *testing.T) {
		t.Parallel()
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/", nil))
		require.Equal(t, 405, w.Code)
	})
}

func TestPage(t *testing.T) {
	t.Parallel()
	h := testSite(t)

	t.Run("it names the files of the route", func(t *testing.T) {
		t.Parallel()
		list := get(t, h, "/things").Body.String()
		require.Contains(t, list, `<link rel="modulepreload" crossorigin href="/assets/list.js">`)
		require.Contains(t, list, `as="style" crossorigin href="/assets/list.css"`)
		require.Contains(t, get(t, h, "/things/7").Body.String(), "/assets/one.js")
		require.NotContains(t, get(t, h, "/other").Body.String(), "preload")
	})
	t.Run("its policy allows its own inline script by hash and no other", func(t *testing.T) {
		t.Parallel()
		policy := get(t, h, "/").Header().Get("Content-Security-Policy")
		script := policy[strings.Index(policy, "script-src"):]
		script = script[:strings.Index(script, ";")]
		require.Contains(t, script, inlineHash([]byte("theme()")))
		require.NotContains(t, script, "unsafe-inline")
	})
}

func TestPlaceholder(t *testing.T) {
	t.Parallel()
	_, err := newSite(fstest.MapFS{".gitkeep": {}})
	require.Error(t, err)
	w := get(t, placeholder("it was not built"), "/")
	require.Equal(t, 200, w.Code)
	require.Contains(t, w.Body.String(), "npm run build")
}
