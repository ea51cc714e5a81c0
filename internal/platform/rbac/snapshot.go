package rbac

import (
	"maps"
	"slices"
	"strings"

	"github.com/google/uuid"
)

// Person is the id of somebody who holds roles, whatever type the caller gives it.
type Person = uuid.UUID

// Snapshot is a whole policy compiled for decisions: two map look-ups, no allocation. It never changes.
type Snapshot struct {
	version int64
	people  map[Person]*Rights
	roles   map[Role]*Rights
	held    map[Person][]Role
}

// Version counts the changes of the policy up to this snapshot.
func (s *Snapshot) Version() int64 { return s.version }

// Rights is what the person may do; nil for somebody without any role, which grants nothing.
func (s *Snapshot) Rights(person Person) *Rights { return s.people[person] }

// RoleRights is what holding just this role allows.
func (s *Snapshot) RoleRights(role Role) *Rights { return s.roles[role] }

// RolesOf lists the roles the person was given.
func (s *Snapshot) RolesOf(person Person) []Role { return slices.Clone(s.held[person]) }

// Holders lists the people who hold the role.
func (s *Snapshot) Holders(role Role) []Person {
	var holders []Person
	for person, roles := range s.held {
		if slices.Contains(roles, role) {
			holders = append(holders, person)
		}
	}
	return holders
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

func mayAll(rights *Rights, permissions []Permission) bool {
	for _, permission := range permissions {
		if rights.Scope(permission.Code) < permission.Widest() {
			return false
		}
	}
	return true
}

// reach is what the rules of one subject say about one permission.
type reach struct {
	allowed Scope // the widest that a rule allows
	denied  Scope // the narrowest that a rule denies; None when none does
}

func (r reach) and(other reach) reach {
	r.allowed = max(r.allowed, other.allowed)
	if other.denied != None && (r.denied == None || other.denied < r.denied) {
		r.denied = other.denied
	}
	return r
}

func (r reach) scope() Scope {
	if r.denied != None && r.denied <= r.allowed {
		return r.denied - 1
	}
	return r.allowed
}

// compiler turns casbin's rules into a snapshot. People who hold the same roles share their rights.
type compiler struct {
	parents map[string][]string
	reaches map[string]map[string]reach
	shared  map[string]*Rights
}

// compile reads rules in casbin's shape: sub, obj, act, scope, eft and child, parent.
func compile(version int64, policies, groupings [][]string) *Snapshot {
	c := compiler{parents: map[string][]string{}, reaches: map[string]map[string]reach{}, shared: map[string]*Rights{}}
	for _, p := range policies {
		c.add(p)
	}
	for _, g := range groupings {
		c.parents[g[0]] = append(c.parents[g[0]], g[1])
	}
	s := &Snapshot{version: version, people: map[Person]*Rights{}, roles: map[Role]*Rights{}, held: map[Person][]Role{}}
	for subject := range c.subjects() {
		if role, ok := strings.CutPrefix(subject, rolePrefix); ok {
			s.roles[Role(role)] = c.rights(subject)
			continue
		}
		person, err := uuid.Parse(strings.TrimPrefix(subject, personPrefix))
		if err != nil {
			continue // a subject that is neither role nor person can never ask
		}
		s.people[person] = c.rights(subject)
		s.held[person] = c.rolesOf(subject)
	}
	return s
}

func (c *compiler) add(rule []string) {
	scope, err := ParseScope(rule[3])
	if err != nil || scope == None {
		return
	}
	said := reach{allowed: scope}
	if rule[4] == deny {
		said = reach{denied: scope}
	}
	code := rule[1] + ":" + rule[2]
	if c.reaches[rule[0]] == nil {
		c.reaches[rule[0]] = map[string]reach{}
	}
	c.reaches[rule[0]][code] = c.reaches[rule[0]][code].and(said)
}

func (c *compiler) subjects() map[string]bool {
	subjects := map[string]bool{}
	for subject := range c.reaches {
		subjects[subject] = true
	}
	for child, parents := range c.parents {
		subjects[child] = true
		for _, parent := range parents {
			subjects[parent] = true
		}
	}
	return subjects
}

func (c *compiler) rights(subject string) *Rights {
	parents := slices.Sorted(slices.Values(c.parents[subject]))
	key := strings.Join(parents, "\n")
	if len(c.reaches[subject]) > 0 {
		key = subject
	}
	if rights, ok := c.shared[key]; ok {
		return rights
	}
	total := maps.Clone(c.reaches[subject])
	if total == nil {
		total = map[string]reach{}
	}
	c.inherit(subject, total, map[string]bool{subject: true})
	rights := &Rights{scopes: make(map[string]Scope, len(total))}
	for code, said := range total {
		if scope := said.scope(); scope != None {
			rights.scopes[code] = scope
		}
	}
	c.shared[key] = rights
	return rights
}

func (c *compiler) inherit(subject string, total map[string]reach, seen map[string]bool) {
	for _, parent := range c.parents[subject] {
		if seen[parent] {
			continue
		}
		seen[parent] = true
		for code, said := range c.reaches[parent] {
			total[code] = total[code].and(said)
		}
		c.inherit(parent, total, seen)
	}
}

func (c *compiler) rolesOf(subject string) []Role {
	var roles []Role
	for _, parent := range c.parents[subject] {
		roles = append(roles, Role(strings.TrimPrefix(parent, rolePrefix)))
	}
	slices.Sort(roles)
	return roles
}
