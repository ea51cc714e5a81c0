package main_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "accept the golden files as they are now") //nolint:gochecknoglobals // because flags are

// TestAccessTable asks for every operation of the document as every built-in role, as somebody without one and as
// somebody who is not signed in. The door must open exactly for those whose grants say so, and the whole table is
// compared with testdata/access.golden, so that nobody gets or loses a right by accident.
func TestAccessTable(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	ana := i.setUp(true)
	callers := []caller{{name: "visitor", person: i.visitor()}}
	for _, role := range []string{"", "employee", "manager", "hr-manager", "asset-manager", "accountant", "administrator"} {
		callers = append(callers, i.newcomer(ana, role))
	}
	var table bytes.Buffer
	w := tabwriter.NewWriter(&table, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprint(w, "operation\tpermission")
	for _, c := range callers {
		_, _ = fmt.Fprint(w, "\t", c.name)
	}
	_, _ = fmt.Fprintln(w)
	for _, op := range operationsOf(ana.get("/api/openapi.json")) {
		_, _ = fmt.Fprintf(w, "%s %s\t%s", op.method, op.path, op.permission)
		for _, c := range callers {
			_, _ = fmt.Fprint(w, "\t", c.try(t, op))
		}
		_, _ = fmt.Fprintln(w)
	}
	require.NoError(t, w.Flush())
	golden(t, "access.golden", table.Bytes())
}

// golden compares with a file under testdata, or accepts what is there now.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o750))
		require.NoError(t, os.WriteFile(file, got, 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err, "run make golden")
	require.Equal(t, string(want), string(got), "if this is meant, run make golden and read the difference")
}

// caller is somebody who tries every door.
type caller struct {
	name   string
	person *person
	grants object
}

// newcomer makes a user with the role and signs in.
func (i *installation) newcomer(ana *person, role string) caller {
	i.t.Helper()
	name, roles := role, []string{role}
	if role == "" {
		name, roles = "no-role", []string{}
	}
	email, password := name+"@acme.example", "first password of "+name
	ana.post("/api/v1/users", object{"name": name, "email": email, "password": password, "roles": roles}, http.StatusCreated)
	p := i.signIn(email, password)
	p.post("/api/v1/me/password", object{"current": password, "new": "second password of " + name}, http.StatusOK)
	grants, _ := p.get("/api/v1/me")["permissions"].(object)
	return caller{name, p, grants}
}

// try says how far the caller's grant reaches, or how the door stays shut; it fails when the door and the grant differ.
func (c caller) try(t *testing.T, op operation) string {
	t.Helper()
	const nothing = "01890a5d-ac96-774b-bcce-b302099a8057"
	path := op.path
	for strings.Contains(path, "{") {
		open := strings.IndexByte(path, '{')
		path = path[:open] + nothing + path[open+strings.IndexByte(path[open:], '}')+1:]
	}
	var body any
	if op.takesBody {
		body = object{}
	}
	status, _, content := c.person.on(t).do(op.method, path, body, nil)
	granted, _ := c.grants[op.permission].(string)
	signedIn := c.grants != nil
	switch {
	case op.permission == "anyone", op.permission == "signed-in" && signedIn:
		granted = "yes"
	case !signedIn:
		require.Equal(t, http.StatusUnauthorized, status, "%s: %s %s: %s", c.name, op.method, op.path, content)
		return "401"
	case granted == "" || granted == "none":
		require.Equal(t, http.StatusForbidden, status, "%s: %s %s: %s", c.name, op.method, op.path, content)
		return "403"
	}
	require.NotContains(t, []int{http.StatusUnauthorized, http.StatusForbidden}, status, "%s: %s %s: %s", c.name, op.method, op.path, content)
	require.Less(t, status, 500, "%s: %s %s: %s", c.name, op.method, op.path, content)
	return granted
}

type operation struct {
	method, path, permission string
	takesBody                bool
}

// operationsOf lists the document's operations; those that end the session come last.
func operationsOf(document object) []operation {
	var all, last []operation
	paths, _ := document["paths"].(object)
	for _, path := range slices.Sorted(maps.Keys(paths)) {
		item, _ := paths[path].(object)
		for _, method := range slices.Sorted(maps.Keys(item)) {
			spec, _ := item[method].(object)
			permission, _ := spec["x-permission"].(string)
			op := operation{strings.ToUpper(method), path, permission, spec["requestBody"] != nil}
			if path == "/api/v1/session" {
				last = append(last, op)
				continue
			}
			all = append(all, op)
		}
	}
	return append(all, last...)
}
