package app

import (
	"context"
	"errors"
	"fmt"
	"time"

	"erp/internal/employee"
	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/admin"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
)

// retryBlocked is how long what is in the way is left alone.
const retryBlocked = time.Hour

// blockRecurring keeps what is in the way of the next date, and tells who looks after it, once a date. The date stays due.
func (a *App) blockRecurring(ctx context.Context, seen *domain.Recurring, cause error) error {
	code, message := inTheWay(seen, cause)
	err := a.stopRecurring(ctx, seen, "recurring-invoice.block", func(r *domain.Recurring) bool {
		return r.Blocked(invoice.Obstacle{Code: code, Message: message, On: r.NextOn(), Since: a.act(ctx).At}, a.now().Add(retryBlocked))
	})
	if code == "defect" {
		return errors.Join(cause, err) // for the log
	}
	return err
}

// holdRecurring lets somebody decide what becomes of very many missed dates.
func (a *App) holdRecurring(ctx context.Context, seen *domain.Recurring) error {
	return a.stopRecurring(ctx, seen, "recurring-invoice.hold", func(r *domain.Recurring) bool {
		message := fmt.Sprintf("More than %d dates were missed, so that nothing is made by itself. Resume it and say whether they are left out or made up.", domain.MostMissed)
		news := r.Blocked(invoice.Obstacle{Code: "too-many-missed", Message: message, On: r.NextOn(), Since: a.act(ctx).At}, time.Time{})
		r.Status = invoice.RecurringPaused
		return news
	})
}

func (a *App) stopRecurring(ctx context.Context, seen *domain.Recurring, action string, stop func(*domain.Recurring) bool) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		r, err := a.recurring.Lock(ctx, tx, seen.ID)
		if err != nil || r.Version != seen.Version {
			return err
		}
		return a.stopIn(ctx, tx, r, action, stop)
	})
}

func (a *App) stopIn(ctx context.Context, tx *database.Tx, r *domain.Recurring, action string, stop func(*domain.Recurring) bool) error {
	before := summariseRecurring(r)
	if !stop(r) {
		return a.recurring.Update(tx, r) // only when it is tried next
	}
	r.Version, r.UpdatedAt = r.Version+1, a.act(ctx).At
	if err := a.recurring.Update(tx, r); err != nil {
		return err
	}
	if err := tellBlocked(tx, r); err != nil {
		return err
	}
	return recordRecurring(tx, action, before, r)
}

// releaseRecurring says of what was done in the name of a leaver that somebody else has to take it over, before its next
// date comes.
func (a *App) releaseRecurring(ctx context.Context, tx *database.Tx, leaver employee.ID) error {
	theirs, err := a.recurring.ActiveOf(ctx, tx, leaver)
	if err != nil {
		return err
	}
	for _, which := range theirs {
		r, err := a.recurring.Lock(ctx, tx, which)
		if err != nil {
			return err
		}
		err = a.stopIn(ctx, tx, r, "recurring-invoice.block", func(r *domain.Recurring) bool {
			return r.Blocked(invoice.Obstacle{Code: "no-right", Message: nameGone(r), On: r.NextOn(), Since: a.act(ctx).At}, time.Time{})
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func nameGone(r *domain.Recurring) string {
	return fmt.Sprintf("It is done in the name of %s, who may not do it any more. Somebody who may opens it and chooses Try again; it is done in their name from then on.", r.By)
}

// tellBlocked tells those who may draft invoices, and the one in whose name it was to be done.
func tellBlocked(tx *database.Tx, r *domain.Recurring) error {
	notice := admin.Notice{
		Kind: "recurring-blocked", About: r.ID.String() + " " + r.Obstacle.On.String(), Href: "/invoices/recurring/" + r.ID.String(), Permission: CanWrite.Code,
		Facts: map[string]string{"what": r.Name, "customer": r.Content.Customer, "on": r.Obstacle.On.String()},
	}
	if err := events.Publish(tx, r.ID.String(), notice); err != nil || r.OwnerID.IsZero() {
		return err
	}
	notice.Employee = r.OwnerID
	return events.Publish(tx, r.ID.String(), notice)
}

// inTheWay says in a word and in a sentence why an invoice could not be made, and what to do; of a defect nothing leaves
// the process.
func inTheWay(r *domain.Recurring, cause error) (code, message string) {
	no, ok := errors.AsType[*fault.Error](cause)
	switch {
	case !ok || no.Kind == fault.Internal:
		return "defect", "A fault in the program kept it from being made; the log says more. It is tried again every hour."
	case no.Kind == fault.Forbidden:
		return "no-right", nameGone(r)
	case no.Kind == fault.Invalid && len(no.Fields) > 0:
		return "incomplete", fmt.Sprintf("%s %s.", inWords(no.Fields[0].Location), no.Fields[0].Message)
	}
	return no.Code, no.Message
}

// inWords names the place of a problem as people see it.
func inWords(location string) string {
	if name, known := map[string]string{
		"body.lines": "The lines", "body.customerId": "The invoice", "seller.name": "The name of the company", "buyer.vatId": "The customer's VAT ID", "body.note": "The note",
	}[location]; known {
		return name
	}
	return "A line"
}
