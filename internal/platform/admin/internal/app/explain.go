package app

import (
	"context"
	"slices"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/rbac"
)

// Explain is the question why somebody may or may not do something, with a record or in general.
type Explain struct {
	UserID     admin.UserID
	Permission string
	RecordID   string
}

// Explanation is the answer: one sentence, and the facts that it is made of.
type Explanation struct {
	Allowed    bool             `json:"allowed"`
	Sentence   string           `json:"sentence" doc:"Allowed or refused, through which grant and role, given by whom and when, and what would change it"`
	Reason     Reason           `json:"reason" enum:"granted,not-granted,too-narrow,denied,account-closed,password-due"`
	UserID     admin.UserID     `json:"userId"`
	Name       string           `json:"name"`
	Permission string           `json:"permission"`
	Reach      rbac.Scope       `json:"reach" doc:"How far the permission reaches for the person"`
	Needs      rbac.Scope       `json:"needs" doc:"How far it has to reach, for the record or at all"`
	Record     *ExplainedRecord `json:"record,omitempty"`
	Grants     []ExplainedGrant `json:"grants" doc:"Every rule that says something about it: denials first, then the widest"`
	Remedies   []Remedy         `json:"remedies" doc:"What would change it, any of them"`
}

// ExplainedRecord is the record that was asked about.
type ExplainedRecord struct {
	Kind  string `json:"kind"`
	ID    string `json:"id"`
	Label string `json:"label"`
}

// ExplainedGrant is one rule, and how the person came by it.
type ExplainedGrant struct {
	Role      RoleName   `json:"role"`
	Says      rbac.Cell  `json:"says"`
	Via       []RoleName `json:"via" doc:"From the role that was given to the role whose rule it is"`
	DecidedBy string     `json:"decidedBy,omitempty" doc:"Who decided that the role says so; absent for what came with the program"`
	DecidedAt time.Time  `json:"decidedAt"`
	GivenBy   string     `json:"givenBy,omitempty" doc:"Who gave the person the role; absent for the program itself"`
	GivenAt   time.Time  `json:"givenAt"`
	Until     time.Time  `json:"until,omitzero" doc:"When the role ends by itself"`
}

// Remedy is something that would change the decision.
type Remedy struct {
	Do    RemedyKind `json:"do" enum:"give-role,widen-role,take-role,lift-denial,open-account,change-password,link-employee"`
	Role  *RoleName  `json:"role,omitempty"`
	Scope rbac.Scope `json:"scope,omitempty" doc:"How far the role reaches, or would have to"`
}

// Reason is why a decision is as it is.
type Reason string

// The reasons.
const (
	ReasonGranted    Reason = "granted"
	ReasonNotGranted Reason = "not-granted"
	ReasonTooNarrow  Reason = "too-narrow"
	ReasonDenied     Reason = "denied"
	ReasonClosed     Reason = "account-closed"
	ReasonPassword   Reason = "password-due"
)

// RemedyKind is what somebody can do about a decision.
type RemedyKind string

// The remedies.
const (
	DoGiveRole       RemedyKind = "give-role"
	DoWidenRole      RemedyKind = "widen-role"
	DoTakeRole       RemedyKind = "take-role"
	DoLiftDenial     RemedyKind = "lift-denial"
	DoOpenAccount    RemedyKind = "open-account"
	DoChangePassword RemedyKind = "change-password"
	DoLinkEmployee   RemedyKind = "link-employee"
)

// Contribute sets the kinds of records that the console can explain. It is called once, before anything starts: the
// modules are built after the administration, which they know of.
func (a *App) Contribute(records []auth.Records) { a.records = records }

// Explain tells why somebody may or may not do something. Whoever asks about others sees users; a record is one that
// whoever asks may see.
func (a *App) Explain(ctx context.Context, in Explain) (Explanation, error) {
	if in.UserID != admin.UserID(auth.From(ctx).UserID) {
		if err := auth.Need(ctx, CanReadUsers); err != nil {
			return Explanation{}, err
		}
	}
	permission, known := a.policy.Permission(in.Permission)
	if !known {
		var p fault.Problems
		p.Add("query.permission", "there is no such permission")
		return Explanation{}, p.Err()
	}
	user, err := a.users.ByID(ctx, in.UserID)
	if err != nil {
		return Explanation{}, err
	}
	var record *ExplainedRecord
	needs := rbac.None
	if in.RecordID != "" {
		if needs, record, err = a.standing(ctx, user, permission, in.RecordID); err != nil {
			return Explanation{}, err
		}
	}
	return a.explain(ctx, user, permission, needs, record)
}

// standing finds out how far the permission has to reach for the record.
func (a *App) standing(ctx context.Context, user domain.User, permission rbac.Permission, which string) (rbac.Scope, *ExplainedRecord, error) {
	kind := permission.Kind()
	at := slices.IndexFunc(a.records, func(r auth.Records) bool { return r.Kind == kind })
	if at < 0 {
		var p fault.Problems
		p.Add("query.recordId", "%q does not depend on a record; leave it out", permission.Label)
		return rbac.None, nil, p.Err()
	}
	records := a.records[at]
	if _, err := records.Find(ctx, which); err != nil {
		return rbac.None, nil, err
	}
	whom := auth.Principal{UserID: auth.UserID(user.ID), EmployeeID: auth.PersonID(user.EmployeeID), Name: user.Name, Kind: auth.KindUser}
	needs, label, err := records.Standing(ctx, whom, which)
	return needs, &ExplainedRecord{Kind: kind, ID: which, Label: label}, err
}

func (a *App) explain(ctx context.Context, user domain.User, permission rbac.Permission, needs rbac.Scope, record *ExplainedRecord) (Explanation, error) {
	trace, err := a.policy.Trace(ctx, person(user.ID), permission.Code)
	if err != nil {
		return Explanation{}, err
	}
	c, err := a.caseOf(ctx, user, permission, trace)
	if err != nil {
		return Explanation{}, err
	}
	e := Explanation{
		UserID: user.ID, Name: user.Name, Permission: permission.Code, Reach: trace.Scope, Needs: max(needs, rbac.Own), Record: record,
		Grants: c.grants(), Remedies: []Remedy{},
	}
	c.decide(&e)
	e.Sentence = c.sentence(e)
	return e, nil
}

// caseOf gathers what the decision is told with: names of roles and of people, and the company's clock.
func (a *App) caseOf(ctx context.Context, user domain.User, permission rbac.Permission, trace rbac.Trace) (*explainedCase, error) {
	roles, err := a.roles.List(ctx)
	if err != nil {
		return nil, err
	}
	var givers []admin.UserID
	for _, s := range trace.Sources {
		for _, by := range []string{s.Rule.By, s.Given.By} {
			if giver, err := id.Parse[admin.User](by); err == nil {
				givers = append(givers, giver)
			}
		}
	}
	names, err := a.users.Names(ctx, givers)
	if err != nil {
		return nil, err
	}
	zone := time.UTC
	if company, err := a.companies.Load(ctx); err == nil {
		if local, err := time.LoadLocation(company.TimeZone); err == nil {
			zone = local
		}
	}
	return &explainedCase{user: user, permission: permission, trace: trace, roles: roles, names: names, snapshot: a.policy.Snapshot(), zone: zone}, nil
}

// ExplainRefusal is the sentence for a caller who was refused, or empty for those who may not know who decides what.
func (a *App) ExplainRefusal(ctx context.Context, refused *auth.NotAllowed) string {
	caller := auth.From(ctx)
	if caller.Kind != auth.KindUser || !auth.Allowed(ctx, CanReadRoles) {
		return ""
	}
	user, err := a.users.ByID(ctx, admin.UserID(caller.UserID))
	if err != nil {
		return "" // the refusal stands without its reasons
	}
	e, err := a.explain(ctx, user, refused.Permission, refused.Needs, nil)
	if err != nil || e.Allowed {
		return "" // somebody has just changed it
	}
	return e.Sentence
}
