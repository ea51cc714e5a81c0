package httpapi

import (
	"context"
	"net/http"
	"slices"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"erp/internal/platform/fault"
)

// maxFields bounds the list of wrong inputs in one answer.
const maxFields = 100

// problemFromHuma makes a problem of what the library found wrong. It never repeats the value: it may be a secret.
func problemFromHuma(hctx huma.Context, status int, msg string, errs ...error) huma.StatusError {
	ctx := context.Background()
	if hctx != nil {
		ctx = hctx.Context()
	}
	switch {
	case status == http.StatusInternalServerError:
		if c := callOf(ctx); c != nil && len(errs) > 0 {
			c.err = errs[0]
		}
		return newProblem(ctx, status, "internal", internalDetail)
	case status == http.StatusBadRequest, status == http.StatusUnprocessableEntity:
		return invalid(ctx, fieldsOf(msg, errs)...)
	default:
		return newProblem(ctx, status, codeOf(status), msg+".")
	}
}

// codeOf is the status in the form of a code: "request-entity-too-large".
func codeOf(status int) string {
	return strings.ReplaceAll(strings.ToLower(http.StatusText(status)), " ", "-")
}

// fieldsOf translates the library's details: one per place, in a steady order.
func fieldsOf(msg string, errs []error) []fault.Field {
	fields := make([]fault.Field, 0, len(errs))
	for _, err := range errs {
		if d, ok := err.(huma.ErrorDetailer); ok {
			fields = append(fields, translate(d.ErrorDetail()))
		}
	}
	if len(fields) == 0 {
		return []fault.Field{{Location: "body", Message: msg}}
	}
	slices.SortStableFunc(fields, func(a, b fault.Field) int { return strings.Compare(a.Location, b.Location) })
	fields = slices.CompactFunc(fields, func(a, b fault.Field) bool { return a.Location == b.Location })
	return fields[:min(len(fields), maxFields)]
}

func translate(d *huma.ErrorDetail) fault.Field {
	location, message := d.Location, d.Message
	if rest, ok := strings.CutPrefix(message, "expected required property "); ok {
		if name, ok := strings.CutSuffix(rest, " to be present"); ok { // reported at the object that lacks it
			return fault.Field{Location: location + "." + name, Message: "is required"}
		}
	}
	if at, text, ok := decodeMessage(message); ok {
		return fault.Field{Location: at, Message: text}
	}
	switch {
	case strings.HasSuffix(message, "parameter is missing"):
		message = "is required"
	case message == "invalid integer":
		message = "must be a whole number"
	case message == "invalid boolean":
		message = "must be true or false"
	case strings.HasPrefix(message, "invalid value: "): // `"x" is not an id: a UUID is expected`; the part before echoes
		message = message[strings.LastIndex(message, ": ")+2:]
	}
	return fault.Field{Location: location, Message: message}
}
