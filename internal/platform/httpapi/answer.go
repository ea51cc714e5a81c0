package httpapi

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"sync"

	"github.com/danielgtaylor/huma/v2"
)

// Answer is what a handler gives back: the body and the few headers that belong to it.
type Answer[T any] struct {
	body    T
	etag    string
	cookies []*http.Cookie
}

// None is the body of an answer that has none: Reply(None{}).
type None struct{}

// Tagged is a published view that carries its version; Reply sends it as the ETag.
type Tagged interface{ ETag() string }

// Reply answers with v. When v is Tagged, a client gets the ETag header, which it sends back in If-Match to change
// exactly the version it saw. A list that is nil is sent as an empty one, never as null.
func Reply[T any](v T) *Answer[T] {
	a := &Answer[T]{body: v}
	if tagged, ok := any(v).(Tagged); ok {
		a.etag = tagged.ETag()
	}
	return a
}

// WithCookie makes the answer set a cookie.
func (a *Answer[T]) WithCookie(c *http.Cookie) *Answer[T] {
	a.cookies = append(a.cookies, c)
	return a
}

// output is how an answer reaches the wire: headers and body in one go, so that a body that cannot be written is a
// problem and not half an answer.
type output struct {
	Body func(huma.Context)
}

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }} //nolint:gochecknoglobals // because a pool is shared by nature

// maxPooled keeps one huge answer from holding memory for good.
const maxPooled = 256 << 10

func (a *Answer[T]) output(status int, fill *filler, replayed bool) (*output, error) {
	if status == http.StatusNoContent {
		return &output{Body: func(ctx huma.Context) { a.head(ctx, status, replayed) }}, nil
	}
	fill.fill(&a.body)
	buf := buffers.Get().(*bytes.Buffer) //nolint:forcetypeassert // because the pool holds nothing else
	buf.Reset()
	enc := json.NewEncoder(buf)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(&a.body); err != nil {
		return nil, fmt.Errorf("write answer: %w", err)
	}
	return &output{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", "application/json")
		ctx.SetHeader("Content-Length", strconv.Itoa(buf.Len()))
		a.head(ctx, status, replayed)
		_, _ = ctx.BodyWriter().Write(buf.Bytes()) // a client that is gone cannot be told
		if buf.Cap() <= maxPooled {
			buffers.Put(buf)
		}
	}}, nil
}

func (a *Answer[T]) head(ctx huma.Context, status int, replayed bool) {
	if a.etag != "" {
		ctx.SetHeader("ETag", a.etag)
	}
	for _, c := range a.cookies {
		ctx.AppendHeader("Set-Cookie", c.String())
	}
	if replayed {
		ctx.SetHeader("Idempotent-Replayed", "true")
	}
	ctx.SetStatus(status)
}
