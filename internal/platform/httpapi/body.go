package httpapi

import (
	"bytes"
	"context"
	"errors"
	"io"
	"mime"
	"net/http"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/gin-gonic/gin"

	"erp/internal/platform/fault"
)

// How large a body may be and how long it may take to arrive.
const (
	maxJSON       = 1 << 20
	maxUpload     = 20 << 20
	jsonArrives   = 10 * time.Second
	uploadArrives = 60 * time.Second
)

// body is what an operation takes as its body.
type body struct {
	kind     bodyKind
	required bool
	types    []string // media types it accepts
}

type bodyKind int

const (
	noBody bodyKind = iota
	jsonBody
	rawBody
)

// bodyOf reads it off the input type.
func bodyOf(t reflect.Type) body {
	if f, ok := t.FieldByName("RawBody"); ok {
		types := []string{f.Tag.Get("contentType")}
		if types[0] == "image/png" {
			types = append(types, "image/jpeg")
		}
		return body{kind: rawBody, required: true, types: types}
	}
	if f, ok := t.FieldByName("Body"); ok {
		return body{kind: jsonBody, required: f.Type.Kind() != reflect.Pointer, types: []string{"application/json"}}
	}
	return body{}
}

func (b body) limit() int64 {
	if b.kind == rawBody {
		return maxUpload
	}
	return maxJSON
}

// read takes the body off the wire, judges it as far as that needs no schema, and puts it back for the library.
func (b body) read(c *gin.Context) *Problem {
	ctx := c.Request.Context()
	if b.kind == noBody {
		return nil
	}
	data, p := b.bytes(c)
	if p != nil {
		return p
	}
	if len(data) == 0 {
		if b.required {
			return invalid(ctx, fault.Field{Location: "body", Message: "is required"})
		}
		return nil
	}
	if p := b.checkType(ctx, c.Request.Header); p != nil {
		return p
	}
	if b.kind == jsonBody {
		if fields := checkJSON(data); len(fields) > 0 {
			return invalid(ctx, fields...)
		}
	}
	if made := callOf(ctx); made != nil {
		made.body = data
	}
	c.Request.Body = io.NopCloser(bytes.NewReader(data))
	return nil
}

func (b body) bytes(c *gin.Context) ([]byte, *Problem) {
	ctx := c.Request.Context()
	if c.Request.Body == nil {
		return nil, nil
	}
	if c.Request.ContentLength > b.limit() {
		return nil, b.tooLarge(ctx)
	}
	arrives := jsonArrives
	if b.kind == rawBody {
		arrives = uploadArrives
	}
	_ = http.NewResponseController(c.Writer).SetReadDeadline(time.Now().Add(arrives)) // in process there is no connection
	data, err := io.ReadAll(http.MaxBytesReader(c.Writer, c.Request.Body, b.limit()))
	if err == nil {
		return data, nil
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, b.tooLarge(ctx)
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		c.Header("Connection", "close")
		return nil, newProblem(ctx, http.StatusRequestTimeout, "body-too-slow", "The body did not arrive in time.")
	}
	return nil, invalid(ctx, fault.Field{Location: "body", Message: "could not be read"})
}

func (b body) tooLarge(ctx context.Context) *Problem {
	detail := "The body is larger than 1 MiB."
	if b.kind == rawBody {
		detail = "The file is larger than 20 MiB."
	}
	return newProblem(ctx, http.StatusRequestEntityTooLarge, "body-too-large", detail, fault.Field{Location: "body", Message: "is too large"})
}

// checkType insists on a media type: a form on another site can send text/plain, but not this one.
func (b body) checkType(ctx context.Context, h http.Header) *Problem {
	given, _, err := mime.ParseMediaType(h.Get("Content-Type"))
	accepted := err == nil && h.Get("Content-Encoding") == ""
	if accepted {
		accepted = false
		for _, t := range b.types {
			accepted = accepted || t == given
		}
	}
	if accepted {
		return nil
	}
	return newProblem(ctx, http.StatusUnsupportedMediaType, "unsupported-media-type",
		"Send the body as "+strings.Join(b.types, " or ")+", not encoded.",
		fault.Field{Location: "header.Content-Type", Message: "must be " + strings.Join(b.types, " or ")})
}

// inspect has a file looked at, in the process that hosts its module.
func (a *API) inspect(ctx context.Context, op Operation, takes body) *Problem {
	made := callOf(ctx)
	if takes.kind != rawBody || a.options.Inspect == nil || made == nil {
		return nil
	}
	if err := a.options.Inspect(ctx, a.db, op.ID, made.body); err != nil {
		return a.hide(ctx, err)
	}
	return nil
}
