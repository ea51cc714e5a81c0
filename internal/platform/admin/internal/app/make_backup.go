package app

import (
	"context"
	"encoding/json"
	"fmt"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// The jobs that make and try copies, and how long one may take.
const (
	MakeBackupTask = "make-backup"
	TryBackupTask  = "try-backup"
	BackupTakes    = 4 * time.Hour
)

const (
	breath         = 20 * time.Second // how often work says that it goes on
	keepFailed     = 14 * 24 * time.Hour
	longestProblem = 500
)

// DailyBackup begins the copy of the day when it is due. One that failed is not tried again the same day: people are told.
func (a *App) DailyBackup(ctx context.Context) error {
	plan, err := a.backups.Plan(ctx)
	if err != nil || !plan.Daily || a.archive.Make == nil {
		return err
	}
	company, err := a.Profile(ctx)
	if fault.Is(err, fault.NotFound) {
		return nil // the first visit is still to come
	}
	if err != nil {
		return err
	}
	zone, err := time.LoadLocation(company.TimeZone)
	if err != nil {
		zone = time.UTC
	}
	due, err := a.backups.DailyDue(ctx, plan.LastDue(a.now(), zone))
	if err != nil || !due {
		return err
	}
	err = a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		_, err := a.beginBackup(ctx, tx, domain.BackupDaily)
		return err
	})
	if fault.Is(err, fault.Conflict) {
		return nil // one is being made; the next look decides
	}
	return err
}

// WriteBackup is the job that makes a copy. It does not fail for the queue: the row says what became of it.
func (a *App) WriteBackup(ctx context.Context, payload json.RawMessage) error {
	b, err := a.ofBackup(ctx, payload)
	if err != nil || b.State != domain.BackupRuns {
		return err
	}
	var size, rows int64
	problem := a.breathing(ctx, b.ID, func(ctx context.Context) (err error) {
		size, rows, err = a.archive.Make(ctx, b.Name)
		return err
	})
	if err := a.settleBackup(ctx, b.ID, func(b *domain.Backup) {
		if problem != "" {
			b.Fail(problem, a.now())
			return
		}
		b.Finish(a.archive.Machine, size, rows, a.now())
	}); err != nil || problem != "" {
		return err
	}
	return a.removeSurplus(ctx)
}

// ProveBackup is the job that tries a copy.
func (a *App) ProveBackup(ctx context.Context, payload json.RawMessage) error {
	b, err := a.ofBackup(ctx, payload)
	if err != nil || b.Trial != domain.TrialRuns {
		return err
	}
	problem := ""
	if b.Machine != a.archive.Machine {
		problem = fmt.Sprintf("the file lies on the machine %s, and the test ran on %s", b.Machine, a.archive.Machine)
	} else {
		problem = a.breathing(ctx, b.ID, func(ctx context.Context) error {
			_, err := a.archive.Try(ctx, b.Name)
			return err
		})
	}
	return a.settleBackup(ctx, b.ID, func(b *domain.Backup) { b.Judge(problem, a.now()) })
}

func (a *App) ofBackup(ctx context.Context, payload json.RawMessage) (domain.Backup, error) {
	var which BackupID
	if err := json.Unmarshal(payload, &which); err != nil {
		return domain.Backup{}, fmt.Errorf("read which backup: %w", err)
	}
	b, err := a.backups.ByID(ctx, which)
	if fault.Is(err, fault.NotFound) {
		return domain.Backup{}, nil // removed meanwhile
	}
	return b, err
}

// breathing does long work and says every while that it goes on. It answers what went wrong, for people.
func (a *App) breathing(ctx context.Context, b BackupID, work func(ctx context.Context) error) (problem string) {
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("panic: %v", p)
			}
		}()
		done <- work(ctx)
	}()
	tick := time.NewTicker(breath)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			if err == nil {
				return ""
			}
			text := []rune(err.Error())
			return string(text[:min(len(text), longestProblem)])
		case <-tick.C:
			_ = a.backups.Seen(ctx, b, a.now()) // the next one comes soon
		}
	}
}

// settleBackup writes the outcome, also when the program is stopping, and tells of a failure.
func (a *App) settleBackup(ctx context.Context, which BackupID, change func(*domain.Backup)) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), 10*time.Second)
	defer cancel()
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		b, err := a.backups.Lock(tx, which)
		if err != nil {
			return err
		}
		change(&b)
		if err := a.backups.Save(tx, &b); err != nil {
			return err
		}
		if b.State != domain.BackupFailed && b.Trial != domain.TrialFailed {
			return nil
		}
		return a.tellOfBackup(ctx, tx, b)
	})
}

func (a *App) tellOfBackup(ctx context.Context, tx *database.Tx, b domain.Backup) error {
	company, err := a.Profile(ctx)
	if err != nil {
		return err
	}
	about, problem := b.ID.String(), b.Error
	if b.Trial == domain.TrialFailed {
		about, problem = about+" "+b.TriedAt.UTC().Format(time.RFC3339), b.TrialError
	}
	var to []admin.UserID
	for _, who := range a.policy.Snapshot().WhoMay(CanManageBackups) {
		to = append(to, admin.UserID(who))
	}
	return a.tell(tx, company, to, domain.Notification{
		Kind: domain.BackupTrouble, About: about, Href: "/admin/backups", Facts: map[string]string{"file": b.Name, "problem": problem},
	})
}

// removeSurplus removes what is more than to keep, of this machine.
func (a *App) removeSurplus(ctx context.Context) error {
	plan, err := a.backups.Plan(ctx)
	if err != nil {
		return err
	}
	surplus, err := a.backups.Surplus(ctx, plan.Keep, a.now().Add(-keepFailed))
	if err != nil {
		return err
	}
	for _, b := range surplus {
		if b.State == domain.BackupDone && b.Machine != a.archive.Machine {
			continue
		}
		if err := a.DeleteBackup(ctx, b.ID); err != nil {
			return err
		}
	}
	return nil
}
