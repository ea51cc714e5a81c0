package app

import (
	"context"
	"strconv"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/rbac"
)

// SignInRule is what the company asks of everybody who signs in.
type SignInRule struct {
	SecondFactor bool `json:"secondFactor" doc:"Everybody must have a second factor, whatever role they hold"`
	Version      int  `json:"version"`
}

// ETag is the version, for If-Match.
func (r SignInRule) ETag() string { return strconv.Quote(strconv.Itoa(r.Version)) }

// WithoutFactor are those whom the rule would hit today.
type WithoutFactor struct {
	Items  []Unprotected `json:"items" doc:"At most 200, by name"`
	People int           `json:"people" doc:"How many they are"`
}

// Unprotected is somebody who has no second factor.
type Unprotected struct {
	UserID admin.UserID `json:"userId"`
	Name   string       `json:"name"`
	Email  string       `json:"email"`
	Keys   int          `json:"keys" doc:"API keys of theirs that would wait until they have one"`
}

const maxUnprotected = 200

// SignInRule tells what is asked of everybody.
func (a *App) SignInRule(ctx context.Context) (SignInRule, error) {
	rule, err := a.rules.Load(ctx)
	return ruleView(rule), err
}

// PreviewSignInRule tells whom it would hit today if everybody needed a second factor. Nothing is changed.
func (a *App) PreviewSignInRule(ctx context.Context) (WithoutFactor, error) {
	bare, all, err := a.rules.Bare(ctx, a.now(), maxUnprotected)
	out := WithoutFactor{Items: make([]Unprotected, len(bare)), People: all}
	for i, one := range bare {
		out.Items[i] = Unprotected(one)
	}
	return out, err
}

// SetSignInRule decides whether everybody must have a second factor. It holds from the next request on, as for a role. Who
// asks it of everybody has one: then there is always an administrator who gets in, and `erp admin recover` beside.
func (a *App) SetSignInRule(ctx context.Context, version int, secondFactor bool) (SignInRule, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (SignInRule, error) {
		snapshot, err := a.policy.Locked(ctx, tx)
		if err != nil {
			return SignInRule{}, err
		}
		if err := a.mustCover(ctx, snapshot.RoleRights(rbac.Administrator)); err != nil {
			return SignInRule{}, err
		}
		rule, err := a.rules.Current(tx)
		if err != nil {
			return SignInRule{}, err
		}
		if err := stale(version, rule.Version, "rule"); err != nil {
			return SignInRule{}, err
		}
		before := ruleView(rule)
		if rule.SecondFactor == secondFactor {
			return before, nil
		}
		if secondFactor {
			if err := a.mustHaveFactor(ctx); err != nil {
				return SignInRule{}, err
			}
		}
		rule.SecondFactor = secondFactor
		if err := a.rules.Save(tx, &rule, a.now()); err != nil {
			return SignInRule{}, err
		}
		after := ruleView(rule)
		return after, audit.Record(tx, audit.Entry{
			Action: "sign-in-rule.set", Subject: "sign-in-rule", SubjectID: "everybody", Label: "everybody", Before: before, After: after,
		})
	})
}

// mustHaveFactor refuses a caller who has neither an authenticator nor a passkey.
func (a *App) mustHaveFactor(ctx context.Context) error {
	has, err := a.SecondFactor(ctx, admin.UserID(auth.From(ctx).UserID))
	if err != nil {
		return err
	}
	if !has.Enabled && has.Passkeys == 0 {
		return fault.New(fault.Conflict, "no-factor-of-your-own", "Set up a second factor of your own first (Account, Security); then ask it of everybody.").
			At("body.secondFactor", "needs a second factor of your own first")
	}
	return nil
}

func ruleView(rule domain.SignInRule) SignInRule {
	return SignInRule{SecondFactor: rule.SecondFactor, Version: rule.Version}
}
