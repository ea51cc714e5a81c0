package web

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"io"
	"io/fs"
	"mime"
	"net/http"
	"path"
	"strings"
)

// file is one file, ready to be sent: no work is left for the request but choosing the form.
type file struct {
	plain, br, gz *form
	contentType   string
	etag          string
	immutable     bool
}

// form is a file as it travels, plain or compressed.
type form struct {
	size  int64
	write func(w io.Writer) error
}

func held(body []byte) *form {
	return &form{size: int64(len(body)), write: func(w io.Writer) error {
		_, err := w.Write(body)
		return err
	}}
}

// stored stays in the build and is read there for each request: held, all of them took 5 MB.
func stored(dist fs.FS, name string) *form {
	info, err := fs.Stat(dist, name)
	if err != nil {
		return nil
	}
	return &form{size: info.Size(), write: func(w io.Writer) error {
		f, err := dist.Open(name)
		if err != nil {
			return err
		}
		defer func() { _ = f.Close() }()
		_, err = io.Copy(w, f)
		return err
	}}
}

// site is the built application: its files by path, and its one page.
type site struct {
	files map[string]*file
	page  *page
}

// newSite reads the build once. It fails when there is none.
func newSite(dist fs.FS) (*site, error) {
	index, err := fs.ReadFile(dist, "index.html")
	if err != nil {
		return nil, errors.New("no index.html: the application has not been built")
	}
	s := &site{files: map[string]*file{}}
	err = fs.WalkDir(dist, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || !public(name) {
			return err
		}
		f, err := readFile(dist, name)
		s.files["/"+name] = f
		return err
	})
	if err != nil {
		return nil, err
	}
	s.page = newPage(index, readRoutes(dist))
	return s, nil
}

// public says whether a file of the build may be asked for by name: not the page, not its maps, not the copies.
func public(name string) bool {
	base := path.Base(name)
	switch {
	case strings.HasPrefix(name, "."), name == "index.html", name == "routes.json":
		return false
	case strings.HasSuffix(base, ".br"), strings.HasSuffix(base, ".gz"):
		return false
	}
	return true
}

func readFile(dist fs.FS, name string) (*file, error) {
	f := &file{
		plain: stored(dist, name), br: stored(dist, name+".br"), gz: stored(dist, name+".gz"),
		contentType: contentType(name), immutable: strings.HasPrefix(name, "assets/"),
	}
	if f.immutable {
		f.etag = `"` + path.Base(name) + `"` // the build names it by its content
		return f, nil
	}
	body, err := fs.ReadFile(dist, name)
	f.etag = etagOf(body)
	return f, err
}

func contentType(name string) string {
	switch path.Ext(name) {
	case ".js":
		return "text/javascript; charset=utf-8"
	case ".woff2":
		return "font/woff2"
	case ".md":
		return "text/plain; charset=utf-8"
	}
	if kind := mime.TypeByExtension(path.Ext(name)); kind != "" {
		return kind
	}
	return "application/octet-stream"
}

func etagOf(body []byte) string {
	sum := sha256.Sum256(body)
	return `"` + hex.EncodeToString(sum[:12]) + `"`
}

// ServeHTTP answers files by name and every other address a person could have typed with the page.
func (s *site) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		w.Header().Set("Allow", "GET, HEAD")
		http.Error(w, "method not allowed", http.StatusMethodNotAllowed)
		return
	}
	if f, ok := s.files[r.URL.Path]; ok {
		s.sendFile(w, r, f)
		return
	}
	if !wantsPage(r) {
		w.Header().Set("X-Content-Type-Options", "nosniff")
		http.Error(w, "not found", http.StatusNotFound)
		return
	}
	s.page.serve(w, r)
}

// wantsPage keeps a missing script or picture from being answered with HTML, which would hide the mistake.
func wantsPage(r *http.Request) bool {
	if path.Ext(r.URL.Path) != "" && !strings.Contains(r.Header.Get("Accept"), "text/html") {
		return false
	}
	if strings.HasPrefix(r.URL.Path, "/assets/") && path.Ext(r.URL.Path) != "" {
		return false
	}
	accept := r.Header.Get("Accept")
	return accept == "" || strings.Contains(accept, "text/html") || strings.Contains(accept, "*/*")
}

func (s *site) sendFile(w http.ResponseWriter, r *http.Request, f *file) {
	h := w.Header()
	h.Set("Content-Type", f.contentType)
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("Vary", "Accept-Encoding")
	if f.immutable {
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
	} else {
		h.Set("Cache-Control", "no-cache")
	}
	f.send(w, r)
}

// choose picks the smallest form the browser understands.
func (f *file) choose(accept string) (*form, string) {
	switch {
	case f.br != nil && accepts(accept, "br"):
		return f.br, "br"
	case f.gz != nil && accepts(accept, "gzip"):
		return f.gz, "gzip"
	}
	return f.plain, ""
}

// accepts reads an Accept-Encoding header; an encoding refused with q=0 is not accepted.
func accepts(header, encoding string) bool {
	for _, part := range strings.Split(header, ",") {
		name, params, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name != encoding {
			continue
		}
		q := strings.ReplaceAll(strings.TrimSpace(params), " ", "")
		return q != "q=0" && q != "q=0.0" && q != "q=0.00" && q != "q=0.000"
	}
	return false
}

// inlineHash is the CSP source that allows exactly this inline script.
func inlineHash(script []byte) string {
	sum := sha256.Sum256(script)
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}
