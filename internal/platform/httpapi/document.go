package httpapi

import (
	"embed"
	"net/http"
	"sync"

	"github.com/gin-gonic/gin"
)

const documentIntroduction = `Everything the browser can do, a program can do here.

- **Sign in** with POST /api/v1/session, which sets a cookie, or send an API key as Authorization: Bearer erp_….
- **Lists** answer {"items": [...], "next": "..."}; pass next as cursor for the following page.
- **Writes** take an Idempotency-Key, so that sending one twice has one effect. **Updates** take, in
  If-Match, the ETag of the version that was read.
- **Amounts** are decimal strings, **dates** ISO 8601, **ids** UUIDs.
- **Errors** are application/problem+json; errors[] names every wrong field at once.`

//go:embed docs
var docs embed.FS

// document is the OpenAPI document as it is served: written once, when it is first asked for.
type document struct {
	once sync.Once
	json []byte
	err  error
}

// docsPolicy lets the page run its own script and nothing else.
const docsPolicy = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; " +
	"base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

// serveDocument serves the document and the page that shows it; the page needs no network but this server.
func (s *surface) serveDocument() {
	s.engine.GET("/api/openapi.json", func(c *gin.Context) {
		s.document.once.Do(func() { s.document.json, s.document.err = (&API{surface: s}).Document() })
		if s.document.err != nil {
			s.abort(c, s.hide(c.Request.Context(), s.document.err))
			return
		}
		c.Data(http.StatusOK, "application/json", s.document.json)
	})
	for path, file := range map[string][2]string{
		"/api/docs":          {"docs/index.html", "text/html; charset=utf-8"},
		"/api/docs/docs.js":  {"docs/docs.js", "text/javascript; charset=utf-8"},
		"/api/docs/docs.css": {"docs/docs.css", "text/css; charset=utf-8"},
	} {
		content, err := docs.ReadFile(file[0])
		if err != nil { // it is embedded, so this is a mistake in the program
			panic(err)
		}
		(&API{surface: s}).Page(path, file[1], content)
	}
}

// Page serves a file of a page about the API at a GET path outside the document. Anyone may read it; it runs its own
// scripts and styles and nothing else.
func (a *API) Page(path, contentType string, content []byte) {
	a.engine.GET(path, func(c *gin.Context) {
		c.Header("Content-Security-Policy", docsPolicy)
		c.Data(http.StatusOK, contentType, content)
	})
}
