package rbac

import (
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/google/uuid"
)

// ruleBook is the whole policy as rules: sub, obj, act, scope, eft, and who is what.
type ruleBook struct {
	policies  [][]string
	groupings []grouping
}

// grouping says that a person or a role (child) has a role (parent).
type grouping struct {
	child, parent string
	until         time.Time // when it ends by itself; zero for never
}

func (g grouping) endedBy(now time.Time) bool { return !g.until.IsZero() && !now.Before(g.until) }

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

func (r reach) cell() Cell {
	if r.denied != None {
		return Denied
	}
	return Granted(r.allowed)
}

// said is a subject's reach by permission code.
type said map[string]reach

// add merges what somebody else says; of a role that may end, only what it denies.
func (s said) add(other said, denialsOnly bool) {
	for code, r := range other {
		if denialsOnly {
			r.allowed = None
		}
		s[code] = s[code].and(r)
	}
}

func (s said) rights() *Rights {
	rights := &Rights{scopes: make(map[string]Scope, len(s))}
	for code, r := range s {
		if scope := r.scope(); scope != None {
			rights.scopes[code] = scope
		}
	}
	return rights
}

// compiler turns rules into a snapshot. People who hold the same roles share their rights.
type compiler struct {
	own     map[string]said
	parents map[string][]grouping
	total   map[string]said
	shared  map[string]*Rights
}

// compile makes the snapshot that holds at the instant. The rules have no circle: casbin refused it.
func (b ruleBook) compile(version int64, now time.Time) *Snapshot {
	c := compiler{own: map[string]said{}, parents: map[string][]grouping{}, total: map[string]said{}, shared: map[string]*Rights{}}
	for _, p := range b.policies {
		c.learn(p)
	}
	s := &Snapshot{
		version: version, rules: b, people: map[Person]*Rights{}, roles: map[Role]roleRules{}, held: map[Person][]Holding{},
		forGood: map[Person]*Rights{},
	}
	for _, g := range b.groupings {
		if g.endedBy(now) {
			continue
		}
		c.parents[g.child] = append(c.parents[g.child], g)
		if !g.until.IsZero() && (s.ends.IsZero() || g.until.Before(s.ends)) {
			s.ends = g.until
		}
	}
	for subject := range c.subjects() {
		if role, ok := strings.CutPrefix(subject, rolePrefix); ok {
			s.roles[Role(role)] = c.role(subject)
			continue
		}
		person, err := uuid.Parse(strings.TrimPrefix(subject, personPrefix))
		if err != nil {
			continue // a subject that is neither role nor person can never ask
		}
		c.person(s, person, subject)
	}
	return s
}

// learn reads a rule in casbin's shape.
func (c *compiler) learn(rule []string) {
	scope, err := ParseScope(rule[3])
	if err != nil || scope == None {
		return
	}
	r := reach{allowed: scope}
	if rule[4] == deny {
		r = reach{denied: scope}
	}
	code := rule[1] + ":" + rule[2]
	if c.own[rule[0]] == nil {
		c.own[rule[0]] = said{}
	}
	c.own[rule[0]][code] = c.own[rule[0]][code].and(r)
}

func (c *compiler) subjects() map[string]bool {
	subjects := map[string]bool{}
	for subject := range c.own {
		subjects[subject] = true
	}
	for child, parents := range c.parents {
		subjects[child] = true
		for _, g := range parents {
			subjects[g.parent] = true
		}
	}
	return subjects
}

// all is what a subject says together with everything it inherits.
func (c *compiler) all(subject string) said {
	if total, known := c.total[subject]; known {
		return total
	}
	total := maps.Clone(c.own[subject])
	if total == nil {
		total = said{}
	}
	for _, g := range c.parents[subject] {
		total.add(c.all(g.parent), false)
	}
	c.total[subject] = total
	return total
}

func (c *compiler) role(subject string) roleRules {
	rules := roleRules{rights: c.all(subject).rights(), cells: make(map[string]Cell, len(c.own[subject]))}
	for code, r := range c.own[subject] {
		rules.cells[code] = r.cell()
	}
	for _, g := range c.parents[subject] {
		rules.inherits = append(rules.inherits, Role(strings.TrimPrefix(g.parent, rolePrefix)))
	}
	slices.Sort(rules.inherits)
	return rules
}

func (c *compiler) person(s *Snapshot, person Person, subject string) {
	parents := slices.SortedFunc(slices.Values(c.parents[subject]), func(x, y grouping) int { return strings.Compare(x.parent, y.parent) })
	limited := false
	var key strings.Builder
	for _, g := range parents {
		s.held[person] = append(s.held[person], Holding{Role: Role(strings.TrimPrefix(g.parent, rolePrefix)), Until: g.until})
		limited = limited || !g.until.IsZero()
		key.WriteString(g.parent)
		key.WriteByte('\n')
	}
	if len(c.own[subject]) > 0 {
		key.WriteString(subject)
	}
	if s.people[person] = c.shared[key.String()]; s.people[person] == nil {
		s.people[person] = c.union(subject, parents, false)
		c.shared[key.String()] = s.people[person]
	}
	if limited {
		s.forGood[person] = c.union(subject, parents, true)
	}
}

// union is what the roles allow together. In the end, roles that end by themselves only deny.
func (c *compiler) union(subject string, parents []grouping, inTheEnd bool) *Rights {
	total := said{}
	total.add(c.own[subject], false)
	for _, g := range parents {
		total.add(c.all(g.parent), inTheEnd && !g.until.IsZero())
	}
	return total.rights()
}
