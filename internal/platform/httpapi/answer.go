package httpapi

import (
	"net/http"
)

// Answer is what a handler gives back: the body and the few headers that belong to it.
type Answer[T any] struct {
	body    T
	etag    string
	cookies []*http.Cookie
}

// None is the body of an answer that has none: Reply(None{}).
type None struct{}

// Reply answers with v. When v has a method ETag() string, its result becomes the ETag header, which a client sends back
// in If-Match to change exactly the version it saw.
func Reply[T any](v T) *Answer[T] {
	a := &Answer[T]{body: v}
	if tagged, ok := any(v).(interface{ ETag() string }); ok {
		a.etag = tagged.ETag()
	}
	return a
}

// WithCookie makes the answer set a cookie.
func (a *Answer[T]) WithCookie(c *http.Cookie) *Answer[T] {
	a.cookies = append(a.cookies, c)
	return a
}
