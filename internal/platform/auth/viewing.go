package auth

import (
	"context"
	"net/http"
	"strings"

	"erp/internal/platform/rbac"
)

const viewCookie = "erp_view"

// Viewing lets somebody look at the application as a role sees it. A cookie beside the session's names the role; it can
// only take away: what the role allows and the person may do themselves is left, and the edge refuses every change.
func Viewing(policy *rbac.Policy, next Authenticator) Authenticator {
	return func(r *http.Request) (context.Context, error) {
		ctx, err := next(r)
		if err != nil {
			return ctx, err
		}
		principal := From(ctx)
		role := viewOf(r, principal.SessionID)
		if role == "" || principal.Kind != KindUser {
			return ctx, nil
		}
		principal.ViewingAs = role
		return With(ctx, principal, policy.Snapshot().RoleRights(role).Within(RightsOf(ctx))), nil
	}
}

// viewOf is the role in the cookie; empty without one, and for one that was made in another session.
func viewOf(r *http.Request, session SessionID) rbac.Role {
	cookie, err := r.Cookie(viewCookie)
	if err != nil {
		return ""
	}
	role, made, _ := strings.Cut(cookie.Value, ".")
	if session.IsZero() || made != session.String() {
		return ""
	}
	return rbac.Role(role)
}

// ViewCookie makes the session look at the application as the role sees it; NoViewCookie ends that.
func ViewCookie(role rbac.Role, session SessionID, secure bool) *http.Cookie {
	//nolint:gosec // because Secure follows how the program is reached, as with the session's cookie
	return &http.Cookie{
		Name: viewCookie, Value: string(role) + "." + session.String(), Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode,
	}
}

// NoViewCookie shows the application as the person sees it again.
func NoViewCookie(secure bool) *http.Cookie {
	//nolint:gosec // because Secure follows how the program is reached, as with the session's cookie
	return &http.Cookie{Name: viewCookie, Path: "/", MaxAge: -1, HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode}
}
