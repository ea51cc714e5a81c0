package domain

import (
	"time"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

// OffboardingState is how far the end of an employment has come.
type OffboardingState string

// The states. Planned waits for the last day; running has begun and ends done or failed, whatever happens to the program.
const (
	OffboardingPlanned   OffboardingState = "planned"
	OffboardingRunning   OffboardingState = "running"
	OffboardingDone      OffboardingState = "done"
	OffboardingFailed    OffboardingState = "failed"
	OffboardingCancelled OffboardingState = "cancelled"
)

// Offboarding is the process that ends an employment.
type Offboarding struct {
	ID          id.Of[Offboarding]
	EmployeeID  employee.ID
	LeftOn      date.Date
	Reason      string
	SuccessorID employee.ID // whom the leaver's reports go to; zero: the leaver's manager
	State       OffboardingState
	StepsDone   int
	Failure     string
	RequestedBy string
	RequestedAt time.Time
	TouchedAt   time.Time
	Blocking    bool   // the end waits until all is settled and somebody confirms it
	ConfirmedBy string // who said that all is settled; empty: nobody yet
	CancelledBy string // who took the end back while it waited
}

// Open reports whether the process still has something to do.
func (o Offboarding) Open() bool {
	return o.State == OffboardingPlanned || o.State == OffboardingRunning
}
