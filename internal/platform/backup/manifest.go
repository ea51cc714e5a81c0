package backup

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"time"

	"erp/internal/platform/migrate"
)

// format is the version of the archive's own layout.
const format = 1

// manifestName is the archive's last member; every other one is named in it.
const manifestName = "manifest.json"

// largestManifest bounds what is read before anything is known of the archive.
const largestManifest = 16 << 20

// Manifest says what an archive holds and how each member can be checked.
type Manifest struct {
	Format  int               `json:"format"`
	Program string            `json:"program"`
	Server  string            `json:"server"` // the version of Postgres
	MadeAt  time.Time         `json:"madeAt"`
	Schemas map[string]Schema `json:"schemas"`
}

// Schema is one module's part.
type Schema struct {
	Version   migrate.Version `json:"version"`
	Tables    []Table         `json:"tables"`
	Sequences []Sequence      `json:"sequences"`
}

// Table is a member: its rows in the text format of COPY, which every version of Postgres reads.
type Table struct {
	Name    string   `json:"name"`
	Columns []string `json:"columns"`
	Rows    int64    `json:"rows"`
	Bytes   int64    `json:"bytes"`
	SHA256  string   `json:"sha256"`
}

// Sequence is a counter's state.
type Sequence struct {
	Name   string `json:"name"`
	Last   int64  `json:"last"`
	Called bool   `json:"called"`
}

// Rows is the number of rows in the whole archive.
func (m Manifest) Rows() int64 {
	var n int64
	for _, schema := range m.Schemas {
		for _, table := range schema.Tables {
			n += table.Rows
		}
	}
	return n
}

var name = regexp.MustCompile(`^[a-z_][a-z0-9_]{0,62}$`)

func member(schema, table string) string { return schema + "/" + table + ".copy" }

// parseManifest refuses what this program does not know and names that could lead anywhere else.
func parseManifest(raw []byte) (Manifest, error) {
	var m Manifest
	var head struct {
		Format int `json:"format"`
	}
	if err := json.Unmarshal(raw, &head); err != nil {
		return m, fmt.Errorf("the archive is damaged: %s: %w", manifestName, err)
	}
	if head.Format > format {
		return m, fmt.Errorf("the archive has format %d and this program knows format %d: it was made by a newer release", head.Format, format)
	}
	decoder := json.NewDecoder(bytes.NewReader(raw))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&m); err != nil {
		return m, fmt.Errorf("the archive is damaged: %s: %w", manifestName, err)
	}
	return m, m.check()
}

func (m Manifest) check() error {
	if m.Format < 1 || len(m.Schemas) == 0 {
		return errors.New("the archive is damaged: its manifest says nothing")
	}
	for schema, s := range m.Schemas {
		names := []string{schema}
		seen := map[string]bool{}
		for _, table := range s.Tables {
			names = append(append(names, table.Name), table.Columns...)
			if seen[table.Name] {
				return fmt.Errorf("the archive is damaged: table %s.%s is named twice", schema, table.Name)
			}
			seen[table.Name] = true
			if table.Rows < 0 || table.Bytes < 0 {
				return fmt.Errorf("the archive is damaged: table %s.%s has a size below zero", schema, table.Name)
			}
		}
		for _, sequence := range s.Sequences {
			names = append(names, sequence.Name)
		}
		for _, n := range names {
			if !name.MatchString(n) {
				return fmt.Errorf("the archive is damaged: %q is no name of a schema, table or column", n)
			}
		}
	}
	return nil
}
