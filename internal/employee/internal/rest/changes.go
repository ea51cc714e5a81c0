package rest

import (
	"context"

	"erp/internal/employee/internal/app"
	"erp/internal/platform/httpapi"
)

// change is a change of one person in the version that the client saw.
type change[T any] struct {
	httpapi.IfMatch
	One
	Body T
}

func changes(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "edit-employee", Method: "PATCH", Path: "/employees/{id}", Summary: "Change name, number and work address", Tag: tag, Permission: app.CanEdit,
	}, func(ctx context.Context, in *change[app.EditInput]) (*httpapi.Answer[app.Profile], error) {
		return reply(a.Edit(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-employee-contact", Method: "PUT", Path: "/employees/{id}/contact", Summary: "Change private and emergency contact", Tag: tag, Permission: app.CanEditContact,
	}, func(ctx context.Context, in *change[app.Contact]) (*httpapi.Answer[app.Profile], error) {
		return reply(a.ChangeContact(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-employee-identity", Method: "PUT", Path: "/employees/{id}/identity", Summary: "Change date of birth, national and tax numbers and document", Tag: tag, Permission: app.CanEditIdentity,
	}, func(ctx context.Context, in *change[app.Identity]) (*httpapi.Answer[app.Profile], error) {
		return reply(a.ChangeIdentity(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-employee-bank", Method: "PUT", Path: "/employees/{id}/bank", Summary: "Change the account that pay goes to", Tag: tag, Permission: app.CanEditBank,
		Description: "An empty body takes the account away.",
	}, func(ctx context.Context, in *change[app.BankAccount]) (*httpapi.Answer[app.Profile], error) {
		return reply(a.ChangeBankAccount(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-employee-pay", Method: "POST", Path: "/employees/{id}/compensation", Summary: "Change pay from a day on", Tag: tag, Permission: app.CanEditPay,
	}, func(ctx context.Context, in *change[app.PayInput]) (*httpapi.Answer[app.Profile], error) {
		return reply(a.ChangePay(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "transfer-employee", Method: "POST", Path: "/employees/{id}/transfers", Summary: "Change department, position, site or manager from a day on", Tag: tag, Permission: app.CanTransfer,
		Description: "Says everything about the new place: what is absent is none. A manager line that would close a circle is refused with 409.",
	}, func(ctx context.Context, in *change[app.TransferInput]) (*httpapi.Answer[app.Profile], error) {
		return reply(a.Transfer(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "rehire-employee", Method: "POST", Path: "/employees/{id}/employments", Summary: "Hire somebody again who has left", Tag: tag, Permission: app.CanHire,
	}, func(ctx context.Context, in *change[app.RehireInput]) (*httpapi.Answer[app.Profile], error) {
		return reply(a.Rehire(ctx, in.ID, in.Version(), in.Body))
	})
}
