package app

import (
	"context"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

// ReminderPlanInput is everything that may be said of the plan.
type ReminderPlanInput struct {
	Interest money.Decimal           `json:"interest,omitzero" doc:"Percent a year; none when absent"`
	Levels   []invoice.ReminderLevel `json:"levels" minItems:"1" maxItems:"9"`
}

// ReminderPlan gives the plan by which customers are reminded.
func (a *App) ReminderPlan(ctx context.Context) (invoice.ReminderPlan, error) {
	return a.reminders.Plan(ctx)
}

// ChangeReminderPlan replaces the plan. Letters already written keep what they said.
func (a *App) ChangeReminderPlan(ctx context.Context, version int, in ReminderPlanInput) (invoice.ReminderPlan, error) {
	seller, err := a.company.Seller(ctx)
	if err != nil {
		return invoice.ReminderPlan{}, err
	}
	plan := invoice.ReminderPlan{Version: version + 1, Interest: in.Interest, Levels: in.Levels}
	var p fault.Problems
	domain.CheckReminderPlan(&p, "body", plan, seller.Currency)
	if err := p.Err(); err != nil {
		return plan, err
	}
	before, err := a.reminders.Plan(ctx)
	if err != nil {
		return plan, err
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (invoice.ReminderPlan, error) {
		if err := a.reminders.SavePlan(ctx, tx, plan, version); err != nil {
			return plan, err
		}
		return plan, audit.Record(tx, audit.Entry{Action: "reminder-plan.change", Subject: "reminder-plan", SubjectID: "reminder-plan", Label: "Reminders", Before: before, After: plan})
	})
}
