package rest

import (
	"context"
	"io"
	"time"

	"erp/internal/platform/admin/internal/app"
	"erp/internal/platform/httpapi"
	"erp/internal/platform/page"
)

// BackupPath names a copy in a path.
type BackupPath struct {
	ID app.BackupID `path:"id"`
}

const tagBackups = "Backups"

// downloadTakes leaves time for a large file.
const downloadTakes = 2 * time.Hour

func backups(api *httpapi.API, a *app.App) {
	httpapi.Register(api, httpapi.Operation{ID: "list-backups", Method: "GET", Path: "/backups", Tag: tagBackups,
		Summary: "Copies of the whole system, the newest first", Permission: app.CanManageBackups},
		func(ctx context.Context, in *struct {
			Limit  int    `query:"limit" minimum:"1" maximum:"200" default:"50" doc:"How many rows at most"`
			Cursor string `query:"cursor" maxLength:"1000" doc:"The next value of the page before"`
		}) (*httpapi.Answer[app.Backups], error) {
			return reply(a.ListBackups(ctx, page.Request{Limit: in.Limit, Cursor: in.Cursor}))
		})
	httpapi.Register(api, httpapi.Operation{ID: "make-backup", Method: "POST", Path: "/backups", Tag: tagBackups, Status: 202,
		Summary: "Copy the whole system, in the background", Permission: app.CanManageBackups,
		Description: "One at a time. The file holds everything but the file `secret` of the data folder."},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.Backup], error) {
			return reply(a.MakeBackup(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "get-backup-plan", Method: "GET", Path: "/backups/plan", Tag: tagBackups,
		Summary: "When a copy is made by itself, and how many are kept", Permission: app.CanManageBackups},
		func(ctx context.Context, _ *struct{}) (*httpapi.Answer[app.BackupPlan], error) {
			return reply(a.BackupPlan(ctx))
		})
	httpapi.Register(api, httpapi.Operation{ID: "edit-backup-plan", Method: "PUT", Path: "/backups/plan", Tag: tagBackups,
		Summary: "Change the plan", Permission: app.CanManageBackups},
		func(ctx context.Context, in *struct {
			httpapi.IfMatch
			Body app.EditBackupPlan
		}) (*httpapi.Answer[app.BackupPlan], error) {
			return reply(a.EditBackupPlan(ctx, in.Version(), in.Body))
		})
	httpapi.RegisterFile(api, httpapi.Operation{ID: "download-backup", Method: "GET", Path: "/backups/{id}/file", Tag: tagBackups,
		Summary: "The file itself", Permission: app.CanDownloadBackups, Timeout: downloadTakes,
		Description: "Everything that the system knows, pay included. Who fetched it stands in the audit trail."},
		func(ctx context.Context, in *BackupPath) (*httpapi.File, error) {
			name, file, err := a.OpenBackup(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &httpapi.File{Name: name, ContentType: "application/zip", Write: func(w io.Writer) error {
				defer file.Close() //nolint:errcheck // because it was only read
				_, err := io.Copy(w, file)
				return err
			}}, nil
		}, "application/zip")
	httpapi.Register(api, httpapi.Operation{ID: "test-backup", Method: "POST", Path: "/backups/{id}/tests", Tag: tagBackups, Status: 202,
		Summary: "Bring it back into a database of its own and compare, in the background", Permission: app.CanManageBackups,
		Description: "Needs the programs of PostgreSQL on the machine; nothing of it touches what is in use."},
		func(ctx context.Context, in *BackupPath) (*httpapi.Answer[app.Backup], error) {
			return reply(a.TryBackup(ctx, in.ID))
		})
	httpapi.Register(api, httpapi.Operation{ID: "delete-backup", Method: "DELETE", Path: "/backups/{id}", Tag: tagBackups,
		Summary: "Remove a copy and its file", Permission: app.CanManageBackups},
		func(ctx context.Context, in *BackupPath) (*httpapi.Answer[httpapi.None], error) {
			return done(a.DeleteBackup(ctx, in.ID))
		})
}
