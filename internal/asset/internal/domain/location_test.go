package domain_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"erp/internal/asset"
	"erp/internal/asset/internal/domain"
	"erp/internal/platform/fault"
	"erp/internal/platform/money"
)

func TestLocationTree(t *testing.T) {
	t.Parallel()
	tree := domain.NewTree(nil)
	room, made, err := tree.Grow("Berlin / Floor 2 / Room 2.14")
	require.NoError(t, err)
	require.Len(t, made, 3)
	require.Equal(t, "Berlin / Floor 2 / Room 2.14", tree.Path(room))
	found, ok := tree.Find("berlin/ floor 2")
	require.True(t, ok)
	require.Equal(t, made[1].ID, found)

	_, err = tree.Add("FLOOR 2", made[0].ID)
	require.ErrorContains(t, err, "stands there already")
	_, err = tree.Edit(made[0], "Berlin", room)
	require.Equal(t, fault.Invalid, fault.KindOf(err))
	require.ErrorContains(t, err, "Room 2.14 lies within Berlin")
	_, err = tree.Add("a/b", room)
	require.ErrorContains(t, err, "stroke")
}

func TestLocationTreeNeverHasACircle(t *testing.T) {
	t.Parallel()
	rapid.Check(t, func(t *rapid.T) {
		var places []domain.Location
		for range rapid.IntRange(1, 60).Draw(t, "moves") {
			tree := domain.NewTree(places)
			var parent asset.LocationID
			if len(places) > 0 && rapid.Bool().Draw(t, "below") {
				parent = rapid.SampledFrom(places).Draw(t, "parent").ID
			}
			name := rapid.StringMatching(`[a-d]`).Draw(t, "name")
			if len(places) == 0 || rapid.Bool().Draw(t, "add") {
				if place, err := tree.Add(name, parent); err == nil {
					places = append(places, place)
				}
				continue
			}
			at := rapid.IntRange(0, len(places)-1).Draw(t, "which")
			if place, err := tree.Edit(places[at], name, parent); err == nil {
				places[at] = place
			}
		}
		seen := 0
		domain.NewTree(places).Walk(func(_ domain.Location, depth int) {
			require.Less(t, depth, domain.DeepestLocation)
			seen++
		})
		require.Equal(t, len(places), seen, "every place hangs on the root")
	})
}

func TestCategory(t *testing.T) {
	t.Parallel()
	c, err := domain.NewCategory(domain.Category{Name: " Laptops ", Prefix: "lt", Method: asset.StraightLine, LifeMonths: 36, SalvagePercent: money.MustParse("12.5")})
	require.NoError(t, err)
	require.Equal(t, "Laptops LT", c.Name+" "+c.Prefix)
	require.Equal(t, "125.01", c.Salvage(money.MustParse("1000.04"), "EUR").String())
	err = c.Edit(domain.Category{Prefix: "-", Method: asset.StraightLine, SalvagePercent: money.MustParse("101")})
	for _, field := range []string{"body.name", "body.prefix", "body.lifeMonths", "body.salvagePercent"} {
		require.ErrorContains(t, err, field)
	}
	taken := map[string]bool{"LA": true}
	require.Equal(t, "LAP", domain.PrefixFor("Laptops", func(p string) bool { return taken[p] }))
	require.Equal(t, "MP", domain.PrefixFor("Mobile phones", func(p string) bool { return taken[p] }))
	require.Equal(t, "A1", domain.PrefixFor("椅子", func(p string) bool { return taken[p] }))
}
