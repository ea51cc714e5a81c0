package erp_test

import (
	"go/ast"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A contract without a way over the wire would keep its module in the house, so each has a far twin (New of its name), a
// near side, which compose.go serves.
func TestEveryContractHasAFarTwin(t *testing.T) {
	t.Parallel()
	remotes, program := map[string]map[string]bool{}, map[string]bool{}
	contracts := 0
	for _, file := range sources(t) {
		at, err := placeOf(file.folder)
		if err != nil || file.test {
			continue
		}
		switch {
		case at.room == "remote":
			if remotes[at.owner] == nil {
				remotes[at.owner] = map[string]bool{}
			}
			for _, decl := range file.tree.Decls {
				if function, ok := decl.(*ast.FuncDecl); ok && function.Recv == nil {
					remotes[at.owner][function.Name.Name] = true
				}
			}
		case at.room == "program":
			ast.Inspect(file.tree, func(node ast.Node) bool {
				if used, ok := node.(*ast.SelectorExpr); ok {
					if from, ok := used.X.(*ast.Ident); ok && strings.HasSuffix(from.Name, "remote") {
						program[strings.TrimSuffix(from.Name, "remote")+" "+used.Sel.Name] = true
					}
				}
				return true
			})
		}
	}
	for _, file := range sources(t) {
		at, err := placeOf(file.folder)
		if err != nil || file.test || at.room != "contract" {
			continue
		}
		for name := range interfacesIn(file.tree) {
			contracts++
			for _, side := range []string{"New" + name, "Serve" + name} {
				assert.True(t, remotes[at.owner][side], "%s: contract %s has no %s in %s/remote", file.path, name, side, file.folder)
			}
			assert.True(t, program[at.owner+" Serve"+name], "%s: cmd/erp does not serve contract %s to other processes", file.path, name)
		}
	}
	require.GreaterOrEqual(t, contracts, 6, "the contracts were found")
}
