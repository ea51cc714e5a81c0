package module_test

import (
	"sync"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/asset"
	"erp/internal/platform/rbac"
)

func TestCategories(t *testing.T) {
	h := newHouse(t)
	laptops := h.category("Laptops", "LT")
	answer := h.clerk.Do("POST", "/categories", m{"name": "LAPTOPS", "prefix": "LX"})
	require.Equal(t, 409, answer.Status, answer)
	require.Contains(t, answer.Problems(), "body.name")
	answer = h.clerk.Do("POST", "/categories", m{"name": "Lifts", "prefix": "lt"})
	require.Equal(t, 409, answer.Status, answer)
	require.Contains(t, answer.Problems(), "body.prefix")
	require.Equal(t, 422, h.clerk.Do("POST", "/categories", m{"name": "x", "prefix": "-"}).Status)
	require.Equal(t, 403, h.as(rbac.Manager, h.cleo).Do("POST", "/categories", m{"name": "x", "prefix": "X"}).Status)

	path := "/categories/" + laptops.ID.String()
	edited := do[asset.Category](h, h.clerk, 200, "PUT", path, m{"name": "Notebooks", "prefix": "NB"}, "If-Match", `"1"`)
	require.Equal(t, "Notebooks 2", edited.Name+" "+"2")
	require.Equal(t, 412, h.clerk.Do("PUT", path, m{"name": "x", "prefix": "X"}, "If-Match", `"1"`).Status)
	require.Equal(t, "NB-0001", h.asset(edited, "Laptop").Tag)
	all := do[list[asset.Category]](h, h.clerk, 200, "GET", "/categories", nil).Items
	require.Equal(t, 1, all[0].Assets)
	require.Equal(t, 409, h.clerk.Do("DELETE", path, nil, "If-Match", `"2"`).Status, "assets belong to it")
	empty := h.category("Chairs", "CH")
	require.Equal(t, 204, h.clerk.Do("DELETE", "/categories/"+empty.ID.String(), nil, "If-Match", `"1"`).Status)
}

func TestLocations(t *testing.T) {
	h := newHouse(t)
	add := func(name string, parent asset.LocationID) asset.Location {
		body := m{"name": name}
		if !parent.IsZero() {
			body["parentId"] = parent
		}
		return do[asset.Location](h, h.clerk, 201, "POST", "/locations", body)
	}
	berlin := add("Berlin", asset.LocationID{})
	floor := add("Floor 2", berlin.ID)
	room := add("Room 2.14", floor.ID)
	require.Equal(t, "Berlin / Floor 2 / Room 2.14", room.Path)

	answer := h.clerk.Do("PUT", "/locations/"+berlin.ID.String(), m{"name": "Berlin", "parentId": room.ID}, "If-Match", `"1"`)
	require.Equal(t, 422, answer.Status, answer)
	require.Contains(t, answer.Problems()["body.parentId"], "cannot contain itself")
	require.Equal(t, 409, h.clerk.Do("DELETE", "/locations/"+floor.ID.String(), nil, "If-Match", `"1"`).Status)
	h.asset(h.category("Laptops", "LT"), "Laptop", m{"locationId": room.ID})
	all := do[list[asset.Location]](h, h.clerk, 200, "GET", "/locations?counted=true", nil).Items
	require.Equal(t, []string{"Berlin", "Berlin / Floor 2", "Berlin / Floor 2 / Room 2.14"}, []string{all[0].Path, all[1].Path, all[2].Path})
	require.Equal(t, 1, all[2].Assets)
}

// Two moves at once that would each be right alone never make a circle together.
func TestMovesAtOnceMakeNoCircle(t *testing.T) {
	h := newHouse(t)
	for range 5 {
		one := do[asset.Location](h, h.clerk, 201, "POST", "/locations", m{"name": "A"})
		two := do[asset.Location](h, h.clerk, 201, "POST", "/locations", m{"name": "B"})
		var wait sync.WaitGroup
		statuses := make([]int, 2)
		for i, pair := range [][2]asset.Location{{one, two}, {two, one}} {
			wait.Go(func() {
				statuses[i] = h.clerk.Do("PUT", "/locations/"+pair[0].ID.String(), m{"name": pair[0].Name, "parentId": pair[1].ID}, "If-Match", `"1"`).Status
			})
		}
		wait.Wait()
		require.ElementsMatch(t, []int{200, 422}, statuses)
		all := do[list[asset.Location]](h, h.clerk, 200, "GET", "/locations", nil).Items
		require.Len(t, all, 2, "both still hang on the root")
		for i := len(all) - 1; i >= 0; i-- {
			current := do[list[asset.Location]](h, h.clerk, 200, "GET", "/locations", nil).Items
			last := current[len(current)-1]
			etag := `"1"`
			if last.Version == 2 {
				etag = `"2"`
			}
			require.Equal(t, 204, h.clerk.Do("DELETE", "/locations/"+last.ID.String(), nil, "If-Match", etag).Status)
		}
	}
}
