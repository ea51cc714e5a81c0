package app

import (
	"context"
	"slices"
	"time"

	"erp/internal/employee"
	"erp/internal/employee/internal/domain"
	"erp/internal/employee/internal/store"
	"erp/internal/platform/date"
)

// Change is one dated change in somebody's record.
type Change struct {
	On         date.Date `json:"on" doc:"The day it takes effect"`
	Kind       string    `json:"kind" enum:"hired,left,department,position,location,manager,pay"`
	Before     string    `json:"before,omitempty"`
	After      string    `json:"after,omitempty"`
	RecordedAt time.Time `json:"recordedAt"`
	RecordedBy string    `json:"recordedBy,omitempty"`
}

// History lists what has changed about somebody by date, latest first, planned changes among them. What they earn is
// part of it for whoever may see it.
func (a *App) History(ctx context.Context, id employee.ID) ([]Change, error) {
	reader := a.db.Read(ctx)
	known, err := store.Reaches(reader, reach(ctx, CanRead), id)
	if err == nil && !known {
		err = store.Unknown()
	}
	if err != nil {
		return nil, err
	}
	paySeen, err := store.Reaches(reader, reach(ctx, CanReadPay), id)
	if err != nil {
		return nil, err
	}
	recorded, err := store.History(reader, id, paySeen)
	if err != nil {
		return nil, err
	}
	changes := tell(recorded)
	slices.SortStableFunc(changes, func(x, y Change) int { return y.On.Compare(x.On) })
	if paySeen {
		err = a.recordLooks(ctx, store.Query{Pay: true, Sight: sight(ctx)}, "read", employee.Employee{ID: id})
	}
	return changes, err
}

// tell turns what was written into what has changed, each span compared with the one before.
func tell(recorded []store.Recorded) []Change {
	changes := []Change{}
	was := map[string]store.Recorded{}
	for _, is := range recorded {
		before := was[is.Kind]
		add := func(kind, from, to string) {
			if from != to {
				changes = append(changes, Change{is.From, kind, from, to, is.At, is.By})
			}
		}
		switch is.Kind {
		case "employment":
			changes = append(changes, Change{is.From, "hired", "", "", is.At, is.By})
			if !is.Until.IsZero() {
				changes = append(changes, Change{is.Until, "left", "", is.Reason, is.At, is.By})
			}
		case "placement":
			add("department", before.Department, is.Department)
			add("position", before.Position, is.Position)
			add("location", before.Location, is.Location)
		case "line":
			add("manager", before.Manager, is.Manager)
		case "pay":
			add("pay", payText(before), payText(is))
		}
		was[is.Kind] = is
	}
	return changes
}

func payText(r store.Recorded) string {
	if r.Currency == "" {
		return ""
	}
	return r.Amount + " " + r.Currency + " / " + string(domain.Period(r.Period))
}
