package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
)

// DecideLeave approves or declines what somebody else has asked for.
func (a *App) DecideLeave(ctx context.Context, which employee.LeaveRequestID, in LeaveDecision) (employee.LeaveRequest, error) {
	return a.settleLeave(ctx, which, func(r *employee.LeaveRequest) error {
		own := reach(ctx, CanApproveLeave).Caller
		switch {
		case r.State != "requested":
			return fault.New(fault.Conflict, "leave-decided", "This request is %s already.", r.State)
		case !own.IsZero() && r.EmployeeID == own:
			return fault.New(fault.Conflict, "own-leave", "Nobody decides about their own leave; ask your manager or human resources.")
		case !r.MayDecide:
			return fault.New(fault.NotFound, "not-found", "There is no such record.")
		}
		if r.State = "declined"; in.Approve {
			r.State = "approved"
		}
		r.Answer = in.Answer
		return nil
	})
}

// CancelLeave takes a request back, or leave that was approved and has not begun.
func (a *App) CancelLeave(ctx context.Context, which employee.LeaveRequestID) (employee.LeaveRequest, error) {
	may := reach(ctx, CanRequestLeave)
	return a.settleLeave(ctx, which, func(r *employee.LeaveRequest) error {
		switch {
		case r.State == "declined" || r.State == "cancelled":
			return fault.New(fault.Conflict, "leave-decided", "This request is %s already.", r.State)
		case r.State == "approved" && !r.First.After(a.today()) && may.Breadth != domain.Everybody:
			return fault.New(fault.Conflict, "leave-begun", "This leave has begun; human resources can cancel it.")
		}
		r.State = "cancelled"
		return nil
	}, may)
}

// settleLeave changes the state of a request that the caller may see, and gives its days back when it does not take place.
func (a *App) settleLeave(ctx context.Context, which employee.LeaveRequestID, decide func(*employee.LeaveRequest) error, also ...domain.Reach) (employee.LeaveRequest, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (employee.LeaveRequest, error) {
		r, err := first(store.LeaveRequests(tx.DB, store.LeaveQuery{
			Read: reach(ctx, CanReadLeave), Approve: reach(ctx, CanApproveLeave), IDs: []employee.LeaveRequestID{which}, Size: 1,
		}))
		if err != nil {
			return r, err
		}
		for _, other := range also {
			ok, err := store.Reaches(tx.DB, other, r.EmployeeID)
			if err != nil {
				return r, err
			}
			if !ok {
				return r, fault.New(fault.NotFound, "not-found", "There is no such record.")
			}
		}
		if _, err := store.EmployeeForUpdate(tx, r.EmployeeID); err != nil {
			return r, err
		}
		before := r
		if err := decide(&r); err != nil {
			return r, err
		}
		if err := a.settled(ctx, tx, before, r); err != nil {
			return r, err
		}
		return first(store.LeaveRequests(tx.DB, store.LeaveQuery{
			Read: domain.Reach{Breadth: domain.Everybody}, Approve: reach(ctx, CanApproveLeave), IDs: []employee.LeaveRequestID{which}, Size: 1,
		}))
	})
}

func (a *App) settled(ctx context.Context, tx *database.Tx, before, r employee.LeaveRequest) error {
	mine, err := store.SettleLeave(tx, r, store.Author{Name: a.author(ctx).Name, At: a.stamp()})
	if err != nil {
		return err
	}
	if !mine {
		return store.Stale()
	}
	if r.State != "approved" {
		if err := store.AddLeaveOf(tx, r, "given-back", a.today(), a.author(ctx)); err != nil {
			return err
		}
	}
	err = events.Publish(tx, r.ID.String(), employee.LeaveDecided{RequestID: r.ID, EmployeeID: r.EmployeeID, State: r.State, First: r.First, Last: r.Last})
	if err != nil {
		return err
	}
	action := map[string]string{"approved": "leave.approve", "declined": "leave.decline", "cancelled": "leave.cancel"}[r.State]
	return recordLeave(tx, action, before, r)
}

// closeLeave ends what somebody who leaves has asked for: what is not decided, and what lies after the last day.
func (a *App) closeLeave(ctx context.Context, tx *database.Tx, e domain.Employee) error {
	open, err := store.OpenLeaveAfter(tx, e.ID, e.LeftOn)
	if err != nil || len(open) == 0 {
		return err
	}
	rows, err := store.LeaveRequests(tx.DB, store.LeaveQuery{Read: domain.Reach{Breadth: domain.Everybody}, IDs: open, Size: len(open)})
	if err != nil {
		return err
	}
	for _, before := range rows {
		r := before
		r.State = "cancelled"
		if err := a.settled(ctx, tx, before, r); err != nil {
			return err
		}
	}
	return nil
}
