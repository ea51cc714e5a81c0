package store

import (
	"time"

	"gorm.io/gorm"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/platform/database"
	"erp/internal/platform/date"
)

const offboardingColumns = `id, employee_id, left_on, reason, successor_id, state, steps_done, failure, requested_by, requested_at, touched_at,
	blocking, confirmed_by, cancelled_by`

// InsertOffboarding keeps the start of a process.
func InsertOffboarding(tx *database.Tx, o domain.Offboarding) error {
	_, err := exec(tx.DB, `INSERT INTO offboarding (`+offboardingColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
		o.ID, o.EmployeeID, o.LeftOn, o.Reason, o.SuccessorID, string(o.State), o.StepsDone, o.Failure, o.RequestedBy, o.RequestedAt, o.TouchedAt,
		o.Blocking, o.ConfirmedBy, o.CancelledBy)
	return err
}

// UpdateOffboarding keeps how far a process came. It does nothing once another runner has taken the process over.
func UpdateOffboarding(g *gorm.DB, o *domain.Offboarding, now time.Time) (bool, error) {
	n, err := exec(g, `UPDATE offboarding SET left_on = ?, reason = ?, successor_id = ?, state = ?, steps_done = ?, failure = ?, touched_at = ?,
		confirmed_by = ?, cancelled_by = ? WHERE id = ? AND touched_at = ? AND state IN ('planned', 'running')`,
		o.LeftOn, o.Reason, o.SuccessorID, string(o.State), o.StepsDone, o.Failure, now,
		o.ConfirmedBy, o.CancelledBy, o.ID, o.TouchedAt)
	o.TouchedAt = now
	return n == 1, err
}

// LastOffboarding is the latest process of a person; the zero one when there was none.
func LastOffboarding(g *gorm.DB, leaver employee.ID) (domain.Offboarding, error) {
	all, err := offboardings(g, `WHERE employee_id = ? ORDER BY requested_at DESC, id DESC LIMIT 1`, leaver)
	if err != nil || len(all) == 0 {
		return domain.Offboarding{}, err
	}
	return all[0], nil
}

// Unfinished lists the ends that no process carries yet: running ones that nobody has touched since, and planned ones whose
// last day is over.
func Unfinished(g *gorm.DB, untouchedSince time.Time, today date.Date) ([]domain.Offboarding, error) {
	return offboardings(g, `WHERE (state = 'running' AND touched_at < ? AND NOT EXISTS (SELECT FROM process p
		WHERE p.name = 'employee.offboard' AND p.subject_id = employee_id::text AND p.state IN ('running', 'undoing', 'stuck')))
		OR (state = 'planned' AND left_on < ?) ORDER BY left_on, id LIMIT 100`,
		untouchedSince, today)
}

func offboardings(g *gorm.DB, where string, args ...any) ([]domain.Offboarding, error) {
	var all []domain.Offboarding
	err := query(g, func(row row) error {
		var o domain.Offboarding
		err := row.Scan(&o.ID, &o.EmployeeID, &o.LeftOn, &o.Reason, &o.SuccessorID, &o.State, &o.StepsDone, &o.Failure,
			&o.RequestedBy, &o.RequestedAt, &o.TouchedAt, &o.Blocking, &o.ConfirmedBy, &o.CancelledBy)
		all = append(all, o)
		return err
	}, `SELECT `+offboardingColumns+` FROM offboarding `+where, args...)
	return all, err
}
