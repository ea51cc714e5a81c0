package module_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"erp/internal/employee"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
)

// TestWhatWasTakenAwayIsRefusedFromTheAnswerOn asks one replica all the time, as the person and by the person's key, while
// another takes something away: nothing that is asked after the answer may go by what either remembers.
func TestWhatWasTakenAwayIsRefusedFromTheAnswerOn(t *testing.T) {
	t.Parallel()
	h := newHouse(t)
	elsewhere := newReplica(t, h.db, h.clock)
	ada := h.setUp()
	ada.enrol()
	const session, key = 1, 2
	for _, change := range []struct {
		name, method, path string
		body               any
		ends               int
	}{
		{"the sessions are ended", "DELETE", "/users/ID/sessions", nil, session},
		{"the account is closed", "PUT", "/users/ID", map[string]any{"name": "NAME", "email": "NAME@example.com", "status": "disabled"}, session | key},
		{"another password is given", "PUT", "/users/ID/password", map[string]any{"password": "a first password again"}, session | key},
		{"the role is taken", "PUT", "/users/ID/roles", map[string]any{"roles": []string{}}, session | key},
		{"the key is revoked", "DELETE", "/api-keys/KEY", nil, key},
		{"the person leaves", "", "", nil, session | key},
		{"the role needs a second factor", "PUT", "/roles/asset-manager/second-factor", map[string]any{"required": true}, session | key},
	} {
		t.Run(change.name, func(t *testing.T) {
			name := "p" + strings.ReplaceAll(change.name, " ", "")
			user, own := h.addUser(ada, name, string(rbac.AssetManager))
			made := own.newKey("all")
			behind := id.New[employee.Employee]()
			a := ada.do("PUT", "/users/"+user.ID, map[string]any{"name": name, "email": name + "@example.com", "status": "active", "employeeId": behind},
				"If-Match", h.user(ada, user.ID).etag())
			require.Equal(t, 200, a.status, a)

			bySession := &browser{h: elsewhere, cookie: own.cookie, ip: own.ip}
			watches := map[int]*watch{
				session: newWatch(func() int { return bySession.do("GET", "/assets", nil).status }),
				key:     newWatch(func() int { return elsewhere.call(made.Secret, "GET", "/assets", nil).status }),
			}
			time.Sleep(20 * time.Millisecond) // both are remembered by now
			if change.method == "" {
				require.NoError(t, h.module.Access().Revoke(t.Context(), behind))
			} else {
				body := change.body
				if filled, ok := body.(map[string]any); ok && filled["name"] != nil {
					body = map[string]any{"name": name, "email": name + "@example.com", "status": filled["status"]}
				}
				version := h.user(ada, user.ID).etag()
				if strings.HasPrefix(change.path, "/roles/") {
					version = `"1"`
				}
				a := ada.do(change.method, strings.NewReplacer("ID", user.ID, "KEY", made.ID).Replace(change.path), body, "If-Match", version)
				require.Less(t, a.status, 300, a)
			}
			answered := time.Now()
			time.Sleep(20 * time.Millisecond)
			for kind, w := range watches {
				w.stop()
				require.False(t, w.admitted.IsZero(), "it was admitted before")
				if change.ends&kind != 0 {
					require.True(t, w.admitted.Before(answered), "admitted by what was before, %s after the answer", w.admitted.Sub(answered))
					require.False(t, w.refused.IsZero())
				}
			}
		})
	}
}

// watch asks again and again, and keeps when the last question began that was admitted, and one that was refused.
type watch struct {
	admitted, refused time.Time
	end, ended        chan struct{}
}

func newWatch(ask func() int) *watch {
	w := &watch{end: make(chan struct{}), ended: make(chan struct{})}
	go func() {
		defer close(w.ended)
		for {
			select {
			case <-w.end:
				return
			default:
			}
			began := time.Now()
			if ask() == http.StatusOK {
				w.admitted = began
			} else {
				w.refused = began
			}
		}
	}()
	return w
}

func (w *watch) stop() {
	close(w.end)
	<-w.ended
}
