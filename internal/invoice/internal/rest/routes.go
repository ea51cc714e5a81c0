// Package rest is how the invoice module is reached over HTTP: one file per resource, each
// operation with the permission that it takes. It decides nothing.
package rest

import (
	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/httpapi"
)

// Register adds every operation of the module.
func Register(api *httpapi.API, a *app.App) {
	invoices(api, a)
	changes(api, a)
	letters(api, a)
	reminders(api, a)
	recurring(api, a)
	payments(api, a)
	receivables(api, a)
	customers(api, a)
	items(api, a)
	taxRates(api, a)
	numbering(api, a)
	exports(api, a)
	sales(api, a)
	bills(api, a)
	bulkActions(api, a)
}

func reply[T any](view T, err error) (*httpapi.Answer[T], error) {
	if err != nil {
		return nil, err
	}
	return httpapi.Reply(view), nil
}

// OneInvoice names a document.
type OneInvoice struct {
	ID invoice.ID `path:"id"`
}

// Seen is the version that the caller acted upon, where naming it is a choice: an action
// that states its own conditions does not need it.
type Seen struct {
	Header string `header:"If-Match" pattern:"^((W/)?\"?[0-9]{1,18}\"?)?$" patternDescription:"the ETag of the version that was read, such as \"7\""`
}

func (s Seen) version() int { return httpapi.IfMatch{Header: s.Header}.Version() }
