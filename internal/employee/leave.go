package employee

import (
	"time"

	"erp/internal/platform/date"
	"erp/internal/platform/id"
)

type (
	// LeaveTypeID names a kind of leave.
	LeaveTypeID = id.Of[LeaveType]
	// LeaveRequestID names a request for leave.
	LeaveRequestID = id.Of[LeaveRequest]
)

// LeaveType is a kind of leave.
type LeaveType struct {
	ID        LeaveTypeID `json:"id"`
	Name      string      `json:"name" doc:"Unique in the company"`
	Days      float64     `json:"days" doc:"Allowance of a whole year"`
	CarryOver float64     `json:"carryOver" doc:"At most so many days go on to the next year"`
	Monthly   bool        `json:"monthly" doc:"The allowance comes month by month instead of at the beginning"`
	Unlimited bool        `json:"unlimited" doc:"Needs approval and has no allowance, as sick leave"`
	Archived  bool        `json:"archived,omitempty"`
	Version   int         `json:"version"`
}

// ETag is the version as HTTP names it.
func (t LeaveType) ETag() string { return etag(t.Version) }

// Holiday is a day on which nobody works.
type Holiday struct {
	Day  date.Date `json:"day"`
	Name string    `json:"name"`
}

// LeaveRequest is time that somebody wants to be away.
type LeaveRequest struct {
	ID          LeaveRequestID `json:"id"`
	EmployeeID  ID             `json:"employeeId"`
	Employee    string         `json:"employee"`
	TypeID      LeaveTypeID    `json:"typeId"`
	Type        string         `json:"type"`
	First       date.Date      `json:"first"`
	Last        date.Date      `json:"last"`
	HalfFirst   bool           `json:"halfFirst,omitempty" doc:"Away in the afternoon only on the first day"`
	HalfLast    bool           `json:"halfLast,omitempty" doc:"Away in the morning only on the last day"`
	Days        float64        `json:"days" doc:"Working days, in halves"`
	Note        string         `json:"note,omitempty"`
	State       string         `json:"state" enum:"requested,approved,declined,cancelled"`
	RequestedBy string         `json:"requestedBy"`
	RequestedAt time.Time      `json:"requestedAt"`
	DecidedBy   string         `json:"decidedBy,omitempty"`
	DecidedAt   time.Time      `json:"decidedAt,omitzero"`
	Answer      string         `json:"answer,omitempty"`
	MayDecide   bool           `json:"mayDecide,omitempty" doc:"It waits for the caller"`
	Version     int            `json:"version"`
}

// ETag is the version as HTTP names it.
func (r LeaveRequest) ETag() string { return etag(r.Version) }

// LeaveBalance is what is left of a kind of leave in a year, and why.
type LeaveBalance struct {
	TypeID    LeaveTypeID `json:"typeId"`
	Type      string      `json:"type"`
	Unlimited bool        `json:"unlimited"`
	Days      float64     `json:"days" doc:"What is left; of an unlimited kind what was taken, below zero"`
	Lines     []LeaveLine `json:"lines" doc:"What it is made of, oldest first"`
}

// LeaveLine is one reason for a balance.
type LeaveLine struct {
	Kind      string         `json:"kind" enum:"allowance,carried,moved-on,forfeited,taken,given-back"`
	Month     int            `json:"month,omitempty" doc:"Of an allowance that comes month by month"`
	Days      float64        `json:"days"`
	On        date.Date      `json:"on"`
	RequestID LeaveRequestID `json:"requestId,omitzero"`
	By        string         `json:"by"`
}
