package admin

import "erp/internal/platform/id"

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
