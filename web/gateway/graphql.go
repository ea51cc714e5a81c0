package gateway

import (
	"context"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"time"

	"github.com/graph-gophers/graphql-go"

	"erp/internal/platform/auth"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/rbac"
)

// What one query may ask for. Depth and selections bound the text, records what it can lead to, values what it answers.
const (
	maxQuery      = 10_000 // characters
	maxDepth      = 8
	maxSelections = 1_000
	maxOverlaps   = 50_000
	maxRecords    = 5_000
	maxValues     = 100_000
	maxPlaces     = 50
	maxFirst      = 100
	defaultFirst  = 20 // as the schema tells
	queryTakes    = 10 * time.Second
	aboutDepth    = 16 // of a query about the schema, as tools ask it
	resolversOnce = 64 // wait for one another's answer rather than for a place
)

//go:embed graphql/schema.graphql
var schemaText string

type graphInput struct {
	Body struct {
		Query         string         `json:"query" minLength:"1" maxLength:"10000" doc:"The query in the language of GraphQL" example:"{ me { displayName } }"`
		OperationName string         `json:"operationName,omitempty" maxLength:"200" nullable:"true" doc:"Which operation of the query, when it has several"`
		Variables     map[string]any `json:"variables,omitempty" nullable:"true" doc:"Values of the query's variables"`
		Extensions    map[string]any `json:"extensions,omitempty" nullable:"true" doc:"What some clients send along; not looked at"`
	}
}

// GraphAnswer is what a query gives: data as far as it could be had, and what could not.
type GraphAnswer struct {
	Data   json.RawMessage `json:"data" doc:"In the shape of the query; null where something is missing"`
	Errors []GraphError    `json:"errors,omitempty" doc:"Why a field is null, where it is not because there is nothing"`
}

// GraphError says why a field is null.
type GraphError struct {
	Message    string          `json:"message"`
	Path       []any           `json:"path,omitempty" doc:"The field"`
	Extensions GraphExtensions `json:"extensions"`
}

// GraphExtensions are for programs.
type GraphExtensions struct {
	Code      string `json:"code" enum:"INVALID,FORBIDDEN,NOT_FOUND,CONFLICT,TOO_MANY,UNAVAILABLE,INTERNAL"`
	RequestID string `json:"requestId,omitempty" doc:"Finds the request in the log"`
}

// GraphSchema is what can be asked.
type GraphSchema struct {
	Schema string `json:"schema" doc:"In the schema definition language"`
}

// schemas are the schema as it answers queries, and as it tells about itself: tools ask deeper for the latter.
type schemas struct{ data, about *graphql.Schema }

func parseSchemas() schemas {
	parse := func(depth int, introspection bool) *graphql.Schema {
		return graphql.MustParseSchema(schemaText, &root{}, graphql.UseFieldResolvers(), graphql.UseStringDescriptions(),
			graphql.MaxDepth(depth), graphql.MaxQueryLength(4*maxQuery), graphql.MaxSelections(maxSelections),
			graphql.OverlapValidationLimit(maxOverlaps), graphql.MaxParallelism(resolversOnce), graphql.DisableFieldSelections(),
			graphql.RestrictIntrospection(func(context.Context) bool { return introspection }),
			graphql.Tracer(counting{}), graphql.Logger(quiet{}), graphql.PanicHandler(broken{}))
	}
	return schemas{data: parse(maxDepth, false), about: parse(aboutDepth, true)}
}

func (g *Gateway) routeGraph(api *httpapi.API) {
	httpapi.Register(api, httpapi.Operation{
		ID: "graphql", Method: http.MethodPost, Path: "/api/graphql", Tag: "GraphQL",
		Summary: "Ask for people, assets and invoices together, in one query",
		Description: fmt.Sprintf("Reads only. Answers as the HTTP API would answer the same caller: what lies outside of their permissions is null "+
			"or absent. A query has at most %d characters, %d levels and %d possible records; one that is refused as a whole is "+
			"a 422. A module that does not answer leaves its fields null, with an error of code UNAVAILABLE. "+
			"There is a page to try it at /api/graphql/playground.", maxQuery, maxDepth, maxRecords),
		Permission: rbac.SignedIn, Timeout: queryTakes,
	}, func(ctx context.Context, in *graphInput) (*httpapi.Answer[GraphAnswer], error) {
		answer, err := g.answer(ctx, in)
		if err != nil {
			return nil, err
		}
		return httpapi.Reply(answer), nil
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "graphql-schema", Method: http.MethodGet, Path: "/api/graphql/schema", Tag: "GraphQL",
		Summary: "What can be asked, in the schema definition language", Permission: rbac.SignedIn,
	}, func(context.Context, *struct{}) (*httpapi.Answer[GraphSchema], error) {
		return httpapi.Reply(GraphSchema{Schema: schemaText}), nil
	})
	servePlayground(api)
}

// answer rehearses the query, which finds what is wrong with it and what it could cost, and then runs it.
func (g *Gateway) answer(ctx context.Context, in *graphInput) (GraphAnswer, error) {
	schema, about := g.schemas.data, aboutSchema(in.Body.Query)
	if about {
		schema = g.schemas.about
	}
	run := func(q *inquiry) *graphql.Response {
		ctx, cancel := context.WithCancelCause(ctx)
		defer cancel(nil)
		q.ctx, q.giveUp = withInquiry(ctx, q), cancel
		said := schema.Exec(q.ctx, in.Body.Query, in.Body.OperationName, maps.Clone(in.Body.Variables))
		q.ended = context.Cause(ctx)
		return said
	}
	rehearsal := &inquiry{g: g, rehearsal: true, about: about}
	said := run(rehearsal)
	if err := firstError(ctx.Err(), rehearsal.ended, refusedWhole(said.Errors), rehearsal.affordable()); err != nil {
		return GraphAnswer{}, err
	}
	if about {
		return GraphAnswer{Data: said.Data}, nil
	}
	asking := &inquiry{g: g, rights: auth.RightsOf(ctx), me: me(ctx)}
	said = run(asking)
	if err := firstError(ctx.Err(), asking.ended); err != nil {
		return GraphAnswer{}, err
	}
	return GraphAnswer{Data: said.Data, Errors: told(ctx, said.Errors)}, nil
}

// firstError is the first that is one.
func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}
