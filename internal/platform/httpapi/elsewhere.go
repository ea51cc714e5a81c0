package httpapi

import (
	"bytes"
	"io"
	"net/http"
	"time"

	"github.com/gin-gonic/gin"
)

// handOver lets the module's own process answer. What this process has found wrong by then, it has said itself.
func (a *API) handOver(c *gin.Context, timeout time.Duration) {
	ctx := c.Request.Context()
	c.Request.Body, c.Request.ContentLength = http.NoBody, 0
	if made := callOf(ctx); made != nil && made.body != nil {
		body := made.body
		c.Request.Body, c.Request.ContentLength = io.NopCloser(bytes.NewReader(body)), int64(len(body))
		c.Request.GetBody = func() (io.ReadCloser, error) { return io.NopCloser(bytes.NewReader(body)), nil }
	}
	conn := http.NewResponseController(c.Writer) // has no deadlines in process
	_ = conn.SetReadDeadline(time.Time{})        // the body has been read, and a deadline that passes would cancel the operation
	_ = conn.SetWriteDeadline(time.Now().Add(timeout + answerTravels))
	if err := a.pass(c.Writer, c.Request); err != nil {
		headers(c.Writer.Header(), c.Writer.Header().Get("X-Request-Id"), true)
		a.abort(c, a.hide(ctx, err))
	}
}
