package app

import (
	"context"
	"encoding/json"
	"fmt"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
)

// ResumeInput says what becomes of the dates that were missed.
type ResumeInput struct {
	Missed string `json:"missed,omitempty" enum:"skip,make" doc:"Dates that have passed are left out or made up today; without it, left out of one that was paused and made up where something was in the way"`
}

// AddRecurring begins a recurring invoice in the name of the caller, who has to have the rights for what it does.
func (a *App) AddRecurring(ctx context.Context, in RecurringInput) (invoice.Recurring, error) {
	today, act := a.today(ctx), a.act(ctx)
	var p fault.Problems
	r, _, err := a.recurringOf(ctx, &p, in, today)
	if err == nil {
		err = mayRecur(ctx, r.Deed)
	}
	if err != nil {
		return invoice.Recurring{}, err
	}
	domain.CheckBegins(&p, "body.rhythm", r.Rhythm, today)
	if err := p.Err(); err != nil {
		return invoice.Recurring{}, err
	}
	if err := inNameOf(ctx, &r); err != nil {
		return invoice.Recurring{}, err
	}
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (invoice.Recurring, error) {
		r := r
		r.ID, r.Version, r.CreatedAt, r.UpdatedAt, r.AgreedOn = id.New[invoice.Recurring](), 1, act.At, act.At, today
		if err := a.recurring.Insert(tx, &r); err != nil {
			return invoice.Recurring{}, err
		}
		return a.changedRecurring(tx, "recurring-invoice.add", nil, &r, today)
	})
}

// ChangeRecurring replaces what comes next; from then on it is done in the name of the caller.
func (a *App) ChangeRecurring(ctx context.Context, which invoice.RecurringID, version int, in RecurringInput) (invoice.Recurring, error) {
	today := a.today(ctx)
	var p fault.Problems
	next, _, err := a.recurringOf(ctx, &p, in, today)
	if err == nil {
		err = mayRecur(ctx, next.Deed)
	}
	if err != nil {
		return invoice.Recurring{}, err
	}
	return a.alterRecurring(ctx, "recurring-invoice.change", which, version, true, func(ctx context.Context, tx *database.Tx, r *domain.Recurring) error {
		lastMade, err := a.recurring.LastMade(ctx, tx, which)
		if err != nil {
			return err
		}
		p := p
		if err := r.Change(&p, "body.rhythm", next, today, lastMade); err != nil {
			return err
		}
		return p.Err()
	})
}

// PauseRecurring stops one until it is resumed.
func (a *App) PauseRecurring(ctx context.Context, which invoice.RecurringID, version int) (invoice.Recurring, error) {
	return a.alterRecurring(ctx, "recurring-invoice.pause", which, version, false, func(_ context.Context, _ *database.Tx, r *domain.Recurring) error {
		return r.Pause()
	})
}

// ResumeRecurring goes on with one that was paused, or tries again what was in the way; from then on in the name of the caller.
func (a *App) ResumeRecurring(ctx context.Context, which invoice.RecurringID, version int, in ResumeInput) (invoice.Recurring, error) {
	today := a.today(ctx)
	return a.alterRecurring(ctx, "recurring-invoice.resume", which, version, true, func(ctx context.Context, _ *database.Tx, r *domain.Recurring) error {
		if err := mayRecur(ctx, r.Deed); err != nil {
			return err
		}
		return r.Resume(today, in.Missed == "make" || (in.Missed == "" && r.Status == invoice.RecurringActive))
	})
}

// EndRecurring stops one for good. What it made stays.
func (a *App) EndRecurring(ctx context.Context, which invoice.RecurringID, version int) (invoice.Recurring, error) {
	return a.alterRecurring(ctx, "recurring-invoice.end", which, version, false, func(_ context.Context, _ *database.Tx, r *domain.Recurring) error {
		return r.End()
	})
}

// alterRecurring changes one inside the caller's reach, in the version that they saw; 0 is any.
func (a *App) alterRecurring(ctx context.Context, action string, which invoice.RecurringID, version int, takeOver bool,
	change func(context.Context, *database.Tx, *domain.Recurring) error,
) (invoice.Recurring, error) {
	reach, err := a.reach(ctx, CanWrite)
	if err != nil {
		return invoice.Recurring{}, err
	}
	today, act := a.today(ctx), a.act(ctx)
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.Recurring, error) {
		r, err := a.recurring.Lock(ctx, tx, which)
		if err == nil {
			err = reach.checkRecurring(r)
		}
		if err != nil {
			return invoice.Recurring{}, err
		}
		if version != 0 && version != r.Version {
			return invoice.Recurring{}, fault.New(fault.Stale, "stale", "%s was changed, or an invoice was made, since you opened it; look at it again.", r.Label())
		}
		before := summariseRecurring(r)
		if err := change(ctx, tx, r); err != nil {
			return invoice.Recurring{}, err
		}
		if takeOver {
			if err := inNameOf(ctx, r); err != nil {
				return invoice.Recurring{}, err
			}
		}
		r.Version, r.UpdatedAt = r.Version+1, act.At
		if err := a.recurring.Update(tx, r); err != nil {
			return invoice.Recurring{}, err
		}
		return a.changedRecurring(tx, action, before, r, today)
	})
}

const makeRecurringTask = "invoice.make-recurring-now"

// changedRecurring keeps what was done, and lets what is due be made at once.
func (a *App) changedRecurring(tx *database.Tx, action string, before any, r *domain.Recurring, today date.Date) (invoice.Recurring, error) {
	if on := r.NextOn(); r.Status == invoice.RecurringActive && !on.After(today) {
		if err := jobs.Enqueue(tx, makeRecurringTask, r.ID); err != nil {
			return invoice.Recurring{}, err
		}
	}
	return recurringView(r, today), recordRecurring(tx, action, before, r)
}

// inNameOf lets the caller be the one in whose name it is done.
func inNameOf(ctx context.Context, r *domain.Recurring) error {
	who := auth.From(ctx)
	kept, err := json.Marshal(who)
	if err != nil {
		return fmt.Errorf("keep who acts: %w", err)
	}
	r.OwnerID, r.By, r.Who = me(ctx), who.Label(), kept
	return nil
}

// recurringSummary is what the audit trail keeps.
type recurringSummary struct {
	Name     string                  `json:"name"`
	Status   invoice.RecurringStatus `json:"status"`
	Deed     invoice.RecurringDeed   `json:"deed"`
	Rhythm   invoice.Rhythm          `json:"rhythm"`
	NextOn   date.Date               `json:"nextOn,omitzero"`
	By       string                  `json:"by"`
	Made     int                     `json:"made"`
	Obstacle string                  `json:"obstacle,omitempty"`
	Content  domain.Content          `json:"content"`
}

func summariseRecurring(r *domain.Recurring) recurringSummary {
	s := recurringSummary{Name: r.Name, Status: r.Status, Deed: r.Deed, Rhythm: r.Rhythm, NextOn: r.NextOn(), By: r.By, Made: r.Made, Content: r.Content}
	if r.Obstacle != nil {
		s.Obstacle = r.Obstacle.Message
	}
	return s
}

func recordRecurring(tx *database.Tx, action string, before any, r *domain.Recurring) error {
	return audit.Record(tx, audit.Entry{Action: action, Subject: "recurring-invoice", SubjectID: r.ID.String(), Label: r.Label(), Before: before, After: summariseRecurring(r)})
}
