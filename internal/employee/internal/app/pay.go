package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// PayInput says what somebody earns from a day on.
type PayInput struct {
	From date.Date `json:"from" doc:"First day of this pay; it may lie ahead, or back"`
	Pay
}

// ChangePay gives somebody another pay from a day on, until a later change that was already planned. The audit trail says
// that it changed; how much stands in the pay history only.
func (a *App) ChangePay(ctx context.Context, id employee.ID, version int, in PayInput) (Profile, error) {
	var p fault.Problems
	in.Check(&p, "body")
	if err := p.Err(); err != nil {
		return Profile{}, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Profile, error) {
		e, err := a.open(ctx, tx, id, version, CanEditPay)
		if err != nil {
			return Profile{}, err
		}
		if err := e.CheckTransfer(in.From, a.today()); err != nil {
			return Profile{}, err
		}
		old, err := store.Pay(tx.DB, id)
		if err != nil {
			return Profile{}, err
		}
		if err := store.SavePay(tx, id, old, old.Set(in.From, in.Pay), a.author(ctx)); err != nil {
			return Profile{}, err
		}
		if err := store.UpdateEmployee(tx, &e); err != nil {
			return Profile{}, err
		}
		err = audit.Record(tx, audit.Entry{
			Action: "employee.change-pay", Subject: "employee", SubjectID: id.String(), Label: e.Label(),
			After: struct {
				From date.Date `json:"from"`
			}{in.From},
		})
		if err != nil {
			return Profile{}, err
		}
		return a.view(ctx, tx, id)
	})
}
