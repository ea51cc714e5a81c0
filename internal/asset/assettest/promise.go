package assettest

import (
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/employee"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
)

// Thing is an asset for a Register under test. Holder is the index of a person, -1 for none.
type Thing struct {
	Tag, Name string
	Holder    int
}

// Company builds a Register of these things, held by people people, and returns it with the ids of both in the same
// order and a context whose caller may see everything.
type Company func(t *testing.T, things []Thing, people int) (context.Context, asset.Register, []asset.ID, []employee.ID)

// TestRegister is the promise that every asset.Register must keep, near or far.
func TestRegister(t *testing.T, company Company) {
	things := []Thing{
		{Tag: "LT-0001", Name: "ThinkPad X1", Holder: 0}, {Tag: "LT-0002", Name: "MacBook Pro", Holder: -1},
		{Tag: "LT-0003", Name: "ThinkPad T14", Holder: 0}, {Tag: "PH-0001", Name: "iPhone 17", Holder: 1},
	}
	ctx, register, ids, people := company(t, things, 3)

	t.Run("assets are found by id, unknown ones are absent", func(t *testing.T) {
		found, err := register.Assets(ctx, append([]asset.ID{id.New[asset.Asset]()}, ids...))
		require.NoError(t, err)
		require.Len(t, found, len(ids))
		require.Equal(t, "LT-0002 MacBook Pro", found[ids[1]].Label())
		none, err := register.Assets(ctx, nil)
		require.NoError(t, err)
		require.Empty(t, none)
	})
	t.Run("a list is walked by its cursors, in order of tag", func(t *testing.T) {
		var tags []string
		for cursor := ""; ; {
			list, err := register.List(ctx, asset.Query{Request: page.Request{Limit: 3, Cursor: cursor, Count: true}})
			require.NoError(t, err)
			require.Equal(t, 4, *list.Total)
			for _, a := range list.Items {
				tags = append(tags, a.Tag)
			}
			if cursor = list.Next; cursor == "" {
				break
			}
		}
		require.Equal(t, []string{"LT-0001", "LT-0002", "LT-0003", "PH-0001"}, tags)
		_, err := register.List(ctx, asset.Query{Request: page.Request{Cursor: "x"}})
		require.Error(t, err)
	})
	t.Run("a list is filtered by words, state and holder", func(t *testing.T) {
		for want, q := range map[int]asset.Query{
			2: {Q: "thinkpad"}, 3: {Status: []asset.Status{asset.StatusAssigned}}, 1: {HolderID: people[1]}, 0: {HolderID: people[2]},
		} {
			list, err := register.List(ctx, q)
			require.NoError(t, err)
			require.Len(t, list.Items, want)
		}
	})
	t.Run("people are told what they hold, those with nothing are absent", func(t *testing.T) {
		held, err := register.HeldBy(ctx, people)
		require.NoError(t, err)
		require.Len(t, held, 2)
		require.Equal(t, []asset.ID{ids[0], ids[2]}, []asset.ID{held[people[0]][0].ID, held[people[0]][1].ID})
	})
	t.Run("a search begins with the exact tag and finds nothing for nothing", func(t *testing.T) {
		found, err := register.Search(ctx, "lt-0003", 5)
		require.NoError(t, err)
		require.Equal(t, ids[2], found[0].ID)
		found, err = register.Search(ctx, "lt-", 2)
		require.NoError(t, err)
		require.Len(t, found, 2)
		found, err = register.Search(ctx, "  ", 5)
		require.NoError(t, err)
		require.Empty(t, found)
	})
	t.Run("the summary counts every state", func(t *testing.T) {
		summary, err := register.Summary(ctx)
		require.NoError(t, err)
		require.Equal(t, 4, summary.Assets)
		require.Contains(t, summary.Statuses, asset.StatusSummary{Status: asset.StatusAssigned, Assets: 3})
	})
}
