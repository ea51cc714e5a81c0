package store

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"

	"erp/internal/employee"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

// DocumentsExpiring returns the documents of people employed that end within the days and have not been told of. Who looks
// for them waits for who does already: each is told of once.
func DocumentsExpiring(ctx context.Context, tx *database.Tx, today, until date.Date, most int) ([]employee.DocumentExpiring, error) {
	if _, err := tx.Conn().Exec(ctx, `SELECT pg_advisory_xact_lock(hashtext(current_schema() || '.document'))`); err != nil {
		return nil, fmt.Errorf("lock documents: %w", err)
	}
	rows, err := tx.Conn().Query(ctx, `SELECT e.id, e.display_name, i.document_expires_on FROM identity i JOIN employee e ON e.id = i.employee_id
		WHERE i.document_expires_on BETWEEN $1::date AND $2::date AND (e.left_on IS NULL OR e.left_on > $1::date)
			AND NOT EXISTS (SELECT FROM event_log l WHERE l.about = e.id::text AND l.name = $3 AND l.payload->>'expiresOn' = i.document_expires_on::text)
		ORDER BY i.document_expires_on, e.id LIMIT $4`, today.Time(), until.Time(), employee.DocumentExpiring{}.EventName(), most)
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	found, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (d employee.DocumentExpiring, err error) {
		return d, row.Scan(&d.EmployeeID, &d.DisplayName, &d.ExpiresOn)
	})
	if err != nil {
		return nil, fmt.Errorf("list documents: %w", err)
	}
	return found, nil
}
