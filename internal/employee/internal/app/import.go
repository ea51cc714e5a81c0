package app

import (
	"bytes"
	"context"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/audit"
	"erp/internal/platform/csvfile"
	"erp/internal/platform/database"
	"erp/internal/platform/events"
)

// ImportResult is what an import did, or would do.
type ImportResult struct {
	Rows        int               `json:"rows" doc:"Rows with a person"`
	Hired       int               `json:"hired" doc:"People hired; 0 for a preview"`
	Departments []string          `json:"departments" doc:"Departments that did not exist and are set up"`
	Positions   []string          `json:"positions" doc:"Positions that did not exist and are set up"`
	Locations   []string          `json:"locations" doc:"Sites that did not exist and are set up"`
	Problems    []csvfile.Problem `json:"problems" doc:"What is wrong, for a preview; at most 200"`
	ProblemsAll int               `json:"problemsAll" doc:"How many problems there are in all"`
}

// Import hires everybody in a CSV file, or nobody: any problem refuses the whole file and names row and column. Unknown
// departments, positions and sites are set up. A preview does all of the checking and changes nothing.
func (a *App) Import(ctx context.Context, raw []byte, preview bool) (ImportResult, error) {
	sheet, err := csvfile.Read(bytes.NewReader(raw), csvfile.Usual(), importColumns())
	if err != nil {
		return ImportResult{}, err
	}
	read := newSheetReader(a.today())
	for _, row := range sheet.Rows {
		read.person(row)
	}
	for _, group := range read.needs() {
		if group.plays {
			if err := needAll(ctx, group.permission); err != nil {
				return ImportResult{}, err
			}
		}
	}
	if preview {
		return a.previewImport(ctx, read)
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (ImportResult, error) {
		if err := a.lockLines(ctx, tx); err != nil {
			return ImportResult{}, err
		}
		r := resolver{sheetReader: read.again(), tx: tx, today: a.today()}
		if err := r.resolve(); err != nil {
			return ImportResult{}, err
		}
		if err := r.problems.Err(); err != nil {
			return ImportResult{}, err
		}
		if err := a.load(ctx, tx, &r); err != nil {
			return ImportResult{}, err
		}
		result := r.result()
		result.Hired = len(r.drafts)
		return result, nil
	})
}

func (a *App) previewImport(ctx context.Context, read *sheetReader) (ImportResult, error) {
	var result ImportResult
	err := a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		r := resolver{sheetReader: read.again(), tx: tx, today: a.today()}
		if err := r.resolve(); err != nil {
			return err
		}
		result = r.result()
		result.Problems, result.ProblemsAll = append(result.Problems, r.problems.List()...), r.problems.Count()
		return nil
	})
	return result, err
}

// load writes what was resolved: new places first, then the people, then word of them.
func (a *App) load(ctx context.Context, tx *database.Tx, r *resolver) error {
	if err := r.setUp(); err != nil {
		return err
	}
	if err := r.number(); err != nil {
		return err
	}
	people := make([]store.Newcomer, len(r.drafts))
	ids := make([]employee.ID, 0, len(r.drafts))
	movement := domain.Movement{}
	for i, d := range r.drafts {
		people[i] = d.Newcomer
		movement.Add(movementOf(d.Newcomer))
		if !d.Ended {
			ids = append(ids, d.ID)
		}
	}
	if err := store.Load(ctx, tx, people, a.author(ctx)); err != nil {
		return err
	}
	if err := store.JoinTeams(tx, ids, a.today()); err != nil {
		return err
	}
	store.AddMovement(tx, movement)
	return tellLoaded(tx, r.drafts)
}

func movementOf(n store.Newcomer) domain.Movement {
	stay := domain.Employment{HiredOn: n.HiredOn}
	if n.Ended {
		stay.LeftOn = n.LeftOn
	}
	return domain.MovementOf([]domain.Employment{stay}, n.Timeline())
}

func tellLoaded(tx *database.Tx, drafts []draft) error {
	for _, d := range drafts {
		hired := employee.Hired{
			EmployeeID: d.ID, Number: d.Number, DisplayName: d.DisplayName(), Email: d.Email,
			DepartmentID: d.Placement.DepartmentID, Department: d.department, ManagerID: d.Manager, HiredOn: d.HiredOn,
		}
		if err := events.Publish(tx, d.ID.String(), hired); err != nil {
			return err
		}
		if d.Ended {
			left := employee.Left{EmployeeID: d.ID, DisplayName: d.DisplayName(), LeftOn: d.LeftOn}
			if err := events.Publish(tx, d.ID.String(), left); err != nil {
				return err
			}
		}
		err := audit.Record(tx, audit.Entry{Action: "employee.import", Subject: "employee", SubjectID: d.ID.String(), Label: d.Label(), After: hired})
		if err != nil {
			return err
		}
	}
	return nil
}
