package erp_test

import (
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write docs/modules.md instead of comparing it")

const modulesPage = "docs/modules.md"

// The picture is made from the imports, so that it cannot lie.
func TestThePictureIsTrue(t *testing.T) {
	t.Parallel()
	page := modulesDiagram(sources(t))
	if *update {
		require.NoError(t, os.WriteFile(modulesPage, []byte(page), 0o644))
	}
	stored, err := os.ReadFile(modulesPage)
	require.NoError(t, err)
	require.Equal(t, string(stored), page, "the imports have changed: look at them, then run `make golden`")
}

// edge is one import between two boxes of a picture.
type edge struct{ from, to string }

func modulesDiagram(files []source) string {
	between, inside, below := map[edge]map[string]bool{}, map[edge]map[string]bool{}, map[edge]map[string]bool{}
	for _, file := range files {
		from, err := placeOf(file.folder)
		if err != nil || file.test {
			continue
		}
		for _, imported := range file.imports {
			folder, ours := strings.CutPrefix(imported, modulePath+"/")
			to, err := placeOf(folder)
			if !ours || err != nil || from == to {
				continue
			}
			note(between, edge{programBox(from), programBox(to)}, to.room)
			if _, module := upstreamOf[from.owner]; module && from.owner == to.owner {
				note(inside, edge{from.room, to.room}, from.owner)
			}
			if from.room == "platform" && to.room == "platform" {
				note(below, edge{from.owner, to.owner}, "")
			}
		}
	}
	var page strings.Builder
	page.WriteString("<!-- Generated from the imports by `make golden`; do not edit. -->\n# Who imports whom\n\n")
	page.WriteString("## Modules\n\nWhat stands on an arrow is the room that is imported. Every box also uses the kernel")
	page.WriteString(" and the mechanisms of the platform, which know none of them.\n\n")
	page.WriteString(flowchart(between, true))
	page.WriteString("\n## Rooms of a module\n\nWhat stands on an arrow is the number of modules that have it.\n\n")
	page.WriteString(flowchart(counted(inside), true))
	page.WriteString("\n## Mechanisms of the platform\n\n")
	page.WriteString(flowchart(below, false))
	return page.String()
}

// programBox is the box of the first picture that a place belongs to; none for what everybody uses.
func programBox(at place) string {
	switch at.room {
	case "program":
		return "cmd/erp"
	case "gateway":
		return "web/gateway"
	case "web", "migrations", "bench":
		return at.room
	case "platform", "kernel", "root":
		return ""
	}
	return at.owner
}

func note(edges map[edge]map[string]bool, between edge, label string) {
	if between.from == "" || between.to == "" || between.from == between.to {
		return
	}
	if edges[between] == nil {
		edges[between] = map[string]bool{}
	}
	edges[between][label] = true
}

func counted(edges map[edge]map[string]bool) map[edge]map[string]bool {
	numbers := map[edge]map[string]bool{}
	for between, modules := range edges {
		numbers[between] = map[string]bool{fmt.Sprint(len(modules)): true}
	}
	return numbers
}

func flowchart(edges map[edge]map[string]bool, labelled bool) string {
	var lines []string
	for between, labels := range edges {
		names := make([]string, 0, len(labels))
		for label := range labels {
			names = append(names, label)
		}
		slices.Sort(names)
		arrow := " --> "
		if labelled {
			arrow = fmt.Sprintf(" -->|%s| ", strings.Join(names, ", "))
		}
		lines = append(lines, "    "+box(between.from)+arrow+box(between.to)+"\n")
	}
	slices.Sort(lines)
	return "```mermaid\nflowchart TD\n" + strings.Join(lines, "") + "```\n"
}

func box(name string) string {
	return strings.ReplaceAll(name, "/", "-") + `["` + name + `"]`
}
