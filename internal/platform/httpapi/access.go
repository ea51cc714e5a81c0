package httpapi

import (
	"context"
	"errors"
	"net/http"

	"github.com/gin-gonic/gin"

	"erp/internal/platform/auth"
	"erp/internal/platform/rbac"
)

// admit finds out who is calling and whether they may. It looks at nothing of the input, so that a caller without
// permission learns nothing of it.
func (s *surface) admit(c *gin.Context, op Operation) *Problem {
	permission := op.Permission
	ctx := c.Request.Context()
	if s.options.Authenticate != nil {
		known, err := s.options.Authenticate(c.Request)
		switch {
		case err == nil:
			ctx = known
			c.Request = c.Request.WithContext(ctx)
		case permission.Code != rbac.Anyone.Code: // what anyone may ask for does not depend on the sessions being readable
			return s.hide(ctx, err)
		}
	}
	principal := auth.From(ctx)
	if made := callOf(ctx); made != nil {
		made.user = principal.UserID.String()
	}
	switch {
	case principal.Kind == auth.KindKey && op.personOnly():
		return newProblem(ctx, http.StatusForbidden, "person-only", "An API key cannot do this: it needs a person who is signed in.")
	case !op.serves(principal.Wait):
		return newProblem(ctx, http.StatusForbidden, "second-factor-"+string(principal.Wait), waitingFor(principal.Wait))
	case op.readOnly(principal.ViewingAs):
		return newProblem(ctx, http.StatusForbidden, "viewing-as", "You look at the application as another role sees it, and change nothing meanwhile. End the view first.")
	case auth.Allowed(ctx, permission):
		return nil
	case principal.IsZero():
		return newProblem(ctx, http.StatusUnauthorized, "not-signed-in", "Sign in first.")
	default:
		return s.hide(ctx, auth.Refuse(permission, rbac.None))
	}
}

func waitingFor(wait auth.Wait) string {
	if wait == auth.WaitSetUp {
		return "Set up a second factor first: the company, or a role of yours, needs one."
	}
	return "Confirm your sign-in with your second factor first."
}

// hide makes a problem of an error and keeps the error for the log. A refusal is explained to those who may know why.
func (s *surface) hide(ctx context.Context, err error) *Problem {
	p := problemOf(ctx, err)
	refused, ok := errors.AsType[*auth.NotAllowed](err)
	switch {
	case !ok:
	case s.options.Explain == nil: // the process that passed the request on explains it
		p.refused = refused
	default:
		if why := s.options.Explain(ctx, refused); why != "" {
			p.Detail = why
		}
	}
	if made := callOf(ctx); made != nil && p.Status >= http.StatusInternalServerError {
		made.err = err
	}
	return p
}
