package rest

import (
	"context"
	"slices"

	"erp/internal/employee"
	"erp/internal/employee/internal/app"
	"erp/internal/platform/date"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/money"
	"erp/internal/platform/page"
)

// Filter is what lists and exports narrow by.
type Filter struct {
	IDs         httpapi.IDs[employee.Employee]     `query:"ids" doc:"Only these people, at most 200"`
	Status      []string                           `query:"status" enum:"upcoming,active,leaving,left" maxItems:"4" doc:"Only these; everybody when absent"`
	Departments httpapi.IDs[employee.Department]   `query:"departmentId"`
	Positions   httpapi.IDs[employee.Position]     `query:"positionId"`
	Locations   httpapi.IDs[employee.WorkLocation] `query:"locationId"`
	ManagerID   employee.ID                        `query:"managerId" doc:"Direct reports of this manager"`
	TeamOf      employee.ID                        `query:"teamOf" doc:"Everybody below this manager, over all levels"`
	HiredFrom   date.Date                          `query:"hiredFrom"`
	HiredTo     date.Date                          `query:"hiredTo"`
	PayFrom     string                             `query:"payFrom" pattern:"^[0-9]{1,12}(\\.[0-9]{1,4})?$" patternDescription:"an amount" doc:"Least pay a year; takes the permission to see pay"`
	ExpiresTo   date.Date                          `query:"documentExpiresTo" doc:"Whose document ends by this day; takes the permission to see it"`
	Account     string                             `query:"account" enum:"known,missing" doc:"Whether it is known where pay goes to; takes the permission to see it"`
	PayTo       string                             `query:"payTo" pattern:"^[0-9]{1,12}(\\.[0-9]{1,4})?$" patternDescription:"an amount"`
	Include     []string                           `query:"include" enum:"compensation,contact,identity,bank" maxItems:"4" doc:"Guarded groups to show; each takes its permission"`
}

func (f Filter) of(q, sort string) app.Filter {
	out := app.Filter{
		IDs: f.IDs.All(), Q: q, Departments: f.Departments.All(), Positions: f.Positions.All(), Locations: f.Locations.All(),
		ManagerID: f.ManagerID, TeamOf: f.TeamOf, HiredFrom: f.HiredFrom, HiredTo: f.HiredTo,
		PayFrom: amount(f.PayFrom), PayTo: amount(f.PayTo), ExpiresTo: f.ExpiresTo, Account: app.Account(f.Account), Sort: sort,
	}
	for _, s := range f.Status {
		out.Statuses = append(out.Statuses, employee.Status(s))
	}
	for _, group := range f.Include {
		out.Pay = out.Pay || group == "compensation"
		out.Contact = out.Contact || group == "contact"
		out.Identity = out.Identity || group == "identity"
		out.Bank = out.Bank || group == "bank"
	}
	return out
}

func amount(text string) *money.Decimal {
	d, err := money.Parse(text)
	if err != nil { // the pattern lets only amounts through
		return nil
	}
	return &d
}

type listInput struct {
	httpapi.ListQuery
	Filter
}

// One names one person.
type One struct {
	ID employee.ID `path:"id"`
}

type profileInput struct {
	One
	AsOf    date.Date `query:"asOf" doc:"How the record stood, or will stand, on this day"`
	Include []string  `query:"include" enum:"identity,bank" maxItems:"2" doc:"Guarded groups to show besides contact and pay; each takes its permission"`
}

type hireInput struct {
	Body app.HireInput
}

type chartInput struct {
	Root  employee.ID `query:"root" doc:"From this person down; from the top when absent"`
	Depth int         `query:"depth" minimum:"1" maximum:"10" default:"3" doc:"Levels below the root"`
	AsOf  date.Date   `query:"asOf"`
}

func employees(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{
		ID: "list-employees", Method: "GET", Path: "/employees", Summary: "List, search and filter people", Tag: tag, Permission: app.CanRead,
		Description: "Sorts by name, number, email, hiredOn, leftOn, department, position, location, manager and, with their permissions, pay, birthDate and documentExpiresOn.",
	}, func(ctx context.Context, in *listInput) (*httpapi.Answer[page.Of[app.Profile]], error) {
		return reply(a.List(ctx, in.of(in.Q, in.Sort), in.Page()))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "hire-employee", Method: "POST", Path: "/employees", Summary: "Hire somebody", Tag: tag, Permission: app.CanHire, Status: 201,
	}, func(ctx context.Context, in *hireInput) (*httpapi.Answer[app.Profile], error) {
		return reply(a.Hire(ctx, in.Body))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-employee", Method: "GET", Path: "/employees/{id}", Summary: "One person's profile, today or as of a day", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *profileInput) (*httpapi.Answer[app.Profile], error) {
		return reply(a.Profile(ctx, in.ID, in.AsOf, app.Guarded{Identity: slices.Contains(in.Include, "identity"), Bank: slices.Contains(in.Include, "bank")}))
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-employee-history", Method: "GET", Path: "/employees/{id}/history", Summary: "What has changed about a person by date", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *One) (*httpapi.Answer[page.Of[app.Change]], error) {
		changes, err := a.History(ctx, in.ID)
		return reply(page.Of[app.Change]{Items: changes}, err)
	})
	httpapi.Register(api, httpapi.Operation{
		ID: "get-org-chart", Method: "GET", Path: "/employees/org-chart", Summary: "A part of the organisation chart, today or as of a day", Tag: tag, Permission: app.CanRead,
	}, func(ctx context.Context, in *chartInput) (*httpapi.Answer[app.OrgChart], error) {
		return reply(a.OrgChart(ctx, in.Root, in.Depth, in.AsOf))
	})
}
