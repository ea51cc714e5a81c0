package app

import (
	"context"
	"fmt"
	"strings"

	"erp/internal/invoice"
	"erp/internal/invoice/internal/store"
)

const (
	verifyBatch   = 2000
	verifyReports = 20 // differences told before the rest is only counted
)

// VerifyLedger folds every document and every vendor's bill from its events and compares it with the tables, and
// the tables with each other. Any difference is an error that names the documents.
// progress, which may be nil, is told how many documents were seen.
func (a *App) VerifyLedger(ctx context.Context, progress func(documents int)) error {
	verify := store.Verify{DB: a.db}
	differences, err := verify.Sums(ctx)
	if err != nil {
		return err
	}
	seen := 0
	for after := (invoice.ID{}); ; {
		last, n, found, err := verify.Batch(ctx, after, verifyBatch)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		differences = append(differences, found...)
		after, seen = last, seen+n
		if progress != nil {
			progress(seen)
		}
	}
	for after := (invoice.BillID{}); ; {
		last, n, found, err := verify.Bills(ctx, after, verifyBatch)
		if err != nil {
			return err
		}
		if n == 0 {
			break
		}
		differences, after = append(differences, found...), last
	}
	if len(differences) == 0 {
		return nil
	}
	told := make([]string, 0, verifyReports)
	for _, d := range differences[:min(len(differences), verifyReports)] {
		told = append(told, d.String())
	}
	return fmt.Errorf("the ledger and its tables differ in %d places:\n%s", len(differences), strings.Join(told, "\n"))
}
