package gateway

import (
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/graph-gophers/graphql-go"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

// What is empty in a published view is null in an answer.

func some(text string) *string {
	if text == "" {
		return nil
	}
	return &text
}

func someID[T any](of id.Of[T]) *graphql.ID {
	if of.IsZero() {
		return nil
	}
	text := graphql.ID(of.String())
	return &text
}

func day(d date.Date) *string { return some(d.String()) }

func moment(t time.Time) *string {
	if t.IsZero() {
		return nil
	}
	return some(t.UTC().Format(time.RFC3339))
}

// many is a list that may be null, and is not.
func many[T any](list []T) *[]T {
	if list == nil {
		list = []T{}
	}
	return &list
}

// shared is fetched by whoever asks first, for all who were found together.
type shared[T any] struct {
	once  sync.Once
	value T
	err   error
}

func (s *shared[T]) get(fetch func() (T, error)) (T, error) {
	s.once.Do(func() { s.value, s.err = fetch() })
	return s.value, s.err
}

// sharedFor is what is shared by all who ask with the same argument.
func sharedFor[T any](by *sync.Map, argument int) *shared[T] {
	found, _ := by.LoadOrStore(argument, &shared[T]{})
	return found.(*shared[T]) //nolint:forcetypeassert // because the map holds nothing else
}

// spread makes one group of what many people have, at most each of one, and gives everybody theirs.
func spread[R, N any](of map[employee.ID][]R, each int, group func([]R) []N) map[employee.ID][]N {
	var all []R
	people := slices.Collect(maps.Keys(of))
	for _, person := range people {
		all = append(all, of[person][:min(each, len(of[person]))]...)
	}
	nodes := group(all)
	out := make(map[employee.ID][]N, len(of))
	for _, person := range people {
		n := min(each, len(of[person]))
		out[person], nodes = nodes[:n:n], nodes[n:]
	}
	return out
}
