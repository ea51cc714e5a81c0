package app

import (
	"context"
	"slices"
	"time"

	"erp/internal/platform/admin"
	"erp/internal/platform/admin/internal/domain"
	"erp/internal/platform/auth"
	"erp/internal/platform/database"
	"erp/internal/platform/fault"
	"erp/internal/platform/id"
	"erp/internal/platform/page"
	"erp/internal/platform/rbac"
)

// NotificationID names a notification.
type NotificationID = id.Of[domain.Notification]

// Notification is what somebody is told, in facts; the browser has the words.
type Notification struct {
	ID        NotificationID    `json:"id"`
	Kind      domain.NoticeKind `json:"kind" enum:"new-sign-in,dead-letter,invitation-accepted,employee-left,webhook-stopped,backup-failed,recovery-code-used,key-made,passkey-added,invoice-overdue,recurring-blocked,warranty-ending,leave-requested,leave-decided,document-expiring,handover-waiting,handover-refused"`
	Facts     map[string]string `json:"facts"`
	Href      string            `json:"href,omitempty" doc:"Where it leads in the browser"`
	CreatedAt time.Time         `json:"createdAt"`
	ReadAt    time.Time         `json:"readAt,omitzero"`
}

// Notifications is a page of them.
type Notifications struct {
	Items  []Notification `json:"items"`
	Next   string         `json:"next,omitempty" doc:"Cursor of the next page; absent on the last one"`
	Unread int            `json:"unread" doc:"Of all, at most 100"`
}

// MyNotifications lists what the caller was told, the newest first.
func (a *App) MyNotifications(ctx context.Context, unread bool, p page.Request) (Notifications, error) {
	me := admin.UserID(auth.From(ctx).UserID)
	rows, err := a.notices.List(ctx, me, unread, p)
	if err != nil {
		return Notifications{}, err
	}
	out := Notifications{Items: make([]Notification, len(rows.Items)), Next: rows.Next}
	for i, n := range rows.Items {
		out.Items[i] = Notification{ID: n.ID, Kind: n.Kind, Facts: n.Facts, Href: n.Href, CreatedAt: n.CreatedAt}
		if n.ReadAt != nil {
			out.Items[i].ReadAt = *n.ReadAt
		}
	}
	out.Unread, err = a.notices.Unread(ctx, me)
	return out, err
}

// ReadNotifications marks these of the caller's as read; all when none are named.
func (a *App) ReadNotifications(ctx context.Context, ids []NotificationID) error {
	return a.db.Tx(ctx, func(ctx context.Context, tx *database.Tx) error {
		return a.notices.Read(tx, admin.UserID(auth.From(ctx).UserID), ids, a.now())
	})
}

// NoticeChoice is how the caller wants to be told of a kind.
type NoticeChoice struct {
	Kind   domain.NoticeKind `json:"kind" enum:"new-sign-in,dead-letter,invitation-accepted,employee-left,webhook-stopped,backup-failed,recovery-code-used,key-made,passkey-added,invoice-overdue,recurring-blocked,warranty-ending,leave-requested,leave-decided,document-expiring,handover-waiting,handover-refused"`
	InApp  bool              `json:"inApp"`
	ByMail bool              `json:"byMail"`
}

// NoticeChoices are all that concern the caller.
type NoticeChoices struct {
	Items []NoticeChoice `json:"items"`
	Mail  bool           `json:"mail" doc:"Whether mails are sent at all"`
}

// MyNoticeChoices lists the kinds that can reach the caller, and how.
func (a *App) MyNoticeChoices(ctx context.Context) (NoticeChoices, error) {
	me := admin.UserID(auth.From(ctx).UserID)
	chosen, err := a.notices.ChoicesOf(ctx, me)
	if err != nil {
		return NoticeChoices{}, err
	}
	out := NoticeChoices{Items: []NoticeChoice{}, Mail: a.mailer.Configured()}
	for _, kind := range domain.NoticeKinds() {
		if !a.concerns(ctx, kind) {
			continue
		}
		choice, ok := chosen[kind]
		if !ok {
			choice = domain.DefaultChoice(me, kind)
		}
		out.Items = append(out.Items, NoticeChoice{Kind: kind, InApp: choice.InApp, ByMail: choice.ByMail})
	}
	return out, nil
}

// concerns reports whether the caller can be told of the kind.
func (a *App) concerns(ctx context.Context, kind domain.NoticeKind) bool {
	switch kind {
	case domain.DeadLetterAppeared:
		return auth.Allowed(ctx, CanReadEvents)
	case domain.LeaveWaiting:
		return auth.RightsOf(ctx).Scope(approveLeave) != rbac.None
	case domain.InvoiceOverdue:
		return auth.RightsOf(ctx).Scope("payment:record") != rbac.None || auth.RightsOf(ctx).Scope("invoice:write") != rbac.None
	case domain.RecurringBlocked:
		return auth.RightsOf(ctx).Scope("invoice:write") != rbac.None
	case domain.WarrantyEnding:
		return auth.RightsOf(ctx).Scope("asset:register") == rbac.All
	case domain.HandoverWaiting:
		return auth.RightsOf(ctx).Scope("handover:confirm") != rbac.None && !auth.From(ctx).EmployeeID.IsZero()
	case domain.HandoverRefused:
		return auth.RightsOf(ctx).Scope("handover:write") == rbac.All
	case domain.BackupTrouble:
		return auth.Allowed(ctx, CanManageBackups)
	case domain.WebhookStopped:
		return auth.Allowed(ctx, CanManageHooks)
	case domain.InvitationTaken:
		return auth.Allowed(ctx, CanManageUsers)
	case domain.EmployeeLeft:
		return slices.Contains(a.policy.Snapshot().RolesOf(rbac.Person(auth.From(ctx).UserID)), rbac.HRManager)
	default:
		return true
	}
}

// ChooseNotice keeps how the caller wants to be told of a kind.
func (a *App) ChooseNotice(ctx context.Context, in NoticeChoice) (NoticeChoice, error) {
	if !in.Kind.Known() {
		return NoticeChoice{}, fault.New(fault.NotFound, "no-such-kind", "There is no such kind of notification.")
	}
	return database.Write(ctx, a.db, func(ctx context.Context, tx *database.Tx) (NoticeChoice, error) {
		return in, a.notices.Choose(tx, domain.NotificationChoice{
			UserID: admin.UserID(auth.From(ctx).UserID), Kind: in.Kind, InApp: in.InApp, ByMail: in.ByMail,
		})
	})
}
