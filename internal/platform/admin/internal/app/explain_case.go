package app

import (
	"slices"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/rbac"
)

// explainedCase is one decision with everything that it is told with.
type explainedCase struct {
	user       domain.User
	permission rbac.Permission
	trace      rbac.Trace
	roles      []domain.Role
	names      map[admin.UserID]string
	snapshot   *rbac.Snapshot
	zone       *time.Location
}

func (c *explainedCase) role(code rbac.Role) RoleName {
	for _, one := range c.roles {
		if one.Code == string(code) {
			return RoleName{Code: one.Code, Name: one.Name}
		}
	}
	return RoleName{Code: string(code), Name: string(code)}
}

// who names the giver of a right; empty for the program itself.
func (c *explainedCase) who(by string) string {
	for user, name := range c.names {
		if user.String() == by {
			return name
		}
	}
	return ""
}

func (c *explainedCase) grants() []ExplainedGrant {
	out := make([]ExplainedGrant, len(c.trace.Sources))
	for i, s := range c.trace.Sources {
		out[i] = ExplainedGrant{
			Role: c.role(s.Role), Says: s.Cell, DecidedBy: c.who(s.Rule.By), DecidedAt: s.Rule.At, GivenBy: c.who(s.Given.By), GivenAt: s.Given.At,
			Until: s.Until,
		}
		for _, via := range s.Via {
			out[i].Via = append(out[i].Via, c.role(via))
		}
	}
	return out
}

// decide fills in the verdict, its reason, and what would change it.
func (c *explainedCase) decide(e *Explanation) {
	denied := len(e.Grants) > 0 && e.Grants[0].Says == rbac.Denied
	switch {
	case !c.user.CanSignIn():
		e.Reason, e.Remedies = ReasonClosed, []Remedy{{Do: DoOpenAccount}}
	case c.user.MustChange:
		e.Reason, e.Remedies = ReasonPassword, []Remedy{{Do: DoChangePassword}}
	case e.Reach >= e.Needs:
		e.Reason, e.Allowed = ReasonGranted, true
		c.end(e)
	case denied:
		e.Reason = ReasonDenied
		c.lift(e)
	case e.Reach == rbac.None:
		e.Reason = ReasonNotGranted
		c.give(e)
	default:
		e.Reason = ReasonTooNarrow
		c.give(e)
		c.widen(e)
		if c.user.EmployeeID.IsZero() {
			e.Remedies = append(e.Remedies, Remedy{Do: DoLinkEmployee})
		}
	}
}

// end lists what would take an allowed thing away: every role that reaches far enough.
func (c *explainedCase) end(e *Explanation) {
	for _, g := range e.Grants {
		remedy := Remedy{Do: DoTakeRole, Role: &g.Via[0], Scope: g.Says.Scope()}
		known := slices.ContainsFunc(e.Remedies, func(r Remedy) bool { return r.Role.Code == remedy.Role.Code })
		if g.Says.Scope() >= e.Needs && !known {
			e.Remedies = append(e.Remedies, remedy)
		}
	}
}

// lift lists the denials: each is lifted in its role, or the role is taken away.
func (c *explainedCase) lift(e *Explanation) {
	for _, g := range e.Grants {
		if g.Says == rbac.Denied {
			e.Remedies = append(e.Remedies, Remedy{Do: DoTakeRole, Role: &g.Via[0]}, Remedy{Do: DoLiftDenial, Role: &g.Role})
		}
	}
	if !slices.ContainsFunc(e.Grants, func(g ExplainedGrant) bool { return g.Says.Scope() >= e.Needs }) {
		c.give(e)
	}
}

// give finds the role with the fewest permissions that would do, the administrator's last.
func (c *explainedCase) give(e *Explanation) {
	held := c.snapshot.RolesOf(person(c.user.ID))
	best, size := rbac.Role(""), 0
	for _, one := range c.roles {
		code := rbac.Role(one.Code)
		rights := c.snapshot.RoleRights(code)
		if slices.Contains(held, code) || rights.Scope(c.permission.Code) < e.Needs {
			continue
		}
		grants := len(rights.Scopes())
		if best == "" || best == rbac.Administrator || (code != rbac.Administrator && grants < size) {
			best, size = code, grants
		}
	}
	if best != "" {
		role := c.role(best)
		e.Remedies = append(e.Remedies, Remedy{Do: DoGiveRole, Role: &role, Scope: c.snapshot.RoleRights(best).Scope(c.permission.Code)})
	}
}

// widen names the role that reaches furthest today, and the next scope that would do.
func (c *explainedCase) widen(e *Explanation) {
	for _, g := range e.Grants {
		if rbac.Role(g.Role.Code) == rbac.Administrator {
			continue
		}
		for scope := e.Needs; scope <= rbac.All; scope++ {
			if c.permission.Permits(scope) {
				e.Remedies = append(e.Remedies, Remedy{Do: DoWidenRole, Role: &g.Role, Scope: scope})
				return
			}
		}
	}
}
