package httpapi

import (
	"fmt"
	"net/http"
	"strings"
	"time"

	"erp/internal/platform/auth"
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
	// PersonOnly refuses API keys: the operation needs a person with a session. A permission that is PersonOnly makes
	// all its operations so.
	PersonOnly bool
	// WhileConfirming and WhileSettingUp let a person ask for it whose session still waits for a second factor, to be
	// shown or to be set up. Without them it is refused until the factor is there, whatever its permission.
	WhileConfirming bool
	WhileSettingUp  bool
	// WhileViewing lets a person change something by it who looks at the application as a role sees it.
	WhileViewing bool
	// Status is that of a successful answer; 200 unless set, 204 when the answer is None.
	Status int
	// Timeout is how long it may take; Options.Timeout unless set, five minutes for files.
	Timeout time.Duration
}

const basePath = "/api/v1"

// check panics on an operation that must not exist.
func (op Operation) check() {
	for name, value := range map[string]string{
		"an ID": op.ID, "a method": op.Method, "a path": op.Path, "a summary": op.Summary, "a permission": op.Permission.Code,
	} {
		if value == "" {
			panic(fmt.Sprintf("httpapi: operation %q (%s %s) has not %s", op.ID, op.Method, op.Path, name))
		}
	}
}

func (op Operation) absolutePath() string {
	if strings.HasPrefix(op.Path, "/api/") {
		return op.Path
	}
	return basePath + op.Path
}

// writes reports whether the operation may change something, and therefore takes an Idempotency-Key.
func (op Operation) writes() bool { return op.Method != http.MethodGet && op.Method != http.MethodHead }

// serves reports whether a session that waits may ask for it.
func (op Operation) serves(wait auth.Wait) bool {
	switch {
	case wait == "" || op.Permission.Code == rbac.Anyone.Code:
		return true
	case wait == auth.WaitConfirm:
		return op.WhileConfirming
	default:
		return op.WhileSettingUp
	}
}

// readOnly reports whether it is refused to whoever looks at the application as another role.
func (op Operation) readOnly(viewing rbac.Role) bool {
	return viewing != "" && op.writes() && !op.WhileViewing && op.Permission.Code != rbac.Anyone.Code
}

// personOnly reports whether API keys are refused.
func (op Operation) personOnly() bool { return op.PersonOnly || op.Permission.PersonOnly }
