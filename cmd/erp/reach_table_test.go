package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"
	"text/tabwriter"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// tried is one way to reach records by an operation: which records it is about, what is sent, and what shows that the
// record was reached.
type tried struct {
	on    string // kind of the records; "" for an operation that reaches none, or where another test shows it
	by    string // that other test
	part  string // says which one, where an operation has several
	query string // {id} and {word} stand for the record's, here, in the path and in the body
	body  string
	// shows is the mark that must stand in the answer, for lists and for fields; "" is content with the answer's status.
	shows string
	// needs are the permissions of which the narrowest decides, when it is not the operation's alone.
	needs []string
	// refused is an answer that comes only after the record was found, beside 409 and 412.
	refused int
}

// TestReachTable signs in as everybody and tries each operation on a record of their own, of their team, of somebody
// else, and of nobody: what a scope does not reach is a 404, and stands in no list, file, search or field. Beside the
// built-in roles there are two that have each permission no further than their own, and than their team. An operation
// that is new needs a row. What came out is compared with what the grants say and with testdata/reach.golden.
func TestReachTable(t *testing.T) {
	t.Parallel()
	i := install(t)
	i.start()
	t.Cleanup(func() { i.tell(t) })
	w := i.world()
	all := operationsOf(w.ana.get("/api/openapi.json"))
	rows, known := reachRows(), map[string]bool{}
	for _, op := range all {
		known[op.method+" "+op.path] = true
		_, said := rows[op.method+" "+op.path]
		assert.True(t, said, "%s %s is new: say in reach_rows_test.go which records it reaches, and how to try it", op.method, op.path)
	}
	for op := range rows {
		assert.True(t, known[op], "%s is no operation any more", op)
	}
	slices.SortStableFunc(all, func(x, y operation) int { return order(x) - order(y) }) // what changes comes after what reads
	cells := map[string]string{}
	for _, c := range w.callers {
		seen := map[string]outcome{}
		for _, op := range all {
			for _, row := range rows[op.method+" "+op.path] {
				if row.on != "" {
					cells[op.method+" "+op.path+row.part+c.name] = c.reach(t, op, row, seen)
				}
			}
		}
	}
	golden(t, "reach.golden", w.table(operationsOf(w.ana.get("/api/openapi.json")), rows, cells))
}

func order(op operation) int {
	return slices.Index([]string{http.MethodGet, http.MethodPost, http.MethodPatch, http.MethodPut, http.MethodDelete}, op.method)
}

// table writes what came out for people to read.
func (w *world) table(all []operation, rows map[string][]tried, cells map[string]string) []byte {
	var out bytes.Buffer
	out.WriteString("Which records each operation reaches: o own, t of the own team, f of somebody foreign, n of nobody, x the company's; - none.\n\n")
	tab := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprint(tab, "operation\trecords\tpermission")
	for _, c := range w.callers {
		_, _ = fmt.Fprint(tab, "\t", c.name)
	}
	_, _ = fmt.Fprintln(tab)
	for _, op := range all {
		for _, row := range rows[op.method+" "+op.path] {
			switch {
			case row.by != "":
				_, _ = fmt.Fprintf(tab, "%s %s\tshown by %s\n", op.method, op.path, row.by)
			case row.on != "":
				_, _ = fmt.Fprintf(tab, "%s %s%s\t%s\t%s", op.method, op.path, row.part, row.on, strings.Join(row.permissions(op), ", "))
				for _, c := range w.callers {
					_, _ = fmt.Fprint(tab, "\t", cells[op.method+" "+op.path+row.part+c.name])
				}
				_, _ = fmt.Fprintln(tab)
			}
		}
	}
	_ = tab.Flush()
	return out.Bytes()
}

func (row tried) permissions(op operation) []string {
	if row.needs == nil {
		return []string{op.permission}
	}
	return row.needs
}

// outcome is an answer that several rows may look into.
type outcome struct {
	status  int
	content string
}

// reach tries the operation on each record, and fails where the answer is not what the grants say.
func (c *inhabitant) reach(t *testing.T, op operation, row tried, seen map[string]outcome) string {
	t.Helper()
	scope := "all"
	for _, permission := range row.permissions(op) {
		scope = narrower(scope, c.scope(permission))
	}
	got, want, refused := "", "", true
	for _, r := range c.records[row.on] {
		if covers(scope, r.standing) {
			want += r.standing
		}
		answer := c.try(t, op, row, r, seen)
		refused = refused && answer.status == http.StatusForbidden
		if c.reached(t, op, row, r, answer) {
			got += r.standing
		}
		if row.shows != "" && !strings.Contains(row.query+row.body+op.path, "{") {
			c.exactly(t, scope, row, answer)
		}
	}
	what := fmt.Sprintf("%s: %s %s%s", c.name, op.method, op.path, row.part)
	assert.Equal(t, want, got, what)
	switch {
	case refused:
		assert.Equal(t, "none", scope, what)
		return "403"
	case got == "":
		return "-"
	}
	return got
}

// exactly looks in a list for what the others have of their own.
func (c *inhabitant) exactly(t *testing.T, scope string, row tried, list outcome) {
	t.Helper()
	for _, other := range c.others {
		for _, r := range other.records[row.on] {
			if r.standing == "o" {
				assert.Equal(t, scope == "all", strings.Contains(list.content, r.marks[row.shows]), "%s finds %s of %s", c.name, row.shows, other.name)
			}
		}
	}
}

func (c *inhabitant) try(t *testing.T, op operation, row tried, r record, seen map[string]outcome) outcome {
	t.Helper()
	path := r.in(op.path + row.query)
	if open := strings.IndexByte(path, '{'); open >= 0 {
		require.Fail(t, "what stands for "+path[open:]+"?", "%s %s", op.method, op.path)
	}
	if known, ok := seen[path]; ok && op.method == http.MethodGet {
		return known
	}
	var body any
	if row.body != "" {
		body = json.RawMessage(r.in(row.body))
	}
	status, _, content := c.person.on(t).do(op.method, path, body, map[string]string{"If-Match": `"999999"`})
	answer := outcome{status, string(content)}
	if op.method == http.MethodGet {
		seen[path] = answer
	}
	return answer
}

// reached tells whether an answer shows that the caller got at the record. An answer that says neither yes nor no is a
// row that is wrong.
func (c *inhabitant) reached(t *testing.T, op operation, row tried, r record, answer outcome) bool {
	t.Helper()
	switch answer.status {
	case http.StatusForbidden, http.StatusNotFound:
		assert.NotContains(t, answer.content, r.marks["word"], "a refusal says nothing of the record")
		return false
	case http.StatusOK, http.StatusCreated, http.StatusAccepted, http.StatusNoContent:
		if row.shows == "" {
			return true
		}
		require.NotEmpty(t, r.marks[row.shows], "%s has no mark %s", row.on, row.shows)
		return strings.Contains(answer.content, r.marks[row.shows])
	case http.StatusConflict, http.StatusPreconditionFailed, row.refused:
		return true
	}
	assert.Fail(t, "neither reached nor refused", "%s: %s %s%s on %s %s: %d %s", c.name, op.method, op.path, row.part, row.on, r.standing, answer.status, answer.content)
	return false
}

func (c *inhabitant) scope(permission string) string {
	switch scope, _ := c.grants[permission].(string); {
	case permission == "signed-in":
		return "own"
	case permission == "anyone":
		return "all"
	case scope == "":
		return "none"
	default:
		return scope
	}
}

func narrower(x, y string) string {
	scopes := []string{"none", "own", "team", "department", "all"}
	return scopes[min(slices.Index(scopes, x), slices.Index(scopes, y))]
}

func covers(scope, standing string) bool {
	return strings.Contains(map[string]string{"own": "ox", "team": "otx", "department": "otx", "all": "otfnx"}[scope], standing)
}
