package rbac

import "fmt"

// Cell is one place in the matrix of roles and permissions: how far the role's grant reaches, or Denied.
type Cell int

// Denied takes a permission away from everybody who holds the role, whatever their other roles grant.
const Denied Cell = -1

const deniedName = "deny"

// Granted is the cell of a grant; None is the empty cell.
func Granted(s Scope) Cell { return Cell(s) }

// Scope is how far the cell's grant reaches; None for a denial.
func (c Cell) Scope() Scope {
	if c == Denied {
		return None
	}
	return Scope(c)
}

// String is the cell as clients see it.
func (c Cell) String() string {
	if c == Denied {
		return deniedName
	}
	return Scope(c).String()
}

// MarshalText writes the cell's name.
func (c Cell) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the cell's name.
func (c *Cell) UnmarshalText(text []byte) error {
	if string(text) == deniedName {
		*c = Denied
		return nil
	}
	scope, err := ParseScope(string(text))
	if err != nil {
		return fmt.Errorf("neither a scope nor a denial: %w", err)
	}
	*c = Cell(scope)
	return nil
}

// Scopes are the grants among the cells, without the denials.
func Scopes(cells map[string]Cell) map[string]Scope {
	scopes := make(map[string]Scope, len(cells))
	for code, cell := range cells {
		if scope := cell.Scope(); scope != None {
			scopes[code] = scope
		}
	}
	return scopes
}
