package erp_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

const modulePath = "erp"

// source is one Go file of the project, parsed.
type source struct {
	path, folder string
	test         bool
	generated    bool
	imports      []string
	lines        int
	tree         *ast.File
	fset         *token.FileSet
}

// parseOnce reads the tree a single time for all tests of this package.
var parseOnce = sync.OnceValues(parseTree)

// sources returns every Go file of the product, tests included.
func sources(t *testing.T) []source {
	t.Helper()
	files, err := parseOnce()
	require.NoError(t, err)
	require.NotEmpty(t, files)
	return files
}

func parseTree() ([]source, error) {
	var files []source
	err := filepath.WalkDir(".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if entry.IsDir() {
			base := entry.Name()
			if name != "." && (strings.HasPrefix(base, ".") || slices.Contains(
				[]string{"node_modules", "testdata", "tools", "bin", "data", "docs", "ui", "dist"}, base)) {
				return filepath.SkipDir
			}
			return nil
		}
		if filepath.Ext(name) != ".go" {
			return nil
		}
		file, err := parse(filepath.ToSlash(name))
		files = append(files, file)
		return err
	})
	return files, err
}

func parse(name string) (source, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return source{}, err
	}
	set := token.NewFileSet()
	tree, err := parser.ParseFile(set, name, text, parser.ParseComments)
	if err != nil {
		return source{}, err
	}
	file := source{
		path: name, folder: path.Dir(name), test: strings.HasSuffix(name, "_test.go"), generated: ast.IsGenerated(tree),
		lines: strings.Count(string(text), "\n"), tree: tree, fset: set,
	}
	for _, spec := range tree.Imports {
		imported, err := strconv.Unquote(spec.Path.Value)
		if err != nil {
			return source{}, err
		}
		file.imports = append(file.imports, imported)
	}
	return file, nil
}

// parseText parses a program that a test made up.
func parseText(t *testing.T, text string) *ast.File {
	t.Helper()
	tree, err := parser.ParseFile(token.NewFileSet(), "made-up.go", text, 0)
	require.NoError(t, err)
	return tree
}

// at names a position the way editors open it.
func (s source) at(node ast.Node) string { return s.fset.Position(node.Pos()).String() }
