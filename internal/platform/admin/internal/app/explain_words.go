package app

import (
	"fmt"
	"strings"
	"time"

	"erp/internal/platform/rbac"
)

// sentence says the decision in one sentence. The browser says it in the reader's own language from the same facts.
func (c *explainedCase) sentence(e Explanation) string {
	action := fmt.Sprintf("%q", c.permission.Label)
	var why string
	switch e.Reason {
	case ReasonClosed:
		why = fmt.Sprintf("%s: the account is closed", action)
	case ReasonPassword:
		why = fmt.Sprintf("%s: a new password has to be chosen first", action)
	case ReasonGranted:
		why = fmt.Sprintf("%s%s: it reaches %s through %s", action, with(e), reachWords(e.Reach), c.source(e.Grants[0]))
	case ReasonTooNarrow:
		why = fmt.Sprintf("%s%s: it reaches only %s, through %s, and would have to reach %s",
			action, with(e), reachWords(e.Reach), c.source(e.Grants[0]), reachWords(e.Needs))
	case ReasonDenied:
		why = fmt.Sprintf("%s: it is denied by %s", action, c.source(e.Grants[0]))
	default:
		why = fmt.Sprintf("%s: none of the roles held (%s) grants it", action, c.heldNames())
	}
	verb := "is refused"
	if e.Allowed {
		verb = "is allowed"
	}
	sentence := e.Name + " " + verb + " " + why
	if change := c.change(e); change != "" {
		sentence += "; " + change
	}
	return sentence + "."
}

func with(e Explanation) string {
	if e.Record == nil {
		return ""
	}
	return " with " + e.Record.Label
}

func reachWords(scope rbac.Scope) string {
	return map[rbac.Scope]string{
		rbac.None: "nothing", rbac.Own: "one's own", rbac.Team: "the team", rbac.Department: "the department", rbac.All: "everything",
	}[scope]
}

// source is the role with who gave it, and who decided what it says.
func (c *explainedCase) source(g ExplainedGrant) string {
	var b strings.Builder
	fmt.Fprintf(&b, "the role %s", g.Via[0].Name)
	for _, via := range g.Via[1:] {
		fmt.Fprintf(&b, ", which inherits from %s", via.Name)
	}
	if g.DecidedBy != "" {
		fmt.Fprintf(&b, " (so decided by %s on %s)", g.DecidedBy, c.day(g.DecidedAt))
	}
	giver := g.GivenBy
	if giver == "" {
		giver = "the program"
	}
	fmt.Fprintf(&b, ", given by %s on %s", giver, c.day(g.GivenAt))
	if !g.Until.IsZero() {
		fmt.Fprintf(&b, " until %s", g.Until.In(c.zone).Format("2 January 2006 15:04"))
	}
	return b.String()
}

func (c *explainedCase) day(at time.Time) string { return at.In(c.zone).Format("2 January 2006") }

func (c *explainedCase) heldNames() string {
	var names []string
	for _, role := range c.snapshot.RolesOf(person(c.user.ID)) {
		names = append(names, c.role(role).Name)
	}
	if len(names) == 0 {
		return "there are none"
	}
	return strings.Join(names, ", ")
}

// change is what would make it otherwise.
func (c *explainedCase) change(e Explanation) string {
	if e.Allowed {
		var names []string
		for _, r := range e.Remedies {
			names = append(names, r.Role.Name)
		}
		return "it ends when " + strings.Join(names, " and ") + " is taken away or narrowed"
	}
	var ways []string
	for _, r := range e.Remedies {
		switch r.Do {
		case DoOpenAccount:
			ways = append(ways, "open the account")
		case DoGiveRole:
			ways = append(ways, "give the role "+r.Role.Name)
		case DoWidenRole:
			ways = append(ways, fmt.Sprintf("widen %s to %s", r.Role.Name, r.Scope))
		case DoTakeRole:
			ways = append(ways, "take "+r.Role.Name+" away")
		case DoLiftDenial:
			ways = append(ways, "lift the denial in "+r.Role.Name)
		case DoLinkEmployee:
			ways = append(ways, "link the account to an employee")
		case DoChangePassword:
		}
	}
	return strings.Join(ways, ", or ")
}
