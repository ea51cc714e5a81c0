package backup

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
)

// TryFile brings the copy at path back into the empty system s, which nobody uses, and compares every row and counter with
// what was copied.
func TryFile(ctx context.Context, path string, s System) (Manifest, error) {
	copied, err := ReadFile(ctx, path, s, Choice{})
	if err != nil {
		return Manifest{}, err
	}
	back, err := Write(ctx, io.Discard, s)
	if err != nil {
		return Manifest{}, err
	}
	return copied, same(copied, back)
}

// same compares what was copied with what came back. Tables that a newer release has changed are compared by their rows.
func same(copied, back Manifest) error {
	var problems []error
	for _, schema := range slices.Sorted(maps.Keys(copied.Schemas)) {
		was, is := copied.Schemas[schema], back.Schemas[schema]
		unchanged := was.Version == is.Version
		for _, table := range was.Tables {
			i := slices.IndexFunc(is.Tables, func(t Table) bool { return t.Name == table.Name })
			switch {
			case i < 0 && unchanged:
				problems = append(problems, fmt.Errorf("table %s.%s did not come back", schema, table.Name))
			case i < 0:
			case unchanged && is.Tables[i].Rows != table.Rows:
				problems = append(problems, fmt.Errorf("table %s.%s came back with %d rows instead of %d", schema, table.Name, is.Tables[i].Rows, table.Rows))
			case unchanged && is.Tables[i].SHA256 != table.SHA256:
				problems = append(problems, fmt.Errorf("table %s.%s came back with other content", schema, table.Name))
			}
		}
		if unchanged && !slices.Equal(was.Sequences, is.Sequences) {
			problems = append(problems, fmt.Errorf("the counters of %s came back otherwise", schema))
		}
	}
	return errors.Join(problems...)
}
