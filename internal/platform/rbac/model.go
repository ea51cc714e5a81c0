package rbac

import (
	"errors"
	"fmt"
	"strings"

	"github.com/casbin/casbin/v3"
	"github.com/casbin/casbin/v3/model"
	"github.com/casbin/casbin/v3/persist"
)

// policyModel is the question and the rules in casbin's words. A request asks whether a subject may act on an object as
// far as a scope. An allowing rule reaches every narrower scope; a denying rule takes away its scope and every wider
// one; a denial overrides.
const policyModel = `
[request_definition]
r = sub, obj, act, scope

[policy_definition]
p = sub, obj, act, scope, eft

[role_definition]
g = _, _

[policy_effect]
e = some(where (p.eft == allow)) && !some(where (p.eft == deny))

[matchers]
m = r.obj == p.obj && r.act == p.act && reaches(p.eft, p.scope, r.scope) && g(r.sub, p.sub)
`

const (
	allow = "allow"
	deny  = "deny"

	personPrefix = "user:"
	rolePrefix   = "role:"
)

// newEnforcer loads the policy behind the adapter. casbin refuses one whose roles inherit from each other in a circle.
func newEnforcer(adapter persist.Adapter) (*casbin.Enforcer, error) {
	m, err := model.NewModelFromString(policyModel)
	if err != nil {
		return nil, fmt.Errorf("read policy model: %w", err)
	}
	enforcer, err := casbin.NewEnforcer(m)
	if err != nil {
		return nil, fmt.Errorf("build enforcer: %w", err)
	}
	enforcer.AddFunction("reaches", reachesFunction)
	enforcer.SetAdapter(adapter)
	if err := enforcer.LoadPolicy(); err != nil {
		return nil, fmt.Errorf("load policy: %w", err)
	}
	return enforcer, nil
}

func reachesFunction(args ...any) (any, error) {
	if len(args) != 3 {
		return false, errors.New("reaches takes effect, rule scope and asked scope")
	}
	effect, _ := args[0].(string)
	ruleScope, _ := args[1].(string)
	askedScope, _ := args[2].(string)
	rule, err := ParseScope(ruleScope)
	if err != nil {
		return false, err
	}
	asked, err := ParseScope(askedScope)
	if err != nil {
		return false, err
	}
	if effect == deny {
		return asked >= rule, nil
	}
	return asked <= rule, nil
}

// split parts a permission code into casbin's object and act: "employee.bank:read" is object "employee.bank", act "read".
func split(code string) (object, act string) {
	object, act, _ = strings.Cut(code, ":")
	return object, act
}

func subjectOfRole(role Role) string { return rolePrefix + string(role) }

func subjectOfPerson(person Person) string { return personPrefix + person.String() }
