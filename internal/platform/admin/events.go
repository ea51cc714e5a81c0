package admin

import (
	"erp/internal/employee"
	"erp/internal/platform/id"
)

// SignedIn says that somebody has started a session.
type SignedIn struct {
	UserID    UserID         `json:"userId"`
	SessionID id.Of[Session] `json:"sessionId"`
}

// Session marks ids of sessions in events.
type Session struct{}

// EventName implements events.Event.
func (SignedIn) EventName() string { return "admin.signed-in.v1" }

// InvitationAccepted says that somebody invited has chosen a password.
type InvitationAccepted struct {
	UserID    UserID `json:"userId"`
	Name      string `json:"name"`
	InvitedBy UserID `json:"invitedBy"`
}

// EventName implements events.Event.
func (InvitationAccepted) EventName() string { return "admin.invitation-accepted.v1" }

// Notice asks the administration to tell people of something. A module publishes it in the transaction in which it notices
// the fact; the same kind about the same is told to each once, in the application and by mail as they prefer.
type Notice struct {
	// Kind is one that the administration has words for: "invoice-overdue", "warranty-ending".
	Kind  string            `json:"kind"`
	About string            `json:"about"`
	Href  string            `json:"href"`
	Facts map[string]string `json:"facts"`
	// Permission is the code of what those hold, for the whole company, who are told; none when it concerns Employee alone.
	Permission string `json:"permission"`
	// Employee, when set, is the only one who is told, and with a permission only who does not hold it anyway.
	Employee employee.ID `json:"employee,omitzero"`
}

// EventName implements events.Event.
func (Notice) EventName() string { return "admin.notice.v1" }
