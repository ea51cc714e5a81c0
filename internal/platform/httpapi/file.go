package httpapi

import (
	"context"
	"io"
)

// File is an answer that is not JSON: a PDF, a CSV export, a picture.
type File struct {
	// Name is what a browser saves it as.
	Name string
	// ContentType is one of a few safe types; anything else is answered as application/octet-stream for download.
	ContentType string
	// Inline shows PDFs and pictures in the browser instead of saving them.
	Inline bool
	// Write streams the content. What fails before the first byte becomes a problem, later the connection is cut.
	Write func(w io.Writer) error
}

// RegisterFile adds an operation whose answer is a file. contentTypes are those it can answer with, for the document.
func RegisterFile[I any](api *API, op Operation, handler func(ctx context.Context, in *I) (*File, error), contentTypes ...string) {
	panic("not yet")
}
