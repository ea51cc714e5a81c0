package rest

import (
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/app"
	"erp/internal/employee"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// HandoverPath names the hand-over document of a request.
type HandoverPath struct {
	ID asset.HandoverID `path:"id"`
}

type listHandovers struct {
	State  []string    `query:"state" enum:"open,confirmed,refused,closed" doc:"Any of these, separated by commas"`
	Kind   string      `query:"kind" enum:"handover,return"`
	Person employee.ID `query:"personId"`
	Asset  asset.ID    `query:"assetId" doc:"Documents that this asset stands on"`
	Limit  int         `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many documents at most"`
	Cursor string      `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
}

func (in *listHandovers) filter() app.HandoverFilter {
	f := app.HandoverFilter{Kind: asset.HandoverKind(in.Kind), PersonID: in.Person, AssetID: in.Asset, Request: page.Request{Limit: in.Limit, Cursor: in.Cursor}}
	for _, state := range in.State {
		f.States = append(f.States, asset.HandoverState(state))
	}
	return f
}

type printHandover struct {
	HandoverPath
	Language string `query:"language" enum:"en,de" doc:"Of the labels; the document's when absent"`
	Download bool   `query:"download" doc:"Save it instead of showing it"`
}

type handoverCandidates struct {
	Person employee.ID `query:"personId" required:"true"`
	Kind   string      `query:"kind" enum:"handover,return" default:"handover"`
}

type editHandoverText struct {
	httpapi.IfMatch
	Kind string `path:"kind" enum:"handover,return"`
	Body app.HandoverWords
}

func handovers(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-handovers", Method: "GET", Path: "/handovers", Summary: "List hand-over documents, newest first", Tag: tag, Permission: app.CanReadHandovers,
	}, func(ctx context.Context, in *listHandovers) (*httpapi.Answer[page.Of[asset.HandoverSummary]], error) {
		return reply(a.Handovers(ctx, in.filter()))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "list-handover-candidates", Method: "GET", Path: "/handovers/candidates", Summary: "What a person holds, or gave back lately, that is on no hand-over document yet", Tag: tag, Permission: app.CanDrawUp,
		Description: "At most the 100 newest: as many as one document takes.",
	}, func(ctx context.Context, in *handoverCandidates) (*httpapi.Answer[page.Of[asset.HandoverCandidate]], error) {
		return whole(a.HandoverCandidates(ctx, asset.HandoverKind(in.Kind), in.Person))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "draw-up-handover", Method: "POST", Path: "/handovers", Summary: "Draw up one hand-over document over one asset or many", Tag: tag, Permission: app.CanDrawUp, Status: 201,
		Description: "It freezes what it says, and waits for the person, who is told. Nothing stands on two documents of a kind unless the first was refused or closed.",
	}, func(ctx context.Context, in *struct{ Body app.HandoverInput }) (*httpapi.Answer[asset.Handover], error) {
		return reply(a.DrawUpHandover(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-handover", Method: "GET", Path: "/handovers/{id}", Summary: "One hand-over document", Tag: tag, Permission: app.CanReadHandovers,
	}, func(ctx context.Context, in *HandoverPath) (*httpapi.Answer[asset.Handover], error) {
		return reply(a.GetHandover(ctx, in.ID))
	})
	httpapi.RegisterFile(api, httpapi.Operation{
		ID: "get-handover-pdf", Method: "GET", Path: "/handovers/{id}/pdf", Summary: "One hand-over document as PDF, with lines to sign on while it waits", Tag: tag, Permission: app.CanReadHandovers,
	}, func(ctx context.Context, in *printHandover) (*httpapi.File, error) {
		name, write, err := a.PrintHandover(ctx, in.ID, in.Language)
		if err != nil {
			return nil, err
		}
		return &httpapi.File{Name: name, ContentType: "application/pdf", Inline: !in.Download, Write: write}, nil
	}, "application/pdf")
}

func handoverDecisions(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "confirm-handover", Method: "PUT", Path: "/handovers/{id}/confirmation", Summary: "Confirm a hand-over document as the person named on it", Tag: tag, Permission: app.CanConfirmHandovers,
		Description: "Asking again gives the same answer. One that was decided otherwise is a conflict.",
	}, decided(a.ConfirmHandover))
	httpapi.Register(api, httpapi.Operation{
		ID: "refuse-handover", Method: "PUT", Path: "/handovers/{id}/refusal", Summary: "Refuse a hand-over document as the person named on it", Tag: tag, Permission: app.CanConfirmHandovers,
		Description: "Asking again gives the same answer. One that was decided otherwise is a conflict.",
	}, decided(a.RefuseHandover))
	httpapi.Register(api, httpapi.Operation{
		ID: "sign-handover-on-paper", Method: "PUT", Path: "/handovers/{id}/paper-signature", Summary: "Note that the person signed the printed document", Tag: tag, Permission: app.CanDrawUp,
	}, decided(a.SignHandoverOnPaper))
	httpapi.Register(api, httpapi.Operation{
		ID: "withdraw-handover", Method: "PUT", Path: "/handovers/{id}/withdrawal", Summary: "Withdraw a hand-over document that still waits", Tag: tag, Permission: app.CanDrawUp,
	}, decided(a.WithdrawHandover))
}

func handoverTexts(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-handover-texts", Method: "GET", Path: "/handover-texts", Summary: "The company's own words on hand-over documents", Tag: tag, Permission: app.CanConfigure,
	}, func(ctx context.Context, _ *struct{}) (*httpapi.Answer[page.Of[asset.HandoverText]], error) {
		return whole(a.HandoverTexts(ctx))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "write-handover-text", Method: "PUT", Path: "/handover-texts/{kind}", Summary: "Write the company's own words on hand-over documents", Tag: tag, Permission: app.CanConfigure,
		Description: "Documents that exist keep the words they were drawn up with.",
	}, func(ctx context.Context, in *editHandoverText) (*httpapi.Answer[asset.HandoverText], error) {
		return reply(a.WriteHandoverText(ctx, asset.HandoverKind(in.Kind), in.Version(), in.Body))
	})
}

type decideHandover[I any] struct {
	HandoverPath
	Body I
}

// decided is a decision about a document.
func decided[I any](do func(ctx context.Context, which asset.HandoverID, in I) (asset.Handover, error)) func(context.Context, *decideHandover[I]) (*httpapi.Answer[asset.Handover], error) {
	return func(ctx context.Context, in *decideHandover[I]) (*httpapi.Answer[asset.Handover], error) {
		return reply(do(ctx, in.ID, in.Body))
	}
}
