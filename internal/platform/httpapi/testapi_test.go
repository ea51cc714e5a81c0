package httpapi_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/httpapi/httpapitest"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
)

var (
	canRead  = rbac.Permission{Code: "thing:read", Label: "Read things", Scopes: []rbac.Scope{rbac.Own, rbac.All}, Default: rbac.Grants{rbac.Employee: rbac.Own}}
	canWrite = rbac.Permission{Code: "thing:write", Label: "Change things", Default: rbac.Grants{rbac.AssetManager: rbac.All}}
)

type thing struct {
	ID       id.Of[thing]   `json:"id"`
	Name     string         `json:"name"`
	Price    money.Decimal  `json:"price"`
	Currency money.Currency `json:"currency"`
	Bought   date.Date      `json:"bought,omitzero"`
	Tags     []string       `json:"tags"`
	Parts    []part         `json:"parts"`
	Version  int            `json:"version"`
}

func (t thing) ETag() string { return httpapi.ETag(t.Version) }

type part struct {
	Names []string `json:"names"`
}

type line struct {
	Quantity int            `json:"quantity" minimum:"1"`
	Price    money.Decimal  `json:"price"`
	Currency money.Currency `json:"currency,omitempty"`
}

type createInput struct {
	Body struct {
		Name   string                   `json:"name" minLength:"1" maxLength:"20"`
		Email  string                   `json:"email,omitempty" format:"email"`
		Secret string                   `json:"secret,omitempty" maxLength:"3"`
		Owner  id.Of[thing]             `json:"owner,omitzero"`
		Bought date.Date                `json:"bought,omitzero"`
		Count  int                      `json:"count,omitempty"`
		Lines  []line                   `json:"lines,omitempty"`
		Kind   string                   `json:"kind,omitempty" enum:"big,small"`
		Note   string                   `json:"note,omitempty"`
		Extra  map[string]money.Decimal `json:"extra,omitempty"`
	}
}

type byID struct {
	ID id.Of[thing] `path:"id"`
}

type changeInput struct {
	httpapi.IfMatch
	ID   id.Of[thing] `path:"id"`
	Body struct {
		Name *string `json:"name,omitempty"`
	}
}

type listInput struct {
	httpapi.ListQuery
	IDs    httpapi.IDs[thing] `query:"ids"`
	Since  date.Date          `query:"since"`
	Status string             `query:"status" enum:"new,old"`
	Long   string             `query:"long" maxLength:"300"`
}

type failInput struct {
	Kind string `query:"kind"`
}

// newThings returns an API with one operation of each kind.
func newThings() *httpapi.API {
	api := httpapitest.NewAPI()
	registerThings(api)
	api.Compact()
	return api
}

func registerThings(api *httpapi.API) {
	op := func(id, method, path string, permission rbac.Permission) httpapi.Operation {
		return httpapi.Operation{ID: id, Method: method, Path: path, Summary: id, Tag: "Things", Permission: permission}
	}
	create := op("create-thing", "POST", "/things", canWrite)
	create.Status = http.StatusCreated
	httpapi.Register(api, create, func(_ context.Context, in *createInput) (*httpapi.Answer[thing], error) {
		return httpapi.Reply(thing{ID: id.New[thing](), Name: in.Body.Name, Version: 1}), nil
	})
	httpapi.Register(api, op("get-thing", "GET", "/things/{id}", canRead), func(_ context.Context, in *byID) (*httpapi.Answer[thing], error) {
		return httpapi.Reply(thing{
			ID: in.ID, Name: "<Lamp> & co", Price: money.MustParse("1.50"), Currency: "EUR", Parts: []part{{}}, Version: 7,
		}), nil
	})
	httpapi.Register(api, op("change-thing", "PATCH", "/things/{id}", canWrite), func(_ context.Context, in *changeInput) (*httpapi.Answer[thing], error) {
		if in.Version() != 7 {
			return nil, fault.New(fault.Stale, "thing-changed", "Somebody else changed the thing.")
		}
		return httpapi.Reply(thing{ID: in.ID, Name: "x", Version: 8}), nil
	})
	httpapi.Register(api, op("list-things", "GET", "/things", canRead), func(_ context.Context, in *listInput) (*httpapi.Answer[page.Of[thing]], error) {
		list := page.Of[thing]{Next: in.Sort}
		for _, one := range in.IDs.All() {
			list.Items = append(list.Items, thing{ID: one})
		}
		return httpapi.Reply(list.Counted(in.Page().Size())), nil
	})
	httpapi.Register(api, op("delete-thing", "DELETE", "/things/{id}", canWrite), func(_ context.Context, _ *byID) (*httpapi.Answer[httpapi.None], error) {
		return httpapi.Reply(httpapi.None{}), nil
	})
	httpapi.Register(api, op("greet", "GET", "/greeting", rbac.Anyone), func(_ context.Context, _ *struct{}) (*httpapi.Answer[string], error) {
		return httpapi.Reply("hello").WithCookie(&http.Cookie{Name: "seen", Value: "1"}), nil
	})
	httpapi.Register(api, op("whoami", "GET", "/whoami", rbac.SignedIn), func(_ context.Context, _ *struct{}) (*httpapi.Answer[httpapi.None], error) {
		return nil, nil //nolint:nilnil // because an answer may be nothing at all
	})
	registerFailures(api, op)
	registerFiles(api, op)
}

func registerFailures(api *httpapi.API, op func(id, method, path string, permission rbac.Permission) httpapi.Operation) {
	failures := map[string]error{
		"invalid":      fault.New(fault.Invalid, "bad", "Bad.").At("body.name", "is bad"),
		"missing":      fault.New(fault.NotFound, "thing-missing", "There is no such thing."),
		"conflict":     fault.New(fault.Conflict, "thing-taken", "The thing is taken."),
		"forbidden":    fault.New(fault.Forbidden, "no", "No."),
		"unknown":      fault.New(fault.Unauthenticated, "who", "Who?"),
		"toomany":      fault.New(fault.TooMany, "slow-down", "Slow down.").After(90 * time.Second),
		"unavailable":  fault.New(fault.Unavailable, "down", "Down.").Wrap(errors.New("host 10.0.0.7 refused")),
		"precondition": fault.New(fault.PreconditionRequired, "which", "Which?"),
		"defect":       errors.New("pq: password of postgres://erp:hunter2@db"),
		"internal":     fault.New(fault.Internal, "oops", "secret detail"),
	}
	httpapi.Register(api, op("fail", "GET", "/failures", canRead), func(ctx context.Context, in *failInput) (*httpapi.Answer[string], error) {
		switch in.Kind {
		case "panic":
			panic("secret detail")
		case "noted":
			httpapi.Note(ctx, errors.New("a part stayed empty"))
			return httpapi.Reply("ok"), nil
		case "slow":
			<-ctx.Done()
			return nil, ctx.Err()
		}
		return nil, failures[in.Kind]
	})
}

func registerFiles(api *httpapi.API, op func(id, method, path string, permission rbac.Permission) httpapi.Operation) {
	httpapi.RegisterFile(api, op("file", "GET", "/files", canRead), func(_ context.Context, in *failInput) (*httpapi.File, error) {
		switch in.Kind {
		case "html":
			return &httpapi.File{Name: "../a<b>.html", ContentType: "text/html", Inline: true, Write: write("<script>")}, nil
		case "early":
			return &httpapi.File{Write: func(io.Writer) error { return fault.New(fault.Conflict, "not-issued", "Not issued yet.") }}, nil
		case "late":
			return &httpapi.File{ContentType: "text/csv", Write: func(w io.Writer) error {
				_, _ = io.WriteString(w, "a,b\n")
				return errors.New("disk gone")
			}}, nil
		default:
			return &httpapi.File{Name: "Rechnung Ü.pdf", ContentType: "application/pdf", Inline: true, Write: write("%PDF")}, nil
		}
	}, "application/pdf", "text/csv")
	httpapi.Register(api, op("import", "POST", "/import", canWrite), func(_ context.Context, in *httpapi.Upload) (*httpapi.Answer[int], error) {
		return httpapi.Reply(len(in.RawBody)), nil
	})
}

func write(s string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, s); return err }
}

const someID = "01890a5d-ac96-774b-bcce-b302099a8057"

// administrator may do everything in the things API.
func administrator(t *testing.T, api http.Handler) *httpapitest.Client {
	t.Helper()
	return httpapitest.NewClient(t, api, httpapitest.As(rbac.Administrator, canRead, canWrite))
}

// requireProblem insists on a whole problem of the status.
func requireProblem(t *testing.T, answer httpapitest.Answer, status int) {
	t.Helper()
	require.Equal(t, status, answer.Status, answer)
	require.Equal(t, "application/problem+json", answer.Header.Get("Content-Type"))
	require.EqualValues(t, status, answer.JSON["status"])
	require.NotEmpty(t, answer.Text("title"))
	require.NotEmpty(t, answer.Text("code"))
	require.NotEmpty(t, answer.Text("detail"))
	require.Equal(t, answer.Header.Get("X-Request-Id"), answer.Text("requestId"))
	require.Len(t, answer.Text("traceId"), 32)
}
