package invoice

import (
	"time"

	"erp/internal/asset"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// BillID names a vendor's bill.
type BillID = id.Of[Bill]

// BillStatus is where a vendor's bill stands. Overdue is derived from the due date whenever it is read.
type BillStatus string

// The statuses.
const (
	BillDraft      BillStatus = "draft"
	BillRecorded   BillStatus = "recorded" // we owe it
	BillPartlyPaid BillStatus = "partly-paid"
	BillPaid       BillStatus = "paid"
	BillOverdue    BillStatus = "overdue"
	BillCancelled  BillStatus = "cancelled"
)

// Bill is what a vendor asks of us: the published view.
type Bill struct {
	ID       BillID     `json:"id"`
	Version  int        `json:"version"`
	Status   BillStatus `json:"status" enum:"draft,recorded,partly-paid,paid,overdue,cancelled"`
	Supplier string     `json:"supplier"`
	Number   string     `json:"number" doc:"The vendor's; unique for each of them"`
	BilledOn date.Date  `json:"billedOn"`
	DueOn    date.Date  `json:"dueOn"`
	Note     string     `json:"note,omitempty"`
	Document
	Paid         money.Decimal `json:"paid"`
	Due          money.Decimal `json:"due" doc:"What is still to be paid"`
	Payments     []BillPayment `json:"payments,omitempty"`
	Bought       []BoughtLine  `json:"bought,omitempty" doc:"Lines that became assets"`
	CancelledOn  date.Date     `json:"cancelledOn,omitzero"`
	CancelReason string        `json:"cancelReason,omitempty"`
	CreatedAt    time.Time     `json:"createdAt"`
	UpdatedAt    time.Time     `json:"updatedAt"`
}

// ETag is the version as HTTP names it.
func (b Bill) ETag() string { return etag(b.Version) }

// BillPayment is money that went out for a bill.
type BillPayment struct {
	Number    int           `json:"number" doc:"Counted from 1 on the bill"`
	Amount    money.Decimal `json:"amount"`
	PaidOn    date.Date     `json:"paidOn"`
	Method    string        `json:"method" enum:"bank,cash,card,other"`
	Reference string        `json:"reference,omitempty"`
	Voided    string        `json:"voided,omitempty" doc:"Why it does not count any more"`
}

// BoughtLine is a line of a bill that became assets.
type BoughtLine struct {
	Line       int              `json:"line" doc:"Counted from 1"`
	PurchaseID asset.PurchaseID `json:"purchaseId"`
	Assets     int              `json:"assets"`
}

// BillRow is a bill as it stands in a list.
type BillRow struct {
	ID       BillID         `json:"id"`
	Version  int            `json:"version"`
	Status   BillStatus     `json:"status" enum:"draft,recorded,partly-paid,paid,overdue,cancelled"`
	Supplier string         `json:"supplier"`
	Number   string         `json:"number"`
	BilledOn date.Date      `json:"billedOn"`
	DueOn    date.Date      `json:"dueOn"`
	Currency money.Currency `json:"currency"`
	Net      money.Decimal  `json:"net"`
	Gross    money.Decimal  `json:"gross"`
	Due      money.Decimal  `json:"due"`
	Assets   int            `json:"assets" doc:"How many it became"`
}

// BillHistoryEntry is one fact of a bill as people read it.
type BillHistoryEntry struct {
	Version int            `json:"version"`
	Kind    string         `json:"kind" enum:"drafted,revised,discarded,recorded,reopened,paid,payment-voided,cancelled,line-bought,line-released"`
	At      time.Time      `json:"at"`
	Actor   string         `json:"actor"`
	Amount  *money.Decimal `json:"amount,omitempty"`
	Detail  string         `json:"detail,omitempty"`
}
