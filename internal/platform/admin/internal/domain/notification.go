package domain

import (
	"slices"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/id"
)

// NoticeKind says what a notification is about.
type NoticeKind string

// The kinds of notifications.
const (
	NewSignIn          NoticeKind = "new-sign-in"         // somebody signed in with a browser not seen before
	DeadLetterAppeared NoticeKind = "dead-letter"         // background work failed for good
	InvitationTaken    NoticeKind = "invitation-accepted" // to who invited
	EmployeeLeft       NoticeKind = "employee-left"       // to HR managers
	InvoiceOverdue     NoticeKind = "invoice-overdue"     // to who may record payments, and who made the invoice
	RecurringBlocked   NoticeKind = "recurring-blocked"   // to who may draft invoices, and in whose name it is done
	WarrantyEnding     NoticeKind = "warranty-ending"     // to who may edit assets
	LeaveWaiting       NoticeKind = "leave-requested"     // to the manager; without one, to who approves everybody's
	LeaveAnswered      NoticeKind = "leave-decided"       // to who asked
	DocumentEnding     NoticeKind = "document-expiring"   // to whose it is, and who may see everybody's
	HandoverWaiting    NoticeKind = "handover-waiting"    // to who is to confirm it
	HandoverRefused    NoticeKind = "handover-refused"    // to who draws such documents up
	BackupTrouble      NoticeKind = "backup-failed"       // a copy could not be made, or did not come back whole
	WebhookStopped     NoticeKind = "webhook-stopped"     // one failed for days and was switched off
	RecoveryCodeUsed   NoticeKind = "recovery-code-used"  // somebody came in without the authenticator
	KeyMade            NoticeKind = "key-made"            // a new API key of one's own
	PasskeyAdded       NoticeKind = "passkey-added"       // a new passkey of one's own
)

// NoticeKinds lists them in the order in which people choose.
func NoticeKinds() []NoticeKind {
	return []NoticeKind{NewSignIn, RecoveryCodeUsed, PasskeyAdded, KeyMade, InvitationTaken, LeaveWaiting, LeaveAnswered, DocumentEnding, HandoverWaiting, HandoverRefused, EmployeeLeft, DeadLetterAppeared, WebhookStopped, BackupTrouble, InvoiceOverdue, RecurringBlocked, WarrantyEnding}
}

// Known reports whether there is such a kind.
func (k NoticeKind) Known() bool { return slices.Contains(NoticeKinds(), k) }

// Notification tells one person of one thing.
type Notification struct {
	ID        id.Of[Notification]
	UserID    admin.UserID
	Kind      NoticeKind
	About     string            // what it is about; the same is told once
	Facts     map[string]string `gorm:"serializer:json"`
	Href      string            // where it leads
	InApp     bool
	CreatedAt time.Time
	ReadAt    *time.Time
}

// NotificationChoice is how somebody wants to be told of a kind.
type NotificationChoice struct {
	UserID admin.UserID `gorm:"primaryKey"`
	Kind   NoticeKind   `gorm:"primaryKey"`
	InApp  bool
	ByMail bool
}

// DefaultChoice is for who has not chosen: all in the application, and what may be an attack by mail too.
func DefaultChoice(user admin.UserID, kind NoticeKind) NotificationChoice {
	return NotificationChoice{UserID: user, Kind: kind, InApp: true, ByMail: slices.Contains([]NoticeKind{NewSignIn, RecoveryCodeUsed, KeyMade, PasskeyAdded}, kind)}
}
