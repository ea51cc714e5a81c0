package httpapi

import (
	"context"
	"io"
	"mime"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"
)

// File is an answer that is not JSON: a PDF, a CSV export, a picture.
type File struct {
	// Name is what a browser saves it as.
	Name string
	// ContentType is one of a few safe types; anything else is answered as application/octet-stream, for saving only.
	ContentType string
	// Inline shows PDFs and pictures in the browser instead of saving them.
	Inline bool
	// Write streams the content. What fails before the first byte becomes a problem; later the connection is cut, so
	// that half a file is never taken for a whole one.
	Write func(w io.Writer) error
}

// fileTimeout is longer than for other operations: an export may be large.
const fileTimeout = 5 * time.Minute

// RegisterFile adds an operation whose answer is a file. contentTypes are those it can answer with, for the document.
func RegisterFile[I any](api *API, op Operation, handler func(ctx context.Context, in *I) (*File, error), contentTypes ...string) {
	api.enrol(func(on *API) { registerFile(on, op, handler, contentTypes) })
}

func registerFile[I any](api *API, op Operation, handler func(ctx context.Context, in *I) (*File, error), contentTypes []string) {
	if op.Status == 0 {
		op.Status = http.StatusOK
	}
	if op.Timeout == 0 {
		op.Timeout = fileTimeout
	}
	spec := api.prepare(op, reflect.TypeFor[I](), false)
	if api.describing {
		describeFile(&spec, op.Status, contentTypes)
	}
	huma.Register(api.huma, spec, func(ctx context.Context, in *I) (*output, error) {
		file, err := handler(ctx, in)
		if err != nil {
			return nil, api.hide(ctx, err)
		}
		return &output{Body: func(hctx huma.Context) { api.stream(hctx, file, op.Status) }}, nil
	})
	boundBody(api.registry(), &spec)
}

func describeFile(spec *huma.Operation, status int, contentTypes []string) {
	response := &huma.Response{Description: http.StatusText(status), Content: map[string]*huma.MediaType{}}
	for _, t := range contentTypes {
		media, _, _ := strings.Cut(t, ";")
		response.Content[media] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
	spec.Responses[strconv.Itoa(status)] = response
}

func (s *surface) stream(hctx huma.Context, file *File, status int) {
	w := &lateHeaders{hctx: hctx, file: file, status: status}
	err := file.Write(w)
	switch {
	case err == nil:
		w.start() // an empty file is one too
	case !w.started:
		p := s.hide(hctx.Context(), err)
		for name, values := range p.GetHeaders() {
			hctx.SetHeader(name, values[0])
		}
		hctx.SetHeader("Content-Type", problemType)
		hctx.SetStatus(p.Status)
		_ = s.huma.Marshal(hctx.BodyWriter(), "application/json", p) // a client that is gone cannot be told
	default:
		if made := callOf(hctx.Context()); made != nil {
			made.err = err
		}
		panic(http.ErrAbortHandler)
	}
}

// lateHeaders sends the headers with the first byte, so that a file that fails before it can still be a problem.
type lateHeaders struct {
	hctx    huma.Context
	file    *File
	status  int
	started bool
}

// Write sends a part of the file.
func (w *lateHeaders) Write(p []byte) (int, error) {
	w.start()
	return w.hctx.BodyWriter().Write(p)
}

func (w *lateHeaders) start() {
	if w.started {
		return
	}
	w.started = true
	contentType, showable := safeType(w.file.ContentType)
	disposition := "attachment"
	if w.file.Inline && showable {
		disposition = "inline"
		w.hctx.SetHeader("X-Frame-Options", "SAMEORIGIN") // the application shows it beside the record
	}
	if named := mime.FormatMediaType(disposition, map[string]string{"filename": fileName(w.file.Name)}); named != "" {
		disposition = named
	}
	w.hctx.SetHeader("Content-Type", contentType)
	w.hctx.SetHeader("Content-Disposition", disposition)
	policy := "default-src 'none'; frame-ancestors 'self'"
	if contentType == "application/pdf" { // the browser's own viewer is bound by the policy, and needs its scripts
		policy = "frame-ancestors 'self'"
	}
	w.hctx.SetHeader("Content-Security-Policy", policy)
	w.hctx.SetStatus(w.status)
}

// safeType is the type a file is answered with, and whether a browser may show it. Types that can run scripts are not
// among them.
func safeType(contentType string) (string, bool) {
	media, _, _ := strings.Cut(contentType, ";")
	switch media {
	case "application/pdf", "image/png", "image/jpeg":
		return contentType, true
	case "text/csv", "application/xml", "application/x-ndjson", "application/json", "application/zip", "text/plain",
		"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":
		return contentType, false
	default:
		return "application/octet-stream", false
	}
}

// fileName keeps a name from reaching out of the download folder.
func fileName(name string) string {
	name = strings.Map(func(r rune) rune {
		if r < ' ' || strings.ContainsRune(`/\:*?"<>|`, r) {
			return '-'
		}
		return r
	}, name)
	if name = strings.TrimLeft(name, "."); name == "" {
		return "file"
	}
	return name
}
