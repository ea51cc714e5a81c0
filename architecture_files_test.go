package erp_test

import (
	"go/ast"
	"go/token"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

const (
	longestFile    = 300 // lines of product code with one subject
	longestTest    = 450 // lines of one test file
	widestContract = 6   // methods of one audience
)

func TestFilesHaveOneSubject(t *testing.T) {
	t.Parallel()
	for _, file := range sources(t) {
		longest := longestFile
		if file.test {
			longest = longestTest
		}
		if !file.generated {
			assert.LessOrEqual(t, file.lines, longest, "%s is two files", file.path)
		}
	}
}

func TestNothingHappensBeforeMain(t *testing.T) {
	t.Parallel()
	for _, file := range sources(t) {
		for _, decl := range file.tree.Decls {
			if function, ok := decl.(*ast.FuncDecl); ok && function.Recv == nil && !file.generated {
				assert.NotEqual(t, "init", function.Name.Name, "%s: what runs is written in main", file.at(function))
			}
		}
	}
}

func TestPackagesSayWhatTheyAreFor(t *testing.T) {
	t.Parallel()
	described := map[string]bool{}
	for _, file := range sources(t) {
		if !file.test || file.folder == "." {
			described[file.folder] = described[file.folder] || file.tree.Doc != nil
		}
	}
	for folder, yes := range described {
		assert.True(t, yes, "%s has no package comment: what is it for, and what does it not know?", folder)
	}
}

func TestInterfacesStandAtModuleBorders(t *testing.T) {
	t.Parallel()
	inside := []string{"domain", "app", "store", "peers", "rest", "door"}
	for _, file := range sources(t) {
		at, err := placeOf(file.folder)
		if err != nil || file.test {
			continue
		}
		for name, declared := range interfacesIn(file.tree) {
			if at.room == "domain" && closedSet(declared) || at.room == "store" && !ast.IsExported(name) {
				continue // one of these facts; a library's row or connection, seen from here only
			}
			assert.NotContains(t, inside, at.room, "%s: interface %s inside a module", file.at(declared), name)
			if at.room == "contract" {
				assert.LessOrEqual(t, declared.Methods.NumFields(), widestContract,
					"%s: %s serves more than one audience", file.at(declared), name)
			}
		}
	}
}

// interfacesIn finds the named interfaces of a file; a list of types that only limits a type parameter is none.
func interfacesIn(tree *ast.File) map[string]*ast.InterfaceType {
	found := map[string]*ast.InterfaceType{}
	ast.Inspect(tree, func(node ast.Node) bool {
		spec, ok := node.(*ast.TypeSpec)
		if !ok {
			return true
		}
		if declared, ok := spec.Type.(*ast.InterfaceType); ok && slices.ContainsFunc(declared.Methods.List,
			func(field *ast.Field) bool { _, method := field.Type.(*ast.FuncType); return method }) {
			found[spec.Name.Name] = declared
		}
		return true
	})
	return found
}

// closedSet recognises "one of these facts": nothing is passed in, so nothing can be plugged in.
func closedSet(declared *ast.InterfaceType) bool {
	for _, field := range declared.Methods.List {
		method, ok := field.Type.(*ast.FuncType)
		if !ok || method.Params.NumFields() > 0 {
			return false
		}
	}
	return true
}

func TestTheClockIsPassedIn(t *testing.T) {
	t.Parallel()
	clockless := []string{"contract", "domain", "store", "app", "peers", "rest", "gateway"}
	for _, file := range sources(t) {
		at, err := placeOf(file.folder)
		if err != nil || file.test || !slices.Contains(clockless, at.room) {
			continue
		}
		ast.Inspect(file.tree, func(node ast.Node) bool {
			if call, ok := node.(*ast.SelectorExpr); ok && call.Sel.Name == "Now" {
				if pkg, ok := call.X.(*ast.Ident); ok && pkg.Name == "time" && pkg.Obj == nil {
					assert.Fail(t, "the clock is passed in", file.at(call))
				}
			}
			return true
		})
	}
}

func TestNoGlobalChanges(t *testing.T) {
	t.Parallel()
	globals := map[string]map[string]bool{}
	for _, file := range sources(t) {
		if globals[file.folder] == nil {
			globals[file.folder] = map[string]bool{}
		}
		for _, name := range globalsOf(file.tree) {
			globals[file.folder][name.Name] = true
		}
	}
	for _, file := range sources(t) {
		if file.generated {
			continue
		}
		for _, changed := range changesTo(file.tree, globals[file.folder]) {
			assert.Fail(t, "a global is changed", "%s: %s", file.at(changed), changed.Name)
		}
	}
}

func TestTheCheckForGlobalsSeesAChange(t *testing.T) {
	t.Parallel()
	tree := parseText(t, `package p
var count, list, box = 0, map[string]int{}, struct{ n int }{}
func f(count int) { count = 1; var list []int; list[0] = 1 }
func g() { count++; list["a"] = 1; box.n = 2; other := 3; other = 4; _ = other }`)
	names := map[string]bool{}
	for _, name := range globalsOf(tree) {
		names[name.Name] = true
	}
	var changed []string
	for _, ident := range changesTo(tree, names) {
		changed = append(changed, ident.Name)
	}
	assert.Equal(t, []string{"count", "list", "box"}, changed)
}

func globalsOf(tree *ast.File) []*ast.Ident {
	var names []*ast.Ident
	for _, decl := range tree.Decls {
		group, ok := decl.(*ast.GenDecl)
		if !ok || group.Tok != token.VAR {
			continue
		}
		for _, spec := range group.Specs {
			names = append(names, spec.(*ast.ValueSpec).Names...)
		}
	}
	return names
}

// changesTo finds assignments to the package's variables. The parser resolves local names, so a shadow is no change.
func changesTo(tree *ast.File, globals map[string]bool) []*ast.Ident {
	own := globalsOf(tree)
	var changed []*ast.Ident
	check := func(target ast.Expr) {
		name := rootOf(target)
		if name == nil || name.Name == "_" || !globals[name.Name] {
			return
		}
		local := name.Obj != nil && !slices.ContainsFunc(own, func(global *ast.Ident) bool { return global.Obj == name.Obj })
		if !local {
			changed = append(changed, name)
		}
	}
	ast.Inspect(tree, func(node ast.Node) bool {
		switch statement := node.(type) {
		case *ast.AssignStmt:
			if statement.Tok != token.DEFINE {
				for _, target := range statement.Lhs {
					check(target)
				}
			}
		case *ast.IncDecStmt:
			check(statement.X)
		}
		return true
	})
	return changed
}

// rootOf walks from a.b[c].d to a.
func rootOf(expr ast.Expr) *ast.Ident {
	switch part := expr.(type) {
	case *ast.Ident:
		return part
	case *ast.SelectorExpr:
		return rootOf(part.X)
	case *ast.IndexExpr:
		return rootOf(part.X)
	case *ast.StarExpr:
		return rootOf(part.X)
	case *ast.ParenExpr:
		return rootOf(part.X)
	}
	return nil
}

func TestNothingIsLeftUndone(t *testing.T) {
	t.Parallel()
	marks := []string{"TO" + "DO", "FIX" + "ME"}
	for _, file := range sources(t) {
		for _, group := range file.tree.Comments {
			for _, mark := range marks {
				assert.NotContains(t, group.Text(), mark, file.at(group))
			}
		}
		ast.Inspect(file.tree, func(node ast.Node) bool {
			if call, ok := node.(*ast.SelectorExpr); ok && slices.Contains([]string{"Skip", "Skipf", "SkipNow"}, call.Sel.Name) {
				if on, ok := call.X.(*ast.Ident); ok && (on.Name == "t" || on.Name == "b") {
					assert.Fail(t, "a skipped test proves nothing", file.at(call))
				}
			}
			return true
		})
	}
}
