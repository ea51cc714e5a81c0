package web

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"html"
	"io"
	"io/fs"
	"net/http"
	"regexp"
	"strconv"
	"strings"

	"github.com/andybalholm/brotli"
)

// page is the application's one HTML page. Each route has its own copy that names the files the route needs, so that
// the browser fetches them together with the entry.
type page struct {
	policy string
	plain  *file
	routes []routePage
}

// routePage is the page for one route; "$" segments of the pattern match anything.
type routePage struct {
	pattern []string
	file    *file
}

const preloadMark = "<!--preload-->"

func newPage(index []byte, routes map[string][]string) *page {
	p := &page{policy: contentPolicy(index)}
	p.plain = prepare(bytes.Replace(index, []byte(preloadMark), nil, 1))
	for pattern, files := range routes {
		if len(files) == 0 {
			continue
		}
		body := bytes.Replace(index, []byte(preloadMark), preloads(files), 1)
		p.routes = append(p.routes, routePage{pattern: segments(pattern), file: prepare(body)})
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

// A page is a few KiB: a higher quality gains nothing, and its tables would be tens of MiB for each page.
var small = brotli.WriterOptions{Quality: 5, LGWin: 14}

// prepare compresses a page once, at start.
func prepare(body []byte) *file {
	var br, gz bytes.Buffer
	b := brotli.NewWriterOptions(&br, small)
	g := gzip.NewWriter(&gz)
	for _, w := range []io.WriteCloser{b, g} {
		_, err := w.Write(body)
		if err != nil || w.Close() != nil {
			return &file{body: body, etag: etagOf(body)} // cannot happen in memory; the plain page serves
		}
	}
	return &file{body: body, br: br.Bytes(), gz: gz.Bytes(), etag: etagOf(body)}
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
	body, encoding := f.choose(r.Header.Get("Accept-Encoding"))
	send(w, r, body, encoding, f.etag)
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
	return best
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

// send writes one prepared body, or 304 when the browser has it.
func send(w http.ResponseWriter, r *http.Request, body []byte, encoding, etag string) {
	h := w.Header()
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
	h.Set("Content-Length", strconv.Itoa(len(body)))
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	_, _ = w.Write(body) // the browser has gone: nobody is left to tell
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
