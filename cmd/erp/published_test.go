package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// inside are the events that stay in the program: they tell of accounts, of somebody's leave or papers, or only the program makes
// use of them.
var inside = []string{ //nolint:gochecknoglobals // because it is a constant
	"admin.signed-in.v1", "admin.invitation-accepted.v1", "admin.notice.v1", "employee.leave-requested.v1", "employee.leave-decided.v1",
	"employee.document-expiring.v1",
}

// TestWhatLeavesTheProgramIsDecided compares the contracts' events with those that webhooks can be told of: a new one is
// published or kept inside knowingly, and a field more or less is seen in testdata/published.golden.
func TestWhatLeavesTheProgramIsDecided(t *testing.T) {
	t.Parallel()
	var told strings.Builder
	decided := slices.Clone(inside)
	for _, group := range publishedEvents() {
		for _, e := range group.events {
			decided = append(decided, e.EventName())
			fmt.Fprintf(&told, "%s needs %s\n", e.EventName(), group.needs)
			shape := reflect.TypeOf(e)
			for i := range shape.NumField() {
				name, _, _ := strings.Cut(shape.Field(i).Tag.Get("json"), ",")
				fmt.Fprintf(&told, "  %s\n", name)
			}
		}
	}
	require.ElementsMatch(t, eventNames(t), decided, "say in published.go who may be told of it, or here that nobody is")

	file := filepath.Join("testdata", "published.golden")
	if accept := flag.Lookup("update"); accept != nil && accept.Value.String() == "true" {
		require.NoError(t, os.WriteFile(file, []byte(told.String()), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	require.Equal(t, string(want), told.String(), "what leaves the program has changed: an event's next version has another name")

	page, err := os.ReadFile("../../docs/how-to/webhooks.md")
	require.NoError(t, err)
	for _, name := range decided[len(inside):] {
		require.Contains(t, string(page), "`"+name+"`", "docs/how-to/webhooks.md lists what webhooks are told")
	}
}

var named = regexp.MustCompile(`EventName\(\) string \{ return "([^"]+)" \}`)

// eventNames finds every event of every contract.
func eventNames(t *testing.T) []string {
	t.Helper()
	var names []string
	for _, pattern := range []string{"../../internal/*/*.go", "../../internal/platform/admin/*.go"} {
		files, err := filepath.Glob(pattern)
		require.NoError(t, err)
		for _, file := range files {
			source, err := os.ReadFile(file)
			require.NoError(t, err)
			for _, found := range named.FindAllStringSubmatch(string(source), -1) {
				names = append(names, found[1])
			}
		}
	}
	require.Greater(t, len(names), 5)
	return names
}
