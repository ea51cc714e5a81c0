package app

import (
	"context"
	"slices"
	"time"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/auth"
	"erp/internal/platform/date"
)

// Directory is the module as others see it: the contract over its own use cases.
type Directory struct{ App *App }

var _ employee.Directory = Directory{}

// Employees implements employee.Directory in one query.
func (d Directory) Employees(ctx context.Context, ids []employee.ID) (map[employee.ID]employee.Employee, error) {
	if len(ids) == 0 {
		return map[employee.ID]employee.Employee{}, nil
	}
	if err := d.App.CatchUp(ctx); err != nil {
		return nil, err
	}
	return store.Published(ctx, d.App.db.Pool(), ids, d.App.today())
}

// TeamOf implements employee.Directory by one look-up in the closure.
func (d Directory) TeamOf(ctx context.Context, manager employee.ID) ([]employee.ID, error) {
	if err := d.App.CatchUp(ctx); err != nil {
		return nil, err
	}
	return including(manager)(store.TeamOf(d.App.db.Read(ctx), manager))
}

// DepartmentOf implements employee.Directory.
func (d Directory) DepartmentOf(ctx context.Context, member employee.ID) ([]employee.ID, error) {
	if err := d.App.CatchUp(ctx); err != nil {
		return nil, err
	}
	return including(member)(store.DepartmentOf(d.App.db.Read(ctx), member))
}

func including(id employee.ID) func([]employee.ID, error) ([]employee.ID, error) {
	return func(ids []employee.ID, err error) ([]employee.ID, error) {
		if err == nil && !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
		return ids, err
	}
}

// Search implements employee.Directory.
func (d Directory) Search(ctx context.Context, q string, limit int) ([]employee.Employee, error) {
	if !auth.Allowed(ctx, CanRead) || len(words(q)) == 0 || limit <= 0 {
		return nil, nil
	}
	return store.Find(d.App.db.Search(ctx), store.Query{
		Sight: sight(ctx), Today: d.App.today(), Words: words(q), Limit: limit,
		Statuses: []employee.Status{employee.StatusActive, employee.StatusLeaving, employee.StatusUpcoming},
	}, domain.Fold(q))
}

// Summary implements employee.Directory from the read model, once for all who open their home page together.
func (d Directory) Summary(ctx context.Context) (employee.Summary, error) {
	s, _, err := d.App.summaries.Ask(ctx, d.App.today())
	return s, err
}

const (
	summaryTimeout = 5 * time.Second
	summariesApart = 10 * time.Millisecond
)

func (a *App) summary(ctx context.Context, today date.Date) (employee.Summary, error) {
	db := a.db.Standby()
	counts, err := store.Movement(db.Read(ctx), firstMonth(today), today)
	if err != nil {
		return employee.Summary{}, err
	}
	s := summarise(counts, today)
	s.Upcoming, s.Leaving, err = store.Ahead(db.Read(ctx), today)
	return s, err
}

// The home page shows a year back and the current month.
const summaryMonths = 13

func firstMonth(today date.Date) date.Date { return today.FirstOfMonth().AddMonths(1 - summaryMonths) }

func summarise(counts []store.MonthCount, today date.Date) employee.Summary {
	first := firstMonth(today)
	s := employee.Summary{Months: make([]employee.MonthSummary, summaryMonths), Departments: []employee.DepartmentHeadcount{}}
	for i := range s.Months {
		s.Months[i].Month = first.AddMonths(i)
	}
	departments := map[employee.DepartmentID]*employee.DepartmentHeadcount{}
	for _, c := range counts {
		at := max(0, c.Month.MonthsSince(first))
		for i := at; i < summaryMonths; i++ {
			s.Months[i].Headcount += c.Joined - c.Gone
		}
		if !c.Month.Before(first) {
			s.Months[at].Joined += c.Joined
			s.Months[at].Left += c.Gone
		}
		if departments[c.DepartmentID] == nil {
			departments[c.DepartmentID] = &employee.DepartmentHeadcount{DepartmentID: c.DepartmentID, Department: c.Department}
		}
		departments[c.DepartmentID].Headcount += c.Joined - c.Gone + c.Moved
	}
	s.Headcount = s.Months[summaryMonths-1].Headcount
	for _, d := range departments {
		if d.Headcount > 0 {
			s.Departments = append(s.Departments, *d)
		}
	}
	slices.SortFunc(s.Departments, func(x, y employee.DepartmentHeadcount) int {
		if x.Headcount != y.Headcount {
			return y.Headcount - x.Headcount
		}
		return x.DepartmentID.Compare(y.DepartmentID)
	})
	return s
}
