package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"html"
	"io/fs"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"sync"
)

// page is the application's one HTML page. Each route has its own copy that names the files the route needs, so that
// the browser fetches them together with the entry.
type page struct {
	policy string
	plain  func() *file
	routes []routePage
}

// routePage is the page for one route, prepared when it is first asked for; "$" segments of the pattern match anything.
type routePage struct {
	pattern []string
	file    func() *file
}

const preloadMark = "<!--preload-->"

func newPage(index []byte, routes map[string][]string) *page {
	p := &page{policy: contentPolicy(index)}
	with := func(preloaded []byte) func() *file {
		return sync.OnceValue(func() *file { return prepare(bytes.Replace(index, []byte(preloadMark), preloaded, 1)) })
	}
	p.plain = with(nil)
	for pattern, files := range routes {
		if len(files) == 0 {
			continue
		}
		p.routes = append(p.routes, routePage{pattern: segments(pattern), file: with(preloads(files))})
	}
	return p
}

func readRoutes(dist fs.FS) map[string][]string {
	var routes map[string][]string
	raw, err := fs.ReadFile(dist, "routes.json")
	if err != nil || json.Unmarshal(raw, &routes) != nil {
		return nil // only preloads are lost
	}
	return routes
}

func preloads(files []string) []byte {
	var out bytes.Buffer
	for _, name := range files {
		href := html.EscapeString("/" + name)
		if strings.HasSuffix(name, ".css") {
			out.WriteString(`<link rel="preload" as="style" crossorigin href="` + href + `">`)
		} else {
			out.WriteString(`<link rel="modulepreload" crossorigin href="` + href + `">`)
		}
	}
	return out.Bytes()
}

// prepare compresses a page. It has a few KiB, for which gzip does: brotli's writer would bring a megabyte of tables.
func prepare(body []byte) *file {
	f := &file{plain: held(body), etag: etagOf(body)}
	var gz bytes.Buffer
	w := gzip.NewWriter(&gz)
	if _, err := w.Write(body); err == nil && w.Close() == nil { // it cannot fail in memory; if it does, the plain page serves
		f.gz = held(gz.Bytes())
	}
	return f
}

var inlineScript = regexp.MustCompile(`(?s)<script>(.*?)</script>`)

// contentPolicy allows our own files and the inline scripts that are in the page as built, by hash. Styles may be
// inline because the component kit writes style tags.
func contentPolicy(index []byte) string {
	scripts := []string{"'self'"}
	for _, found := range inlineScript.FindAllSubmatch(index, -1) {
		scripts = append(scripts, inlineHash(found[1]))
	}
	return strings.Join([]string{
		"default-src 'self'",
		"script-src " + strings.Join(scripts, " "),
		"style-src 'self' 'unsafe-inline'",
		"img-src 'self' data: blob:",
		"font-src 'self'",
		"connect-src 'self'",
		"frame-src 'self' blob:",
		"object-src 'none'",
		"base-uri 'none'",
		"form-action 'self'",
		"frame-ancestors 'none'",
	}, "; ")
}

func segments(path string) []string {
	return strings.Split(strings.Trim(path, "/"), "/")
}

func (p *page) serve(w http.ResponseWriter, r *http.Request) {
	f := p.match(r.URL.Path)
	h := w.Header()
	h.Set("Content-Type", "text/html; charset=utf-8")
	h.Set("Cache-Control", "no-cache")
	h.Set("Content-Security-Policy", p.policy)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Referrer-Policy", "same-origin")
	h.Set("Permissions-Policy", "camera=(self), microphone=(), geolocation=()")
	h.Set("Cross-Origin-Opener-Policy", "same-origin")
	h.Set("Vary", "Accept-Encoding")
	f.send(w, r)
}

// match prefers a route whose every segment is literal over one with parameters.
func (p *page) match(path string) *file {
	wanted := segments(path)
	best, literal := p.plain, -1
	for _, route := range p.routes {
		if n, ok := fits(route.pattern, wanted); ok && n > literal {
			best, literal = route.file, n
		}
	}
	return best()
}

func fits(pattern, path []string) (literal int, ok bool) {
	if len(pattern) != len(path) {
		return 0, false
	}
	for i, part := range pattern {
		switch {
		case strings.HasPrefix(part, "$"):
		case part == path[i]:
			literal++
		default:
			return 0, false
		}
	}
	return literal, true
}

// send writes the form that the browser likes best, or 304 when it has it.
func (f *file) send(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	sent, encoding := f.choose(r.Header.Get("Accept-Encoding"))
	etag := f.etag
	if encoding != "" {
		etag = strings.TrimSuffix(etag, `"`) + "-" + encoding + `"`
		h.Set("Content-Encoding", encoding)
	}
	h.Set("ETag", etag)
	if known(r.Header.Get("If-None-Match"), etag) {
		h.Del("Content-Encoding")
		w.WriteHeader(http.StatusNotModified)
		return
	}
	h.Set("Content-Length", strconv.FormatInt(sent.size, 10))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	_ = sent.write(w) // the browser has gone: nobody is left to tell
}

func known(header, etag string) bool {
	for _, one := range strings.Split(header, ",") {
		one = strings.TrimPrefix(strings.TrimSpace(one), "W/")
		if one == etag || one == "*" {
			return true
		}
	}
	return false
}
