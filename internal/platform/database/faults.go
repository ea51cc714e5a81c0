package database

import (
	"context"
	"errors"
	"net"
	"time"

	"github.com/jackc/pgx/v5/pgconn"

	"erp/internal/platform/fault"
)

// SQLSTATE codes that mean something to a caller.
const (
	uniqueViolation     = "23505"
	foreignKeyViolation = "23503"
	exclusionViolation  = "23P01"
	serializationFailed = "40001"
	deadlockDetected    = "40P01"
	lockNotAvailable    = "55P03"
)

// IsUnique reports a violation of the named unique constraint or index; any when the
// name is empty.
func IsUnique(err error, constraint string) bool { return violates(err, uniqueViolation, constraint) }

// IsExclusion reports a violation of the named exclusion constraint.
func IsExclusion(err error, constraint string) bool {
	return violates(err, exclusionViolation, constraint)
}

// IsForeignKey reports a violation of the named foreign key.
func IsForeignKey(err error, constraint string) bool {
	return violates(err, foreignKeyViolation, constraint)
}

func violates(err error, code, constraint string) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && e.Code == code && (constraint == "" || e.ConstraintName == constraint)
}

func retryable(err error) bool {
	e, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (e.Code == serializationFailed || e.Code == deadlockDetected)
}

// Fault turns what the server said into a refusal that a caller can act on. Errors
// that already are one, and those that only a defect explains, stay as they are.
func Fault(err error) error {
	if err == nil || fault.KindOf(err) != fault.Internal {
		return err
	}
	e, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		return unreachable(err)
	}
	switch {
	case e.Code == uniqueViolation:
		return fault.New(fault.Conflict, "duplicate", "A record with the same value exists already.").Wrap(err)
	case e.Code == foreignKeyViolation:
		return fault.New(fault.Conflict, "in-use", "The record refers to another one that does not exist, or is still referred to.").Wrap(err)
	case e.Code == exclusionViolation:
		return fault.New(fault.Conflict, "overlap", "The record overlaps with another one.").Wrap(err)
	case e.Code == serializationFailed, e.Code == deadlockDetected, e.Code == lockNotAvailable:
		return fault.New(fault.Unavailable, "busy", "Many people are changing this at once; try again.").After(time.Second).Wrap(err)
	case e.Code == "23514", e.Code[:2] == "22":
		return fault.New(fault.Invalid, "out-of-range", "A value is not acceptable to the database.").Wrap(err)
	case e.Code[:2] == "57", e.Code[:2] == "53", e.Code[:2] == "08", e.Code == "58030", e.Code == "25006": // the last is a standby
		return unavailable(err)
	default:
		return err
	}
}

func unreachable(err error) error {
	_, connect := errors.AsType[*pgconn.ConnectError](err)
	_, network := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case connect, network, errors.Is(err, context.DeadlineExceeded), pgconn.SafeToRetry(err), errors.Is(err, net.ErrClosed), pgconn.Timeout(err), lost(err):
		return unavailable(err)
	default:
		return err
	}
}

func unavailable(err error) error {
	return fault.New(fault.Unavailable, "database-unavailable", "The database does not answer right now; nothing was lost, try again in a moment.").
		After(2 * time.Second).Wrap(err)
}
