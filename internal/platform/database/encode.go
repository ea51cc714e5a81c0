package database

import (
	"github.com/jackc/pgx/v5/pgtype"

	"erp/internal/platform/date"
	"erp/internal/platform/money"
)

// plain gives amounts and days as the text that the server reads itself. The driver would read it, and write it anew.
func plain(arg any) any {
	switch v := arg.(type) {
	case money.Decimal:
		return v.String()
	case date.Date:
		if v.IsZero() {
			return nil
		}
		return v.String()
	default:
		return arg
	}
}

// identifier is an id of any kind of record.
type identifier interface {
	IsZero() bool
	Bytes() [16]byte
}

// identifiers is a list that may be one of ids.
type identifiers interface {
	uuids() (pgtype.FlatArray[pgtype.UUID], bool)
}

// encodeIDs teaches the driver ids and lists of them. Both can write themselves as text, and the driver would try that as a
// uuid, fail, read the text and write it again: a tenth of what a look-up by id allocates.
func encodeIDs(types *pgtype.Map) {
	types.TryWrapEncodePlanFuncs = append([]pgtype.TryWrapEncodePlanFunc{wrapID, wrapIDs}, types.TryWrapEncodePlanFuncs...)
}

func wrapID(value any) (pgtype.WrappedEncodePlanNextSetter, any, bool) {
	one, ok := value.(identifier)
	if !ok {
		return nil, nil, false
	}
	return &idPlan{}, uuidOf(one), true
}

func wrapIDs(value any) (pgtype.WrappedEncodePlanNextSetter, any, bool) {
	list, ok := value.(identifiers)
	if !ok {
		return nil, nil, false
	}
	uuids, ok := list.uuids()
	return &idsPlan{}, uuids, ok
}

// uuidOf is the id as the driver knows it; the zero id is NULL.
func uuidOf(i identifier) pgtype.UUID { return pgtype.UUID{Bytes: i.Bytes(), Valid: !i.IsZero()} }

type idPlan struct{ next pgtype.EncodePlan }

// SetNext implements pgtype.WrappedEncodePlanNextSetter.
func (p *idPlan) SetNext(next pgtype.EncodePlan) { p.next = next }

// Encode implements pgtype.EncodePlan.
func (p *idPlan) Encode(value any, buf []byte) ([]byte, error) {
	return p.next.Encode(uuidOf(value.(identifier)), buf) //nolint:forcetypeassert,wrapcheck // because the plan was made for this type, and the driver names the value
}

type idsPlan struct{ next pgtype.EncodePlan }

// SetNext implements pgtype.WrappedEncodePlanNextSetter.
func (p *idsPlan) SetNext(next pgtype.EncodePlan) { p.next = next }

// Encode implements pgtype.EncodePlan.
func (p *idsPlan) Encode(value any, buf []byte) ([]byte, error) {
	uuids, _ := value.(identifiers).uuids() //nolint:forcetypeassert // because the plan was made for this type
	return p.next.Encode(uuids, buf)        //nolint:wrapcheck // because the driver names the value
}
