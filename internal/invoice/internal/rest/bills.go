package rest

import (
	"context"
	"time"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/app"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// BillFilter is what lists and exports of bills narrow by.
type BillFilter struct {
	Status string    `query:"status" enum:"draft,recorded,partly-paid,paid,overdue,cancelled,open" doc:"As it stands today; open is everything with something due"`
	From   date.Date `query:"from" doc:"Billed on or after this day"`
	To     date.Date `query:"to" doc:"Billed on or before this day"`
}

func (f BillFilter) query(q, sort string) app.BillQuery {
	return app.BillQuery{Status: f.Status, From: f.From, To: f.To, Q: q, Sort: sort}
}

type listBills struct {
	httpapi.ListQuery
	BillFilter
}

type exportBills struct {
	Words
	BillFilter
}

// OneBill names a vendor's bill.
type OneBill struct {
	ID invoice.BillID `path:"id"`
}

type enterBill struct {
	Body app.BillInput
}

type reviseBill struct {
	OneBill
	httpapi.IfMatch
	Body app.BillInput
}

type discardBill struct {
	OneBill
	httpapi.IfMatch
}

type recordBill struct {
	OneBill
	Seen
}

type payBill struct {
	OneBill
	Seen
	Body app.BillPaymentInput
}

type voidBillPayment struct {
	OneBill
	Payment int `path:"payment" minimum:"1" maximum:"100000"`
	Body    app.VoidBillPaymentInput
}

type cancelBill struct {
	OneBill
	Seen
	Body app.CancelBillInput
}

type buyAssets struct {
	OneBill
	Body app.BuyInput
}

const billTag = "Bills"

func bills(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-bills", Method: "GET", Path: "/bills", Summary: "List, search and filter vendors' bills", Tag: billTag, Permission: app.CanSeeBills,
		Description: "Sorts by created, billedOn, dueOn and gross; newest first unless told otherwise.",
	}, func(ctx context.Context, in *listBills) (*httpapi.Answer[page.Of[invoice.BillRow]], error) {
		q := in.query(in.Q, in.Sort)
		q.Page = in.Page()
		return reply(a.Bills(ctx, q))
	})
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "export-bills", Method: "GET", Path: "/bills/export", Summary: "Export vendors' bills as CSV, filtered as the list is", Tag: billTag, Permission: app.CanExport,
	}, func(ctx context.Context, in *exportBills) (*httpapi.File, error) {
		return csv("bills.csv")(a.ExportBills(ctx, in.query(in.Q, in.Sort)))
	}, "text/csv")
	httpapi.Register(api, httpapi.Operation{
		ID: "get-bill", Method: "GET", Path: "/bills/{id}", Summary: "One bill with lines, taxes, payments and what became assets", Tag: billTag, Permission: app.CanSeeBills,
	}, func(ctx context.Context, in *OneBill) (*httpapi.Answer[invoice.Bill], error) {
		return reply(a.Bill(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-bill-history", Method: "GET", Path: "/bills/{id}/history", Summary: "Every fact of a bill, oldest first", Tag: billTag, Permission: app.CanSeeBills,
	}, func(ctx context.Context, in *OneBill) (*httpapi.Answer[page.Of[invoice.BillHistoryEntry]], error) {
		entries, err := a.BillHistory(ctx, in.ID)
		return reply(page.Of[invoice.BillHistoryEntry]{Items: entries}, err)
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "buy-assets", Method: "POST", Path: "/bills/{id}/assets", Summary: "Turn a line of a bill into assets", Tag: billTag, Permission: app.CanBuyAssets, Status: 201,
		Description: "Records the bill if it is a draft, registers the assets at their share of the net cost, and hands them over if wanted; or does nothing at all.",
		Timeout:     time.Minute,
	}, func(ctx context.Context, in *buyAssets) (*httpapi.Answer[app.AssetPurchase], error) {
		return reply(a.BuyAssets(ctx, in.ID, in.Body))
	})
	billChanges(api, a)
	billMoney(api, a)
}

func billChanges(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "preview-bill", Method: "POST", Path: "/bills/preview", Summary: "Calculate a bill without keeping it", Tag: billTag, Permission: app.CanEditBills,
	}, func(ctx context.Context, in *enterBill) (*httpapi.Answer[invoice.Document], error) {
		return reply(a.PreviewBill(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "draft-bill", Method: "POST", Path: "/bills", Summary: "Enter a vendor's bill as a draft", Tag: billTag, Permission: app.CanEditBills, Status: 201,
	}, func(ctx context.Context, in *enterBill) (*httpapi.Answer[invoice.Bill], error) {
		return reply(a.DraftBill(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "revise-bill", Method: "PUT", Path: "/bills/{id}", Summary: "Replace a draft", Tag: billTag, Permission: app.CanEditBills,
	}, func(ctx context.Context, in *reviseBill) (*httpapi.Answer[invoice.Bill], error) {
		return reply(a.ReviseBill(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "discard-bill", Method: "DELETE", Path: "/bills/{id}", Summary: "Delete a draft", Tag: billTag, Permission: app.CanEditBills,
	}, func(ctx context.Context, in *discardBill) (*httpapi.Answer[httpapi.None], error) {
		return reply(httpapi.None{}, a.DiscardBill(ctx, in.ID, in.Version()))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "record-bill", Method: "POST", Path: "/bills/{id}/record", Summary: "Say that we owe it", Tag: billTag, Permission: app.CanEditBills,
	}, func(ctx context.Context, in *recordBill) (*httpapi.Answer[invoice.Bill], error) {
		return reply(a.RecordBill(ctx, in.ID, in.version()))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "cancel-bill", Method: "POST", Path: "/bills/{id}/cancel", Summary: "End a bill of which nothing was delivered", Tag: billTag, Permission: app.CanEditBills,
	}, func(ctx context.Context, in *cancelBill) (*httpapi.Answer[invoice.Bill], error) {
		return reply(a.CancelBill(ctx, in.ID, in.version(), in.Body))
	})
}

func billMoney(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "pay-bill", Method: "POST", Path: "/bills/{id}/payments", Summary: "Record money that went out for a bill", Tag: billTag, Permission: app.CanPayBills,
	}, func(ctx context.Context, in *payBill) (*httpapi.Answer[invoice.Bill], error) {
		return reply(a.PayBill(ctx, in.ID, in.version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "void-bill-payment", Method: "POST", Path: "/bills/{id}/payments/{payment}/void", Summary: "Take a payment back that never went out", Tag: billTag, Permission: app.CanPayBills,
	}, func(ctx context.Context, in *voidBillPayment) (*httpapi.Answer[invoice.Bill], error) {
		return reply(a.VoidBillPayment(ctx, in.ID, in.Payment, in.Body))
	})
}
