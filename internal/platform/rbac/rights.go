package rbac

import "maps"

// Rights is what one person may do, compiled: the union of the person's roles, denials taken away. It never changes;
// a change of policy makes new ones.
type Rights struct {
	everything bool
	scopes     map[string]Scope
}

// NewRights compiles rights from scopes by permission code.
func NewRights(scopes map[string]Scope) *Rights { return &Rights{scopes: maps.Clone(scopes)} }

// Everything are the rights of the system itself, which jobs and event handlers act with.
func Everything() *Rights { return &Rights{everything: true} }

// Scope is how far the permission reaches; None when it is not granted. Nil rights grant nothing.
func (r *Rights) Scope(code string) Scope {
	if r == nil {
		return None
	}
	if r.everything {
		return All
	}
	return r.scopes[code]
}

// Scopes lists every granted permission with its scope.
func (r *Rights) Scopes() map[string]Scope {
	if r == nil {
		return map[string]Scope{}
	}
	scopes := make(map[string]Scope, len(r.scopes))
	maps.Copy(scopes, r.scopes)
	return scopes
}

// Within is what both allow: each permission as far as the narrower of the two reaches.
func (r *Rights) Within(limit *Rights) *Rights {
	switch {
	case r == nil || limit == nil:
		return nil
	case limit.everything:
		return r
	case r.everything:
		return limit
	}
	both := &Rights{scopes: make(map[string]Scope, len(limit.scopes))}
	for code, scope := range limit.scopes {
		if scope = min(scope, r.scopes[code]); scope != None {
			both.scopes[code] = scope
		}
	}
	return both
}

// Covers reports whether these rights allow everything that the others do, as far.
func (r *Rights) Covers(other *Rights) bool {
	if other == nil || (r != nil && r.everything) {
		return true
	}
	if other.everything {
		return false
	}
	for code, scope := range other.scopes {
		if r.Scope(code) < scope {
			return false
		}
	}
	return true
}
