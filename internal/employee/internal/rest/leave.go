package rest

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/app"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

const leaveTag = "Leave"

// LeaveTypePath names one kind of leave.
type LeaveTypePath struct {
	ID employee.LeaveTypeID `path:"id"`
}

// LeavePath names one request for leave.
type LeavePath struct {
	ID employee.LeaveRequestID `path:"id"`
}

// HolidayPath names one day.
type HolidayPath struct {
	Day date.Date `path:"day"`
}

type changeLeaveType struct {
	httpapi.IfMatch
	LeaveTypePath
	Body app.LeaveTypeInput
}

type listLeave struct {
	Limit      int         `query:"limit" minimum:"1" maximum:"200" default:"50"`
	Cursor     string      `query:"cursor" maxLength:"500"`
	EmployeeID employee.ID `query:"employeeId" doc:"Only those of this person"`
	State      string      `query:"state" enum:"requested,approved,declined,cancelled"`
	Waiting    bool        `query:"waiting" doc:"Only those that wait for the caller"`
	From       date.Date   `query:"from" doc:"That end on this day or later"`
	To         date.Date   `query:"to" doc:"That begin on this day or earlier"`
}

type leaveYear struct {
	ID   employee.ID `path:"id"`
	Year int         `query:"year" minimum:"1900" maximum:"2999" doc:"This year when absent"`
}

func leaveSetup(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-leave-types", Method: "GET", Path: "/leave/types", Summary: "List every kind of leave", Tag: leaveTag, Permission: app.CanReadLeave,
	}, all(a.LeaveTypes))
	httpapi.Register(api, httpapi.Operation{
		ID: "create-leave-type", Method: "POST", Path: "/leave/types", Summary: "Add a kind of leave", Tag: leaveTag, Permission: app.CanSetUp, Status: 201,
	}, func(ctx context.Context, in *struct{ Body app.LeaveTypeInput }) (*httpapi.Answer[employee.LeaveType], error) {
		return reply(a.CreateLeaveType(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "change-leave-type", Method: "PUT", Path: "/leave/types/{id}", Summary: "Change or archive a kind of leave", Tag: leaveTag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *changeLeaveType) (*httpapi.Answer[employee.LeaveType], error) {
		return reply(a.ChangeLeaveType(ctx, in.ID, in.Version(), in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "list-holidays", Method: "GET", Path: "/leave/holidays", Summary: "Days of a year on which nobody works", Tag: leaveTag, Permission: app.CanReadLeave,
	}, func(ctx context.Context, in *struct {
		Year int `query:"year" minimum:"2000" maximum:"2200" doc:"This year when absent"`
	}) (*httpapi.Answer[page.Of[employee.Holiday]], error) {
		days, err := a.Holidays(ctx, in.Year)
		return reply(page.Of[employee.Holiday]{Items: days}, err)
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "set-holiday", Method: "PUT", Path: "/leave/holidays/{day}", Summary: "Make a day one on which nobody works", Tag: leaveTag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *struct {
		HolidayPath
		Body app.HolidayInput
	}) (*httpapi.Answer[employee.Holiday], error) {
		return reply(a.SetHoliday(ctx, in.Day, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "remove-holiday", Method: "DELETE", Path: "/leave/holidays/{day}", Summary: "Make a day one on which people work again", Tag: leaveTag, Permission: app.CanSetUp,
	}, func(ctx context.Context, in *HolidayPath) (*httpapi.Answer[httpapi.None], error) {
		return reply(httpapi.None{}, a.RemoveHoliday(ctx, in.Day))
	})
}

func leave(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-leave", Method: "GET", Path: "/leave/requests", Summary: "Requests for leave and who is away, the newest first", Tag: leaveTag, Permission: app.CanReadLeave,
	}, func(ctx context.Context, in *listLeave) (*httpapi.Answer[page.Of[employee.LeaveRequest]], error) {
		return reply(a.Leave(ctx, app.LeaveFilter{EmployeeID: in.EmployeeID, State: in.State, Waiting: in.Waiting, From: in.From, To: in.To, Page: page.Request{Limit: in.Limit, Cursor: in.Cursor}}))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "request-leave", Method: "POST", Path: "/leave/requests", Summary: "Ask for leave", Tag: leaveTag, Permission: app.CanRequestLeave, Status: 201,
		Description: "Its working days are taken off the balance at once. Days on which the person is away already, and more days than are left, are a 409.",
	}, func(ctx context.Context, in *struct{ Body app.LeaveInput }) (*httpapi.Answer[employee.LeaveRequest], error) {
		return reply(a.RequestLeave(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-leave", Method: "GET", Path: "/leave/requests/{id}", Summary: "One request for leave", Tag: leaveTag, Permission: app.CanReadLeave,
	}, func(ctx context.Context, in *LeavePath) (*httpapi.Answer[employee.LeaveRequest], error) {
		return reply(a.LeaveRequest(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "decide-leave", Method: "POST", Path: "/leave/requests/{id}/decision", Summary: "Approve or decline leave of somebody else", Tag: leaveTag, Permission: app.CanApproveLeave, Status: 200,
	}, func(ctx context.Context, in *struct {
		LeavePath
		Body app.LeaveDecision
	}) (*httpapi.Answer[employee.LeaveRequest], error) {
		return reply(a.DecideLeave(ctx, in.ID, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "cancel-leave", Method: "DELETE", Path: "/leave/requests/{id}", Summary: "Take a request back, or leave that has not begun", Tag: leaveTag, Permission: app.CanRequestLeave, Status: 200,
	}, func(ctx context.Context, in *LeavePath) (*httpapi.Answer[employee.LeaveRequest], error) {
		return reply(a.CancelLeave(ctx, in.ID))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-leave-balance", Method: "GET", Path: "/employees/{id}/leave", Summary: "What is left of somebody's leave in a year, and why", Tag: leaveTag, Permission: app.CanReadLeave,
	}, func(ctx context.Context, in *leaveYear) (*httpapi.Answer[page.Of[employee.LeaveBalance]], error) {
		balances, err := a.LeaveBalances(ctx, in.ID, in.Year)
		return reply(page.Of[employee.LeaveBalance]{Items: balances}, err)
	})
}
