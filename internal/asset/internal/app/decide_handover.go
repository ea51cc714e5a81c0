package app

import (
	"context"
	"strconv"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/asset/internal/store"
	"erp/internal/employee"
	"erp/internal/platform/admin"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/rbac"
)

// ConfirmHandover is the person's signature in the browser. Once confirmed, asking again gives the same answer.
func (a *App) ConfirmHandover(ctx context.Context, which asset.HandoverID, in Confirmation) (asset.Handover, error) {
	return a.decideHandover(ctx, which, verdict{
		action: "handover.confirm", permission: CanConfirmHandovers, line: asset.LineDocumentConfirmed,
		decide: func(h *domain.Handover) (bool, error) { return h.Confirm(signature(ctx, in.Name), a.now()) },
	})
}

// RefuseHandover is the person's word that it is not as the document says; who draws up documents is told.
func (a *App) RefuseHandover(ctx context.Context, which asset.HandoverID, in Refusal) (asset.Handover, error) {
	return a.decideHandover(ctx, which, verdict{
		action: "handover.refuse", permission: CanConfirmHandovers, line: asset.LineDocumentRefused, tell: handoverRefused,
		decide: func(h *domain.Handover) (bool, error) { return h.Refuse(signature(ctx, ""), in.Reason, a.now()) },
	})
}

// SignHandoverOnPaper notes that the person signed the printed document.
func (a *App) SignHandoverOnPaper(ctx context.Context, which asset.HandoverID, in PaperSignature) (asset.Handover, error) {
	if _, err := a.reach(ctx, CanDrawUp); err != nil {
		return asset.Handover{}, err
	}
	today, err := a.Company.Today(ctx)
	if err != nil {
		return asset.Handover{}, err
	}
	return a.decideHandover(ctx, which, verdict{
		action: "handover.sign-on-paper", permission: CanDrawUp, line: asset.LineDocumentConfirmed,
		decide: func(h *domain.Handover) (bool, error) { return h.SignOnPaper(in.On, today, actor(ctx), a.now()) },
	})
}

// WithdrawHandover closes a document that was drawn up by mistake.
func (a *App) WithdrawHandover(ctx context.Context, which asset.HandoverID, in Withdrawal) (asset.Handover, error) {
	return a.decideHandover(ctx, which, verdict{
		action: "handover.withdraw", permission: CanDrawUp, line: asset.LineDocumentClosed,
		decide: func(h *domain.Handover) (bool, error) { return h.Withdraw(in.Reason, actor(ctx), a.now()) },
	})
}

// verdict is one decision about a document. decide reports whether anything changed.
type verdict struct {
	action     string
	permission rbac.Permission
	line       asset.LineKind
	decide     func(h *domain.Handover) (bool, error)
	tell       func(h *domain.Handover) events.Event
}

func (a *App) decideHandover(ctx context.Context, which asset.HandoverID, v verdict) (asset.Handover, error) {
	reach, err := a.reach(ctx, v.permission)
	if err != nil {
		return asset.Handover{}, err
	}
	return database.Write(ctx, a.DB, func(ctx context.Context, tx *database.Tx) (asset.Handover, error) {
		h, err := store.LockHandover(ctx, tx, which, reach)
		if err != nil {
			return asset.Handover{}, err
		}
		if h == nil {
			return asset.Handover{}, noHandover()
		}
		before := h.Handover
		changed, err := v.decide(h)
		if err != nil || !changed {
			return h.Handover, err
		}
		if v.tell != nil {
			if err := events.Publish(tx, h.ID.String(), v.tell(h)); err != nil {
				return asset.Handover{}, err
			}
		}
		return h.Handover, a.keepDecision(ctx, tx, before, h, v.action, v.line)
	})
}

// keepDecision writes what became of a document, for the histories and for the audit trail too.
func (a *App) keepDecision(ctx context.Context, tx *database.Tx, before asset.Handover, h *domain.Handover, action string, line asset.LineKind) error {
	if err := store.DecideHandover(ctx, tx, h, a.handoverLine(ctx, line, h)); err != nil {
		return err
	}
	return audit.Record(tx, audit.Entry{
		Action: action, Subject: "handover", SubjectID: h.ID.String(), Label: h.Label(), Before: before, After: h.Handover,
	})
}

// overtakeHandovers closes documents that wait for somebody who no longer has the asset.
func (a *App) overtakeHandovers(ctx context.Context, tx *database.Tx, was *domain.Asset, r *store.Record, line store.Line) error {
	if from := was.Custodian(); from.IsZero() || from.ID == r.Custodian().ID {
		return nil
	}
	open, err := store.LockOpenHandovers(ctx, tx, r.ID)
	if err != nil {
		return err
	}
	for i := range open {
		h, before := &open[i], open[i].Handover
		if err := h.Overtake(r.Asset, line.Reason, line.Actor, line.At); err != nil {
			return err
		}
		if err := a.keepDecision(ctx, tx, before, h, "handover.close", asset.LineDocumentClosed); err != nil {
			return err
		}
	}
	return nil
}

// signature is the caller's, with the address that the audit trail keeps too.
func signature(ctx context.Context, name string) domain.Signature {
	who := auth.From(ctx)
	return domain.Signature{By: employee.ID(who.EmployeeID), Name: name, Account: who.Label(), Address: auth.Address(ctx)}
}

func handoverRefused(h *domain.Handover) events.Event {
	return admin.Notice{
		Kind: "handover-refused", About: h.ID.String(), Href: "/assets/handovers/" + h.ID.String(), Permission: CanDrawUp.Code,
		Facts: map[string]string{"who": h.PersonName, "number": strconv.FormatInt(h.Number, 10), "reason": h.Note},
	}
}
