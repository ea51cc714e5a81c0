package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/events"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
)

// LeaveInput says when somebody wants to be away.
type LeaveInput struct {
	EmployeeID employee.ID          `json:"employeeId,omitzero" doc:"The caller when absent"`
	TypeID     employee.LeaveTypeID `json:"typeId"`
	First      date.Date            `json:"first"`
	Last       date.Date            `json:"last,omitzero" doc:"The first day when absent"`
	HalfFirst  bool                 `json:"halfFirst,omitempty" doc:"Away in the afternoon only on the first day"`
	HalfLast   bool                 `json:"halfLast,omitempty" doc:"Away in the morning only on the last day"`
	Note       string               `json:"note,omitempty" maxLength:"500"`
}

// LeaveDecision is the answer to a request.
type LeaveDecision struct {
	Approve bool   `json:"approve"`
	Answer  string `json:"answer,omitempty" maxLength:"500"`
}

// LeaveFilter narrows the list of requests.
type LeaveFilter struct {
	EmployeeID employee.ID
	State      string
	Waiting    bool
	From, To   date.Date
	Page       page.Request
}

// Leave pages through requests that the caller may see, the newest first.
func (a *App) Leave(ctx context.Context, f LeaveFilter) (page.Of[employee.LeaveRequest], error) {
	before, err := store.LeaveCursor(f.Page)
	if err != nil {
		return page.Of[employee.LeaveRequest]{}, err
	}
	rows, err := store.LeaveRequests(a.db.Read(ctx), store.LeaveQuery{
		Read: reach(ctx, CanReadLeave), Approve: reach(ctx, CanApproveLeave), EmployeeID: f.EmployeeID, State: f.State, Waiting: f.Waiting,
		From: f.From, To: f.To, Before: before, Size: f.Page.Size(),
	})
	return store.LeavePage(rows, f.Page.Size()), err
}

// LeaveRequest is one of them.
func (a *App) LeaveRequest(ctx context.Context, which employee.LeaveRequestID) (employee.LeaveRequest, error) {
	return first(store.LeaveRequests(a.db.Read(ctx), store.LeaveQuery{
		Read: reach(ctx, CanReadLeave), Approve: reach(ctx, CanApproveLeave), IDs: []employee.LeaveRequestID{which}, Size: 1,
	}))
}

// RequestLeave asks for time away. Its days are taken off the balance at once, so that two requests cannot spend the same
// ones, and are given back when it is declined or cancelled.
func (a *App) RequestLeave(ctx context.Context, in LeaveInput) (employee.LeaveRequest, error) {
	if in.EmployeeID.IsZero() {
		in.EmployeeID = employee.ID(auth.From(ctx).EmployeeID)
	}
	if in.Last.IsZero() {
		in.Last = in.First
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (employee.LeaveRequest, error) {
		var r employee.LeaveRequest
		if err := a.within(ctx, tx, in.EmployeeID, CanRequestLeave); err != nil {
			return r, err
		}
		e, err := store.EmployeeForUpdate(tx, in.EmployeeID)
		if err != nil {
			return r, err
		}
		t, err := a.checkLeave(tx, e, in)
		if err != nil {
			return r, err
		}
		if r, err = a.counted(tx, e, t, in); err != nil {
			return r, err
		}
		r.ID, r.RequestedBy, r.RequestedAt = id.New[employee.LeaveRequest](), auth.From(ctx).Name, a.stamp()
		if err := store.InsertLeave(tx, r); err != nil {
			return r, err
		}
		if err := store.AddLeaveOf(tx, r, "taken", r.First, a.author(ctx)); err != nil {
			return r, err
		}
		manager, err := store.ManagerOf(tx, e.ID)
		if err != nil {
			return r, err
		}
		err = events.Publish(tx, r.ID.String(), employee.LeaveRequested{
			RequestID: r.ID, EmployeeID: e.ID, DisplayName: e.DisplayName(), ManagerID: manager, First: r.First, Last: r.Last,
		})
		if err != nil {
			return r, err
		}
		return r, recordLeave(tx, "leave.request", nil, r)
	})
}

// checkLeave says what is wrong with the days, and which kind of leave they are of.
func (a *App) checkLeave(tx *database.Tx, e domain.Employee, in LeaveInput) (employee.LeaveType, error) {
	var p fault.Problems
	domain.LeaveAsked{First: in.First, Last: in.Last, HalfFirst: in.HalfFirst, HalfLast: in.HalfLast}.Check(&p, e, a.today())
	types, err := store.LeaveTypes(tx.DB, in.TypeID)
	if err != nil {
		return employee.LeaveType{}, err
	}
	if in.TypeID.IsZero() || len(types) == 0 || types[0].Archived {
		p.Add("body.typeId", "there is no such kind of leave")
	}
	if err := p.Err(); err != nil {
		return employee.LeaveType{}, err
	}
	away, from, to, err := store.AwayBetween(tx, e.ID, in.First, in.Last)
	if err != nil {
		return types[0], err
	}
	if away {
		return types[0], fault.New(fault.Conflict, "already-away", "%s is away or has asked for leave from %s to %s already.", e.DisplayName(), from, to)
	}
	return types[0], nil
}

// counted is the request with its working days, for which enough must be left.
func (a *App) counted(tx *database.Tx, e domain.Employee, t employee.LeaveType, in LeaveInput) (employee.LeaveRequest, error) {
	r := employee.LeaveRequest{
		EmployeeID: e.ID, Employee: e.DisplayName(), TypeID: t.ID, Type: t.Name, First: in.First, Last: in.Last, HalfFirst: in.HalfFirst, HalfLast: in.HalfLast,
		Note: in.Note, State: "requested", Version: 1,
	}
	found, err := store.Holidays(tx.DB, in.First, in.Last)
	if err != nil {
		return r, err
	}
	free := map[date.Date]bool{}
	for _, h := range found {
		free[h.Day] = true
	}
	r.Days = float64(domain.WorkingHalves(in.First, in.Last, in.HalfFirst, in.HalfLast, free)) / 2
	if r.Days == 0 {
		return r, fault.New(fault.Conflict, "no-working-days", "Nobody works between %s and %s, so no leave is needed.", in.First, in.Last)
	}
	if err := a.accrue(tx, e, []employee.LeaveType{t}, in.First.Year()); err != nil {
		return r, err
	}
	lines, err := store.LeaveLines(tx.DB, e.ID, in.First.Year())
	if err != nil {
		return r, err
	}
	return r, enough(t, lines[t.ID], r.Days)
}

func recordLeave(tx *database.Tx, action string, before any, r employee.LeaveRequest) error {
	return audit.Record(tx, audit.Entry{
		Action: action, Subject: "leave-request", SubjectID: r.ID.String(), Label: r.Employee + " " + r.First.String() + " – " + r.Last.String(), Before: before, After: r,
	})
}
