package rbac

import (
	"fmt"
	"testing"
	"time"

	"github.com/casbin/casbin/v3/model"
	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"
)

// rules is a policy held in memory, in casbin's shape.
type rules struct{ policies, groupings [][]string }

func (r rules) LoadPolicy(m model.Model) error {
	if err := m.AddPolicies("p", "p", r.policies); err != nil {
		return err
	}
	return m.AddPolicies("g", "g", r.groupings)
}
func (r rules) book() ruleBook {
	book := ruleBook{policies: r.policies}
	for _, g := range r.groupings {
		book.groupings = append(book.groupings, grouping{child: g[0], parent: g[1]})
	}
	return book
}
func (rules) SavePolicy(model.Model) error                              { return nil }
func (rules) AddPolicy(string, string, []string) error                  { return nil }
func (rules) RemovePolicy(string, string, []string) error               { return nil }
func (rules) RemoveFilteredPolicy(string, string, int, ...string) error { return nil }

var (
	testObjects = []string{"asset", "invoice", "employee.bank"}
	testActs    = []string{"read", "write"}
	testPeople  = []Person{uuid.MustParse("019ab000-0000-7000-8000-000000000001"), uuid.MustParse("019ab000-0000-7000-8000-000000000002")}
)

// drawRules makes any policy without a circle: roles inherit from later roles only.
func drawRules(t *rapid.T) rules {
	var subjects []string
	for i := range 5 {
		subjects = append(subjects, subjectOfRole(Role(fmt.Sprintf("r%d", i))))
	}
	for _, person := range testPeople {
		subjects = append(subjects, subjectOfPerson(person))
	}
	var r rules
	for _, subject := range subjects {
		for _, object := range testObjects {
			for _, act := range testActs {
				if rapid.IntRange(0, 2).Draw(t, "granted") == 0 {
					scope := Scope(rapid.IntRange(int(Own), int(All)).Draw(t, "scope"))
					effect := rapid.SampledFrom([]string{allow, allow, allow, deny}).Draw(t, "effect")
					r.policies = append(r.policies, []string{subject, object, act, scope.String(), effect})
				}
			}
		}
	}
	for child := range subjects {
		for parent := range 5 {
			isPerson := child >= 5
			if (isPerson || parent > child) && rapid.IntRange(0, 3).Draw(t, "inherits") == 0 {
				r.groupings = append(r.groupings, []string{subjects[child], subjects[parent]})
			}
		}
	}
	return r
}

func TestSnapshotDecidesLikeCasbin(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		drawn := drawRules(t)
		enforcer, err := newEnforcer(drawn)
		require.NoError(t, err)
		snapshot := drawn.book().compile(1, time.Time{})
		for _, person := range testPeople {
			for _, object := range testObjects {
				for _, act := range testActs {
					for scope := Own; scope <= All; scope++ {
						want, err := enforcer.Enforce(subjectOfPerson(person), object, act, scope.String())
						require.NoError(t, err)
						got := snapshot.Rights(person).Scope(object+":"+act) >= scope
						require.Equal(t, want, got, "%s %s:%s at %s in %v", person, object, act, scope, drawn)
					}
				}
			}
		}
	})
}

func TestPolicyRefusesRolesInACircle(t *testing.T) {
	t.Parallel()
	_, err := newEnforcer(rules{groupings: [][]string{{"role:a", "role:b"}, {"role:b", "role:a"}}})
	require.ErrorContains(t, err, "cycle")
}

// It runs alone because counting allocations counts everybody's.
func TestDecisionAllocatesNothing(t *testing.T) {
	snapshot, people := bigSnapshot()
	person := people[len(people)/2]
	require.Zero(t, testing.AllocsPerRun(100, func() { snapshot.Rights(person).Scope("object250:act") }))
}

// bigSnapshot is a company of 10,000 people, 20 roles and 500 permissions.
func bigSnapshot() (*Snapshot, []Person) {
	var r rules
	for role := range 20 {
		for permission := range 500 {
			r.policies = append(r.policies, []string{fmt.Sprintf("role:r%d", role), fmt.Sprintf("object%d", permission), "act", "team", allow})
		}
	}
	people := make([]Person, 10_000)
	for i := range people {
		people[i] = uuid.New()
		r.groupings = append(r.groupings,
			[]string{subjectOfPerson(people[i]), fmt.Sprintf("role:r%d", i%20)},
			[]string{subjectOfPerson(people[i]), fmt.Sprintf("role:r%d", (i+1+i/20)%20)})
	}
	return r.book().compile(1, time.Time{}), people
}

func BenchmarkDecision(b *testing.B) {
	snapshot, people := bigSnapshot()
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		snapshot.Rights(people[i%len(people)]).Scope("object250:act")
		i++
	}
}
