package module_test

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/rbac"
)

// Requests that come together are looked up together: everybody must still be who they are, and who was out before a
// request is out.
func TestSessionsAreNotMixedUp(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	ada := h.setUp()
	names := []string{"Mila", "Noor", "Otto"}
	people := map[string]*browser{"ada@example.com": ada}
	for _, name := range names {
		_, b := h.addUser(ada, name, string(rbac.Employee))
		people[strings.ToLower(name)+"@example.com"] = b
	}
	_, gone := h.addUser(ada, "Pia", string(rbac.Employee))
	require.Equal(t, 204, gone.do("DELETE", "/session", nil).status)

	var wait sync.WaitGroup
	for range 40 {
		for email, b := range people {
			wait.Go(func() {
				one := *b
				var me struct {
					User struct {
						Email string `json:"email"`
					} `json:"user"`
				}
				answer := one.do("GET", "/me", nil)
				if answer.status != 200 {
					t.Errorf("%s is answered %d", email, answer.status)
					return
				}
				answer.into(t, &me)
				if me.User.Email != email {
					t.Errorf("%s is taken for %s", email, me.User.Email)
				}
			})
		}
		wait.Go(func() {
			one := *gone
			if status := one.do("GET", "/me", nil).status; status != 401 {
				t.Errorf("an ended session is answered %d", status)
			}
		})
	}
	wait.Wait()
}
