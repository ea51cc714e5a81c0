package app

import (
	"context"
	"strconv"

	"erp/internal/employee"
	"erp/internal/invoice/internal/store"
	"erp/internal/platform/admin"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

// What became overdue longer ago is no news: it stands on the home page and in the list.
const (
	overdueIsNews = 7 // days
	mostOverdue   = 500
)

// TellOfOverdue tells of the invoices whose day has passed since it last looked: each once, to who may record payments, and
// to who made them.
func (a *App) TellOfOverdue(ctx context.Context) error {
	today := a.today(ctx)
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		found, err := a.sums.FreshlyOverdue(ctx, tx, today.AddDays(-overdueIsNews), today, mostOverdue)
		if err != nil || len(found) == 0 {
			return err
		}
		var owners []employee.ID
		theirs := map[employee.ID][]store.Overdue{}
		for _, o := range found {
			if err := events.Publish(tx, o.InvoiceID.String(), o.FellOverdue); err != nil {
				return err
			}
			if o.Owner.IsZero() {
				continue
			}
			if theirs[o.Owner] == nil {
				owners = append(owners, o.Owner)
			}
			theirs[o.Owner] = append(theirs[o.Owner], o)
		}
		if err := tellOverdue(tx, found, employee.ID{}); err != nil {
			return err
		}
		for _, owner := range owners {
			if err := tellOverdue(tx, theirs[owner], owner); err != nil {
				return err
			}
		}
		return nil
	})
}

func tellOverdue(tx *database.Tx, found []store.Overdue, owner employee.ID) error {
	first := found[0]
	notice := admin.Notice{
		Kind: "invoice-overdue", About: first.InvoiceID.String(), Href: "/invoices/" + first.InvoiceID.String(), Permission: CanRecordPayments.Code, Employee: owner,
		Facts: map[string]string{"count": strconv.Itoa(len(found)), "number": first.Number, "customer": first.Customer, "on": first.DueOn.String(),
			"amount": first.Due.String() + " " + string(first.Currency)},
	}
	if len(found) > 1 {
		notice.Href = "/invoices?status=overdue"
	}
	return events.Publish(tx, first.InvoiceID.String(), notice)
}
