package httpapi

import (
	"context"
	"encoding/json"
	"errors"
	"maps"
	"math"
	"net/http"
	"strconv"
	"time"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/telemetry"
)

// Problem is every error answer (RFC 9457).
type Problem struct {
	Title     string        `json:"title" doc:"The status in words" example:"Unprocessable Entity"`
	Status    int           `json:"status" doc:"The HTTP status" example:"422"`
	Code      string        `json:"code" doc:"What went wrong, for programs; stable" example:"invalid-input"`
	Detail    string        `json:"detail" doc:"What went wrong, for people" example:"Some fields need your attention."`
	Errors    []fault.Field `json:"errors,omitempty" doc:"Every wrong input: where it is and what is wrong with it"`
	RequestID string        `json:"requestId,omitempty" doc:"Finds the request in the log"`
	TraceID   string        `json:"traceId,omitempty" doc:"Finds everything the request caused"`

	retryAfter time.Duration
	refused    *auth.NotAllowed
}

// Error is the sentence for people.
func (p *Problem) Error() string { return p.Detail }

// GetStatus is the HTTP status, for the library.
func (p *Problem) GetStatus() int { return p.Status }

// GetHeaders are the headers a problem needs, for the library.
func (p *Problem) GetHeaders() http.Header {
	h := http.Header{}
	switch p.Status {
	case http.StatusUnauthorized:
		h.Set("WWW-Authenticate", "Cookie") // the standard wants a scheme; a session is none of those it lists
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		wait := max(1, int(math.Ceil(p.retryAfter.Seconds())))
		h.Set("Retry-After", strconv.Itoa(wait))
	}
	if p.refused != nil {
		_ = p.refused.Tell(h) // values that always marshal; without it the refusal stands unexplained
	}
	return h
}

// ContentType names the media type of problems, for the library.
func (p *Problem) ContentType(string) string { return problemType }

const problemType = "application/problem+json"

// statusOf maps each kind of fault to the HTTP status, here and nowhere else.
func statusOf(kind fault.Kind) int {
	switch kind {
	case fault.Invalid:
		return http.StatusUnprocessableEntity
	case fault.NotFound:
		return http.StatusNotFound
	case fault.Conflict:
		return http.StatusConflict
	case fault.Stale:
		return http.StatusPreconditionFailed
	case fault.PreconditionRequired:
		return http.StatusPreconditionRequired
	case fault.Forbidden:
		return http.StatusForbidden
	case fault.Unauthenticated:
		return http.StatusUnauthorized
	case fault.TooMany:
		return http.StatusTooManyRequests
	case fault.Unavailable:
		return http.StatusServiceUnavailable
	default:
		return http.StatusInternalServerError
	}
}

// problemOf is the answer to err. The text of an error that is no fault stays inside; so does every cause.
func problemOf(ctx context.Context, err error) *Problem {
	if fault.KindOf(err) == fault.Internal && errors.Is(ctx.Err(), context.DeadlineExceeded) {
		err = fault.New(fault.Unavailable, "too-slow", "This took too long and was given up; try again in a moment.").After(5 * time.Second)
	}
	f, ok := errors.AsType[*fault.Error](database.Fault(err)) // a store's error that nobody translated on the way
	if !ok || f.Kind == fault.Internal {
		return newProblem(ctx, http.StatusInternalServerError, "internal", internalDetail)
	}
	p := newProblem(ctx, statusOf(f.Kind), f.Code, f.Message, f.Fields...)
	p.retryAfter = f.RetryAfter
	return p
}

const internalDetail = "Something went wrong on our side. Try again; if it happens again, tell your administrator the request id."

func newProblem(ctx context.Context, status int, code, detail string, fields ...fault.Field) *Problem {
	request := telemetry.RequestOf(ctx)
	if code == "" {
		code = "error"
	}
	return &Problem{
		Title: http.StatusText(status), Status: status, Code: code, Detail: detail, Errors: fields,
		RequestID: request.ID, TraceID: request.TraceID,
	}
}

// invalid is the answer to wrong input that was found before the schema was asked.
func invalid(ctx context.Context, fields ...fault.Field) *Problem {
	return newProblem(ctx, http.StatusUnprocessableEntity, "invalid-input", "Some fields need your attention.", fields...)
}

// write sends the problem as an answer of its own.
func (p *Problem) write(w http.ResponseWriter) {
	maps.Copy(w.Header(), p.GetHeaders())
	body, err := json.Marshal(p)
	if err != nil { // its fields always marshal
		panic(err)
	}
	w.Header().Set("Content-Type", problemType)
	w.Header().Set("Content-Length", strconv.Itoa(len(body)+1))
	w.WriteHeader(p.Status)
	_, _ = w.Write(append(body, '\n')) // a client that is gone cannot be told
}
