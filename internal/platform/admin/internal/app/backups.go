package app

import (
	"context"
	"io"
	"strconv"
	"time"

	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/audit"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/page"
)

// Archive is where copies of the whole system are made, kept and tried: files on the machine where the program runs.
type Archive struct {
	// Machine is what that machine is called.
	Machine string
	// OwnServer says that the database is a server of the operator's, not the private one.
	OwnServer bool
	// Elsewhere are the modules that another process hosts; no copy made here holds them.
	Elsewhere []string
	Make      func(ctx context.Context, name string) (size, rows int64, err error)
	Open      func(name string) (io.ReadCloser, error)
	Remove    func(name string) error
	// Try brings the copy back into a Postgres of its own and compares it.
	Try func(ctx context.Context, name string) (rows int64, err error)
}

// BackupID names a copy.
type BackupID = id.Of[domain.Backup]

// Backup is a copy as administrators see it.
type Backup struct {
	ID         BackupID  `json:"id"`
	Name       string    `json:"name" doc:"Of the file"`
	Reason     string    `json:"reason" enum:"by-hand,daily"`
	State      string    `json:"state" enum:"running,done,failed"`
	MadeBy     string    `json:"madeBy"`
	Machine    string    `json:"machine,omitempty" doc:"Where the file lies"`
	Size       int64     `json:"size" doc:"In bytes"`
	Rows       int64     `json:"rows" doc:"Of all tables"`
	Error      string    `json:"error,omitempty"`
	CreatedAt  time.Time `json:"createdAt"`
	FinishedAt time.Time `json:"finishedAt,omitzero"`
	Test       string    `json:"test,omitempty" enum:"running,passed,failed" doc:"Whether it came back whole when it was tried"`
	TestError  string    `json:"testError,omitempty"`
	TestedAt   time.Time `json:"testedAt,omitzero"`
}

func (a *App) backupView(b domain.Backup) Backup {
	if !b.Works(a.now()) {
		b.Interrupt(b.SeenAt)
	}
	return Backup{
		ID: b.ID, Name: b.Name, Reason: b.Reason, State: b.State, MadeBy: b.MadeBy, Machine: b.Machine, Size: b.Size, Rows: b.Lines,
		Error: b.Error, CreatedAt: b.CreatedAt, FinishedAt: zeroOr(b.FinishedAt), Test: b.Trial, TestError: b.TrialError, TestedAt: zeroOr(b.TriedAt),
	}
}

// Backups is a page of copies, the newest first.
type Backups struct {
	page.Of[Backup]
	Machine    string    `json:"machine" doc:"Where new files are put"`
	OwnServer  bool      `json:"ownServer" doc:"The database is a server of the operator's (ERP_DATABASE_URL), not the private one"`
	Elsewhere  []string  `json:"elsewhere,omitempty" doc:"Modules that other processes host: copies made here do not hold them"`
	LastPassed time.Time `json:"lastPassed,omitzero" doc:"When a copy was last brought back whole"`
}

// ListBackups pages through the copies.
func (a *App) ListBackups(ctx context.Context, p page.Request) (Backups, error) {
	rows, err := a.backups.List(ctx, p)
	if err != nil {
		return Backups{}, err
	}
	out := Backups{Of: page.Of[Backup]{Items: make([]Backup, len(rows.Items)), Next: rows.Next}, Machine: a.archive.Machine, OwnServer: a.archive.OwnServer, Elsewhere: a.archive.Elsewhere}
	for i, row := range rows.Items {
		out.Items[i] = a.backupView(row)
	}
	out.LastPassed, err = a.backups.LastPassed(ctx)
	return out, err
}

// BackupPlan says when a copy is made by itself, and how many are kept.
type BackupPlan struct {
	Daily   bool `json:"daily"`
	Hour    int  `json:"hour" minimum:"0" maximum:"23" doc:"By the company's clock"`
	Keep    int  `json:"keep" minimum:"1" maximum:"60" doc:"How many copies are kept; older ones are removed"`
	Version int  `json:"version"`
}

// ETag is the version as HTTP names it.
func (p BackupPlan) ETag() string { return strconv.Quote(strconv.Itoa(p.Version)) }

func planView(p domain.BackupPlan) BackupPlan {
	return BackupPlan{Daily: p.Daily, Hour: p.Hour, Keep: p.Keep, Version: p.Version}
}

// BackupPlan shows the plan.
func (a *App) BackupPlan(ctx context.Context) (BackupPlan, error) {
	plan, err := a.backups.Plan(ctx)
	return planView(plan), err
}

// EditBackupPlan is the input of a changed plan.
type EditBackupPlan struct {
	Daily bool `json:"daily"`
	Hour  int  `json:"hour" minimum:"0" maximum:"23" doc:"By the company's clock"`
	Keep  int  `json:"keep" minimum:"1" maximum:"60"`
}

// EditBackupPlan changes the plan.
func (a *App) EditBackupPlan(ctx context.Context, version int, in EditBackupPlan) (BackupPlan, error) {
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (BackupPlan, error) {
		plan, err := a.backups.LockPlan(tx)
		if err != nil {
			return BackupPlan{}, err
		}
		if err := stale(version, plan.Version, "plan"); err != nil {
			return BackupPlan{}, err
		}
		before := planView(plan)
		plan.Daily, plan.Hour, plan.Keep = in.Daily, in.Hour, in.Keep
		if err := plan.Check(); err != nil {
			return BackupPlan{}, err
		}
		if err := a.backups.SavePlan(tx, &plan, a.now()); err != nil {
			return BackupPlan{}, err
		}
		after := planView(plan)
		return after, audit.Record(tx, audit.Entry{Action: "backup.plan", Subject: "backup", SubjectID: "plan", Label: "plan", Before: before, After: after})
	})
}

// MakeBackup begins a copy, in the background.
func (a *App) MakeBackup(ctx context.Context) (Backup, error) {
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (Backup, error) {
		b, err := a.beginBackup(ctx, tx, domain.BackupByHand)
		return a.backupView(b), err
	})
}

func (a *App) beginBackup(ctx context.Context, tx *database.Tx, reason string) (domain.Backup, error) {
	if a.archive.Make == nil {
		return domain.Backup{}, fault.New(fault.Conflict, "several-databases",
			"The modules here have several databases, and a copy is of one. Make one of each with erp backup and ERP_MODULES.")
	}
	if err := a.oneAtATime(tx); err != nil {
		return domain.Backup{}, err
	}
	b := domain.NewBackup(reason, auth.From(ctx).Label(), a.now())
	if err := a.backups.Insert(tx, &b); err != nil {
		return domain.Backup{}, err
	}
	if err := recordBackup(tx, "backup.make", b); err != nil {
		return domain.Backup{}, err
	}
	return b, jobs.Enqueue(tx, MakeBackupTask, b.ID)
}

// oneAtATime settles what an ended program left open and refuses when a copy is being made or tried.
func (a *App) oneAtATime(tx *database.Tx) error {
	if _, err := a.backups.LockPlan(tx); err != nil {
		return err
	}
	open, err := a.backups.Open(tx)
	if err != nil {
		return err
	}
	for _, b := range open {
		if b.Works(a.now()) {
			return fault.New(fault.Conflict, "backup-running", "A backup is being made or tested right now. Wait until it is done.")
		}
		if b.Interrupt(a.now()) {
			if err := a.backups.Save(tx, &b); err != nil {
				return err
			}
		}
	}
	return nil
}

// TryBackup begins the trial of a copy, in the background.
func (a *App) TryBackup(ctx context.Context, backup BackupID) (Backup, error) {
	return database.Write(ctx, a.db, func(_ context.Context, tx *database.Tx) (Backup, error) {
		if err := a.oneAtATime(tx); err != nil {
			return Backup{}, err
		}
		b, err := a.backups.Lock(tx, backup)
		if err != nil {
			return Backup{}, err
		}
		if err := mustBeWhole(b); err != nil {
			return Backup{}, err
		}
		b.Trial, b.TrialError, b.SeenAt = domain.TrialRuns, "", a.now()
		if err := a.backups.Save(tx, &b); err != nil {
			return Backup{}, err
		}
		if err := recordBackup(tx, "backup.test", b); err != nil {
			return Backup{}, err
		}
		return a.backupView(b), jobs.Enqueue(tx, TryBackupTask, b.ID)
	})
}

func mustBeWhole(b domain.Backup) error {
	if b.State == domain.BackupDone {
		return nil
	}
	return fault.New(fault.Conflict, "backup-not-done", "The backup %s is not there: it is still being made, or has failed.", b.Name)
}

// OpenBackup gives the file of a copy. Who took it stands in the audit trail before its first byte leaves.
func (a *App) OpenBackup(ctx context.Context, backup BackupID) (name string, file io.ReadCloser, err error) {
	b, err := a.backups.ByID(ctx, backup)
	if err != nil {
		return "", nil, err
	}
	if err := mustBeWhole(b); err != nil {
		return "", nil, err
	}
	if b.Machine != a.archive.Machine {
		return "", nil, fault.New(fault.NotFound, "file-elsewhere", "The file %s lies on the machine %s, and this is %s. Fetch it there.", b.Name, b.Machine, a.archive.Machine)
	}
	if file, err = a.archive.Open(b.Name); err != nil {
		return "", nil, err
	}
	err = a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error { return recordBackup(tx, "backup.download", b) })
	if err != nil {
		_ = file.Close()
		return "", nil, err
	}
	return b.Name, file, nil
}

// DeleteBackup removes a copy and its file.
func (a *App) DeleteBackup(ctx context.Context, backup BackupID) error {
	b, err := a.backups.ByID(ctx, backup)
	if err != nil {
		return err
	}
	if b.Works(a.now()) {
		return fault.New(fault.Conflict, "backup-running", "This backup is being made or tested right now. Wait until it is done.")
	}
	if b.Machine == a.archive.Machine {
		if err := a.archive.Remove(b.Name); err != nil {
			return err
		}
	}
	return a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		if err := a.backups.Delete(tx, backup); err != nil {
			return err
		}
		return recordBackup(tx, "backup.delete", b)
	})
}

func recordBackup(tx *database.Tx, action string, b domain.Backup) error {
	return audit.Record(tx, audit.Entry{Action: action, Subject: "backup", SubjectID: b.ID.String(), Label: b.Name})
}
