// Package fault is how the program says no: an error with a kind that every surface
// (HTTP, wire, command line) maps once, a stable code for programs and a sentence for
// people. It knows no surface.
package fault

import (
	"errors"
	"fmt"
	"strings"
	"time"
)

// Kind is the nature of a refusal.
type Kind int

// The kinds. Internal is the zero value: an error without a kind is the program's own
// defect, and its text never leaves the process.
const (
	Internal             Kind = iota
	Invalid                   // the input is wrong; Fields say where
	NotFound                  // no such record, or not one the caller may know of
	Conflict                  // the record's state or a rule forbids it
	Stale                     // somebody else changed the record first
	PreconditionRequired      // the version read must be named
	Forbidden                 // the caller may not do this at all
	Unauthenticated           // nobody is signed in
	TooMany                   // slow down
	Unavailable               // a module or the database does not answer; try again
)

// Field is one wrong input: where ("body.lines[2].quantity") and why.
type Field struct {
	Location string `json:"location"`
	Message  string `json:"message"`
}

// Error is a refusal.
type Error struct {
	Kind       Kind
	Code       string // stable, for programs: "asset-retired"
	Message    string // for people; says what to do next
	Fields     []Field
	RetryAfter time.Duration
	cause      error
}

// New returns a refusal of the kind with a code and a sentence.
func New(kind Kind, code, format string, args ...any) *Error {
	return &Error{Kind: kind, Code: code, Message: fmt.Sprintf(format, args...)}
}

// Wrap keeps the cause for the log; it is never shown to the caller.
func (e *Error) Wrap(cause error) *Error {
	c := *e
	c.cause = cause
	return &c
}

// After says when trying again makes sense.
func (e *Error) After(d time.Duration) *Error {
	c := *e
	c.RetryAfter = d
	return &c
}

// At names the input that caused the refusal.
func (e *Error) At(location, message string) *Error {
	c := *e
	c.Fields = append(append([]Field(nil), e.Fields...), Field{location, message})
	return &c
}

// Error is the sentence with its fields; the cause is left to Unwrap.
func (e *Error) Error() string {
	if len(e.Fields) == 0 {
		return e.Message
	}
	parts := make([]string, len(e.Fields))
	for i, f := range e.Fields {
		parts[i] = f.Location + ": " + f.Message
	}
	return e.Message + " (" + strings.Join(parts, "; ") + ")"
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.cause }

// KindOf is the kind of the first refusal in err's chain, Internal without one.
func KindOf(err error) Kind {
	if e, ok := errors.AsType[*Error](err); ok {
		return e.Kind
	}
	return Internal
}

// Is reports whether err is a refusal of the kind.
func Is(err error, kind Kind) bool { return err != nil && KindOf(err) == kind }

// Problems collects every wrong input before saying no once.
type Problems struct{ fields []Field }

// Add notes one wrong input.
func (p *Problems) Add(location, format string, args ...any) {
	p.fields = append(p.fields, Field{location, fmt.Sprintf(format, args...)})
}

// Empty reports whether nothing is wrong.
func (p *Problems) Empty() bool { return len(p.fields) == 0 }

// Fields are the problems so far.
func (p *Problems) Fields() []Field { return p.fields }

// Err is nil when nothing is wrong, otherwise one Invalid with all fields.
func (p *Problems) Err() error {
	if p.Empty() {
		return nil
	}
	return &Error{Kind: Invalid, Code: "invalid-input", Message: "Some fields need your attention.", Fields: p.fields}
}
