package asset

import (
	"context"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// PurchaseID names a purchase. Whoever buys gives it, so that a repeated call is known.
type PurchaseID = id.Of[Purchase]

// Bill is a vendor's bill. The module that pays it keeps it; here it is an id and a number to find it by.
type Bill struct{}

// BillID names a vendor's bill.
type BillID = id.Of[Bill]

// PurchaseStage is how far a purchase has come.
type PurchaseStage string

// The stages, in order. A withdrawn purchase never comes back.
const (
	PurchasePrepared   PurchaseStage = "prepared"    // it can be registered whenever that is asked for
	PurchaseRegistered PurchaseStage = "registered"  // its assets are in the register, in stock
	PurchaseHandedOver PurchaseStage = "handed-over" // in the hands of the person, if they still work here
	PurchaseWithdrawn  PurchaseStage = "withdrawn"   // taken back: what was in the register of it is out of use and out of the books
)

// MaxBought is how many assets one purchase can bring.
const MaxBought = 200

// Order says what was bought by a line of a bill, and what becomes of it.
type Order struct {
	PurchaseID  PurchaseID     `json:"purchaseId"`
	BillID      BillID         `json:"billId"`
	BillNumber  string         `json:"billNumber"`
	Supplier    string         `json:"supplier"`
	Name        string         `json:"name"`
	Model       string         `json:"model,omitempty"`
	Quantity    int            `json:"quantity" doc:"How many assets it becomes"`
	Cost        money.Decimal  `json:"cost" doc:"Of all of them together, without tax; each gets its share, to the cent"`
	Currency    money.Currency `json:"currency"`
	PurchasedOn date.Date      `json:"purchasedOn"`
	CategoryID  CategoryID     `json:"categoryId"`
	LocationID  LocationID     `json:"locationId,omitzero"`
	HolderID    employee.ID    `json:"holderId,omitzero" doc:"Who gets them; the stock when left open"`
}

// Purchase is how far an order has come.
type Purchase struct {
	ID     PurchaseID    `json:"id"`
	Stage  PurchaseStage `json:"stage" enum:"prepared,registered,handed-over,withdrawn"`
	Assets []ID          `json:"assets,omitempty" doc:"What is in the register of it, in order of tag"`
}

// Purchases lets another module turn what it bought into assets. Every call may be repeated and then changes nothing more;
// a stage that is asked for after the purchase was withdrawn is a Conflict. It answers modules, not persons, and checks no
// permission.
type Purchases interface {
	// Check refuses what Prepare would. Nothing changes.
	Check(ctx context.Context, order Order) error

	// Prepare keeps the order, so that nothing can stand in the way of Register any more. An unknown category, place or
	// person, and details that break a rule, are Invalid at the fields of Order.
	Prepare(ctx context.Context, order Order) (Purchase, error)

	// Register brings the assets into stock, all of them at once: each with its share of the cost, and the bill.
	Register(ctx context.Context, purchase PurchaseID) (Purchase, error)

	// HandOver gives the assets that are still in stock to the person of the order. Who has left meanwhile gets nothing;
	// the assets then stay in stock.
	HandOver(ctx context.Context, purchase PurchaseID) (Purchase, error)

	// Withdraw takes a purchase back, an unknown one for good. Its assets leave stock, and the hands of the person of the
	// order, and are retired as of the day they were bought: the books never had them, the register keeps what it knew. Of
	// one that somebody else has by now, or that is being sold, it is a Conflict, and nothing changes.
	Withdraw(ctx context.Context, purchase PurchaseID) error
}
