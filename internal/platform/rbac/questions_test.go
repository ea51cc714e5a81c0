package rbac

import (
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
)

// TestRandomQuestionsAreDecidedAsCasbinDoes asks the snapshot and casbin's own enforcer the same random questions of
// random policies: grants, denials, inheritance, and roles that have ended or will. RBAC_QUESTIONS says how many;
// a million takes some minutes.
func TestRandomQuestionsAreDecidedAsCasbinDoes(t *testing.T) {
	t.Parallel()
	total := 20_000
	if wish, err := strconv.Atoi(os.Getenv("RBAC_QUESTIONS")); err == nil {
		total = wish
	}
	const each = 500 // questions of one policy
	seed := uint64(time.Now().UnixNano())
	random := rand.New(rand.NewPCG(seed, 7)) //nolint:gosec // because questions need no secrecy, but a seed to ask them again
	allowed := 0
	for asked := 0; asked < total; asked += each {
		book, now, people := randomBook(random)
		enforcer, err := newEnforcer(rulesAt(book, now))
		require.NoError(t, err)
		snapshot := book.compile(1, now.Add(-time.Hour)).At(now) // as a replica that compiled it before some roles ended
		for range each {
			person, scope := people[random.IntN(len(people))], Scope(1+random.IntN(int(All)))
			object, act := fmt.Sprintf("o%d", random.IntN(10)), fmt.Sprintf("a%d", random.IntN(3))
			want, err := enforcer.Enforce(subjectOfPerson(person), object, act, scope.String())
			require.NoError(t, err)
			got := snapshot.Rights(person).Scope(object+":"+act) >= scope
			require.Equal(t, want, got, "seed %d: %s %s:%s at %s", seed, person, object, act, scope)
			if got {
				allowed++
			}
		}
	}
	require.Greater(t, allowed, total/20, "the questions are worth nothing when all are refused")
	require.Less(t, allowed, total*19/20)
	t.Logf("%d questions, %d allowed, seed %d", total, allowed, seed)
}

// randomBook is a policy of 12 roles that inherit from later ones, and 40 people; a quarter of what people hold has
// an end within an hour of now, on either side.
func randomBook(random *rand.Rand) (ruleBook, time.Time, []Person) {
	now := time.Date(2026, 3, 29, 0, 30, 0, 0, time.UTC)
	var book ruleBook
	chance := func(oneIn int) bool { return random.IntN(oneIn) == 0 }
	const roles = 12
	name := func(i int) string { return subjectOfRole(Role(fmt.Sprintf("r%d", i))) }
	for role := range roles {
		for object := range 10 {
			for act := range 3 {
				if !chance(4) {
					continue
				}
				effect := allow
				if chance(6) {
					effect = deny
				}
				book.policies = append(book.policies,
					[]string{name(role), fmt.Sprintf("o%d", object), fmt.Sprintf("a%d", act), Scope(1 + random.IntN(int(All))).String(), effect})
			}
		}
		for parent := role + 1; parent < roles; parent++ {
			if chance(8) {
				book.groupings = append(book.groupings, grouping{child: name(role), parent: name(parent)})
			}
		}
	}
	people := make([]Person, 40)
	for i := range people {
		people[i] = uuid.New()
		for role := range roles {
			if !chance(6) {
				continue
			}
			g := grouping{child: subjectOfPerson(people[i]), parent: name(role)}
			if chance(4) {
				g.until = now.Add(time.Duration(random.IntN(7200)-3600) * time.Second)
			}
			book.groupings = append(book.groupings, g)
		}
	}
	return book, now, people
}

// rulesAt is what casbin is given: it knows no time, so what has ended is left out.
func rulesAt(book ruleBook, now time.Time) rules {
	r := rules{policies: book.policies}
	for _, g := range book.groupings {
		if !g.endedBy(now) {
			r.groupings = append(r.groupings, []string{g.child, g.parent})
		}
	}
	return r
}

// TestWhatIsForGoodOutlivesEveryEnd: whoever is found able for good is able at every moment from now on.
func TestWhatIsForGoodOutlivesEveryEnd(t *testing.T) {
	t.Parallel()
	random := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 7)) //nolint:gosec // because policies need no secrecy
	found := 0
	for range 10 {
		book, now, _ := randomBook(random)
		permission := Permission{Code: "o1:a1", Scopes: []Scope{Own}}
		able := book.compile(1, now).WhoMayForGood(permission)
		found += len(able)
		for minutes := 0; minutes <= 60; minutes += 5 {
			later := book.compile(1, now.Add(time.Duration(minutes)*time.Minute))
			for _, person := range able {
				require.GreaterOrEqual(t, later.Rights(person).Scope("o1:a1"), Own)
			}
		}
	}
	require.Positive(t, found)
}
