package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// Records lets the console ask how an invoice stands to a person.
func (a *App) Records() auth.Records {
	return auth.Records{Kind: "invoice", See: CanRead, Find: func(ctx context.Context, which string) (string, error) {
		parsed, err := id.Parse[invoice.Invoice](which)
		if err != nil {
			return "", fault.New(fault.NotFound, "invoice-not-found", "There is no such invoice.")
		}
		found, err := a.load(ctx, parsed)
		if err != nil {
			return "", err
		}
		if found.Issue == nil {
			return "Draft for " + found.Content.Customer, nil
		}
		return found.Issue.Number, nil
	}}
}
