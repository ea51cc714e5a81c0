package domain

import (
	"strings"
	"time"

	"erp/internal/platform/fault"
	"erp/internal/platform/id"
)

// The states of a copy, and of its trial.
const (
	BackupRuns   = "running"
	BackupDone   = "done"
	BackupFailed = "failed"

	TrialRuns   = "running"
	TrialPassed = "passed"
	TrialFailed = "failed"
)

// The reasons for a copy.
const (
	BackupByHand = "by-hand"
	BackupDaily  = "daily"
)

// silentFor is how long nothing is heard of work whose program has ended.
const silentFor = 2 * time.Minute

// Backup is a copy of the whole system in a file.
type Backup struct {
	ID         id.Of[Backup]
	Name       string
	Reason     string
	State      string
	MadeBy     string
	Machine    string
	Size       int64
	Lines      int64
	Error      string
	CreatedAt  time.Time
	SeenAt     time.Time
	FinishedAt *time.Time
	Trial      string
	TrialError string
	TriedAt    *time.Time
}

// NewBackup begins one.
func NewBackup(reason, by string, now time.Time) Backup {
	made := id.New[Backup]()
	code := made.String()
	return Backup{ID: made, Reason: reason, State: BackupRuns, MadeBy: by, CreatedAt: now, SeenAt: now,
		Name: "erp-" + strings.ToLower(now.UTC().Format("20060102-150405")) + "-" + code[len(code)-6:] + ".zip"}
}

// Works reports whether a copy is being made or tried, as far as anybody has heard lately.
func (b *Backup) Works(now time.Time) bool {
	return (b.State == BackupRuns || b.Trial == TrialRuns) && now.Sub(b.SeenAt) < silentFor
}

// Interrupt settles what a program that has ended left open; changed is false when nothing was.
func (b *Backup) Interrupt(now time.Time) (changed bool) {
	const reason = "the program ended in the middle of it"
	if b.State == BackupRuns {
		b.Fail(reason, now)
		changed = true
	}
	if b.Trial == TrialRuns {
		b.Trial, b.TrialError, b.TriedAt, changed = TrialFailed, reason, &now, true
	}
	return changed
}

// Finish notes that the copy is whole.
func (b *Backup) Finish(machine string, size, lines int64, now time.Time) {
	b.State, b.Machine, b.Size, b.Lines, b.FinishedAt, b.Error = BackupDone, machine, size, lines, &now, ""
}

// Fail notes that there is no copy.
func (b *Backup) Fail(reason string, now time.Time) {
	b.State, b.Error, b.FinishedAt = BackupFailed, reason, &now
}

// Judge notes how the trial went.
func (b *Backup) Judge(problem string, now time.Time) {
	b.Trial, b.TrialError, b.TriedAt = TrialPassed, problem, &now
	if problem != "" {
		b.Trial = TrialFailed
	}
}

// BackupPlan says when a copy is made by itself, and how many are kept.
type BackupPlan struct {
	ID        int `gorm:"primaryKey"`
	Daily     bool
	Hour      int
	Keep      int
	Version   int
	UpdatedAt time.Time
}

// Check tells what is wrong with the plan.
func (p *BackupPlan) Check() error {
	var problems fault.Problems
	if p.Hour < 0 || p.Hour > 23 {
		problems.Add("body.hour", "must be 0 to 23")
	}
	if p.Keep < 1 || p.Keep > 60 {
		problems.Add("body.keep", "must be 1 to 60")
	}
	return problems.Err()
}

// LastDue is the moment of the plan that came last before now, in the company's own zone.
func (p *BackupPlan) LastDue(now time.Time, zone *time.Location) time.Time {
	local := now.In(zone)
	due := time.Date(local.Year(), local.Month(), local.Day(), p.Hour, 0, 0, 0, zone)
	if due.After(now) {
		due = time.Date(local.Year(), local.Month(), local.Day()-1, p.Hour, 0, 0, 0, zone)
	}
	return due
}
