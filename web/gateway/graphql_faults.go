package gateway

import (
	"context"
	"errors"
	"fmt"
	"strings"

	gqlerrors "github.com/graph-gophers/graphql-go/errors"

	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi"
)

// codes are the kinds of fault as clients of GraphQL see them.
var codes = map[fault.Kind]string{ //nolint:gochecknoglobals // because it is a constant table
	fault.Invalid: "INVALID", fault.Forbidden: "FORBIDDEN", fault.NotFound: "NOT_FOUND", fault.Conflict: "CONFLICT",
	fault.TooMany: "TOO_MANY", fault.Unavailable: "UNAVAILABLE",
}

const hidden = "Something went wrong on our side. Try again; if it happens again, tell your administrator the request id."

// told are the errors as the client may see them; what they hide goes into the log.
func told(ctx context.Context, errs []*gqlerrors.QueryError) []GraphError {
	out := make([]GraphError, len(errs))
	for i, err := range errs {
		cause := err.ResolverError
		kind := fault.KindOf(cause)
		out[i] = GraphError{Message: hidden, Path: err.Path, Extensions: GraphExtensions{Code: "INTERNAL", RequestID: httpapi.RequestID(ctx)}}
		if code, known := codes[kind]; known {
			out[i].Message, out[i].Extensions.Code = sentence(cause), code
		}
		if kind == fault.Internal || kind == fault.Unavailable {
			httpapi.Note(ctx, errors.Join(err, cause))
		}
	}
	return out
}

// arguments are the inputs of a contract in the words of the schema.
var arguments = strings.NewReplacer("query.cursor", "after", "query.", "") //nolint:gochecknoglobals // because it is a constant table

// sentence is a refusal for people: where wrong arguments are named, these.
func sentence(cause error) string {
	f, ok := errors.AsType[*fault.Error](cause)
	if !ok || len(f.Fields) == 0 {
		return cause.Error()
	}
	parts := make([]string, len(f.Fields))
	for i, field := range f.Fields {
		parts[i] = arguments.Replace(field.Location) + " " + field.Message
	}
	return strings.Join(parts, "; ")
}

// mostProblems is how many are told of one query.
const mostProblems = 20

// refusedWhole is what is wrong with the query itself; nil when nothing is.
func refusedWhole(errs []*gqlerrors.QueryError) error {
	var p fault.Problems
	for _, err := range errs[:min(len(errs), mostProblems)] {
		f, ok := errors.AsType[*fault.Error](err.ResolverError)
		switch {
		case err.ResolverError == nil:
			p.Add("body.query", "%s", said(err))
		case !ok || f.Kind != fault.Invalid:
			return err.ResolverError
		default:
			for _, field := range f.Fields {
				p.Add("body.query", "%s: %s", dotted(append(err.Path, field.Location)), field.Message)
			}
		}
	}
	if p.Empty() {
		return nil
	}
	return &fault.Error{Kind: fault.Invalid, Code: "query-refused", Message: "This query cannot be answered as it is.", Fields: p.Fields()}
}

// said is the library's sentence, with the place.
func said(err *gqlerrors.QueryError) string {
	text := strings.TrimPrefix(err.Message, "graphql: ")
	switch {
	case err.Rule == "MaxDepthExceeded":
		text = fmt.Sprintf("is nested deeper than %d levels; ask for less at once", maxDepth)
	case strings.Contains(text, "selections"):
		text = fmt.Sprintf("asks for more than %d fields; ask for less at once", maxSelections)
	}
	for _, at := range err.Locations[:min(len(err.Locations), 1)] {
		text += fmt.Sprintf(" (line %d, column %d)", at.Line, at.Column)
	}
	return text
}

func dotted(path []any) string {
	parts := make([]string, len(path))
	for i, part := range path {
		parts[i] = fmt.Sprint(part)
	}
	return strings.Join(parts, ".")
}

// invalidArgument refuses an argument of a field.
func invalidArgument(name, format string, args ...any) error {
	var p fault.Problems
	p.Add(name, format, args...)
	return p.Err()
}
