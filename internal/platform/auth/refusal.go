package auth

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"

	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// NotAllowed is the refusal of a caller who lacks a permission. It is a fault of kind Forbidden; the edge explains it to
// those who may know why.
type NotAllowed struct {
	Permission rbac.Permission
	// Needs is how far it would have to reach; None when any reach would do.
	Needs rbac.Scope
}

// Refuse is the refusal, with how far the permission would have to reach.
func Refuse(permission rbac.Permission, needs rbac.Scope) *NotAllowed {
	return &NotAllowed{Permission: permission, Needs: needs}
}

// Need refuses a caller who does not hold the permission at all.
func Need(ctx context.Context, permission rbac.Permission) error {
	if Allowed(ctx, permission) {
		return nil
	}
	return Refuse(permission, rbac.None)
}

// Error is the sentence for people.
func (n *NotAllowed) Error() string { return n.fault().Message }

// Unwrap is the refusal as every surface knows it.
func (n *NotAllowed) Unwrap() error { return n.fault() }

func (n *NotAllowed) fault() *fault.Error {
	if n.Needs == rbac.All {
		return fault.New(fault.Forbidden, "not-allowed", "You may not do this for everybody. It needs the permission %q for all.", n.Permission.Label)
	}
	return fault.New(fault.Forbidden, "not-allowed", "You may not do this. It needs the permission %q.", n.Permission.Label)
}

// refusedHeader tells another process which permission was lacking, so that the one that knows the rules can explain it.
const refusedHeader = "Erp-Refused"

// Tell writes the refusal into the header of an answer to another process.
func (n *NotAllowed) Tell(header http.Header) error {
	raw, err := json.Marshal(n)
	if err != nil {
		return fmt.Errorf("tell of a refusal: %w", err)
	}
	header.Set(refusedHeader, url.QueryEscape(string(raw)))
	return nil
}

// ToldRefusal is the refusal that another process told of in the header; nil when it told of none.
func ToldRefusal(header http.Header) *NotAllowed {
	var told NotAllowed
	raw, err := url.QueryUnescape(header.Get(refusedHeader))
	if err == nil {
		err = json.Unmarshal([]byte(raw), &told)
	}
	if readable := err == nil && told.Permission.Code != ""; !readable {
		return nil
	}
	return &told
}
