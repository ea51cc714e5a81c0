package module_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/notify"
)

func TestMailsOfAllModules(t *testing.T) {
	t.Parallel()
	p := newPostal(t)
	ada := p.setUp()
	var theirs []notify.Mail
	p.others.Store(new(func(q notify.Query) ([]notify.Mail, error) {
		var out []notify.Mail
		for _, m := range slices.Backward(theirs) {
			if (q.BeforeID == "" || m.ID.String() < q.BeforeID) && (q.State == "" || m.State == q.State) && strings.Contains(m.To+m.Subject, q.Q) && len(out) < q.Limit {
				out = append(out, m)
			}
		}
		return out, nil
	}))
	for i := range 6 { // turn and turn about
		require.Equal(t, 201, ada.do("POST", "/invitations", invitation(fmt.Sprintf("mila%d", i))).status)
		theirs = append(theirs, notify.Mail{ID: id.New[notify.Mail](), Module: "invoice", To: "buyer@example.com", Subject: fmt.Sprintf("Invoice %d", i), State: "failed", Attempts: 12, Error: "no such mailbox"})
	}
	type log struct {
		Items      []struct{ ID, Module, To, State, Error string }
		Next       string
		Missing    []string
		Configured bool
	}
	read := func(query string) (l log) {
		a := ada.do("GET", "/mail?"+query, nil)
		require.Equal(t, 200, a.status, a)
		a.into(t, &l)
		return l
	}
	all, cursor, pages := []string{}, "", 0
	for pages == 0 || cursor != "" {
		page := read("limit=5&cursor=" + cursor)
		require.LessOrEqual(t, len(page.Items), 5)
		for _, m := range page.Items {
			all = append(all, m.ID)
		}
		cursor = page.Next
		pages++
	}
	require.Len(t, slices.Compact(slices.Clone(all)), len(all), "none twice")
	require.True(t, slices.IsSortedFunc(all, func(x, y string) int { return strings.Compare(y, x) }), "the newest first")
	require.GreaterOrEqual(t, len(all), 12)

	require.Len(t, read("module=invoice").Items, 6)
	require.Len(t, read("q=Invoice+3").Items, 1)
	require.Equal(t, "no such mailbox", read("module=invoice&state=failed&limit=1").Items[0].Error)
	for _, m := range read("module=platform").Items {
		require.Equal(t, "platform", m.Module)
	}
	require.Equal(t, 422, ada.do("GET", "/mail?module=asset", nil).status)

	p.others.Store(new(func(notify.Query) ([]notify.Mail, error) {
		return nil, fault.New(fault.Unavailable, "away", "Does not answer.")
	}))
	page := read("")
	require.Equal(t, []string{"invoice"}, page.Missing)
	require.NotEmpty(t, page.Items, "the others are shown all the same")
}
