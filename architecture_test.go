// Package erp_test holds the architecture as a table that fails: which room may import which, which library has which
// door, and what no file may contain. docs/architecture.md says why; `go test .` says whether.
package erp_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// upstreamOf names, for each module, the contracts it may know. Nothing else may be added without making a cycle of
// interests: a module learns of the ones below it by events and by steps that compose.go hands over.
var upstreamOf = map[string][]string{
	"employee": {},
	"admin":    {"employee"},
	"asset":    {"employee", "admin"},
	"invoice":  {"employee", "admin", "asset"},
}

// kernel lists the value types that contracts may use. There is no sixth without an ADR.
var kernel = []string{"id", "date", "fault", "money", "page"}

// mechanisms lists the packages of internal/platform. Those at an edge of the program are not for use cases.
var mechanisms = map[string]struct{ edge bool }{
	"audit": {}, "auth": {}, "bulk": {}, "csvfile": {}, "database": {}, "egress": {}, "events": {}, "gather": {}, "jobs": {}, "notify": {}, "pdf": {},
	"rbac": {}, "resilience": {}, "saga": {},
	"backup": {edge: true}, "broker": {edge: true}, "config": {edge: true}, "embeddedpg": {edge: true}, "health": {edge: true},
	"httpapi": {edge: true}, "migrate": {edge: true}, "pgtest": {edge: true}, "rpc": {edge: true}, "scanner": {edge: true}, "telemetry": {edge: true},
}

// rooms is the table of arrows. `may` holds what product code of the room imports, `tests` what its tests import
// besides; a room with no tests entry has no test files at all.
var rooms = map[string]struct{ may, tests []string }{
	"contract": {may: []string{"kernel", "upstream contract"}},
	"domain":   {may: []string{"kernel", "own contract", "upstream contract"}, tests: []string{"own domain"}},
	"store":    {may: []string{"kernel", "own contract", "upstream contract", "own domain", "platform/database"}},
	// Peers say what others know in the words of this module's rules.
	"peers": {may: []string{"kernel", "own contract", "upstream contract", "own domain", "platform/resilience"}},
	"app": {may: []string{"kernel", "own contract", "upstream contract", "own domain", "own store", "own peers",
		"mechanism"}},
	"rest": {may: []string{"kernel", "own contract", "upstream contract", "own app", "platform/httpapi", "platform/rbac"}},
	"door": {
		may: []string{"kernel", "own contract", "upstream contract", "own domain", "own store", "own peers", "own app",
			"own rest", "mechanism", "platform/httpapi"},
		tests: []string{"own door", "own fake", "own remote", "own wire", "upstream fake", "any trial", "platform/pgtest"},
	},
	"fake":   {may: []string{"kernel", "own contract", "upstream contract"}, tests: []string{"own fake"}},
	"remote": {may: []string{"kernel", "own contract", "upstream contract", "own wire", "platform/rpc"}},
	"wire":   {may: []string{}}, // generated from the .proto file beside it
	"kernel": {may: []string{"kernel"}, tests: []string{}},
	"platform": {
		may:   []string{"kernel", "mechanism", "edge", "migrations of migrate"},
		tests: []string{"platform/pgtest", "migrations", "any trial"},
	},
	"trial": {may: []string{"kernel", "mechanism", "edge"}}, // how others test with a mechanism
	"gateway": {
		may:   []string{"kernel", "any contract", "platform/httpapi", "platform/auth", "platform/rbac", "platform/resilience"},
		tests: []string{"gateway", "any fake", "any trial"},
	},
	"web":        {may: []string{}, tests: []string{"web"}},
	"migrations": {may: []string{}, tests: []string{"migrations", "kernel"}},
	"program": {
		may: []string{"kernel", "any contract", "any door", "any remote", "mechanism", "edge", "gateway", "web",
			"migrations"},
		tests: []string{"any fake", "any trial"},
	},
	"bench": {may: []string{"kernel", "platform/embeddedpg"}, tests: []string{}},
	"root":  {tests: []string{}},
}

// place is where a package stands: its room, and the module or mechanism that owns it.
type place struct{ room, owner string }

// placeOf finds the room of a package by its folder, and says no to a folder that is no room.
func placeOf(folder string) (place, error) {
	parts := strings.Split(folder, "/")
	if fixed, ok := map[string]place{
		".": {room: "root"}, "cmd/erp": {room: "program"}, "migrations": {room: "migrations"}, "web": {room: "web"},
		"web/gateway": {room: "gateway"},
	}[folder]; ok {
		return fixed, nil
	}
	if parts[0] == "bench" {
		return place{room: "bench"}, nil
	}
	if len(parts) < 2 || parts[0] != "internal" {
		return place{}, fmt.Errorf("%s is in no known room", folder)
	}
	if parts[1] == "platform" && len(parts) > 2 && parts[2] != "admin" {
		return platformPlace(folder, parts[2:])
	}
	owner, inside := parts[1], parts[2:]
	if parts[1] == "platform" && len(parts) > 2 {
		owner, inside = parts[2], parts[3:]
	}
	if _, ok := upstreamOf[owner]; !ok {
		return place{}, fmt.Errorf("%s belongs to no known module", folder)
	}
	room, ok := map[string]string{
		"": "contract", owner + "test": "fake", "remote": "remote", "remote/" + owner + "wire": "wire", "module": "door",
		"internal/domain": "domain", "internal/app": "app", "internal/store": "store", "internal/peers": "peers",
		"internal/rest": "rest",
	}[strings.Join(inside, "/")]
	if !ok {
		return place{}, fmt.Errorf("%s is no room of module %s", folder, owner)
	}
	return place{room, owner}, nil
}

func platformPlace(folder string, parts []string) (place, error) {
	if slices.Contains(kernel, parts[0]) && len(parts) == 1 {
		return place{"kernel", parts[0]}, nil
	}
	if _, ok := mechanisms[parts[0]]; ok {
		if len(parts) == 2 && parts[1] == parts[0]+"test" {
			return place{"trial", parts[0]}, nil
		}
		return place{"platform", parts[0]}, nil
	}
	return place{}, fmt.Errorf("%s is no known mechanism of the platform", folder)
}

// labels says, in the words of the table, what `to` is to `from`.
func labels(from, to place) []string {
	relation := "foreign"
	switch {
	case from.owner == to.owner && to.owner != "":
		relation = "own"
	case slices.Contains(upstreamOf[from.owner], to.owner):
		relation = "upstream"
	}
	switch to.room {
	case "platform":
		general := "mechanism"
		if mechanisms[to.owner].edge {
			general = "edge"
		}
		return []string{"platform/" + to.owner, general}
	case "migrations":
		if from.owner == "migrate" || from.owner == "pgtest" {
			return []string{"migrations", "migrations of migrate"}
		}
		return []string{"migrations"}
	case "kernel", "gateway", "web", "program", "bench", "root":
		return []string{to.room}
	}
	return []string{relation + " " + to.room, "any " + to.room}
}

// refusal tells why a file of folder `from` may not import the project's folder `to`; nil when it may.
func refusal(from, to string, inTest bool) error {
	source, err := placeOf(from)
	if err != nil {
		return err
	}
	target, err := placeOf(to)
	if err != nil {
		return err
	}
	if from == to && inTest {
		return nil
	}
	allowed := rooms[source.room].may
	if inTest {
		allowed = slices.Concat(allowed, rooms[source.room].tests)
	}
	names := labels(source, target)
	for _, name := range names {
		if slices.Contains(allowed, name) {
			return nil
		}
	}
	return fmt.Errorf("%s (%s) may not import %s (%s); it may import %s",
		from, source.room, to, names[0], strings.Join(allowed, ", "))
}

func TestEveryPackageStandsInAKnownRoom(t *testing.T) {
	t.Parallel()
	for _, file := range sources(t) {
		_, err := placeOf(file.folder)
		require.NoError(t, err, file.path)
	}
}

func TestEveryImportFollowsAnArrow(t *testing.T) {
	t.Parallel()
	for _, file := range sources(t) {
		for _, imported := range file.imports {
			if folder, ours := strings.CutPrefix(imported, modulePath+"/"); ours {
				assert.NoError(t, refusal(file.folder, folder, file.test), file.path)
			}
		}
	}
}

func TestTestsStandInThreePlaces(t *testing.T) {
	t.Parallel()
	for _, file := range sources(t) {
		at, err := placeOf(file.folder)
		if err == nil && file.test {
			assert.NotNil(t, rooms[at.room].tests,
				"%s: rules are tested in domain, a module from outside in its door, the rest in cmd/erp", file.path)
		}
	}
}
