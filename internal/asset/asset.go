// Package asset is the contract of the asset module: what the company owns, who holds it, what it is worth. Other
// modules import this package and nothing else of the module. It knows no database and no HTTP.
package asset

import (
	"strconv"
	"time"

	"erp/internal/employee"
	"erp/internal/platform/date"
	"erp/internal/platform/id"
	"erp/internal/platform/money"
)

// Ids of the module's records.
type (
	ID         = id.Of[Asset]
	CategoryID = id.Of[Category]
	LocationID = id.Of[Location]
)

// Status is where an asset is in the hands of people: its custody. What it is worth in the books is told apart.
type Status string

// The custody of an asset.
const (
	StatusAvailable Status = "available" // in stock
	StatusReserved  Status = "reserved"  // in stock, promised to HolderID's person
	StatusAssigned  Status = "assigned"  // held by HolderID's person
	StatusInRepair  Status = "in-repair" // away; HolderID's person, if any, gets it back
	StatusLost      Status = "lost"
	StatusRetired   Status = "retired" // out of use for good
)

// BookStatus is where an asset stands in the books on a day. It follows from dates and amounts and is never set by hand.
type BookStatus string

// The stages of an asset in the books.
const (
	BookDraft            BookStatus = "draft" // not in service yet
	BookInService        BookStatus = "in-service"
	BookFullyDepreciated BookStatus = "fully-depreciated"
	BookDisposed         BookStatus = "disposed"
)

// Method is how the cost is spread over the life.
type Method string

// The methods.
const (
	NoDepreciation   Method = "none"
	StraightLine     Method = "straight-line"
	DecliningBalance Method = "declining-balance" // double declining, switching to straight line where that is more
	SumOfYears       Method = "sum-of-years-digits"
)

// Convention is what the first and the last month count.
type Convention string

// The conventions.
const (
	FullMonth      Convention = "full-month"      // the month of service counts whole
	FollowingMonth Convention = "following-month" // charges begin with the next month
	MidMonth       Convention = "mid-month"       // the first month counts half, and the last
	ActualDays     Convention = "actual-days"     // each month counts its days of the whole life's days
)

// Asset is the published view of a thing the company owns.
type Asset struct {
	ID            ID             `json:"id"`
	Tag           string         `json:"tag" doc:"What the label says; unique, whatever its case" example:"LT-0042"`
	Name          string         `json:"name" example:"ThinkPad X1 Carbon"`
	Serial        string         `json:"serial,omitempty" doc:"The maker's serial number"`
	Model         string         `json:"model,omitempty"`
	Supplier      string         `json:"supplier,omitempty"`
	Notes         string         `json:"notes,omitempty"`
	CategoryID    CategoryID     `json:"categoryId"`
	Category      string         `json:"category"`
	LocationID    LocationID     `json:"locationId,omitzero"`
	Location      string         `json:"location,omitempty"`
	Status        Status         `json:"status" enum:"available,reserved,assigned,in-repair,lost,retired"`
	HolderID      employee.ID    `json:"holderId,omitzero" doc:"Who holds it, or for whom it is reserved"`
	HolderName    string         `json:"holderName,omitempty" doc:"The holder's name as last heard from the employee module"`
	HeldSince     time.Time      `json:"heldSince,omitzero"`
	DueOn         date.Date      `json:"dueOn,omitzero" doc:"When the holder should bring it back"`
	PurchasedOn   date.Date      `json:"purchasedOn,omitzero"`
	Cost          money.Decimal  `json:"cost"`
	Currency      money.Currency `json:"currency" doc:"Currency of cost and salvage" example:"EUR"`
	WarrantyUntil date.Date      `json:"warrantyUntil,omitzero" doc:"Last day of the warranty"`
	Method        Method         `json:"method" enum:"none,straight-line,declining-balance,sum-of-years-digits"`
	Convention    Convention     `json:"convention" enum:"full-month,following-month,mid-month,actual-days"`
	LifeMonths    int            `json:"lifeMonths" doc:"Useful life; 0 when it is not depreciated"`
	Salvage       money.Decimal  `json:"salvage" doc:"What is left in the books at the end of the life"`
	InServiceOn   date.Date      `json:"inServiceOn,omitzero" doc:"Depreciation begins here"`
	RetiredOn     date.Date      `json:"retiredOn,omitzero"`
	DisposedOn    date.Date      `json:"disposedOn,omitzero" doc:"Out of the books since"`
	SaleID        SaleID         `json:"saleId,omitzero" doc:"It is being sold, or was: its custody and book are closed"`
	BillID        BillID         `json:"billId,omitzero" doc:"The vendor's bill that it was bought on"`
	BillNumber    string         `json:"billNumber,omitempty"`
	Version       int            `json:"version"`
	CreatedAt     time.Time      `json:"createdAt"`
	UpdatedAt     time.Time      `json:"updatedAt"`
}

// ETag is the version as HTTP names it.
func (a Asset) ETag() string { return etag(a.Version) }

// Label is how a person names the asset in one line.
func (a Asset) Label() string { return a.Tag + " " + a.Name }

// Category is a kind of asset with what its assets begin with.
type Category struct {
	ID             CategoryID    `json:"id"`
	Name           string        `json:"name" doc:"Unique in the company" example:"Laptops"`
	Prefix         string        `json:"prefix" doc:"Tags are given as prefix, hyphen, number" example:"LT"`
	Method         Method        `json:"method" enum:"none,straight-line,declining-balance,sum-of-years-digits"`
	Convention     Convention    `json:"convention" enum:"full-month,following-month,mid-month,actual-days"`
	LifeMonths     int           `json:"lifeMonths"`
	SalvagePercent money.Decimal `json:"salvagePercent" doc:"Salvage as a share of the cost, 0 to 100" example:"10"`
	Assets         int           `json:"assets" doc:"How many there are, retired ones included"`
	Version        int           `json:"version"`
}

// ETag is the version as HTTP names it.
func (c Category) ETag() string { return etag(c.Version) }

// Location is a place in the tree of places: site, building, floor, room, shelf.
type Location struct {
	ID       LocationID `json:"id"`
	Name     string     `json:"name" doc:"Unique among its siblings" example:"Room 2.14"`
	ParentID LocationID `json:"parentId,omitzero"`
	Path     string     `json:"path" doc:"Names from the root down" example:"Berlin / Floor 2 / Room 2.14"`
	Assets   int        `json:"assets" doc:"How many are right here, retired ones included"`
	Version  int        `json:"version"`
}

// ETag is the version as HTTP names it.
func (l Location) ETag() string { return etag(l.Version) }

func etag(version int) string { return strconv.Quote(strconv.Itoa(version)) }
