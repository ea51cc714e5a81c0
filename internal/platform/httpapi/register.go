package httpapi

import (
	"context"
	"net/http"
	"reflect"
	"strconv"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humagin"

	"erp/internal/platform/database"
	"erp/internal/platform/rbac"
)

// Register adds an operation. I is a struct of path, query, header and Body fields with the validation they need; T is
// the published view, the same that database.Write stores for the request's Idempotency-Key. It panics on an operation
// without a permission and on inputs that no request could fill.
func Register[I, T any](api *API, op Operation, handler func(ctx context.Context, in *I) (*Answer[T], error)) {
	api.enrol(func(on *API) { register(on, op, handler) })
}

// enrol adds an operation now, and again to the document when that is written: what an answer looks like is nothing that
// a running program needs to remember.
func (a *API) enrol(add func(on *API)) {
	a.enrolled = append(a.enrolled, func(s *surface) { add(&API{surface: s, db: a.db, pass: a.pass}) })
	add(a)
}

func register[I, T any](api *API, op Operation, handler func(ctx context.Context, in *I) (*Answer[T], error)) {
	view := reflect.TypeFor[T]()
	if op.Status == 0 {
		op.Status = http.StatusOK
		if view == reflect.TypeFor[None]() {
			op.Status = http.StatusNoContent
		}
	}
	spec := api.prepare(op, reflect.TypeFor[I](), op.writes() && api.db != nil)
	if api.describing {
		api.describeAnswer(&spec, op, view)
	}
	fill := newFiller(view)
	huma.Register(api.huma, spec, func(ctx context.Context, in *I) (*output, error) {
		key := idempotencyOf(ctx)
		if key != nil {
			kept, err := replay[T](ctx, api.db, key)
			if err != nil {
				return nil, api.hide(ctx, err)
			}
			if kept != nil {
				return api.finish(ctx, kept, op.Status, fill, true)
			}
			ctx = database.WithIdempotency(ctx, key)
		}
		answer, err := handler(ctx, in)
		if err != nil {
			return nil, api.hide(ctx, err)
		}
		if answer == nil {
			answer = &Answer[T]{}
		}
		return api.finish(ctx, answer, op.Status, fill, key != nil && key.Replayed)
	})
	boundBody(api.registry(), &spec)
}

// finisher is an answer of whatever type.
type finisher interface {
	output(status int, fill *filler, replayed bool) (*output, error)
}

func (s *surface) finish(ctx context.Context, answer finisher, status int, fill *filler, replayed bool) (*output, error) {
	out, err := answer.output(status, fill, replayed)
	if err != nil {
		return nil, s.hide(ctx, err)
	}
	return out, nil
}

// prepare checks the operation and describes it to the library. A keyed one takes an Idempotency-Key.
func (a *API) prepare(op Operation, input reflect.Type, keyed bool) huma.Operation {
	op.check()
	a.names.operation = op.ID
	aliasIDs(a.registry(), input, map[reflect.Type]bool{})
	params, takes := parametersOf(input), bodyOf(input)
	spec := huma.Operation{
		OperationID: op.ID, Method: op.Method, Path: op.absolutePath(),
		Summary: op.Summary, Description: op.Description,
		DefaultStatus:   op.Status,
		MaxBodyBytes:    takes.limit() + 1, // the library refuses at the limit, not above it
		BodyReadTimeout: -1,                // the body has been read by then
		Responses:       map[string]*huma.Response{},
		Extensions:      map[string]any{"x-permission": op.Permission.Code},
		Middlewares:     huma.Middlewares{a.guard(op, params, takes, keyed)},
	}
	if op.Tag != "" {
		spec.Tags = []string{op.Tag}
	}
	if op.Permission.Code != rbac.Anyone.Code {
		spec.Security = []map[string][]string{{"session": {}}}
		if !op.personOnly() {
			spec.Security = append(spec.Security, map[string][]string{"key": {}})
		}
	}
	if a.describing {
		describeHeaders(&spec, params, keyed)
	}
	switch takes.kind {
	case rawBody:
		describeUpload(&spec, takes)
	case jsonBody: // filled in by the library
		spec.RequestBody = &huma.RequestBody{Content: map[string]*huma.MediaType{}}
	case noBody:
	}
	op.Path = spec.Path
	a.operations = append(a.operations, op)
	return spec
}

// guard is everything between the edge and the schema, in its fixed order.
func (a *API) guard(op Operation, params parameters, takes body, keyed bool) func(huma.Context, func(huma.Context)) {
	timeout := op.Timeout
	if timeout == 0 {
		timeout = a.options.Timeout
	}
	return func(hctx huma.Context, next func(huma.Context)) {
		c := humagin.Unwrap(hctx)
		ctx, cancel := context.WithTimeout(c.Request.Context(), timeout)
		defer cancel()
		c.Request = c.Request.WithContext(ctx)
		if made := callOf(ctx); made != nil {
			made.operation = op.ID
		}
		if p := a.admit(c, op); p != nil {
			a.abort(c, p)
			return
		}
		if p := params.check(c.Request.Context(), c.Request, c.Params); p != nil {
			a.abort(c, p)
			return
		}
		if p := takes.read(c); p != nil {
			a.abort(c, p)
			return
		}
		if a.pass != nil {
			a.handOver(c, timeout)
			return
		}
		if p := a.inspect(ctx, op, takes); p != nil {
			a.abort(c, p)
			return
		}
		if keyed {
			key, err := keyOf(hctx)
			if err != nil {
				a.abort(c, a.hide(ctx, err))
				return
			}
			if key != nil {
				hctx = huma.WithValue(hctx, idempotencyKey{}, key)
			}
		}
		if takes.kind != noBody || timeout > connectionWaits-headTravels-answerTravels {
			giveTime(c.Writer, timeout, takes.kind != noBody || c.Request.ContentLength == 0)
		}
		next(hctx)
	}
}

// giveTime replaces what the server gives each request by what the operation takes. When all was read, nothing more will
// come, and a deadline for reading that passes would cancel the operation.
func giveTime(w http.ResponseWriter, timeout time.Duration, allRead bool) {
	conn := http.NewResponseController(w) // has no deadlines in process
	if allRead {
		_ = conn.SetReadDeadline(time.Time{})
	}
	_ = conn.SetWriteDeadline(time.Now().Add(timeout + answerTravels))
}

// answerTravels is how long an answer may take to reach a slow client.
const answerTravels = 30 * time.Second

// describeAnswer writes the successful answer into the document.
func (a *API) describeAnswer(spec *huma.Operation, op Operation, view reflect.Type) {
	response := &huma.Response{Description: http.StatusText(op.Status)}
	if view != reflect.TypeFor[None]() {
		aliasIDs(a.registry(), view, map[reflect.Type]bool{})
		schema := a.registry().Schema(view, true, pascal(op.ID)+"Answer")
		response.Content = map[string]*huma.MediaType{"application/json": {Schema: schema}}
	}
	if view.Implements(reflect.TypeFor[Tagged]()) {
		response.Headers = map[string]*huma.Param{"ETag": {
			Description: "Version of the record, for If-Match", Schema: &huma.Schema{Type: huma.TypeString},
		}}
	}
	spec.Responses[strconv.Itoa(op.Status)] = response
}

// describeHeaders writes the headers that operations take without naming them.
func describeHeaders(spec *huma.Operation, params parameters, keyed bool) {
	if params.ifMatch {
		spec.Parameters = append(spec.Parameters, &huma.Param{
			Name: "If-Match", In: "header", Required: true, Example: `"7"`,
			Description: "The ETag of the version that was read: 428 without it, 412 when somebody else was faster.",
			Schema:      &huma.Schema{Type: huma.TypeString},
		})
	}
	if keyed {
		length := maxKey
		spec.Parameters = append(spec.Parameters, &huma.Param{
			Name: keyHeader, In: "header",
			Description: "Any text that is new for each request. The same request with the same key has one effect and one answer.",
			Schema:      &huma.Schema{Type: huma.TypeString, MaxLength: &length},
		})
	}
}

func describeUpload(spec *huma.Operation, takes body) {
	spec.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{}}
	for _, t := range takes.types {
		spec.RequestBody.Content[t] = &huma.MediaType{Schema: &huma.Schema{Type: huma.TypeString, Format: "binary"}}
	}
}
