package employee

import "erp/internal/platform/date"

// Hired says that somebody was hired, or hired again. HiredOn may lie ahead.
type Hired struct {
	EmployeeID   ID           `json:"employeeId"`
	Number       string       `json:"number"`
	DisplayName  string       `json:"displayName"`
	Email        string       `json:"email,omitempty"`
	DepartmentID DepartmentID `json:"departmentId,omitzero"`
	Department   string       `json:"department,omitempty"`
	ManagerID    ID           `json:"managerId,omitzero"`
	HiredOn      date.Date    `json:"hiredOn"`
	Again        bool         `json:"again,omitempty"`
}

// EventName implements events.Event.
func (Hired) EventName() string { return "employee.hired.v1" }

// Changed carries what others may keep of a person, as it stands from today. A change with a later date is told on its
// day.
type Changed struct {
	EmployeeID   ID           `json:"employeeId"`
	Number       string       `json:"number"`
	DisplayName  string       `json:"displayName"`
	Email        string       `json:"email,omitempty"`
	DepartmentID DepartmentID `json:"departmentId,omitzero"`
	Department   string       `json:"department,omitempty"`
	ManagerID    ID           `json:"managerId,omitzero"`
}

// EventName implements events.Event.
func (Changed) EventName() string { return "employee.changed.v1" }

// Left says that an employment has ended. It is published when the end takes effect, never ahead of the last day, and
// after every offboarding step was done.
type Left struct {
	EmployeeID  ID        `json:"employeeId"`
	DisplayName string    `json:"displayName"`
	LeftOn      date.Date `json:"leftOn"`
	Reason      string    `json:"reason,omitempty"`
}

// EventName implements events.Event.
func (Left) EventName() string { return "employee.left.v1" }

// DocumentExpiring says that a passport, an identity card or a permit of somebody employed ends within sixty days. It names
// neither kind nor number.
type DocumentExpiring struct {
	EmployeeID  ID        `json:"employeeId"`
	DisplayName string    `json:"displayName"`
	ExpiresOn   date.Date `json:"expiresOn"`
}

// EventName implements events.Event.
func (DocumentExpiring) EventName() string { return "employee.document-expiring.v1" }

// LeaveRequested says that somebody wants to be away, and who is to decide.
type LeaveRequested struct {
	RequestID   LeaveRequestID `json:"requestId"`
	EmployeeID  ID             `json:"employeeId"`
	DisplayName string         `json:"displayName"`
	ManagerID   ID             `json:"managerId,omitzero"`
	First       date.Date      `json:"first"`
	Last        date.Date      `json:"last"`
}

// EventName implements events.Event.
func (LeaveRequested) EventName() string { return "employee.leave-requested.v1" }

// LeaveDecided says what became of a request: approved, declined or cancelled.
type LeaveDecided struct {
	RequestID  LeaveRequestID `json:"requestId"`
	EmployeeID ID             `json:"employeeId"`
	State      string         `json:"state"`
	First      date.Date      `json:"first"`
	Last       date.Date      `json:"last"`
}

// EventName implements events.Event.
func (LeaveDecided) EventName() string { return "employee.leave-decided.v1" }
