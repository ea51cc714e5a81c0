package auth

import (
	"context"

	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// Records is one kind of record as the console may ask about it: modules hand theirs over by their doors, so that
// whether a record is somebody's own, their team's or a stranger's is decided by the very look-up that decides it for
// the record's pages.
type Records struct {
	// Kind is the first word of the codes of the permissions about such records: "asset".
	Kind string
	// See is the permission that Find asks the caller for, at whatever scope.
	See rbac.Permission
	// Find gives what people call the record. It fails with kind NotFound when there is none within the caller's reach.
	Find func(ctx context.Context, id string) (label string, err error)
}

// Standing is the narrowest scope at which the person reaches the record, and what the record is called. It fails with
// kind NotFound when there is no such record at all.
func (r Records) Standing(ctx context.Context, person Principal, id string) (needs rbac.Scope, label string, err error) {
	for scope := rbac.Own; scope <= rbac.All; scope++ {
		as := With(ctx, person, rbac.NewRights(map[string]rbac.Scope{r.See.Code: scope}))
		if label, err = r.Find(as, id); !fault.Is(err, fault.NotFound) {
			return scope, label, err
		}
	}
	return rbac.None, "", err
}
