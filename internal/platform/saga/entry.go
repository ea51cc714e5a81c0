package saga

import "time"

// State is where a run stands.
type State string

// The states. Stuck waits for a person; done and undone are the only ends.
const (
	Running State = "running"
	Undoing State = "undoing"
	Stuck   State = "stuck"
	Done    State = "done"
	Undone  State = "undone"
)

// Ended reports whether nothing more happens by itself.
func (s State) Ended() bool { return s == Done || s == Undone }

// StepState is where a step stands.
type StepState string

// The states of a step.
const (
	StepWaiting StepState = "waiting"
	StepDoing   StepState = "doing"
	StepDone    StepState = "done"
	StepFailed  StepState = "failed" // the last try failed
	StepUndoing StepState = "undoing"
	StepUndone  StepState = "undone"
	StepOpen    StepState = "open" // waits for somebody outside, however long that takes
)

// Entry is one run of a process as people see it.
type Entry struct {
	ID        ID          `json:"id"`
	Module    string      `json:"module" doc:"Whose business it is"`
	Name      string      `json:"name" example:"invoice.sell-asset"`
	Subject   string      `json:"subject" doc:"The kind of record that it is about"`
	SubjectID string      `json:"subjectId"`
	Label     string      `json:"label" doc:"The record as a user knows it"`
	State     State       `json:"state" enum:"running,undoing,stuck,done,undone"`
	Back      bool        `json:"back" doc:"It is going, or went, back"`
	Failure   string      `json:"failure,omitempty" doc:"Why it turned back, or why it is stuck"`
	Steps     []StepEntry `json:"steps"`
	RetryAt   time.Time   `json:"retryAt,omitzero" doc:"When the failed step is tried again by itself"`
	StartedBy string      `json:"startedBy"`
	StartedAt time.Time   `json:"startedAt"`
	UpdatedAt time.Time   `json:"updatedAt"`
}

// StepEntry is one step of a run.
type StepEntry struct {
	Name     string    `json:"name" example:"asset.reserve"`
	State    StepState `json:"state" enum:"waiting,doing,done,failed,undoing,undone,open"`
	Attempts int       `json:"attempts,omitempty" doc:"How often it failed since it was begun"`
	Error    string    `json:"error,omitempty" doc:"What the last try failed with"`
	At       time.Time `json:"at,omitzero" doc:"Since when it is in this state"`
	By       string    `json:"by,omitempty" doc:"Who settled it by hand"`
	Note     string    `json:"note,omitempty" doc:"How it was settled by hand"`
}

// record is a run as it is kept. Position is the step that is next: to be done while it goes forward, to be undone while
// it goes back; behind the last one it is done, before the first one undone.
type record struct {
	Entry
	position, attempts, turn int
	data                     []byte
	dueAt                    time.Time
	principal, key           string
	fingerprint              []byte
}

func (r *record) step() *StepEntry { return &r.Steps[r.position] }

// present is what the step at hand is called while somebody works on it.
func (r *record) begin(now, until time.Time) {
	r.attempts, r.dueAt, r.UpdatedAt = 1, until, now
	s := r.step()
	s.State, s.At = StepDoing, now
	if r.Back {
		s.State = StepUndoing
	}
}

// advance notes that the step at hand is done, or undone, and goes on to the next one.
func (r *record) advance(now, until time.Time) {
	s := r.step()
	s.Error, s.Attempts, s.At, s.State = "", 0, now, StepDone
	r.UpdatedAt = now
	if r.Back {
		s.State = StepUndone
		r.position--
	} else {
		r.position++
	}
	switch {
	case r.position < 0:
		r.State = Undone
	case r.position == len(r.Steps):
		r.State = Done
	default:
		r.begin(now, until)
	}
}

// turnBack goes back from the step at hand on: it may have had a part of its effect.
func (r *record) turnBack(failure string, now, until time.Time) {
	r.State, r.Back, r.Failure = Undoing, true, failure
	r.position = min(r.position, len(r.Steps)-1)
	r.begin(now, until)
}

// entry is the run as people see it.
func (r *record) entry() Entry {
	e := r.Entry
	if r.idle() && r.State != Stuck && r.step().State != StepOpen {
		e.RetryAt = r.dueAt
	}
	return e
}

// idle reports that nobody works on the run: it is stuck, or waits for its next try or for somebody outside.
func (r *record) idle() bool {
	open := r.State == Running || r.State == Undoing
	return r.State == Stuck || open && (r.step().State == StepFailed || r.step().State == StepOpen)
}
