package app

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// LoadDemo fills an empty company with n people. The same seed gives the same people, ids included; only the dates follow
// the calendar. Managers were hired before their reports, leavers lead nobody, and the read model counts everybody.
func (a *App) LoadDemo(ctx context.Context, n int, seed int64) ([]employee.ID, error) {
	d := newDemo(n, seed, a.today())
	ids := make([]employee.ID, len(d.people))
	err := a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		if err := a.lockLines(ctx, tx); err != nil {
			return err
		}
		if inhabited, err := store.Inhabited(tx); err != nil || inhabited {
			return or(err, fault.New(fault.Conflict, "not-empty", "The company has people already; sample people fit into an empty one only."))
		}
		numbers, err := store.NextNumbers(tx, len(d.people))
		if err != nil {
			return err
		}
		movement := domain.Movement{}
		for i := range d.people {
			d.people[i].Number = numbers[i]
			ids[i] = d.people[i].ID
			movement.Add(movementOf(d.people[i]))
		}
		if err := d.setUp(tx); err != nil {
			return err
		}
		if err := store.Load(ctx, tx, d.people, a.author(ctx)); err != nil {
			return err
		}
		if err := store.RebuildTeam(tx, a.today()); err != nil {
			return err
		}
		store.AddMovement(tx, movement)
		return audit.Record(tx, audit.Entry{Action: "employee.load-sample", Subject: "employee", Label: fmt.Sprintf("%d people", len(d.people))})
	})
	return ids, err
}

func or(err, otherwise error) error {
	if err != nil {
		return err
	}
	return otherwise
}

// demo makes up a company.
type demo struct {
	rand        *rand.Rand
	today       date.Date
	made        uint32
	departments []domain.Department
	positions   map[string]domain.Position
	sites       []domain.Location
	people      []store.Newcomer
	emails      map[string]int
}

func newDemo(n int, seed int64, today date.Date) *demo {
	d := &demo{
		rand:  rand.New(rand.NewPCG(uint64(seed), 0x5eed)), //nolint:gosec // because sample data is no secret
		today: today, positions: map[string]domain.Position{}, emails: map[string]int{},
	}
	for _, s := range demoSites {
		d.sites = append(d.sites, domain.Location{ID: newID[employee.WorkLocation](d), Name: s.name, City: s.city, Country: s.country})
	}
	byName := map[string]employee.DepartmentID{}
	for _, spec := range demoDepartments {
		made := domain.Department{ID: newID[employee.Department](d), Name: spec.name, Code: spec.code, ParentID: byName[spec.parent]}
		byName[spec.name] = made.ID
		d.departments = append(d.departments, made)
		for _, title := range spec.posts {
			if _, is := d.positions[title]; !is {
				d.positions[title] = domain.Position{ID: newID[employee.Position](d), Title: title}
			}
		}
	}
	heads := map[string]int{}
	for k, size := range sizes(n) {
		d.department(k, size, heads)
	}
	return d
}

// sizes deals n people out to the departments by their shares; the first one gets the director first.
func sizes(n int) []int {
	weights, total := make([]int, len(demoDepartments)), 0
	for _, spec := range demoDepartments {
		total += spec.share
	}
	dealt := 0
	for k, spec := range demoDepartments {
		weights[k] = n * spec.share / total
		dealt += weights[k]
	}
	for k := 0; dealt < n; k = (k + 1) % len(weights) {
		weights[k]++
		dealt++
	}
	return weights
}

// Nobody in the sample company leads more people of a department than this.
const span = 8

// department adds a department's people as a tree: the head first, then everybody below the one who came span times
// earlier. Heads report to the head of what their department is part of, else to the director.
func (d *demo) department(k, size int, heads map[string]int) {
	spec := demoDepartments[k]
	first := len(d.people)
	for i := range size {
		manager := -1
		switch above, part := heads[spec.parent]; {
		case i > 0:
			manager = first + (i-1)/span
		case part:
			manager = above
		case first > 0:
			manager = 0
		}
		if i == 0 {
			heads[spec.name] = first
		}
		leads := i*span+1 < size || i == 0
		d.person(k, title(spec, i, leads), manager, leads)
	}
}

func title(spec demoDepartment, i int, leads bool) string {
	switch {
	case i == 0:
		return spec.posts[0]
	case leads:
		return spec.posts[1]
	default:
		return spec.posts[2]
	}
}

func (d *demo) person(department int, title string, manager int, leads bool) {
	n := store.Newcomer{Employee: domain.Employee{
		ID: newID[employee.Employee](d), GivenName: pickOne(d, demoGiven), FamilyName: strings.ReplaceAll(pickOne(d, demoFamily), "-", " "),
		HiredOn: d.today.AddMonths(-144), Version: 1,
	}}
	n.Email = d.email(n.Employee)
	n.Phone = fmt.Sprintf("+49 30 5550 %04d", len(d.people)%10000)
	if manager >= 0 {
		n.Manager = d.people[manager].ID
		n.HiredOn = d.between(d.people[manager].HiredOn.AddDays(1), d.today.AddDays(-1))
	}
	site := 0
	if d.rand.IntN(10) > 4 {
		site = d.rand.IntN(len(d.sites))
	}
	n.Placement = domain.Placement{
		DepartmentID: d.departments[department].ID, PositionID: d.positions[title].ID, LocationID: d.sites[site].ID,
	}
	d.fate(&n, leads)
	d.earlier(&n, department)
	n.Pay = domain.Pay{Amount: d.salary(title, leads), Currency: "EUR", Period: domain.PerYear}
	n.Contact = domain.Contact{
		PrivateEmail: strings.Replace(n.Email, "@example.com", "@mail.example.org", 1), PrivatePhone: fmt.Sprintf("+49 170 %07d", d.rand.IntN(10_000_000)),
		City: demoSites[site].city, Country: demoSites[site].country,
		EmergencyName: pickOne(d, demoGiven) + " " + n.FamilyName, EmergencyPhone: fmt.Sprintf("+49 171 %07d", d.rand.IntN(10_000_000)),
	}
	n.Identity, n.Bank = d.papers(n), demoAccount(n, len(d.people))
	d.people = append(d.people, n)
}

// fate lets some who lead nobody leave in the past, and some begin only soon.
func (d *demo) fate(n *store.Newcomer, leads bool) {
	chance := d.rand.IntN(100)
	switch {
	case leads || n.Manager.IsZero():
	case chance < 9 && d.today.DaysSince(n.HiredOn) > 60:
		n.LeftOn, n.Ended = d.between(n.HiredOn.AddDays(30), d.today.AddDays(-1)), true
		n.Reason = pickOne(d, demoReasons)
	case chance > 97:
		n.HiredOn = d.today.AddDays(1 + d.rand.IntN(60))
	}
}

// earlier lets some have worked in another department before.
func (d *demo) earlier(n *store.Newcomer, department int) {
	until := d.today
	if n.Ended {
		until = n.LeftOn
	}
	if d.rand.IntN(8) > 0 || until.DaysSince(n.HiredOn) < 200 {
		return
	}
	before := n.Placement
	before.DepartmentID = d.departments[(department+1+d.rand.IntN(len(d.departments)-1))%len(d.departments)].ID
	n.Moves = domain.Timeline[domain.Placement]{}.Set(n.HiredOn, before).
		Set(d.between(n.HiredOn.AddDays(90), until.AddDays(-30)), n.Placement)
}

func (d *demo) salary(title string, leads bool) money.Decimal {
	base := 38 + d.rand.IntN(28)
	if leads {
		base += 25
	}
	if strings.HasPrefix(title, "Head") || strings.Contains(title, "Director") {
		base += 40
	}
	return money.FromInt(int64(base)*1000 + int64(d.rand.IntN(10))*100)
}

func (d *demo) email(e domain.Employee) string {
	letters := func(name string) string {
		return strings.Map(func(r rune) rune {
			if r >= 'a' && r <= 'z' {
				return r
			}
			return -1
		}, domain.Fold(name))
	}
	local := letters(e.GivenName) + "." + letters(e.FamilyName)
	d.emails[local]++
	if again := d.emails[local]; again > 1 {
		local = fmt.Sprintf("%s%d", local, again)
	}
	return local + "@example.com"
}

func (d *demo) between(from, to date.Date) date.Date {
	days := to.DaysSince(from)
	if days <= 0 {
		return from
	}
	return from.AddDays(d.rand.IntN(days + 1))
}

func (d *demo) setUp(tx *database.Tx) error {
	for _, made := range d.departments {
		if err := store.SaveDepartment(tx, made); err != nil {
			return err
		}
	}
	for _, title := range slices.Sorted(maps.Keys(d.positions)) {
		if err := store.SavePosition(tx, d.positions[title]); err != nil {
			return err
		}
	}
	for _, made := range d.sites {
		if err := store.SaveLocation(tx, made); err != nil {
			return err
		}
	}
	return nil
}

func pickOne(d *demo, from []string) string { return from[d.rand.IntN(len(from))] }

// newID makes the next id of the sample company: shaped like every other, and the same for the same seed.
func newID[T any](d *demo) id.Of[T] {
	var b [16]byte
	d.made++
	binary.BigEndian.PutUint64(b[:8], 0x0193_0000_0000_0000|uint64(d.made)<<16|uint64(d.rand.IntN(1<<12)))
	binary.BigEndian.PutUint64(b[8:], d.rand.Uint64())
	b[6], b[8] = b[6]&0x0f|0x70, b[8]&0x3f|0x80
	return id.Of[T](b)
}
