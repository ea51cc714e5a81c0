package gateway

import (
	"context"
	"fmt"
	"regexp"
	"runtime/debug"
	"slices"
	"sync/atomic"

	gqlerrors "github.com/graph-gophers/graphql-go/errors"
	"github.com/graph-gophers/graphql-go/introspection"

	"erp/internal/employee"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
	"erp/internal/platform/resilience"
)

// inquiry is one run of a query: who asks, how far they see, what it has cost. In a rehearsal every field that leads to
// records answers with one stand-in that counts as often as there could be records, and no module is asked.
type inquiry struct {
	g         *Gateway
	ctx       context.Context //nolint:containedctx // because it is that of this one run
	giveUp    context.CancelCauseFunc
	rehearsal bool
	about     bool // it asks about the schema, and may ask for nothing else
	rights    *rbac.Rights
	me        employee.ID
	places    atomic.Int64 // fields that lead to records
	records   atomic.Int64
	values    atomic.Int64
	ended     error

	team, department         shared[[]employee.ID]
	people, assets, invoices shared[sight]
}

type inquiryKey struct{}

func withInquiry(ctx context.Context, q *inquiry) context.Context {
	return context.WithValue(ctx, inquiryKey{}, q)
}

func inquiryOf(ctx context.Context) *inquiry {
	q, _ := ctx.Value(inquiryKey{}).(*inquiry)
	return q
}

// rehearse notes how many records a field could lead to, and reports whether that is all there is to do.
func (q *inquiry) rehearse(records int) bool {
	if q.rehearsal {
		q.places.Add(1)
		q.records.Add(int64(records))
	}
	return q.rehearsal
}

// affordable refuses a query that could lead to too many records, or asks the modules too often.
func (q *inquiry) affordable() error {
	if n := q.places.Load(); n > maxPlaces {
		return refuseQuery("leads to records in %d places, and at most %d are answered at once; ask in several queries", n, maxPlaces)
	}
	if n := q.records.Load(); n > maxRecords {
		return refuseQuery("could lead to %d records, and at most %d are answered at once; ask for fewer with first", n, maxRecords)
	}
	return nil
}

func refuseQuery(format string, args ...any) error {
	f := fault.New(fault.Invalid, "query-refused", "This query asks for too much at once.")
	return f.At("body.query", fmt.Sprintf(format, args...))
}

// asked is what a module says to a query, within its time.
func asked[T any](q *inquiry, module string, ask func(context.Context) (T, error)) (T, error) {
	return resilience.Call(q.ctx, q.g.queried[module], ask)
}

// sight is whose records a permission reaches.
type sight struct {
	all   bool
	whose map[employee.ID]bool
}

// among are those of the people whose records it reaches, each once.
func (s sight) among(people []employee.ID) []employee.ID {
	return slices.DeleteFunc(id.Unique(people), func(person employee.ID) bool { return !s.of(person) })
}

func (s sight) of(person employee.ID) bool { return s.all || !person.IsZero() && s.whose[person] }

// The modules' permissions to read, by their codes.
var ( //nolint:gochecknoglobals // because they are constants
	canSeePeople   = rbac.Permission{Code: "employee:read", Label: "See people"}
	canSeeInvoices = rbac.Permission{Code: "invoice:read", Label: "See invoices and their history"}
)

// see finds out once in a run whose records the caller may see, as the module itself would: among people a department
// includes one's team.
func (q *inquiry) see(permission rbac.Permission, once *shared[sight]) (sight, error) {
	return once.get(func() (sight, error) {
		scope := q.rights.Scope(permission.Code)
		if scope == rbac.All || scope == rbac.None || q.me.IsZero() {
			return sight{all: scope == rbac.All}, nil
		}
		found := sight{whose: map[employee.ID]bool{q.me: true}}
		if scope == rbac.Team || scope == rbac.Department && permission.Code == canSeePeople.Code {
			team, err := q.team.get(func() ([]employee.ID, error) {
				return asked(q, "employee", func(ctx context.Context) ([]employee.ID, error) { return q.g.deps.Employees.TeamOf(ctx, q.me) })
			})
			if err != nil {
				return sight{}, err
			}
			found.add(team)
		}
		if scope == rbac.Department {
			colleagues, err := q.department.get(func() ([]employee.ID, error) {
				return asked(q, "employee", func(ctx context.Context) ([]employee.ID, error) { return q.g.deps.Employees.DepartmentOf(ctx, q.me) })
			})
			if err != nil {
				return sight{}, err
			}
			found.add(colleagues)
		}
		return found, nil
	})
}

func (s sight) add(people []employee.ID) {
	for _, person := range people {
		s.whose[person] = true
	}
}

func (q *inquiry) seePeople() (sight, error)   { return q.see(canSeePeople, &q.people) }
func (q *inquiry) seeAssets() (sight, error)   { return q.see(canSeeAssets, &q.assets) }
func (q *inquiry) seeInvoices() (sight, error) { return q.see(canSeeInvoices, &q.invoices) }

// aboutWords begin the fields that tell about the schema. In a text or a comment they do no harm: the query is then
// taken for one about the schema, which may ask for no records.
var aboutWords = regexp.MustCompile(`\b__(schema|type)\b`) //nolint:gochecknoglobals // because it is a constant

func aboutSchema(query string) bool { return aboutWords.MatchString(query) }

// counting gives a run up when its answer gets too long: a field may be asked for under many names.
type counting struct{}

// TraceQuery implements tracer.Tracer.
func (counting) TraceQuery(ctx context.Context, _, _ string, _ map[string]any, _ map[string]*introspection.Type) (context.Context, func([]*gqlerrors.QueryError)) {
	return ctx, func([]*gqlerrors.QueryError) {}
}

// TraceField implements tracer.Tracer.
func (counting) TraceField(ctx context.Context, _, _, _ string, _ bool, _ map[string]any) (context.Context, func(*gqlerrors.QueryError)) {
	if q := inquiryOf(ctx); q != nil && q.values.Add(1) == maxValues+1 {
		q.giveUp(refuseQuery("would be answered by more than %d values; ask for fewer records or fewer fields", maxValues))
	}
	return ctx, func(*gqlerrors.QueryError) {}
}

// quiet leaves panics to broken, which keeps them for the request's line of the log.
type quiet struct{}

// LogPanic implements log.Logger.
func (quiet) LogPanic(context.Context, any) {}

type broken struct{}

// MakePanicError implements errors.PanicHandler.
func (broken) MakePanicError(_ context.Context, value any) *gqlerrors.QueryError {
	return &gqlerrors.QueryError{Message: hidden, ResolverError: fmt.Errorf("panic: %v\n%s", value, debug.Stack())}
}
