package domain

import "erp/internal/platform/date"

// Replace gives the time that one value holds from a day on to another value; the zero value leaves it empty.
func (t Timeline[T]) Replace(from date.Date, old, value T) Timeline[T] {
	var none T
	replaced := Timeline[T]{}
	for _, s := range t {
		if s.Value != old || (!s.Until.IsZero() && !s.Until.After(from)) {
			replaced = append(replaced, s)
			continue
		}
		if s.From.Before(from) {
			replaced = append(replaced, Span[T]{s.From, from, old})
			s.From = from
		}
		if value != none {
			replaced = append(replaced, Span[T]{s.From, s.Until, value})
		}
	}
	return replaced.joined()
}

// Freeze leaves what holds on the last day open and drops what was to follow.
func (t Timeline[T]) Freeze(last date.Date) Timeline[T] {
	frozen := Timeline[T]{}
	for _, s := range t {
		if s.From.After(last) {
			continue
		}
		if s.Contains(last) {
			s.Until = date.Date{}
		}
		frozen = append(frozen, s)
	}
	return frozen
}

// Begin moves the start of what was recorded from one first day to another: nothing holds before it, and what held on
// the old one holds from the new one.
func (t Timeline[T]) Begin(was, is date.Date) Timeline[T] {
	moved := Timeline[T]{}
	for _, s := range t {
		switch {
		case s.From.Before(was): // an earlier employment
		case !s.Until.IsZero() && !s.Until.After(is):
			continue
		case s.From == was || s.From.Before(is):
			s.From = is
		}
		moved = append(moved, s)
	}
	return moved
}
