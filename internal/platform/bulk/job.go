package bulk

import (
	"encoding/json"
	"time"

	"erp/internal/platform/auth"
)

// State is where a job stands.
type State string

// The states of a job.
const (
	Running   State = "running"
	Done      State = "done"      // every record has an outcome
	Cancelled State = "cancelled" // what was not reached by then stays as it was
)

// Job is one action on many records, as the person sees it who began it.
type Job struct {
	ID        ID        `json:"id"`
	Action    string    `json:"action" example:"asset.move"`
	Target    string    `json:"target,omitempty" doc:"Where to, or whom to, in words" example:"Berlin / Room 2.14"`
	State     State     `json:"state" enum:"running,done,cancelled"`
	Total     int       `json:"total" doc:"How many records it is about"`
	Changed   int       `json:"changed" doc:"How many were changed so far"`
	Unchanged int       `json:"unchanged" doc:"How many were so already"`
	Refused   int       `json:"refused" doc:"How many could not be changed; their rows say why"`
	WaitsFor  string    `json:"waitsFor,omitempty" doc:"Why it cannot go on right now; it is tried again by itself"`
	StartedAt time.Time `json:"startedAt"`
	UpdatedAt time.Time `json:"updatedAt"`
	EndedAt   time.Time `json:"endedAt,omitzero"`
}

// Outcome is what became of a record.
type Outcome string

// The outcomes.
const (
	RowWaiting   Outcome = "waiting"
	RowChanged   Outcome = "changed"
	RowUnchanged Outcome = "unchanged" // it was so already
	RowRefused   Outcome = "refused"
	RowCancelled Outcome = "cancelled" // the job was cancelled before
)

// Result is what became of one record of a job.
type Result struct {
	N         int     `json:"n" doc:"Its place in the job, from 1"`
	SubjectID string  `json:"subjectId"`
	Label     string  `json:"label,omitempty" doc:"As people know the record"`
	Outcome   Outcome `json:"outcome" enum:"waiting,changed,unchanged,refused,cancelled"`
	Reason    string  `json:"reason,omitempty" doc:"Why it was refused"`
}

// record is a job as it is kept.
type record struct {
	Job
	input         json.RawMessage
	who           auth.Principal
	requestID, ip string
	attempts      int // at the row that is next
	turn          int
	dueAt         time.Time
}

// settled is how many rows have an outcome; the next one comes behind them.
func (r *record) settled() int { return r.Changed + r.Unchanged + r.Refused }

// advance counts the outcomes; the last one ends the job.
func (r *record) advance(outcomes []Result, now, until time.Time) {
	for _, row := range outcomes {
		switch row.Outcome {
		case RowChanged:
			r.Changed++
		case RowUnchanged:
			r.Unchanged++
		default:
			r.Refused++
		}
	}
	r.attempts, r.WaitsFor, r.UpdatedAt, r.dueAt = 0, "", now, until
	if r.settled() == r.Total {
		r.State, r.EndedAt = Done, now
	}
}
