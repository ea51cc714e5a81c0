package domain

import (
	"strings"

	"erp/internal/asset"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// DeepestLocation is how many levels the tree of places may have.
const DeepestLocation = 12

// Location is a place, stored as it stands.
type Location struct {
	ID       asset.LocationID
	Name     string
	ParentID asset.LocationID
	Version  int
}

// Tree is all places. It answers what a single place cannot: paths, what lies below, whether a move makes a circle.
type Tree struct {
	places   map[asset.LocationID]Location
	children map[asset.LocationID][]asset.LocationID
}

// NewTree takes all places, in the order in which siblings shall stand.
func NewTree(places []Location) *Tree {
	t := &Tree{places: map[asset.LocationID]Location{}, children: map[asset.LocationID][]asset.LocationID{}}
	for _, place := range places {
		t.put(place)
	}
	return t
}

func (t *Tree) put(place Location) {
	t.places[place.ID] = place
	t.children[place.ParentID] = append(t.children[place.ParentID], place.ID)
}

// Add makes a new place below the parent; the zero parent is the root.
func (t *Tree) Add(name string, parent asset.LocationID) (Location, error) {
	place := Location{ID: id.New[asset.Location](), Name: strings.TrimSpace(name), ParentID: parent, Version: 1}
	if err := t.check(place); err != nil {
		return Location{}, err
	}
	t.put(place)
	return place, nil
}

// Edit renames a place or moves it, with all below it. A move below itself is Invalid.
func (t *Tree) Edit(place Location, name string, parent asset.LocationID) (Location, error) {
	place.Name, place.ParentID, place.Version = strings.TrimSpace(name), parent, place.Version+1
	return place, t.check(place)
}

func (t *Tree) check(place Location) error {
	var p fault.Problems
	if place.Name == "" {
		p.Add("body.name", "must not be empty")
	}
	if strings.Contains(place.Name, "/") {
		p.Add("body.name", "must not contain a stroke (/), which separates the names of a path")
	}
	for _, sibling := range t.children[place.ParentID] {
		if sibling != place.ID && strings.EqualFold(t.places[sibling].Name, place.Name) {
			p.Add("body.name", "%s stands there already", place.Name)
		}
	}
	depth := 1
	for at := place.ParentID; !at.IsZero(); at = t.places[at].ParentID {
		if _, known := t.places[at]; !known {
			p.Add("body.parentId", "is no known location")
			break
		}
		if at == place.ID {
			p.Add("body.parentId", "%s lies within %s: a location cannot contain itself", t.places[place.ParentID].Name, place.Name)
			return p.Err()
		}
		depth++
	}
	if depth+t.height(place.ID) > DeepestLocation {
		p.Add("body.parentId", "the tree of locations has at most %d levels", DeepestLocation)
	}
	return p.Err()
}

func (t *Tree) height(below asset.LocationID) int {
	most := 0
	for _, child := range t.children[below] {
		most = max(most, 1+t.height(child))
	}
	return most
}

// pathSeparator stands between the names of a path. A name cannot hold the stroke itself.
const pathSeparator = " / "

// Path is the names from the root down to the place.
func (t *Tree) Path(of asset.LocationID) string {
	var names []string
	for at := of; !at.IsZero() && len(names) <= DeepestLocation; at = t.places[at].ParentID {
		names = append([]string{t.places[at].Name}, names...)
	}
	return strings.Join(names, pathSeparator)
}

// Find looks a path up, whatever its case and the spaces around its separators.
func (t *Tree) Find(path string) (asset.LocationID, bool) {
	var at asset.LocationID
	for _, name := range SplitPath(path) {
		next, ok := t.child(at, name)
		if !ok {
			return asset.LocationID{}, false
		}
		at = next
	}
	return at, !at.IsZero()
}

// Grow finds a path or makes what is missing of it; made is what is new.
func (t *Tree) Grow(path string) (at asset.LocationID, made []Location, err error) {
	for _, name := range SplitPath(path) {
		next, ok := t.child(at, name)
		if !ok {
			place, err := t.Add(name, at)
			if err != nil {
				return asset.LocationID{}, nil, err
			}
			made = append(made, place)
			next = place.ID
		}
		at = next
	}
	return at, made, nil
}

func (t *Tree) child(of asset.LocationID, name string) (asset.LocationID, bool) {
	for _, child := range t.children[of] {
		if strings.EqualFold(t.places[child].Name, name) {
			return child, true
		}
	}
	return asset.LocationID{}, false
}

// SplitPath cuts "Berlin / Floor 2" into its names.
func SplitPath(path string) []string {
	var names []string
	for part := range strings.SplitSeq(path, "/") {
		if name := strings.TrimSpace(part); name != "" {
			names = append(names, name)
		}
	}
	return names
}

// Walk calls visit for every place, parents before children, siblings in order.
func (t *Tree) Walk(visit func(place Location, depth int)) {
	var down func(of asset.LocationID, depth int)
	down = func(of asset.LocationID, depth int) {
		for _, child := range t.children[of] {
			visit(t.places[child], depth)
			down(child, depth+1)
		}
	}
	down(asset.LocationID{}, 0)
}
