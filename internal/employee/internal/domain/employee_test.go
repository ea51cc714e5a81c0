package domain

import (
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

var today = date.MustParse("2026-11-25")

func ada() Employee {
	return Employee{
		ID: id.New[employee.Employee](), Number: "E-0001", GivenName: "Ada", FamilyName: "Lovelace",
		Email: "ada@example.com", HiredOn: date.MustParse("2020-02-29"), Version: 1,
	}
}

func TestCheck(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		change func(*Employee)
		at     string
	}{
		"a person is fine":         {func(*Employee) {}, ""},
		"one name is enough":       {func(e *Employee) { e.GivenName = "" }, ""},
		"no name is not":           {func(e *Employee) { e.GivenName, e.FamilyName = "", "" }, "body.familyName"},
		"an address without an at": {func(e *Employee) { e.Email = "ada.example.com" }, "body.email"},
		"an address with a name":   {func(e *Employee) { e.Email = "Ada <ada@example.com>" }, "body.email"},
		"an address without a dot": {func(e *Employee) { e.Email = "ada@localhost" }, "body.email"},
		"no first day":             {func(e *Employee) { e.HiredOn = date.Date{} }, "body.hiredOn"},
		"a first day long ago":     {func(e *Employee) { e.HiredOn = date.MustParse("1026-01-01") }, "body.hiredOn"},
		"a first day far ahead":    {func(e *Employee) { e.HiredOn = date.MustParse("2062-01-01") }, "body.hiredOn"},
	} {
		t.Run(name, func(t *testing.T) {
			e := ada()
			c.change(&e)
			var p fault.Problems
			e.Check(&p, "body", today)
			if c.at == "" {
				require.NoError(t, p.Err())
				return
			}
			require.Len(t, p.Fields(), 1)
			require.Equal(t, c.at, p.Fields()[0].Location)
		})
	}
}

func TestLeaving(t *testing.T) {
	t.Parallel()
	t.Run("the status follows the dates", func(t *testing.T) {
		e := ada()
		require.Equal(t, employee.StatusUpcoming, e.Status(date.MustParse("2020-02-28")))
		require.Equal(t, employee.StatusActive, e.Status(today))
		require.NoError(t, e.PlanLeave(today.AddDays(30), "moves abroad", today))
		require.Equal(t, employee.StatusLeaving, e.Status(today))
		e.End()
		require.Equal(t, employee.StatusLeft, e.Status(today))
	})
	t.Run("nobody leaves twice, or before they came", func(t *testing.T) {
		e := ada()
		require.Equal(t, fault.Invalid, fault.KindOf(e.PlanLeave(date.MustParse("2019-01-01"), "", today)))
		require.NoError(t, e.PlanLeave(today, "", today))
		e.End()
		err := e.PlanLeave(today, "", today)
		require.Equal(t, fault.Conflict, fault.KindOf(err))
		require.Contains(t, err.Error(), "Ada Lovelace (E-0001)")
	})
	t.Run("a planned end can be taken back, a real one cannot", func(t *testing.T) {
		e := ada()
		require.Equal(t, fault.Conflict, fault.KindOf(e.CancelLeave()))
		require.NoError(t, e.PlanLeave(today.AddDays(1), "", today))
		require.NoError(t, e.CancelLeave())
		require.Equal(t, employee.StatusActive, e.Status(today))
		require.NoError(t, e.PlanLeave(today, "", today))
		e.End()
		require.Equal(t, fault.Conflict, fault.KindOf(e.CancelLeave()))
	})
	t.Run("who has left can be hired again, later", func(t *testing.T) {
		e := ada()
		require.Equal(t, fault.Conflict, fault.KindOf(e.Rehire(today, today)))
		require.NoError(t, e.PlanLeave(today, "", today))
		e.End()
		require.Equal(t, fault.Invalid, fault.KindOf(e.Rehire(today, today)))
		require.NoError(t, e.Rehire(today.AddDays(1), today))
		require.Equal(t, employee.StatusUpcoming, e.Status(today))
	})
	t.Run("reports are handed over on the last day, or the day after a past one", func(t *testing.T) {
		e := ada()
		e.LeftOn = today
		require.Equal(t, today, e.HandOver(today))
		e.LeftOn = today.AddDays(-10)
		require.Equal(t, today.AddDays(-9), e.HandOver(today))
	})
}

func TestTransfer(t *testing.T) {
	t.Parallel()
	e := ada()
	require.NoError(t, e.CheckTransfer(today, today))
	require.Equal(t, fault.Invalid, fault.KindOf(e.CheckTransfer(e.HiredOn.AddDays(-1), today)))
	e.LeftOn = today.AddDays(5)
	require.Equal(t, fault.Invalid, fault.KindOf(e.CheckTransfer(today.AddDays(6), today)))
	require.Equal(t, fault.Conflict, fault.KindOf(e.CheckManager(today.AddDays(6))))
	e.End()
	require.Equal(t, fault.Conflict, fault.KindOf(e.CheckTransfer(today, today)))
}

func TestFold(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"  Zoë   ÖZTÜRK ": "zoe ozturk", "Weiß": "weiss", "Łukasz Søren": "lukasz soren", "E-0042": "e-0042", "Dũng": "dung",
	} {
		require.Equal(t, want, Fold(text))
	}
}

func TestPay(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		pay Pay
		bad int
	}{
		"a salary":                {Pay{money.MustParse("52000.00"), "EUR", PerYear}, 0},
		"nothing":                 {Pay{money.Zero, "EUR", PerMonth}, 0},
		"less than nothing":       {Pay{money.MustParse("-1"), "EUR", PerMonth}, 1},
		"a part of a cent":        {Pay{money.MustParse("1.001"), "EUR", PerHour}, 1},
		"an unknown currency":     {Pay{money.MustParse("1"), "XXQ", PerMonth}, 1},
		"too much, for no period": {Pay{money.MustParse("1000000000"), "EUR", "week"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			var p fault.Problems
			c.pay.Check(&p, "body")
			require.Len(t, p.Fields(), c.bad)
		})
	}
}

func TestMovement(t *testing.T) {
	t.Parallel()
	sales, legal := id.New[employee.Department](), id.New[employee.Department]()
	january, march := date.MustParse("2026-01-01"), date.MustParse("2026-03-01")
	stay := []Employment{{HiredOn: date.MustParse("2026-01-15")}}
	placed := Timeline[Placement]{}.Set(date.MustParse("2026-01-15"), Placement{DepartmentID: sales})
	hired := MovementOf(stay, placed)
	require.Equal(t, Movement{{january, sales}: {Joined: 1}}, hired)

	moved := MovementOf(stay, placed.Set(date.MustParse("2026-03-02"), Placement{DepartmentID: legal}))
	require.Equal(t, Movement{{march, sales}: {Moved: -1}, {march, legal}: {Moved: 1}}, moved.Less(hired))

	stay[0].LeftOn = date.MustParse("2026-03-31")
	gone := MovementOf(stay, placed.Set(date.MustParse("2026-03-02"), Placement{DepartmentID: legal}))
	require.Equal(t, Movement{{march, legal}: {Gone: 1}}, gone.Less(moved))
}
