package domain

import (
	"slices"

	"erp/internal/platform/date"
)

// Span is a value from a day until another, which is not part of it; a zero Until is open.
type Span[T comparable] struct {
	From, Until date.Date
	Value       T
}

// Contains reports whether the value holds on the day.
func (s Span[T]) Contains(day date.Date) bool {
	return !day.Before(s.From) && (s.Until.IsZero() || day.Before(s.Until))
}

// Timeline is a fact that changes by date: spans in order, never overlapping. A day in no span has no value. Planned
// changes are spans that begin after today; they take effect by being asked for, not by a job.
type Timeline[T comparable] []Span[T]

// On is the value on a day, the zero value when there is none.
func (t Timeline[T]) On(day date.Date) T {
	for _, s := range t {
		if s.Contains(day) {
			return s.Value
		}
	}
	var none T
	return none
}

// Last is the value that holds at the end.
func (t Timeline[T]) Last() T {
	var last T
	if len(t) > 0 {
		last = t[len(t)-1].Value
	}
	return last
}

// Set gives the value from a day until the next change that was already planned. The zero value leaves the time empty.
func (t Timeline[T]) Set(from date.Date, value T) Timeline[T] {
	var none T
	set, until := Timeline[T]{}, date.Date{}
	for _, s := range t {
		switch {
		case s.Contains(from):
			until = s.Until
			if s.From.Before(from) {
				set = append(set, Span[T]{s.From, from, s.Value})
			}
		default:
			if s.From.After(from) && (until.IsZero() || s.From.Before(until)) && !t.covered(from) {
				until = s.From
			}
			set = append(set, s)
		}
	}
	if value != none {
		set = append(set, Span[T]{from, until, value})
	}
	return set.joined()
}

// End leaves nothing from the day on.
func (t Timeline[T]) End(day date.Date) Timeline[T] {
	ended := Timeline[T]{}
	for _, s := range t {
		if !s.From.Before(day) {
			continue
		}
		if s.Contains(day) {
			s.Until = day
		}
		ended = append(ended, s)
	}
	return ended
}

func (t Timeline[T]) covered(day date.Date) bool {
	return slices.ContainsFunc(t, func(s Span[T]) bool { return s.Contains(day) })
}

// joined sorts the spans and makes neighbours of one value one span.
func (t Timeline[T]) joined() Timeline[T] {
	slices.SortFunc(t, func(a, b Span[T]) int { return a.From.Compare(b.From) })
	joined := Timeline[T]{}
	for _, s := range t {
		last := len(joined) - 1
		if last >= 0 && joined[last].Value == s.Value && joined[last].Until == s.From {
			joined[last].Until = s.Until
			continue
		}
		joined = append(joined, s)
	}
	return joined
}
