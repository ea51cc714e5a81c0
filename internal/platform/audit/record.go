// Package audit keeps who changed what, when and from where: one row per change in the
// change's own transaction and schema, sealed afterwards into a hash chain. It knows no
// module.
package audit

import (
	"bytes"
	"encoding/json"
	"fmt"

	"github.com/google/uuid"

	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/telemetry"
)

// Entry says what was done to which record. Who did it and from where come from the
// context of the transaction.
type Entry struct {
	Action    string // "asset.assign"
	Subject   string // "asset"
	SubjectID string
	Label     string // as people know the record: "LT-0042"
	Before    any    // nil for something new
	After     any    // nil for something gone
}

// Record adds the entry to the transaction: no audit row, no change. Of an update only
// the fields that differ are kept.
func Record(tx *database.Tx, e Entry) error {
	before, after, err := difference(e.Before, e.After)
	if err != nil {
		return fmt.Errorf("audit %s: %w", e.Action, err)
	}
	ctx := tx.Context()
	who, request := auth.From(ctx), telemetry.RequestOf(ctx)
	tx.Queue(`INSERT INTO audit_entry (id, at, actor_id, actor_name, actor_kind, ip, request_id, action, subject, subject_id, label, before, after)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
		uuid.Must(uuid.NewV7()), tx.Of().Now(), who.UserID.String(), who.Label(), string(who.Kind), request.IP, request.ID,
		e.Action, e.Subject, e.SubjectID, e.Label, before, after)
	return nil
}

func difference(before, after any) (b, a []byte, err error) {
	if b, err = marshal(before); err != nil {
		return nil, nil, err
	}
	if a, err = marshal(after); err != nil || b == nil || a == nil {
		return b, a, err
	}
	var was, is map[string]json.RawMessage
	if json.Unmarshal(b, &was) != nil || json.Unmarshal(a, &is) != nil {
		return b, a, nil //nolint:nilerr // because what is no object is kept whole
	}
	for field, value := range was {
		if bytes.Equal(value, is[field]) {
			delete(was, field)
			delete(is, field)
		}
	}
	if b, err = marshal(was); err != nil {
		return nil, nil, err
	}
	a, err = marshal(is)
	return b, a, err
}

func marshal(v any) ([]byte, error) {
	if v == nil {
		return nil, nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("write %T: %w", v, err)
	}
	return b, nil
}
