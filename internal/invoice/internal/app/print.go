package app

import (
	"context"
	"io"

	"erp/internal/invoice"
	"erp/internal/platform/fault"
)

// Print gives a document as PDF, with the name to save it under.
func (a *App) Print(ctx context.Context, id invoice.ID, language string) (string, func(io.Writer) error, error) {
	return "", nil, fault.New(fault.Internal, "x", "x")
}
