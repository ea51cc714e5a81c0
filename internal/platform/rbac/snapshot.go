package rbac

import (
	"slices"
	"time"

	"github.com/google/uuid"
)

// Person is the id of somebody who holds roles, whatever type the caller gives it.
type Person = uuid.UUID

// Snapshot is a whole policy compiled for decisions: two map look-ups, no allocation. It never changes.
type Snapshot struct {
	version int64
	people  map[Person]*Rights
	roles   map[Role]roleRules
	held    map[Person][]Holding
	// forGood is what people may do once every role that ends by itself has ended, while what such roles deny still
	// holds: the worst that time can bring. Who has no such role is absent.
	forGood map[Person]*Rights
	rules   ruleBook
	ends    time.Time // when the next of the roles ends by itself; zero for never
}

// Holding is a role that somebody was given.
type Holding struct {
	Role  Role
	Until time.Time // when it ends by itself; zero for never
}

// roleRules is what a role says itself, and what holding it allows.
type roleRules struct {
	rights   *Rights
	cells    map[string]Cell
	inherits []Role
}

// Version counts the changes of the policy up to this snapshot.
func (s *Snapshot) Version() int64 { return s.version }

// At is the policy at an instant not before the one it was compiled for: roles that have ended by then count no more.
func (s *Snapshot) At(now time.Time) *Snapshot {
	if s.ends.IsZero() || now.Before(s.ends) {
		return s
	}
	return s.rules.compile(s.version, now)
}

// Rights is what the person may do; nil for somebody without any role, which grants nothing.
func (s *Snapshot) Rights(person Person) *Rights { return s.people[person] }

// RoleRights is what holding just this role allows, with what it inherits.
func (s *Snapshot) RoleRights(role Role) *Rights { return s.roles[role].rights }

// Cells is what the role says itself, without what it inherits.
func (s *Snapshot) Cells(role Role) map[string]Cell {
	cells := make(map[string]Cell, len(s.roles[role].cells))
	for code, cell := range s.roles[role].cells {
		cells[code] = cell
	}
	return cells
}

// Inherits lists the roles whose permissions the role has too, the direct ones.
func (s *Snapshot) Inherits(role Role) []Role { return slices.Clone(s.roles[role].inherits) }

// RolesOf lists the roles the person was given.
func (s *Snapshot) RolesOf(person Person) []Role {
	held := s.held[person]
	roles := make([]Role, len(held))
	for i, one := range held {
		roles[i] = one.Role
	}
	return roles
}

// Holdings lists the roles the person was given, with their ends.
func (s *Snapshot) Holdings(person Person) []Holding { return slices.Clone(s.held[person]) }

// HoldsAny reports whether the person was given one of these roles, or one that inherits it.
func (s *Snapshot) HoldsAny(person Person, roles []string) bool {
	return len(roles) > 0 && slices.ContainsFunc(s.held[person], func(held Holding) bool { return s.leadsTo(held.Role, roles, len(s.roles)) })
}

// leadsTo follows what the role inherits, no further than there are roles.
func (s *Snapshot) leadsTo(role Role, roles []string, steps int) bool {
	return slices.Contains(roles, string(role)) || (steps > 0 && slices.ContainsFunc(s.roles[role].inherits, func(next Role) bool {
		return s.leadsTo(next, roles, steps-1)
	}))
}

// Holders lists the people who hold the role.
func (s *Snapshot) Holders(role Role) []Person {
	var holders []Person
	for person, held := range s.held {
		if slices.ContainsFunc(held, func(one Holding) bool { return one.Role == role }) {
			holders = append(holders, person)
		}
	}
	return holders
}

// Members counts the holders of every role at once.
func (s *Snapshot) Members() map[Role]int {
	members := make(map[Role]int, len(s.roles))
	for _, held := range s.held {
		for _, one := range held {
			members[one.Role]++
		}
	}
	return members
}

// WhoMay lists the people who may do all of these at their widest scope.
func (s *Snapshot) WhoMay(permissions ...Permission) []Person {
	var people []Person
	for person, rights := range s.people {
		if mayAll(rights, permissions) {
			people = append(people, person)
		}
	}
	return people
}

// WhoMayForGood lists those of WhoMay to whom time alone cannot take it away.
func (s *Snapshot) WhoMayForGood(permissions ...Permission) []Person {
	return slices.DeleteFunc(s.WhoMay(permissions...), func(person Person) bool {
		rights, limited := s.forGood[person]
		return limited && !mayAll(rights, permissions)
	})
}

func mayAll(rights *Rights, permissions []Permission) bool {
	for _, permission := range permissions {
		if rights.Scope(permission.Code) < permission.Widest() {
			return false
		}
	}
	return true
}

// Gain is a permission that somebody has further in one policy than in another.
type Gain struct {
	Person     Person
	Permission string
	From, To   Scope
}

// Differences calls tell for every permission that reaches another way in the later policy, person by person. People who
// share their rights are compared once.
func (s *Snapshot) Differences(later *Snapshot, tell func(Gain)) {
	type pair struct{ before, after *Rights }
	known := map[pair][]Gain{}
	compare := func(person Person) {
		rights := pair{s.people[person], later.people[person]}
		if rights.before == rights.after {
			return
		}
		found, ok := known[rights]
		if !ok {
			found = differences(rights.before, rights.after)
			known[rights] = found
		}
		for _, one := range found {
			one.Person = person
			tell(one)
		}
	}
	for person := range later.people {
		compare(person)
	}
	for person := range s.people {
		if _, still := later.people[person]; !still {
			compare(person)
		}
	}
}

func differences(before, after *Rights) []Gain {
	var found []Gain
	was, will := before.Scopes(), after.Scopes()
	for code, scope := range will {
		if was[code] != scope {
			found = append(found, Gain{Permission: code, From: was[code], To: scope})
		}
	}
	for code, scope := range was {
		if _, still := will[code]; !still {
			found = append(found, Gain{Permission: code, From: scope, To: None})
		}
	}
	return found
}
