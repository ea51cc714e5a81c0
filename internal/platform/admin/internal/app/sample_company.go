package app

import (
	"context"

	"erp/internal/platform/audit"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
)

// FillSampleCompany completes the profile of a company that says nothing of itself yet, so
// that its sample documents are whole. Before the set-up there is none, and nothing happens.
func (a *App) FillSampleCompany(ctx context.Context) error {
	err := a.db.Tx(ctx, func(_ context.Context, tx *database.Tx) error {
		company, err := a.companies.Lock(tx)
		if err != nil {
			return err
		}
		before := company.Profile()
		if !company.FillSample() {
			return nil
		}
		if err := a.companies.Update(tx, &company, a.now()); err != nil {
			return err
		}
		return audit.Record(tx, audit.Entry{
			Action: "company.load-sample", Subject: "company", SubjectID: "1", Label: company.Name, Before: before, After: company.Profile(),
		})
	})
	if fault.Is(err, fault.NotFound) {
		return nil
	}
	return err
}
