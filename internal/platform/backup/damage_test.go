package backup_test

import (
	"archive/zip"
	"bytes"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"erp/internal/platform/backup"
)

func itoa(n int) string { return strconv.Itoa(n) }

// rebuilt makes an archive anew from changed contents.
func rebuilt(t *testing.T, archive []byte, change func(all map[string]string)) []byte {
	t.Helper()
	all := contents(t, archive)
	change(all)
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range all {
		w, err := z.Create(name)
		require.NoError(t, err)
		_, err = w.Write([]byte(content))
		require.NoError(t, err)
	}
	require.NoError(t, z.Close())
	return b.Bytes()
}

func TestDamage(t *testing.T) {
	t.Parallel()
	_, archive := filled(t)
	to := system(t)
	before := contents(t, copyOf(t, to))
	manifest := func(from, to string) func(map[string]string) {
		return func(all map[string]string) {
			require.Contains(t, all["manifest.json"], from)
			all["manifest.json"] = strings.Replace(all["manifest.json"], from, to, 1)
		}
	}
	for what, damaged := range map[string][]byte{
		"no archive at all":         []byte("something else"),
		"nothing":                   nil,
		"cut short":                 archive[:len(archive)*2/3],
		"a changed row":             rebuilt(t, archive, func(all map[string]string) { all["sales/inbox.copy"] = "8\n" }),
		"a row too many":            rebuilt(t, archive, func(all map[string]string) { all["sales/inbox.copy"] += "8\n" }),
		"a missing member":          rebuilt(t, archive, func(all map[string]string) { delete(all, "stock/thing.copy") }),
		"a member too many":         rebuilt(t, archive, func(all map[string]string) { all["stock/more.copy"] = "" }),
		"a member outside":          rebuilt(t, archive, func(all map[string]string) { all["../../etc/passwd"] = "root" }),
		"no manifest":               rebuilt(t, archive, func(all map[string]string) { delete(all, "manifest.json") }),
		"a manifest without sense":  rebuilt(t, archive, func(all map[string]string) { all["manifest.json"] = `{"format":1}` }),
		"a table that leads away":   rebuilt(t, archive, manifest(`"name":"inbox"`, `"name":"../inbox"`)),
		"a table with a statement":  rebuilt(t, archive, manifest(`"name":"inbox"`, `"name":"inbox; DROP TABLE x"`)),
		"a schema that is not here": rebuilt(t, archive, manifest(`"sales":`, `"public":`)),
		"an unknown field":          rebuilt(t, archive, manifest(`"program":`, `"command":`)),
		"a number of rows":          rebuilt(t, archive, manifest(`"rows":1`, `"rows":9`)),
		"a format to come":          rebuilt(t, archive, manifest(`"format":1`, `"format":2`)),
	} {
		t.Run(what+" is refused before the first write", func(t *testing.T) {
			require.Error(t, restore(t, damaged, to, backup.Choice{Overwrite: true}))
		})
	}
	require.Equal(t, before, contents(t, copyOf(t, to)))

	t.Run("no flipped bit of the members goes unseen", func(t *testing.T) {
		for at := 40; at < len(archive); at += len(archive)/25 + 1 {
			flipped := bytes.Clone(archive)
			flipped[at] ^= 0x10
			if err := restore(t, flipped, to, backup.Choice{Overwrite: true}); err == nil {
				// A bit that no reader looks at, such as a time in the directory: the data must be the same.
				require.Equal(t, contents(t, archive), contents(t, copyOf(t, to)), "offset %d", at)
			}
		}
	})
}
