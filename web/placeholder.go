package web

import (
	"html"
	"net/http"
)

// placeholder stands in for an application that was not built, so that the binary compiles without Node.
func placeholder(reason string) http.Handler {
	body := []byte(`<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>ERP</title><style>body{font:16px/1.6 system-ui,sans-serif;max-width:36rem;margin:20vh auto;padding:0 1.5rem;
color:#1a1d23;background:#fafbfc}code{background:#eceff3;padding:.1em .35em;border-radius:4px}
@media(prefers-color-scheme:dark){body{color:#d6dae1;background:#15171b}code{background:#2a2e35}}</style>
<h1>The program is running.</h1><p>But ` + html.EscapeString(reason) + `.</p>
<p>Build it with <code>cd web/ui &amp;&amp; npm ci &amp;&amp; npm run build</code> and build the program again, or use
<code>make run</code>, which does both. The API is at <a href="/api/docs">/api/docs</a>.</p></html>`)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !wantsPage(r) {
			http.Error(w, "not found", http.StatusNotFound)
			return
		}
		h := w.Header()
		h.Set("Content-Type", "text/html; charset=utf-8")
		h.Set("Cache-Control", "no-store")
		h.Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'")
		w.WriteHeader(http.StatusOK)
		_, _ = w.Write(body) // the browser has gone: nobody is left to tell
	})
}
