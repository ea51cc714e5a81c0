package app

import (
	"context"
	"fmt"
	"strconv"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/peers"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
)

// HandoverCandidates lists what the person holds, or gave back lately, that is on no document yet; the newest first.
func (a *App) HandoverCandidates(ctx context.Context, kind asset.HandoverKind, who employee.ID) ([]asset.HandoverCandidate, error) {
	reach, err := a.reach(ctx, CanDrawUp, CanRead)
	if err != nil {
		return nil, err
	}
	found, err := store.Candidates(ctx, a.DB.Pool(), kind, who, a.now().Add(-domain.DocumentReturnsFor), nil, reach)
	list := make([]asset.HandoverCandidate, len(found))
	for i, c := range found {
		list[i] = c.HandoverCandidate
	}
	return list, err
}

// DrawUpHandover makes one document over what somebody was handed, or gave back, and tells them that it waits. Nothing
// is on two documents of a kind, unless the person refused the first or it was closed.
func (a *App) DrawUpHandover(ctx context.Context, in HandoverInput) (asset.Handover, error) {
	reach, err := a.reach(ctx, CanDrawUp, CanRead)
	if err != nil {
		return asset.Handover{}, err
	}
	sender, err := a.Company.Sender(ctx)
	if err != nil {
		return asset.Handover{}, err
	}
	view, err := database.Write(ctx, a.DB, func(ctx context.Context, tx *database.Tx) (asset.Handover, error) {
		about, err := a.handoverItems(ctx, tx, in, reach)
		if err != nil {
			return asset.Handover{}, err
		}
		text, err := store.LatestHandoverText(ctx, tx.Conn(), in.Kind)
		if err != nil {
			return asset.Handover{}, err
		}
		h, err := domain.DrawUp(a.says(ctx, in, about, orFirst(text, sender.Language), sender), a.now())
		if err != nil {
			return asset.Handover{}, err
		}
		if err := store.InsertHandover(ctx, tx, &h, about); err != nil {
			return asset.Handover{}, err
		}
		if err := store.AddLines(tx, &h, a.handoverLine(ctx, asset.LineDocumentDrawnUp, &h)); err != nil {
			return asset.Handover{}, err
		}
		if err := events.Publish(tx, h.ID.String(), handoverWaits(&h)); err != nil {
			return asset.Handover{}, err
		}
		return h.Handover, audit.Record(tx, audit.Entry{
			Action: "handover.draw-up", Subject: "handover", SubjectID: h.ID.String(), Label: h.Label(), After: h.Handover,
		})
	})
	if store.IsDocumented(err) {
		return view, fault.New(fault.Conflict, "already-documented", "Somebody else has just drawn up a document about one of these.").Wrap(err)
	}
	return view, err
}

// handoverItems locks the assets and finds the custody of each, in the order asked for.
func (a *App) handoverItems(ctx context.Context, tx *database.Tx, in HandoverInput, reach store.Reach) ([]store.Candidate, error) {
	ids := make([]asset.ID, len(in.Items))
	for i, item := range in.Items {
		ids[i] = item.AssetID
	}
	records, err := store.Lock(ctx, tx, ids, reach)
	if err != nil {
		return nil, err
	}
	known := map[asset.ID]*store.Record{}
	for i := range records {
		known[records[i].ID] = &records[i]
	}
	found, err := store.Candidates(ctx, tx.Conn(), in.Kind, in.PersonID, a.now().Add(-domain.DocumentReturnsFor), ids, reach)
	if err != nil {
		return nil, err
	}
	free := map[asset.ID]store.Candidate{}
	for _, c := range found {
		free[c.AssetID] = c
	}
	about := make([]store.Candidate, len(ids))
	refusal := fault.New(fault.Conflict, "not-for-a-document", "Nothing was drawn up, because some of the things cannot be on this document.")
	taken := map[asset.ID]bool{}
	for i, which := range ids {
		at := fmt.Sprintf("body.items[%d].assetId", i)
		candidate, ok := free[which]
		switch r := known[which]; {
		case r == nil:
			refusal = refusal.At(at, "There is no such asset, or you may not see it.")
		case taken[which]:
			refusal = refusal.At(at, "Asset "+r.Tag+" stands on it twice.")
		case !ok:
			refusal = refusal.At(at, r.WhyNoHandover(in.Kind, in.PersonID))
		}
		about[i], taken[which] = candidate, true
	}
	if len(refusal.Fields) > 0 {
		return nil, refusal
	}
	return about, nil
}

// says is everything that stands on the document.
func (a *App) says(ctx context.Context, in HandoverInput, about []store.Candidate, text asset.HandoverText, sender peers.Sender) asset.Handover {
	h := asset.Handover{
		HandoverSummary: asset.HandoverSummary{
			Kind: in.Kind, PersonID: in.PersonID, PersonName: about[0].PersonName, On: sender.Day(a.now()), HandedBy: actor(ctx),
		},
		Company: sender.Address, Language: sender.Language, Text: text.Text, TextVersion: text.Version,
	}
	for i, c := range about {
		h.Items = append(h.Items, asset.HandoverItem{
			AssetID: c.AssetID, Tag: c.Tag, Name: c.Name, Serial: c.Serial, Since: sender.Day(c.At),
			Condition: in.Items[i].Condition, Accessories: in.Items[i].Accessories,
		})
	}
	return h
}

// handoverLine is what the history of each of its assets says of a document.
func (a *App) handoverLine(ctx context.Context, kind asset.LineKind, h *domain.Handover) store.Line {
	line := store.Line{
		Kind: kind, At: a.now(), Actor: actor(ctx), Holder: domain.Holder{ID: h.PersonID, Name: h.PersonName}, Reason: h.Reason,
		Note: strconv.FormatInt(h.Number, 10),
	}
	if h.State == asset.HandoverRefused {
		line.Note += ": " + h.Note
	}
	return line
}

func handoverWaits(h *domain.Handover) admin.Notice {
	return admin.Notice{
		Kind: "handover-waiting", About: h.ID.String(), Href: "/assets/handovers/" + h.ID.String(), Employee: h.PersonID,
		Facts: map[string]string{"kind": string(h.Kind), "number": strconv.FormatInt(h.Number, 10), "count": strconv.Itoa(h.Assets), "asset": h.First, "by": h.HandedBy},
	}
}
