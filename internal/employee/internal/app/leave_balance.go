package app

import (
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
)

// LeaveBalances gives what is left of each kind of leave in a year, and the lines that it is made of. What the calendar has
// brought since somebody last looked is booked first.
func (a *App) LeaveBalances(ctx context.Context, who employee.ID, year int) ([]employee.LeaveBalance, error) {
	if year == 0 {
		year = a.today().Year()
	}
	balances := []employee.LeaveBalance{}
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := a.within(ctx, tx, who, CanReadLeave); err != nil {
			return err
		}
		e, err := store.EmployeeForUpdate(tx, who)
		if err != nil {
			return err
		}
		types, err := store.LeaveTypes(tx.DB)
		if err != nil {
			return err
		}
		if err := a.accrue(tx, e, types, year); err != nil {
			return err
		}
		lines, err := store.LeaveLines(tx.DB, who, year)
		if err != nil {
			return err
		}
		balances = balances[:0]
		for _, t := range types {
			if t.Archived && len(lines[t.ID]) == 0 {
				continue
			}
			b := employee.LeaveBalance{TypeID: t.ID, Type: t.Name, Unlimited: t.Unlimited, Lines: append([]employee.LeaveLine{}, lines[t.ID]...)}
			b.Days = sum(b.Lines)
			balances = append(balances, b)
		}
		return nil
	})
	return balances, err
}

func sum(lines []employee.LeaveLine) float64 {
	total := 0.0
	for _, l := range lines {
		total += l.Days // halves add up exactly
	}
	return total
}

// accrue books what the calendar has brought by today: allowances, and what goes on from the year before. The caller has
// locked the person, so that two do not book at once.
func (a *App) accrue(tx *database.Tx, e domain.Employee, types []employee.LeaveType, year int) error {
	today := a.today()
	if year > today.Year()+1 || year < today.Year()-1 {
		return nil // what is over is closed, and what is far is not known
	}
	by := store.Author{Name: calendar, At: a.stamp()}
	before, err := store.LeaveLines(tx.DB, e.ID, year-1)
	if err != nil {
		return err
	}
	for _, t := range types {
		if t.Unlimited || t.Archived {
			continue
		}
		for _, g := range domain.LeaveGrants(int(t.Days*2), t.Monthly, year, e, today) {
			if err := store.AddLeaveGrant(tx, e.ID, t.ID, year, g, by); err != nil {
				return err
			}
		}
		if year > today.Year() || len(before[t.ID]) == 0 {
			continue
		}
		if err := turnYear(tx, e.ID, t, year, sum(before[t.ID]), by); err != nil {
			return err
		}
	}
	return nil
}

// turnYear closes the year before: what goes on is moved to this one, the rest is lost.
func turnYear(tx *database.Tx, who employee.ID, t employee.LeaveType, year int, left float64, by store.Author) error {
	carried, forfeited := domain.CarriedOver(int(left*2), int(t.CarryOver*2))
	begin := date.Of(year, 1, 1)
	for _, line := range []struct {
		year int
		domain.LeaveGrant
	}{
		{year - 1, domain.LeaveGrant{Kind: "moved-on", Halves: -carried, On: begin.AddDays(-1)}},
		{year - 1, domain.LeaveGrant{Kind: "forfeited", Halves: -forfeited, On: begin.AddDays(-1)}},
		{year, domain.LeaveGrant{Kind: "carried", Halves: carried, On: begin}},
	} {
		if err := store.AddLeaveGrant(tx, who, t.ID, line.year, line.LeaveGrant, by); err != nil {
			return err
		}
	}
	return nil
}

// calendar is who books what comes by itself.
const calendar = "Calendar"

// mostAccrued people are looked at in one round.
const mostAccrued = 200

// AccrueLeave books the allowances of those who have none of this year yet, so that nothing is lost of who never looks.
func (a *App) AccrueLeave(ctx context.Context) error {
	year := a.today().Year()
	waiting, err := store.WithoutLeave(a.db.Read(ctx), year, a.today(), mostAccrued)
	if err != nil {
		return err
	}
	for _, who := range waiting {
		err := a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
			e, err := store.EmployeeForUpdate(tx, who)
			if err != nil {
				return err
			}
			types, err := store.LeaveTypes(tx.DB)
			if err != nil {
				return err
			}
			return a.accrue(tx, e, types, year)
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// enough refuses a request for more than is left.
func enough(t employee.LeaveType, lines []employee.LeaveLine, asked float64) error {
	if t.Unlimited {
		return nil
	}
	if left := sum(lines); left < asked {
		return fault.New(fault.Conflict, "not-enough-leave", "Only %g days of %s are left, and %g are asked for.", max(left, 0), t.Name, asked)
	}
	return nil
}
