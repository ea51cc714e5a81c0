package app

import (
	"cmp"
	"context"

	"erp/internal/asset"
	"erp/internal/asset/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/bulk"
	"erp/internal/platform/database"
	"erp/internal/platform/id"
	"erp/internal/platform/jobs"
	"erp/internal/platform/rbac"
)

type (
	// BulkJob is one action on many assets.
	BulkJob = bulk.Job
	// BulkJobID names one.
	BulkJobID = bulk.ID
	// BulkResult is what became of one asset.
	BulkResult = bulk.Result
	// BulkOutcome is that in a word.
	BulkOutcome = bulk.Outcome
)

// BulkMove puts the selected assets somewhere else.
type BulkMove struct {
	Selection
	Relocation
}

// BulkAssignment hands the selected assets to somebody.
type BulkAssignment struct {
	Selection
	Assignment
}

// BulkReturn takes the selected assets back into stock.
type BulkReturn struct {
	Selection
	Return
}

// BulkRetirement takes the selected assets out of use.
type BulkRetirement struct {
	Selection
	Retirement
}

// BulkCategory puts the selected assets into another category.
type BulkCategory struct {
	Selection
	Recategorisation
}

// bulkActions are what can be done to many assets. Each does to one what its single use case does.
type bulkActions struct {
	engine       *bulk.Engine
	move         bulk.Defined[Relocation]
	assign       bulk.Defined[Assignment]
	giveBack     bulk.Defined[Return]
	retire       bulk.Defined[Retirement]
	recategorise bulk.Defined[Recategorisation]
}

func newBulkActions(a *App) *bulkActions {
	e := bulk.New(a.DB, a.Standing, a.now)
	return &bulkActions{
		engine: e,
		move: bulk.Define(e, bulk.Action[Relocation]{Name: "asset.move", Prepare: func(ctx context.Context, in Relocation) (bulk.Prepared, error) {
			deed, err := a.moving(ctx, in)
			if err != nil {
				return bulk.Prepared{}, err
			}
			name, err := a.locationName(ctx, in.LocationID, "body.locationId")
			if err != nil {
				return bulk.Prepared{}, err
			}
			return a.each(ctx, name, deed)
		}}),
		assign: bulk.Define(e, bulk.Action[Assignment]{Name: "asset.assign", Prepare: a.assigningEach}),
		giveBack: bulk.Define(e, bulk.Action[Return]{Name: "asset.return", Prepare: func(ctx context.Context, in Return) (bulk.Prepared, error) {
			deed, err := a.returning(ctx, in)
			if err != nil {
				return bulk.Prepared{}, err
			}
			return a.each(ctx, "", deed)
		}}),
		retire: bulk.Define(e, bulk.Action[Retirement]{Name: "asset.retire", Prepare: func(ctx context.Context, in Retirement) (bulk.Prepared, error) {
			return a.each(ctx, "", a.retiring(in))
		}}),
		recategorise: bulk.Define(e, bulk.Action[Recategorisation]{Name: "asset.edit", Prepare: func(ctx context.Context, in Recategorisation) (bulk.Prepared, error) {
			category, deed, err := a.recategorising(ctx, in)
			if err != nil {
				return bulk.Prepared{}, err
			}
			return a.each(ctx, category, deed)
		}}),
	}
}

// each does the deed to one asset after the other, as far as whoever began it reaches by now.
func (a *App) each(ctx context.Context, target string, d deed) (bulk.Prepared, error) {
	reach, err := a.reach(ctx, d.permission, CanRead)
	return bulk.Prepared{Target: target, Do: func(ctx context.Context, tx *database.Tx, subjectID string) (bool, error) {
		which, err := id.Parse[asset.Asset](subjectID)
		if err != nil {
			return false, err
		}
		records, err := store.Lock(ctx, tx, []asset.ID{which}, reach)
		if err != nil {
			return false, err
		}
		if len(records) == 0 {
			return false, notFound()
		}
		was := records[0].Version
		view, err := a.apply(ctx, tx, &records[0], d)
		return view.Version != was, err
	}}, err
}

func (a *App) assigningEach(ctx context.Context, in Assignment) (bulk.Prepared, error) {
	reach, err := a.reach(ctx, CanAssign, CanRead)
	if err != nil {
		return bulk.Prepared{}, err
	}
	holder, person, err := a.People.Holder(ctx, in.EmployeeID, "body.employeeId")
	if err != nil {
		return bulk.Prepared{}, err
	}
	return bulk.Prepared{Target: holder.Name, Do: func(ctx context.Context, tx *database.Tx, subjectID string) (bool, error) {
		which, err := id.Parse[asset.Asset](subjectID)
		if err != nil {
			return false, err
		}
		was, view, err := a.handOverIn(ctx, tx, which, recipient{holder, person.HiredOn}, reach, in)
		return view.Version != was, err
	}}, nil
}

// BulkMove begins to put the selected assets somewhere else.
func (a *App) BulkMove(ctx context.Context, in BulkMove) (BulkJob, error) {
	return begin(ctx, a, CanRegister, in.Selection, a.bulk.move, in.Relocation)
}

// BulkAssign begins to hand the selected assets to somebody.
func (a *App) BulkAssign(ctx context.Context, in BulkAssignment) (BulkJob, error) {
	return begin(ctx, a, CanAssign, in.Selection, a.bulk.assign, in.Assignment)
}

// BulkReturn begins to take the selected assets back into stock.
func (a *App) BulkReturn(ctx context.Context, in BulkReturn) (BulkJob, error) {
	return begin(ctx, a, CanAssign, in.Selection, a.bulk.giveBack, in.Return)
}

// BulkRetire begins to take the selected assets out of use, all on the same day.
func (a *App) BulkRetire(ctx context.Context, in BulkRetirement) (BulkJob, error) {
	retirement, err := a.onDay(ctx, in.Retirement)
	if err != nil {
		return BulkJob{}, err
	}
	return begin(ctx, a, CanRetire, in.Selection, a.bulk.retire, retirement)
}

// BulkRecategorise begins to put the selected assets into another category.
func (a *App) BulkRecategorise(ctx context.Context, in BulkCategory) (BulkJob, error) {
	return begin(ctx, a, CanRegister, in.Selection, a.bulk.recategorise, in.Recategorisation)
}

// begin says no to what cannot be done at all, and leaves the rest to the job.
func begin[I any](ctx context.Context, a *App, permission rbac.Permission, s Selection, action bulk.Defined[I], in I) (BulkJob, error) {
	reach, err := a.reach(ctx, permission, CanRead)
	if err != nil {
		return BulkJob{}, err
	}
	subjects, err := a.subjects(ctx, s, reach)
	if err != nil {
		return BulkJob{}, err
	}
	ready, err := action.Prepare(ctx, in)
	if err != nil {
		return BulkJob{}, err
	}
	return database.Write(ctx, a.DB, func(_ context.Context, tx *database.Tx) (BulkJob, error) {
		job, err := action.Start(tx, in, ready.Target, subjects)
		if err != nil {
			return BulkJob{}, err
		}
		return job, audit.Record(tx, audit.Entry{
			Action: action.Name + "-bulk", Subject: "bulk-job", SubjectID: job.ID.String(), Label: cmp.Or(job.Target, action.Name), After: job,
		})
	})
}

// CancelBulkJob ends one of the caller's own before its next asset.
func (a *App) CancelBulkJob(ctx context.Context, which BulkJobID) (BulkJob, error) {
	return database.Write(ctx, a.DB, func(ctx context.Context, tx *database.Tx) (BulkJob, error) {
		before, after, err := a.bulk.engine.Cancel(ctx, tx, which)
		if err != nil || before.State == after.State {
			return after, err
		}
		return after, audit.Record(tx, audit.Entry{
			Action: after.Action + "-bulk-cancel", Subject: "bulk-job", SubjectID: after.ID.String(), Label: cmp.Or(after.Target, after.Action), Before: before, After: after,
		})
	})
}

// BulkJobs shows the caller's own jobs, and what became of their records.
func (a *App) BulkJobs() *bulk.Engine { return a.bulk.engine }

// CarryBulkJobs lets the module's queue do what was begun.
func (a *App) CarryBulkJobs(s *jobs.Scheduler) { a.bulk.engine.Schedule(s) }
