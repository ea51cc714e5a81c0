package httpapi

import (
	"erp/internal/platform/rbac"
)

// Operation is one thing a client can ask for. Registering one without an ID, a summary or a permission panics, so that
// no endpoint exists whose access nobody decided.
type Operation struct {
	// ID is unique in the whole document and never changes: "assign-asset". Clients name their functions after it.
	ID string
	// Method is the HTTP method.
	Method string
	// Path is below /api/v1 ("/assets/{id}/assignments"); one that begins with /api/ is taken as it is.
	Path string
	// Summary says in a few words what it does; Description says what a client must know beyond that.
	Summary     string
	Description string
	// Tag is the heading under which the document lists it.
	Tag string
	// Permission is what the caller must hold, at whatever scope; the use case narrows to the scope.
	Permission rbac.Permission
	// Status is that of a successful answer; 200 unless set, 204 when the answer is None.
	Status int
}
