package app

import (
	"context"
	"net/http"

	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/rbac"
)

// View is as which role somebody looks at the application.
type View struct {
	Role RoleName `json:"role"`

	Cookie *http.Cookie `json:"-"`
}

// ViewAs shows the caller the application as the role sees it, until EndView or the end of the browser's session. It is
// read-only, and no role shows more than the caller may see.
func (a *App) ViewAs(ctx context.Context, code string) (View, error) {
	view, err := a.lookAs(ctx, "role.view-as", code)
	view.Cookie = auth.ViewCookie(rbac.Role(view.Role.Code), auth.From(ctx).SessionID, a.secure)
	return view, err
}

// EndView shows the caller the application as they see it themselves.
func (a *App) EndView(ctx context.Context) (*http.Cookie, error) {
	if code := auth.From(ctx).ViewingAs; code != "" {
		if _, err := a.lookAs(ctx, "role.end-view", string(code)); err != nil {
			return nil, err
		}
	}
	return auth.NoViewCookie(a.secure), nil
}

func (a *App) lookAs(ctx context.Context, action, code string) (View, error) {
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (View, error) {
		role, err := a.roles.Lock(tx, code)
		if err != nil {
			return View{}, err
		}
		return View{Role: RoleName{role.Code, role.Name}}, audit.Record(tx, audit.Entry{Action: action, Subject: "role", SubjectID: role.Code, Label: role.Name})
	})
}
